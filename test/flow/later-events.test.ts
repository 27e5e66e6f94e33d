import { expect, test } from 'vitest'
import { folderArchive } from '../../integrations/archives/folder/index.ts'
import { dismissInquiry } from '../../src/flow/person-actions.ts'
import { registerIn } from '../integrations/archives/folder/archive-folder.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { freshFolder } from '../support/setup.ts'
import { type Workbench, workbench } from './workbench.ts'

const post = { externalId: '77_1' }
const edited = { ...post, event: { type: 'edited', at: '2026-11-22T08:00:00Z' }, text: 'Rettet tekst' } as const
const deleted = { ...post, event: { type: 'deleted' } } as const

test('an edit and a deletion wait for the post’s saksmappe and are filed in it', async () => {
  const root = freshFolder()
  const bench = await workbench(folderArchive.open({ ARCHIVE_FOLDER: root }))
  const other = await bench.receive()
  const ids = [await bench.receive(post), await bench.receive(edited), await bench.receive(deleted)]
  await bench.runOn()
  for (const id of [other, ...ids]) expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  const register = await registerIn(root)
  const filed = ids.map((id) => register.find(({ recordKey }) => recordKey.startsWith(id)))
  expect(new Set(filed.map((entry) => entry?.sakssekvensnummer)).size).toBe(1)
  expect(new Set(filed.map((entry) => entry?.journalpostnummer))).toEqual(new Set([1, 2, 3]))
  expect(new Set(register.map(({ sakssekvensnummer }) => sakssekvensnummer)).size).toBe(2)
})

test('what waits is woken when the first is journaled, and its waiting leaves one line in the log', async () => {
  const archive = lyingArchive({ usually: 'accepted', processingMs: 600_000, pollMs: 60_000, giveUpMs: 3_600_000 })
  const bench = await workbench(archive.connector)
  const first = await bench.receive(post)
  const later = await bench.receive(edited)
  await bench.runOn({ atMostMs: 500_000 })
  expect(await bench.status(later)).toMatchObject({ state: 'received', trouble: { code: 'waits-for-first' } })
  await bench.runOn({ atMostMs: 130_000 })
  expect(await bench.status(first)).toMatchObject({ state: 'journaled' })
  await bench.runOn()
  expect(await bench.status(later)).toMatchObject({ state: 'journaled' })
  expect((await bench.actions(later)).filter((action) => action === 'inquiry.try-again')).toHaveLength(1)
})

test('a later event is due at the very moment when the first is journaled', async () => {
  const bench = await workbench(lyingArchive().connector)
  const first = await bench.receive(post)
  const later = await bench.receive(edited)
  await bench.run({ inquiryId: later, task: 'compose' })
  await bench.run({ inquiryId: first, task: 'compose' })
  await bench.run({ inquiryId: first, task: 'deliver' })
  expect((await bench.store.inquiries.get(later)).work?.dueAt).toEqual(bench.now())
  bench.queued.splice(0)
  expect(await bench.runDue()).toBeGreaterThan(0)
  expect(await bench.status(later)).toMatchObject({ state: 'ready' })
})

test('a later event that was composed before the first was there to be seen keeps the post in one saksmappe', async () => {
  const bench = await workbench(lyingArchive().connector)
  const early = await bench.receive(edited)
  await bench.run({ inquiryId: early, task: 'compose' })
  const late = await bench.receive(post)
  const renamed = `00000000${late.slice(8)}`
  await bench.db.transaction().execute(async (tx) => {
    // The same moment on two machines: the first one's id is the lower, but it came to the table as the second.
    await tx.deleteFrom('work_item').where('inquiry_id', '=', late).execute()
    const { content } = await tx
      .selectFrom('inquiry')
      .select('content')
      .where('id', '=', late)
      .executeTakeFirstOrThrow()
    const changed = JSON.stringify({ ...(content as object), id: renamed })
    await tx.updateTable('inquiry').set({ id: renamed, content: changed }).where('id', '=', late).execute()
    const work = { inquiry_id: renamed, task: 'compose', due_at: bench.now(), first_failed_at: null }
    await tx
      .insertInto('work_item')
      .values({ ...work, enqueued_until: null, lease: null, leased_until: null })
      .execute()
  })
  bench.queued.splice(0)
  await bench.runOn()
  const statuses = [await bench.status(early), await bench.status(renamed)]
  expect(statuses).toMatchObject([{ state: 'journaled' }, { state: 'journaled' }])
  const cases = statuses.map((status) => 'receipt' in status && status.receipt.sakssekvensnummer)
  expect(cases[1]).toBe(cases[0])
})

test('what waits for one that needs a person looks once more, and then hardly ever', async () => {
  const archive = lyingArchive({ usually: { kind: 'payload', message: 'Nei.' } })
  const bench = await workbench(archive.connector)
  await bench.receive(post)
  const later = await bench.receive(edited)
  await bench.runOn({ atMostMs: 10 * 60_000 })
  const dueAt = (await bench.store.inquiries.get(later)).work?.dueAt.getTime() ?? 0
  expect(dueAt - bench.now().getTime()).toBeGreaterThan(45 * 60_000)
})

test('what waits is woken when the first is dismissed', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  const first = await bench.receive(post)
  const later = await bench.receive(edited)
  await bench.run({ inquiryId: later, task: 'compose' })
  expect(await bench.status(later)).toMatchObject({ trouble: { code: 'waits-for-first' } })
  const enqueue = () => undefined
  await dismissInquiry({ ...bench, enqueue }, first, { actor: 'arkivar', reason: 'Privat ytring' })
  await bench.runOn({ atMostMs: 0 })
  expect(await bench.status(later)).toMatchObject({ state: 'journaled' })
})

test('when the first is dismissed, the next opens the saksmappe', async () => {
  const bench = await workbench(lyingArchive().connector)
  const first = await bench.receive(post)
  const later = await bench.receive(edited)
  const enqueue = () => undefined
  await dismissInquiry({ store: bench.store, now: bench.now, enqueue }, first, {
    actor: 'arkivar',
    reason: 'Privat ytring'
  })
  await bench.runOn()
  expect(await bench.status(first)).toMatchObject({ state: 'dismissed' })
  expect(await bench.status(later)).toMatchObject({ state: 'journaled' })
})

test('a case that a person names is the one it is filed in, without waiting for anybody', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  await bench.receive(post)
  const later = await bench.receive({ ...edited, caseNumber: '2025/17' })
  await bench.run({ inquiryId: later, task: 'compose' })
  await bench.run({ inquiryId: later, task: 'deliver' })
  expect(await bench.status(later)).toMatchObject({
    state: 'journaled',
    receipt: { saksaar: 2025, sakssekvensnummer: 17 }
  })
})

/** The plan of an inquiry, as it was frozen. */
async function planOf({ store }: Workbench, id: string) {
  const plan = await store.plans.get(id)
  if (!plan) throw new Error(`Inquiry ${id} has no plan.`)
  return { plan, record: plan.record, recordXml: await store.plans.recordXml(id) }
}

test('what comes later refers to the first record of its post, and the first is not changed', async () => {
  const bench = await workbench(lyingArchive().connector)
  const first = await bench.receive(post)
  await bench.runOn()
  const before = await planOf(bench, first)
  const ids = [await bench.receive(edited), await bench.receive(deleted)]
  await bench.runOn()
  for (const id of ids) {
    const { record, recordXml } = await planOf(bench, id)
    expect(recordXml).toContain(before.record.systemID)
    expect(record.kryssreferanser).toEqual([before.record.systemID])
  }
  expect(await planOf(bench, first)).toEqual(before)
})

test('a further comment waits for the inquiry that it follows, and is filed in its saksmappe', async () => {
  const root = freshFolder()
  const bench = await workbench(folderArchive.open({ ARCHIVE_FOLDER: root }))
  const first = await bench.receive()
  const comment = await bench.receive({ externalId: '77_2', follows: first })
  const third = await bench.receive({ externalId: '77_3', follows: comment })
  for (const id of [third, comment]) {
    await bench.run({ inquiryId: id, task: 'compose' })
    expect(await bench.status(id)).toMatchObject({ state: 'received', trouble: { code: 'waits-for-first' } })
  }
  await bench.run({ inquiryId: first, task: 'compose' })
  await bench.run({ inquiryId: first, task: 'deliver' })
  expect((await bench.store.inquiries.get(comment)).work?.dueAt).toEqual(bench.now())
  await bench.runOn()
  const register = await registerIn(root)
  expect(register.map(({ sakssekvensnummer, journalpostnummer }) => [sakssekvensnummer, journalpostnummer])).toEqual([
    [1, 1],
    [1, 2],
    [1, 3]
  ])
  expect((await planOf(bench, third)).record.kryssreferanser).toEqual([(await planOf(bench, comment)).record.systemID])
})

test('the municipality’s own answer is an outgoing record to the one who asked, in the same saksmappe', async () => {
  const root = freshFolder()
  const bench = await workbench(folderArchive.open({ ARCHIVE_FOLDER: root }))
  const asked = await bench.receive({ author: { displayName: 'Per Spørsmål' } })
  const answer = await bench.receive({
    externalId: '77_9',
    author: { displayName: 'Eksempel kommune' },
    text: 'Hei! Bruk e-post, så får du svar.',
    publishedAt: '2026-11-21T20:00:00+01:00',
    follows: asked,
    direction: 'outgoing'
  })
  await bench.runOn()
  const { plan, record } = await planOf(bench, answer)
  expect(record).toMatchObject({
    journalposttype: 'U',
    tittel: 'Svar på Facebook til Per Spørsmål',
    offentligTittel: 'Svar på Facebook',
    sendtDato: new Date('2026-11-21T19:00:00Z'),
    kryssreferanser: [(await planOf(bench, asked)).record.systemID],
    korrespondanseparter: [
      { korrespondanseparttype: 'EA', navn: 'Eksempel kommune' },
      { korrespondanseparttype: 'EM', navn: 'Per Spørsmål' }
    ]
  })
  expect(record.mottattDato).toBeUndefined()
  expect(plan.casePolicy).toEqual({ mode: 'existing', saksnummer: { saksaar: 2026, sakssekvensnummer: 1 } })
  expect(await bench.status(answer)).toMatchObject({ state: 'journaled' })
})

test('what follows a dismissed inquiry gets a saksmappe of its own', async () => {
  const bench = await workbench(lyingArchive().connector)
  const first = await bench.receive({ author: { displayName: 'Per Spørsmål' } })
  await dismissInquiry({ ...bench, enqueue: () => undefined }, first, {
    actor: 'prove',
    reason: 'Gjelder en annen kommune'
  })
  const answer = await bench.receive({ externalId: '77_9', follows: first, direction: 'outgoing' })
  await bench.runOn()
  const { plan, record } = await planOf(bench, answer)
  expect(plan.casePolicy.mode).toBe('new')
  expect(record.kryssreferanser).toBeUndefined()
  expect(record.tittel).toBe('Svar på Facebook til Per Spørsmål')
  expect(await bench.status(answer)).toMatchObject({ state: 'journaled' })
})
