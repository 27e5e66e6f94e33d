import { describe, expect, test } from 'vitest'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import type { Corrections } from '../../src/domain/corrections.ts'
import { changeCategory } from '../../src/flow/change-category.ts'
import { correctInquiry } from '../../src/flow/correct-inquiry.ts'
import { approveInquiry } from '../../src/flow/person-actions.ts'
import type { AttachmentPreparer } from '../../src/flow/ports.ts'
import { type ReplyDeps, replyTo } from '../../src/flow/reply.ts'
import { restrictionBy } from '../../src/flow/restriction-of.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { standardPolicy } from './installation.ts'
import { attach, type Workbench, workbench } from './workbench.ts'

const mark = (more: Partial<InquiryInput['mark']>) => ({ by: 'servicetorget', reason: 'Må arkiveres', ...more })
const decision = { actor: 'arkivar', reason: 'Sett på' }
const acting = ({ store, now, queued, archive }: Workbench) => ({
  ...{ store, now, archive, limits: {}, enqueue: (work: (typeof queued)[number]) => void queued.push(work) }
})
const skjermingOf = async (bench: Workbench, id: string) => (await bench.store.plans.get(id))?.record.skjerming

/** What the one who wrote would be told, by the standard guideline. */
async function toldAbout({ store, now }: Workbench, id: string): Promise<string> {
  const policies = { guidelines: { get: async () => standardPolicy } } as unknown as ReplyDeps['policies']
  const told = await replyTo(
    {
      ...{ store, now, policies, restrictionOf: restrictionBy(async () => standardPolicy) },
      inForce: { get: async () => standardPolicy, forget: () => undefined },
      municipality: { name: 'Eksempel', administrativEnhet: 'A', saksansvarlig: 'B', language: 'nb' }
    },
    await store.inquiries.get(id)
  )
  return `${told?.words?.nb}`
}

async function filed(bench: Workbench, changes: Partial<InquiryInput>, corrections?: Corrections): Promise<string> {
  const id = await bench.receive(changes)
  if (corrections) await correctInquiry(acting(bench), id, { ...decision, corrections })
  await bench.runOn()
  if ((await bench.status(id)).state === 'in-review') await approveInquiry(acting(bench), id, decision)
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  return id
}

const own: Corrections = {
  restriction: { tilgangsrestriksjon: 'Unntatt offentlighet', skjermingshjemmel: 'offl. § 13', screens: ['parties'] }
}
const reasons = [
  ['by a person', {}, own],
  ['since somebody has a protected address', { mark: mark({ protectedPerson: true }) }, undefined],
  ['by the guideline', { mark: mark({ category: 'emergency' }) }, undefined]
] as const

test('the saksnummer is told of what is open', async () => {
  const bench = await workbench(lyingArchive().connector)
  expect(await toldAbout(bench, await filed(bench, {}))).toContain('Saksnummeret er')
})

describe.each(reasons)('in a thread that is restricted %s', (_, changes, corrections) => {
  test('no saksnummer is told, of the inquiry or of what comes after it, and all of it is filed restricted', async () => {
    const bench = await workbench(lyingArchive().connector)
    const first = await filed(bench, changes, corrections)
    const answer = await filed(bench, { follows: first, direction: 'outgoing', externalId: 'svar' })
    const later = await filed(bench, { follows: answer, externalId: 'et nytt innlegg' })
    const own = await skjermingOf(bench, first)
    expect(own).toBeDefined()
    for (const id of [answer, later]) {
      expect((await skjermingOf(bench, id))?.skjermingshjemmel).toBe(own?.skjermingshjemmel)
    }
    for (const id of [first, later]) expect(await toldAbout(bench, id)).not.toMatch(/[Ss]aksnummer/)
  })
})

test('what is restricted once it is in the archive is so for what came after it, though that was filed open', async () => {
  const bench = await workbench(lyingArchive().connector)
  const first = await filed(bench, {})
  const later = await filed(bench, { follows: first, externalId: 'et nytt innlegg' })
  expect(await skjermingOf(bench, later)).toBeUndefined()
  expect(await toldAbout(bench, later)).toContain('Saksnummeret er')
  const deps = {
    ...acting(bench),
    ...{ policy: async () => standardPolicy, restrictionOf: restrictionBy(async () => standardPolicy) }
  }
  await changeCategory(deps, first, { ...decision, category: 'concern', restrictedInArchive: true })
  for (const id of [first, later]) expect(await toldAbout(bench, id)).not.toMatch(/[Ss]aksnummer/)
})

test('what was found in an attachment restricts what comes after it too', async () => {
  const { guideline } = standardPolicy
  const [rule] = guideline.rules.filter(({ id }) => id === 'posisjon-i-bilde')
  const policy = {
    ...standardPolicy,
    guideline: {
      ...guideline,
      rules: [...guideline.rules, { ...rule, id: 'skjul', title: 'Skjul.', outcome: { restriction: 'confidential' } }]
    }
  } as typeof standardPolicy
  const preparer: AttachmentPreparer = {
    prepare: async () => ({ outcome: { kind: 'kept' }, findings: [{ kind: 'gps-position' }] as never })
  }
  const bench = await workbench(lyingArchive().connector, { policy, preparer })
  const first = await filed(bench, { attachments: [await attach(bench, Buffer.from('bilde'), 'bilde.jpg')] })
  const later = await filed(bench, { follows: first, externalId: 'et nytt innlegg' })
  for (const id of [first, later]) {
    expect((await skjermingOf(bench, id))?.skjermingshjemmel).toContain('offl. § 13')
    expect(await toldAbout(bench, id)).not.toMatch(/[Ss]aksnummer/)
  }
})
