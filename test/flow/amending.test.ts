import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import { changeCategory } from '../../src/flow/change-category.ts'
import { correctInquiry } from '../../src/flow/correct-inquiry.ts'
import { permitDeletion } from '../../src/flow/deletion.ts'
import { countInquiries } from '../../src/flow/health.ts'
import { askArchive, confirmAmended, dismissInquiry, retryInquiry } from '../../src/flow/person-actions.ts'
import { restrictionBy } from '../../src/flow/restriction-of.ts'
import type { Store } from '../../src/flow/store-port.ts'
import { fromStored } from '../../src/store/stored-json.ts'
import { lyingArchive, type Manners } from '../support/lying-archive.ts'
import { standardPolicy } from './installation.ts'
import { type Workbench, workbench } from './workbench.ts'

const decision = { actor: 'arkivar', reason: 'Innlegget henger ut en ansatt' }
const acting = ({ store, now, queued, archive }: Workbench) => ({
  ...{ store, now, archive, limits: {}, enqueue: (work: (typeof queued)[number]) => void queued.push(work) },
  ...{ policy: async () => standardPolicy, restrictionOf: restrictionBy(async () => standardPolicy) }
})
const change = (bench: Workbench, id: string, category: string, restrictedInArchive?: boolean) =>
  changeCategory(acting(bench), id, {
    ...{ ...decision, category },
    ...(restrictedInArchive !== undefined && { restrictedInArchive })
  })
const permit = ({ store, now }: Workbench, id: string) =>
  permitDeletion({ store, now, permits: { sign: async () => 'signert', publicKeys: [] } }, id, 'moderator')
const needing = async ({ store, archive }: Workbench) => (await countInquiries({ store, archive })).needsAction.count
const bySection24 = { skjermingshjemmel: 'offl. § 24 andre ledd' }

async function journaled(manners: Manners = { amends: true }, changes: Partial<InquiryInput> = {}) {
  const archive = lyingArchive(manners)
  const bench = await workbench(archive.connector)
  const id = await bench.receive(changes)
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  return { archive, bench, id }
}

describe('what is in the archive, and must be restricted', () => {
  test('is restricted there, and the post is not to be deleted before that', async () => {
    const { archive, bench, id } = await journaled()
    const { status: before } = await bench.store.inquiries.get(id)
    expect(archive.skjermingOf(id)).toBeUndefined()
    await change(bench, id, 'unlawful')
    expect(await bench.status(id)).toMatchObject({ state: 'amending' })
    await expect(permit(bench, id)).rejects.toMatchObject({ code: 'deletion-not-permitted' })
    await bench.runOn()
    expect(archive.skjermingOf(id)).toMatchObject(bySection24)
    expect(archive.journalposts(id)).toHaveLength(1)
    expect(await bench.status(id)).toEqual({ ...before, amendedAt: expect.any(Date) })
    expect((await permit(bench, id)).claims).toMatchObject({ rule: 'ulovlig' })
    expect((await bench.actions(id)).slice(-3)).toEqual([
      'inquiry.category-changed',
      'inquiry.amended',
      'deletion.permitted'
    ])
    const [changed] = (await bench.store.audit.about(id)).filter(({ action }) => action === 'inquiry.category-changed')
    expect(changed?.facts).toMatchObject({ amends: '2026/1-1' })
    expect(changed?.facts).not.toHaveProperty('restrictedInArchive')
  })

  test('has the plan and the arkivmelding that it has now, and those that were sent are kept', async () => {
    const { bench, id } = await journaled()
    const sent = await bench.store.plans.get(id)
    await change(bench, id, 'unlawful')
    await bench.runOn()
    const now = await bench.store.plans.get(id)
    expect(now?.record).toMatchObject({ systemID: sent?.record.systemID, skjerming: bySection24 })
    expect(await bench.store.plans.recordXml(id)).toContain('offl. § 24 andre ledd')
    const { rows } = await sql<{ plan: unknown; record_xml: string }>`
      select plan, record_xml from sent_plan where inquiry_id = ${id}`.execute(bench.db)
    expect(rows.map(({ plan }) => fromStored(plan))).toEqual([sent])
    expect(rows[0]?.record_xml).not.toContain('offl. § 24')
  })

  test('takes what came after it along, each as a change of its own', async () => {
    const { archive, bench, id } = await journaled()
    const answer = await bench.receive({ follows: id, direction: 'outgoing', externalId: `${id}-svar` })
    const letter = await bench.receive({ follows: answer, externalId: `${id}-brev` })
    await bench.runOn()
    const other = await bench.receive({ follows: id, externalId: `${id}-nytt-brev` })
    await bench.run({ inquiryId: other, task: 'compose' })
    await change(bench, id, 'unlawful')
    await bench.runOn()
    for (const one of [id, answer, letter, other]) {
      expect(await bench.status(one)).toMatchObject({ state: 'journaled' })
      expect(archive.skjermingOf(one)).toMatchObject(bySection24)
      expect(archive.journalposts(one)).toHaveLength(1)
    }
    expect(archive.calls.filter((call) => call === 'amend')).toHaveLength(3)
    const [amending] = (await bench.store.audit.about(letter)).filter(({ action }) => action === 'inquiry.amending')
    expect(amending).toMatchObject({ actor: 'arkivar', facts: { because: id } })
  })

  test('is not touched when it is as restricted already, and screens no less than before', async () => {
    const { archive, bench, id } = await journaled({ amends: true }, { mark: { ...marked, category: 'concern' } })
    const before = archive.skjermingOf(id)
    expect(before?.skjermingMetadata).toContain('Skjerming navn avsender')
    await change(bench, id, 'emergency')
    await bench.runOn()
    await change(bench, id, 'unlawful')
    await bench.runOn()
    const after = archive.skjermingOf(id)
    expect(after).toMatchObject(bySection24)
    expect(after?.skjermingMetadata).toEqual(expect.arrayContaining([...(before?.skjermingMetadata ?? [])]))
    const calls = archive.calls.filter((call) => call === 'amend').length
    await change(bench, id, 'case')
    await change(bench, id, 'unlawful')
    await bench.runOn()
    expect(archive.calls.filter((call) => call === 'amend')).toHaveLength(calls)
  })

  test('is changed again when it must be, also in the same instant', async () => {
    const { archive, bench, id } = await journaled()
    for (const category of ['unlawful', 'concern', 'unlawful']) {
      await change(bench, id, category)
      const wanted = (await bench.store.plans.get(id))?.record.skjerming
      await bench.runDue()
      expect(await bench.status(id)).toMatchObject({ state: 'journaled', amendedAt: bench.now() })
      expect(archive.skjermingOf(id)).toEqual(wanted)
    }
    expect(archive.skjermingOf(id)).toMatchObject(bySection24)
  })

  test('stands in the way of another change of category until it is done', async () => {
    const { bench, id } = await journaled()
    await change(bench, id, 'unlawful')
    await expect(change(bench, id, 'concern')).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
    for (const act of [dismissInquiry, askArchive]) {
      await expect(act(acting(bench), id, decision)).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
    }
    await expect(correctInquiry(acting(bench), id, { ...decision, corrections: {} })).rejects.toThrow()
    await bench.runOn()
    await change(bench, id, 'concern')
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  })

  test('is a person’s to restrict where somebody else journaled it, and what we can restrict is restricted all the same', async () => {
    const { archive, bench, id } = await journaled()
    const letter = await bench.receive({ follows: id, externalId: `${id}-brev` })
    await bench.runOn()
    const [receipt] = archive.journalposts(letter)
    await sql`update inquiry set status = jsonb_set(status, '{receipt,archive}', '"et annet"') where id = ${letter}`.execute(
      bench.db
    )
    const label = `${receipt?.saksaar}/${receipt?.sakssekvensnummer}-${receipt?.journalpostnummer}`
    await expect(change(bench, id, 'unlawful')).rejects.toMatchObject({
      ...{ code: 'not-restricted-in-archive', message: expect.stringMatching(`^Journalposten ${label} er i arkivet`) }
    })
    await change(bench, id, 'unlawful', true)
    await bench.runOn()
    expect(archive.skjermingOf(id)).toMatchObject(bySection24)
    expect(archive.skjermingOf(letter)).toBeUndefined()
  })
})

const marked = { by: 'servicetorget', reason: 'Må arkiveres' }

describe('when the archive does not restrict it', () => {
  test.each([
    ['does not answer', { kind: 'transient', message: 'Arkivet svarer ikke.' }],
    ['has been changed by another', { kind: 'conflict', message: 'Endret i mellomtiden.' }],
    ['does it and loses the answer', 'timeout-after-commit'],
    ['makes us fail', 'throws']
  ] as const)('because it %s, it is tried again until it does', async (_, answer) => {
    const { archive, bench, id } = await journaled()
    archive.amendments.push(answer, answer)
    await change(bench, id, 'unlawful')
    await bench.runDue()
    expect(await bench.status(id)).toMatchObject({ state: 'amending', trouble: { code: expect.any(String) } })
    expect((await bench.store.inquiries.get(id)).work).toMatchObject({ task: 'amend', tries: 1 })
    await bench.runOn()
    expect(await bench.status(id)).not.toHaveProperty('trouble')
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(archive.skjermingOf(id)).toMatchObject(bySection24)
  })

  test('and says no, a person is asked, and may try again when the reason is gone', async () => {
    const { archive, bench, id } = await journaled()
    archive.amendments.push({ kind: 'auth', message: 'Brukeren til Arkivbro mangler rettigheten.' })
    await change(bench, id, 'unlawful')
    await bench.runOn({ atMostMs: 1_000 })
    expect(await bench.status(id)).toMatchObject({
      ...{ state: 'amend-stopped', trouble: { code: 'archive-auth', message: expect.stringContaining('skjerm') } }
    })
    expect(await needing(bench)).toBe(1)
    await expect(permit(bench, id)).rejects.toMatchObject({ code: 'deletion-not-permitted' })
    for (const act of [dismissInquiry, askArchive]) {
      await expect(act(acting(bench), id, decision)).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
    }
    bench.pass(60_000)
    await retryInquiry(acting(bench), id, decision)
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(archive.skjermingOf(id)).toMatchObject(bySection24)
    expect(await needing(bench)).toBe(0)
  })

  test('a person may do it there by hand and say so, and that is written down', async () => {
    const { archive, bench, id } = await journaled()
    archive.amendments.push({ kind: 'needs-human', message: 'Arkivet viser ikke at journalposten er skjermet.' })
    await expect(confirmAmended(acting(bench), id, decision)).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
    await change(bench, id, 'unlawful')
    await bench.runOn()
    await confirmAmended(acting(bench), id, decision)
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled', amendedAt: bench.now() })
    expect((await bench.store.audit.about(id)).at(-1)).toMatchObject({ ...decision, action: 'inquiry.amended-by-hand' })
    expect((await permit(bench, id)).claims).toMatchObject({ rule: 'ulovlig' })
  })

  test('for as long as the plan of tries says, a person is asked', async () => {
    const { archive, bench, id } = await journaled()
    archive.amendments.push(...Array.from({ length: 500 }, () => ({ kind: 'conflict', message: 'Nei.' }) as const))
    await change(bench, id, 'unlawful')
    const since = bench.now().getTime()
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'amend-stopped', trouble: { code: 'archive-conflict' } })
    expect(bench.now().getTime() - since).toBeGreaterThan(6 * 86_400_000)
  })

  test('since the settings name another archive now, a person is asked', async () => {
    const { bench, id } = await journaled()
    await change(bench, id, 'unlawful')
    await bench.runOn({ outside: { archive: lyingArchive().connector } })
    expect(await bench.status(id)).toMatchObject({ state: 'amend-stopped', trouble: { code: 'archive-unsupported' } })
  })

  test('deliveries that stand still put it on the list', async () => {
    const { bench, id } = await journaled()
    await change(bench, id, 'unlawful')
    expect(await needing(bench)).toBe(0)
    await bench.store.gate.pause('lying', { at: bench.now(), by: 'arkivar', reason: 'Arkivet oppgraderes' })
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'amending' })
    expect(await needing(bench)).toBe(1)
    await bench.store.gate.resume('lying', bench.now(), 'arkivar')
    await bench.runOn()
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  })
})

test.each(['start', 'finish', 'move'] as const)('a worker that dies at a %s leaves it to the next', async (dies) => {
  const { archive, bench, id } = await journaled()
  await change(bench, id, 'unlawful')
  await bench.runDue({ store: dying(bench.store, dies) }).catch(() => undefined)
  expect(await bench.status(id)).toMatchObject({ state: 'amending' })
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(archive.skjermingOf(id)).toMatchObject(bySection24)
})

test('work that got lost is found again', async () => {
  const { archive, bench, id } = await journaled()
  await change(bench, id, 'unlawful')
  await sql`delete from work_item`.execute(bench.db)
  await bench.store.work.restore(bench.now(), 10, 'arkivbro')
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(archive.skjermingOf(id)).toMatchObject(bySection24)
})

/** The store, in which one kind of write fails. */
function dying(store: Store, dies: 'start' | 'finish' | 'move'): Store {
  const fail = () => Promise.reject(new Error('Strømmen gikk'))
  const { ledger, inquiries } = store
  return {
    ...store,
    ledger: { ...ledger, ...(dies === 'move' ? {} : { [dies]: fail }) },
    inquiries: { ...inquiries, ...(dies === 'move' && { move: fail }) }
  }
}

test('a title and a name that were open are neutral and screened afterwards, and every file stays', async () => {
  const { bench, id } = await journaled()
  const before = await bench.store.plans.get(id)
  await change(bench, id, 'concern')
  await bench.runOn()
  const after = await bench.store.plans.get(id)
  expect(after?.record.dokumenter[0]?.tittel).toBe(before?.record.offentligTittel)
  expect(after?.record.korrespondanseparter[0]).toMatchObject({ erSkjermet: true })
  expect(after?.record.korrespondanseparter[1]).not.toHaveProperty('erSkjermet')
  expect(after?.casePolicy).toMatchObject({ saksmappe: { skjerming: { skjermingMetadata: expect.any(Array) } } })
  const files = (plan: typeof before) =>
    plan?.record.dokumenter.flatMap(({ objekter }) => objekter.map(({ sha256 }) => sha256))
  expect(files(after)).toEqual(files(before))
})
