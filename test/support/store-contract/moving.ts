import { expect, test } from 'vitest'
import type { Receipt } from '../../../src/domain/receipt.ts'
import type { Move, Store } from '../../../src/flow/store-port.ts'
import { AT, arrival } from '../../store/arrival.ts'
import type { OpenStore } from './open-store.ts'

async function received(open: OpenStore): Promise<{ store: Store; id: string; lease: string }> {
  const store = await open()
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
  await store.plans.recordXml(id),
  await store.audit.about(id)
]

const receipt: Receipt = {
  archive: 'prove',
  saksaar: 2026,
  sakssekvensnummer: 412,
  journalpostnummer: 1,
  saksmappeSystemID: 'a',
  journalpostSystemID: 'b',
  arkivertDato: AT,
  files: []
}

export function movingContract(open: OpenStore): void {
  test.each<[string, Partial<Move>]>([
    ['the attempt cannot be kept', { attempt: { startedAt: new Date(Number.NaN), outcome: 'done' } }],
    ['the event cannot be kept', { facts: { n: 1n as unknown as number } }],
    ['the work cannot be kept', { next: { kind: 'due', dueAt: new Date(Number.NaN), failed: false } }]
  ])('a move of which %s changes nothing at all', async (_, changes) => {
    const { store, id, lease } = await received(open)
    const before = await whole(store, id)
    await expect(store.inquiries.move(toReady(id, { lease, ...changes }))).rejects.toThrow()
    expect(await whole(store, id)).toEqual(before)
    await store.inquiries.move(toReady(id, { lease }))
    expect((await store.inquiries.get(id)).status).toEqual({ state: 'ready' })
  })

  test('a move leaves state, work, attempt and event together', async () => {
    const { store, id, lease } = await received(open)
    const queued = await store.inquiries.move(toReady(id, { lease }))
    expect(queued).toMatchObject({ inquiryId: id, task: 'deliver' })
    const { status, work } = await store.inquiries.get(id)
    expect({ status, work }).toEqual({ status: { state: 'ready' }, work: { task: 'deliver', dueAt: AT, tries: 0 } })
    expect(await store.work.attempts(id)).toEqual([{ task: 'compose', startedAt: AT, endedAt: AT, outcome: 'done' }])
    expect((await store.audit.about(id)).map(({ action }) => action)).toEqual(['inquiry.received', 'inquiry.composed'])
  })

  test('moves that go together are all made, with their work and events, or none is', async () => {
    const { store, id } = await received(open)
    const other = arrival()
    await store.inquiries.receive(other)
    const both = (changes: Partial<Move> = {}) => [toReady(id), toReady(other.inquiry.id, changes)]
    const before = [await whole(store, id), await whole(store, other.inquiry.id)]
    const seen = new Date(AT.getTime() - 1)
    await expect(store.inquiries.moveAll(both({ asOf: seen }))).rejects.toMatchObject({
      ...{ code: 'inquiry-in-wrong-state', message: expect.stringContaining(other.inquiry.id) }
    })
    await expect(store.inquiries.moveAll(both({ lease: id }))).rejects.toMatchObject({ code: 'lease-lost' })
    expect([await whole(store, id), await whole(store, other.inquiry.id)]).toEqual(before)
    const queued = await store.inquiries.moveAll(both({ asOf: AT }))
    expect(queued.map(({ inquiryId, task }) => [inquiryId, task])).toEqual([
      [id, 'deliver'],
      [other.inquiry.id, 'deliver']
    ])
    for (const one of [id, other.inquiry.id]) {
      expect((await store.audit.about(one)).map(({ action }) => action)).toEqual([
        'inquiry.received',
        'inquiry.composed'
      ])
    }
  })

  test('of twenty who move the same inquiry on at once, one does, and the others are told', async () => {
    const { store, id } = await received(open)
    const moves = await Promise.allSettled(Array.from({ length: 20 }, () => store.inquiries.move(toReady(id))))
    const refused = moves.filter((move) => move.status === 'rejected')
    expect(refused).toHaveLength(19)
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'inquiry-in-wrong-state' })
    expect(await store.work.attempts(id)).toHaveLength(1)
  })

  test('a move that the table of states does not have is refused', async () => {
    const { store, id } = await received(open)
    const wrong = toReady(id, { to: { state: 'unknown-outcome', since: AT, trouble: { code: 'x', message: 'x' } } })
    await expect(store.inquiries.move(wrong)).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
  })

  test('steps are forgotten as the move says: those without an end, or all that were lost', async () => {
    const { store, id } = await received(open)
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

  test('a move under a lost lease leaves all as it was; the new holder and its token go on', async () => {
    const { store, id, lease } = await received(open)
    const later = new Date(AT.getTime() + 20_001)
    const held = await store.work.claim(id, 'compose', later, 20_000)
    expect(held).toMatchObject({ isTakenOver: true })
    const before = await whole(store, id)
    await expect(store.inquiries.move(toReady(id, { lease }))).rejects.toMatchObject({ code: 'lease-lost' })
    await store.work.handBack(id, lease, AT)
    expect(await store.work.renew(id, lease, later)).toBe(false)
    expect(await whole(store, id)).toEqual(before)
    expect(await store.work.renew(id, held?.token ?? '', later)).toBe(true)
    await store.inquiries.move(toReady(id, { lease: held?.token ?? '' }))
  })

  test('a move under a lease is refused when there is no work left, and one without goes by the state alone', async () => {
    const { store, id, lease } = await received(open)
    await store.inquiries.move(toReady(id, { next: { kind: 'nothing' } }))
    const again = toReady(id, { from: 'ready', to: { state: 'sending' } })
    await expect(store.inquiries.move({ ...again, lease })).rejects.toMatchObject({ code: 'lease-lost' })
    await expect(store.inquiries.move(toReady(id))).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
    await store.inquiries.move(again)
    expect((await store.inquiries.get(id)).work).toMatchObject({ task: 'deliver' })
  })

  test('failures are counted until something goes well, from the first of them on', async () => {
    const { store, id } = await received(open)
    const later = new Date(AT.getTime() + 5_000)
    const stay = { from: 'received', to: { state: 'received' } } as const
    const failed = { kind: 'due', dueAt: later, failed: true } as const
    expect(await store.inquiries.move(toReady(id, { ...stay, next: failed }))).toBeUndefined()
    await store.inquiries.move(toReady(id, { ...stay, at: later, next: failed }))
    expect(await store.work.claim(id, 'compose', later, 1_000)).toMatchObject({ tries: 2, firstFailedAt: AT })
    await store.inquiries.move(toReady(id, { ...stay, next: { ...failed, failed: false } }))
    expect((await store.inquiries.get(id)).work).toEqual({ task: 'compose', dueAt: later, tries: 0 })
  })

  test('who goes on keeps its lease', async () => {
    const { store, id } = await received(open)
    await store.inquiries.move(toReady(id))
    const lease = await store.work.claim(id, 'deliver', AT, 20_000)
    const token = lease?.token ?? ''
    const sending = { from: 'ready', to: { state: 'sending' }, lease: token, next: { kind: 'go-on' } } as const
    expect(await store.inquiries.move(toReady(id, sending))).toBeUndefined()
    expect(await store.work.renew(id, token, AT)).toBe(true)
  })

  test('what has begun at the archive is not dismissed, and what has not is', async () => {
    const { store, id } = await received(open)
    const dismissed = { state: 'dismissed', reason: 'Privat', by: 'arkivar' } as const
    const dismissal = toReady(id, { to: dismissed, next: { kind: 'nothing' }, unlessBegun: true })
    await store.ledger.start(id, 'send', AT)
    const before = await whole(store, id)
    await expect(store.inquiries.move(dismissal)).rejects.toMatchObject({ code: 'may-be-in-archive' })
    expect(await whole(store, id)).toEqual(before)
    await store.inquiries.move(toReady(id, { to: { state: 'received' }, forgetSteps: 'unfinished' }))
    await store.inquiries.move(dismissal)
    expect((await store.inquiries.get(id)).status).toEqual(dismissed)
  })

  test('a receipt wakes what waits for it and is in nobody’s hands, and nothing else', async () => {
    const { store, id } = await received(open)
    const { source, externalId } = (await store.inquiries.get(id)).inquiry
    const edited = arrival({ source, externalId, event: { type: 'edited', at: AT } })
    const held = arrival({ follows: id })
    const others = [edited, arrival({ follows: id }), held, arrival()]
    const later = new Date(AT.getTime() + 3_600_000)
    for (const other of others) {
      const { inquiry } = other
      await store.inquiries.receive(other)
      const lease = await store.work.claim(inquiry.id, 'compose', AT, 20_000)
      await store.work.handBack(inquiry.id, lease?.token ?? '', later)
    }
    await store.work.claim(held.inquiry.id, 'compose', later, 20_000)
    await store.inquiries.move(toReady(id))
    await store.inquiries.move(toReady(id, { from: 'ready', to: { state: 'sending' } }))
    await store.inquiries.move(toReady(id, { from: 'sending', to: { state: 'journaled', receipt } }))
    const dues = others.map(async ({ inquiry }) => (await store.inquiries.get(inquiry.id)).work?.dueAt)
    expect(await Promise.all(dues)).toEqual([AT, AT, later, later])
  })

  test('a decision about an inquiry as it was is refused when it has changed since, and its words are kept', async () => {
    const { store, id } = await received(open)
    const { changedAt } = await store.inquiries.get(id)
    const corrections = { filing: 'new' } as const
    const decided = toReady(id, { asOf: changedAt, reason: 'Fordi', corrections, at: new Date(AT.getTime() + 1) })
    const stay = { ...decided, to: { state: 'received' } } as const
    await store.inquiries.move(stay)
    expect(await store.inquiries.get(id)).toMatchObject({ corrections })
    expect((await store.audit.about(id)).at(-1)).toMatchObject({ action: 'inquiry.composed', reason: 'Fordi' })
    await expect(store.inquiries.move(stay)).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
  })
}
