import { expect, test } from 'vitest'
import { folderArchive } from '../../integrations/archives/folder/index.ts'
import { dismissInquiry } from '../../src/flow/person-actions.ts'
import { registerIn } from '../integrations/archives/folder/archive-folder.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { freshFolder } from '../support/setup.ts'
import { workbench } from './workbench.ts'

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

test('when the first is dismissed, the next opens the saksmappe', async () => {
  const bench = await workbench(lyingArchive().connector)
  const first = await bench.receive(post)
  const later = await bench.receive(edited)
  const enqueue = () => undefined
  await dismissInquiry({ store: bench.store, now: bench.now, enqueue }, first, 'Privat ytring', 'arkivar')
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
