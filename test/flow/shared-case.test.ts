import { v7 as uuidv7 } from 'uuid'
import { expect, test, vi } from 'vitest'
import { folderArchive } from '../../integrations/archives/folder/index.ts'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import type { Outcome } from '../../src/domain/guideline.ts'
import { confirmHandled, proposeHandled } from '../../src/flow/handle-manually.ts'
import { findInquiries } from '../../src/flow/look-up-inquiry.ts'
import { dismissInquiry, holdInquiry, releaseInquiry } from '../../src/flow/person-actions.ts'
import { registerIn } from '../integrations/archives/folder/archive-folder.ts'
import { inquiryBody } from '../support/makers.ts'
import { freshFolder } from '../support/setup.ts'
import { plainRenderer, receive, standardPolicy } from './installation.ts'
import { type Workbench, workbench } from './workbench.ts'

/** A folder archive, and the standard guideline with another last word about cases. */
async function withCases(outcome: Outcome) {
  const root = freshFolder()
  const { guideline } = standardPolicy
  const otherwise = { ...guideline.otherwise, ...outcome }
  const policy = { ...standardPolicy, guideline: { ...guideline, otherwise } }
  const bench = await workbench(folderArchive.open({ ARCHIVE_FOLDER: root }), { policy })
  const casesOf = async (...ids: string[]) => {
    const register = await registerIn(root)
    return ids.map((id) => register.find(({ recordKey }) => recordKey.startsWith(id))?.sakssekvensnummer)
  }
  return { bench, casesOf, policy }
}

const below = (externalId: string) => ({
  context: { parents: [{ externalId, author: { displayName: 'Ola' }, text: 'Snø' }] }
})

test('inquiries of one thread share a saksmappe, whichever of them is made ready first', async () => {
  const { bench, casesOf } = await withCases({ case: 'thread' })
  const first = await bench.receive(below('rot'))
  const second = await bench.receive(below('rot'))
  const other = await bench.receive(below('annen'))
  await bench.run({ inquiryId: second, task: 'compose' })
  expect(await bench.status(second)).toMatchObject({ state: 'received', trouble: { code: 'waits-for-first' } })
  await bench.runOn()
  expect(await casesOf(first, second, other)).toEqual([1, 1, 2])
})

test('when the first of a thread is dismissed, the next one founds the case', async () => {
  const { bench, casesOf } = await withCases({ case: 'thread' })
  const [first, second, third] = [
    await bench.receive(below('rot')),
    await bench.receive(below('rot')),
    await bench.receive(below('rot'))
  ]
  await dismissInquiry({ ...bench, enqueue: () => undefined }, first, { actor: 'prove', reason: 'Feil kommune' })
  await bench.runOn()
  expect(await casesOf(second, third)).toEqual([1, 1])
})

test('what one person writes in one category shares a saksmappe; another category, and another person, has its own', async () => {
  const { bench, casesOf } = await withCases({ case: 'person-and-category' })
  const own = await bench.receive()
  const again = await bench.receive()
  const other = await bench.receive({ author: { displayName: 'Kari Eksempel', handle: 'en.annen' } })
  await bench.runOn()
  const [a, b, c] = await casesOf(own, again, other)
  expect(a).toBe(b)
  expect(c).not.toBe(a)
})

test('a case that a person named goes before the guideline’s, and the guideline’s before a new one', async () => {
  const { bench } = await withCases({ case: 'thread', caseNumber: '2025/17' })
  const [named, fixed] = [await bench.receive({ caseNumber: '2025/18' }), await bench.receive()]
  for (const id of [named, fixed]) await bench.run({ inquiryId: id, task: 'compose' })
  const policyOf = async (id: string) => (await bench.store.plans.get(id))?.casePolicy
  expect(await policyOf(named)).toMatchObject({
    mode: 'existing',
    saksnummer: { saksaar: 2025, sakssekvensnummer: 18 }
  })
  expect(await policyOf(fixed)).toMatchObject({
    mode: 'existing',
    saksnummer: { saksaar: 2025, sakssekvensnummer: 17 }
  })
})

const OF_ONE_MOMENT = 6

test.each<[string, Outcome, (n: number) => Partial<InquiryInput>]>([
  ['thread', { case: 'thread' }, () => below('rot')],
  ['person', { case: 'person-and-category' }, () => ({})],
  ['post', {}, (n) => ({ externalId: 'innlegg', event: { type: 'edited', at: new Date(n * 1000).toISOString() } })]
])(
  'of one %s that are made ready in the same moment, blind to each other, one founds the saksmappe',
  async (_, outcome, changes) => {
    const { bench, casesOf, policy } = await withCases(outcome)
    let open: () => void = () => undefined
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    let reached = 0
    const renderer = {
      ...plainRenderer,
      render: async (...thread: Parameters<typeof plainRenderer.render>) => {
        reached += 1
        await opened
        return plainRenderer.render(...thread)
      }
    }
    // Each is under way before one whose id is lower comes in.
    const ids = Array.from({ length: OF_ONE_MOMENT }, () => uuidv7()).toReversed()
    const working: Promise<void>[] = []
    for (const [n, id] of ids.entries()) {
      const receiving = { store: bench.store, now: bench.now, newId: () => id, enqueue: () => undefined, policy }
      await receive(receiving, inquiryBody(changes(n)))
      working.push(bench.run({ inquiryId: id, task: 'compose' }, { renderer }))
      await vi.waitUntil(() => reached === n + 1)
    }
    open()
    await Promise.all(working)
    const ready = await bench.store.inquiries.find({ states: ['ready'], limit: 10 })
    expect(ready).toHaveLength(1)
    await bench.runOn()
    expect(await bench.store.inquiries.find({ states: ['journaled'], limit: 10 })).toHaveLength(OF_ONE_MOMENT)
    expect(new Set(await casesOf(...ids))).toEqual(new Set([1]))
  }
)

test('a founder that is dismissed before it is sent leaves the saksmappe to the next', async () => {
  const { bench, casesOf } = await withCases({ case: 'thread' })
  const [first, second, third] = [
    await bench.receive(below('rot')),
    await bench.receive(below('rot')),
    await bench.receive(below('rot'))
  ]
  await bench.run({ inquiryId: first, task: 'compose' })
  expect(await bench.status(first)).toMatchObject({ state: 'ready' })
  await bench.run({ inquiryId: second, task: 'compose' })
  await dismissInquiry({ ...bench, enqueue: () => undefined }, first, { actor: 'prove', reason: 'Feil kommune' })
  await bench.runOn()
  expect(await casesOf(first, second, third)).toEqual([undefined, 1, 1])
})

const said = { actor: 'prove', reason: 'Fordi' }
const pressing = (bench: Workbench) => ({ ...bench, enqueue: () => undefined })

/** The list «Trenger handling», oldest first, with what each waits for when it is for something else than itself. */
async function listOf(bench: Workbench) {
  const followUps = { of: async () => [] }
  const found = await findInquiries({ ...bench, followUps }, 'prove', { needsAction: true, limit: 10 })
  return found.toReversed().map(({ inquiry, obstacle }) => [inquiry.id, obstacle])
}

/** Three of one thread: the first waits for a person, the third follows the second, and both wait. */
async function behindOneOnHold() {
  const { bench, casesOf } = await withCases({ case: 'thread' })
  const first = await bench.receive(below('rot'))
  const second = await bench.receive(below('rot'))
  const third = await bench.receive({ follows: second })
  await bench.run({ inquiryId: first, task: 'compose' })
  await holdInquiry(pressing(bench), first, said)
  await bench.runOn({ atMostMs: 1_000 })
  const obstacle = { kind: 'inquiry', id: first, state: 'in-review' }
  expect(await listOf(bench)).toEqual([
    [first, undefined],
    [second, obstacle],
    [third, obstacle]
  ])
  return { bench, casesOf, ids: [first, second, third] as const }
}

test('what waits for a founder on hold stands on the list with it, and leaves by itself when that is let go', async () => {
  const { bench, casesOf, ids } = await behindOneOnHold()
  await releaseInquiry(pressing(bench), ids[0], said)
  expect(await listOf(bench)).toEqual([])
  await bench.runOn()
  expect(await casesOf(...ids)).toEqual([1, 1, 1])
})

test('when the founder that others wait for is dismissed, the next founds the case', async () => {
  const { bench, casesOf, ids } = await behindOneOnHold()
  await dismissInquiry(pressing(bench), ids[0], said)
  expect(await listOf(bench)).toEqual([])
  await bench.runOn()
  expect(await casesOf(...ids)).toEqual([undefined, 1, 1])
})

test('when the founder that others wait for is journaled by hand, they are filed in the case of that', async () => {
  const { bench, casesOf, ids } = await behindOneOnHold()
  const [first, ...others] = ids
  const byHand = await bench.receive({ author: { displayName: 'Ola Annen', handle: 'en.annen' } })
  await bench.runOn({ atMostMs: 1_000 })
  const made = await bench.status(byHand)
  if (made.state !== 'journaled') throw new Error(`The other one is ${made.state}.`)
  const { saksaar, sakssekvensnummer, journalpostnummer } = made.receipt
  const journalpost = { saksaar, sakssekvensnummer, journalpostnummer }
  await proposeHandled(pressing(bench), first, { ...said, journalpost })
  expect(await listOf(bench)).toHaveLength(3)
  await confirmHandled(pressing(bench), first, { ...said, actor: 'en annen' })
  expect(await listOf(bench)).toEqual([])
  await bench.runOn()
  expect(await casesOf(...others)).toEqual([sakssekvensnummer, sakssekvensnummer])
})

test('while deliveries are paused, all that is to go to the archive stands on the list, and leaves when they go on', async () => {
  const { bench, casesOf } = await withCases({ case: 'thread' })
  const ids = [await bench.receive(below('rot')), await bench.receive(below('rot'))]
  await bench.store.gate.pause('folder', { at: bench.now(), by: 'prove', reason: 'Arkivet oppgraderes' })
  await bench.runOn({ atMostMs: 120_000 })
  expect(await listOf(bench)).toEqual(ids.map((id) => [id, { kind: 'pause' }]))
  await bench.store.gate.resume('folder', bench.now(), 'prove')
  expect(await listOf(bench)).toEqual([])
  await bench.runOn()
  expect(await casesOf(...ids)).toEqual([1, 1])
})
