import { expect, test } from 'vitest'
import type { Move, Store } from '../../src/flow/store-port.ts'
import { freshStore } from '../support/setup.ts'
import { AT, arrival } from './arrival.ts'

async function received(): Promise<{ store: Store; id: string; lease: string }> {
  const { store } = await freshStore()
  const first = arrival()
  await store.inquiries.receive(first)
  const lease = await store.work.claim(first.inquiry.id, 'compose', AT, 20_000)
  return { store, id: first.inquiry.id, lease: lease?.token ?? '' }
}

const toReady = (id: string, changes: Partial<Move> = {}): Move => ({
  id,
  from: 'received',
  to: { state: 'ready' },
  at: AT,
  actor: 'prove',
  action: 'inquiry.composed',
  next: { kind: 'due', dueAt: AT, failed: false },
  attempt: { startedAt: AT, outcome: 'done' },
  ...changes
})

const whole = async (store: Store, id: string) => [
  await store.inquiries.get(id),
  await store.work.attempts(id),
  await store.plans.get(id),
  await store.audit.about(id)
]

test.each<[string, Partial<Move>]>([
  ['the attempt cannot be kept', { attempt: { startedAt: new Date(Number.NaN), outcome: 'done' } }],
  ['the event cannot be kept', { facts: { n: 1n as unknown as number } }],
  ['the work cannot be kept', { next: { kind: 'due', dueAt: new Date(Number.NaN), failed: false } }]
])('a move of which %s changes nothing at all', async (_, changes) => {
  const { store, id, lease } = await received()
  const before = await whole(store, id)
  await expect(store.inquiries.move(toReady(id, { lease, ...changes }))).rejects.toThrow()
  expect(await whole(store, id)).toEqual(before)
  await store.inquiries.move(toReady(id, { lease }))
  expect((await store.inquiries.get(id)).status).toEqual({ state: 'ready' })
})

test('a move leaves state, work, attempt and event together', async () => {
  const { store, id, lease } = await received()
  const queued = await store.inquiries.move(toReady(id, { lease }))
  expect(queued).toMatchObject({ inquiryId: id, task: 'deliver' })
  const { status, work } = await store.inquiries.get(id)
  expect({ status, work }).toEqual({ status: { state: 'ready' }, work: { task: 'deliver', dueAt: AT, tries: 0 } })
  expect(await store.work.attempts(id)).toEqual([{ task: 'compose', startedAt: AT, endedAt: AT, outcome: 'done' }])
  expect((await store.audit.about(id)).map(({ action }) => action)).toEqual(['inquiry.received', 'inquiry.composed'])
})

test('of twenty who move the same inquiry on at once, one does, and the others are told', async () => {
  const { store, id } = await received()
  const moves = await Promise.allSettled(Array.from({ length: 20 }, () => store.inquiries.move(toReady(id))))
  const refused = moves.filter((move) => move.status === 'rejected')
  expect(refused).toHaveLength(19)
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'inquiry-in-wrong-state' })
  expect(await store.work.attempts(id)).toHaveLength(1)
})

test('a move that the table of states does not have is refused', async () => {
  const { store, id } = await received()
  const wrong = toReady(id, { to: { state: 'unknown-outcome', since: AT, trouble: { code: 'x', message: 'x' } } })
  await expect(store.inquiries.move(wrong)).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
})

test('steps are forgotten as the move says: those without an end, or all that were lost', async () => {
  const { store, id } = await received()
  const begin = async (name: string) => (await store.ledger.start(id, name, AT)).kind
  const stay = { from: 'received', to: { state: 'received' } } as const
  await begin('sak')
  await store.ledger.finish(id, 'sak', AT, { nummer: 7 })
  await begin('send')
  await store.inquiries.move(toReady(id, { ...stay, forgetSteps: 'lost' }))
  expect(await store.ledger.start(id, 'sak', AT)).toEqual({ kind: 'done', result: { nummer: 7 } })
  expect(await begin('send')).toBe('new')
  await store.ledger.finish(id, 'send', AT, 'sendt')
  await store.inquiries.move(toReady(id, { ...stay, forgetSteps: 'unfinished' }))
  expect(await store.ledger.hasSteps(id)).toBe(true)
  await store.inquiries.move(toReady(id, { ...stay, forgetSteps: 'lost' }))
  expect(await store.ledger.hasSteps(id)).toBe(false)
})
