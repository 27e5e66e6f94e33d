import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { afterCall, type WebhookAnswer, type WebhookType, webhookBody, webhookTypes } from '../../src/domain/webhook.ts'
import type { Arrival, Store } from '../../src/flow/store-port.ts'
import type { TakenMessage, WebhookStore } from '../../src/flow/webhook-port.ts'
import { webhookStore } from '../../src/store/webhook-store.ts'
import { freshStore } from '../support/setup.ts'
import { AT, arrival } from './arrival.ts'

const later = (seconds: number) => new Date(AT.getTime() + seconds * 1_000)
const delivered: WebhookAnswer = { kind: 'delivered', status: 204 }
const failed: WebhookAnswer = { kind: 'failed', failure: 'refused', status: 500 }

async function freshWebhooks() {
  const { db, store } = await freshStore()
  return { db, store, webhooks: webhookStore(db) }
}

async function listener(webhooks: WebhookStore, types: readonly WebhookType[] = webhookTypes): Promise<string> {
  const id = uuidv7()
  const endpoint = { id, url: 'https://eksempel.no/', description: 'Prøve', types, secret: 'whsec_eA==' }
  await webhooks.add({ ...endpoint, madeAt: AT, madeBy: 'prøve' }, 20)
  return id
}

/** Received, then on the list of those that a person must look at. */
async function stopped(store: Store, one = arrival()): Promise<string> {
  const { id } = one.inquiry
  await store.inquiries.receive(one)
  const trouble = { code: 'archive-payload', message: 'Arkivet sier nei til Kari Eksempel.' }
  await store.inquiries.move({
    ...{ id, from: 'received', to: { state: 'needs-action', trouble }, at: later(1), actor: 'prøve' },
    ...{ action: 'inquiry.needs-action', next: { kind: 'nothing' } }
  })
  return id
}

function inDanger(one: Arrival): Arrival {
  const { assessment } = one
  const decisions = { ...assessment.decisions, emergency: { value: true, rule: 'fare' } }
  return { ...one, assessment: { ...assessment, decisions } }
}

const end = (webhooks: WebhookStore, taken: TakenMessage, answer: WebhookAnswer, at: Date) =>
  webhooks.keepAttempt(
    taken,
    { at, milliseconds: 7, answer },
    afterCall(answer, {
      tries: taken.tries,
      at,
      jitter: 0.5,
      ...(taken.failingSince && { failingSince: taken.failingSince })
    })
  )

const typesOf = (taken: readonly TakenMessage[]) => taken.map(({ type }) => type)

describe('what happens', () => {
  test('is written for nobody when nobody listens any more, or wants to know', async () => {
    const { db, store, webhooks } = await freshWebhooks()
    await stopped(store)
    await webhooks.remove(await listener(webhooks), AT, 'prøve')
    await listener(webhooks, ['inquiry.journaled'])
    await stopped(store)
    const { rows } = await sql`select from webhook_message`.execute(db)
    expect(rows).toEqual([])
  })

  test('waits for who is disabled, but no longer than messages are kept', async () => {
    const { store, webhooks } = await freshWebhooks()
    const off = await listener(webhooks, ['inquiry.received'])
    const on = await listener(webhooks, ['inquiry.received'])
    await webhooks.change(off, { disabled: 'person' }, AT, 'prøve')
    const early = await stopped(store)
    const late = arrival({ receivedAt: later(60) })
    await store.inquiries.receive(late)
    const waiting = async (id: string) =>
      (await webhooks.messages(id, { limit: 10 })).map(({ inquiryId, state }) => [inquiryId, state])
    const both = [
      [late.inquiry.id, 'waiting'],
      [early, 'waiting']
    ]
    expect(await waiting(off)).toEqual(both)
    expect(await webhooks.due(later(100))).toEqual([on])
    await webhooks.prune(later(30), later(100))
    expect(await waiting(off)).toEqual(both.slice(0, 1))
    expect(await waiting(on)).toEqual(both)
    await webhooks.change(off, { disabled: null }, later(100), 'prøve')
    expect(await webhooks.take(off, later(100), later(200), 8)).toMatchObject([{ inquiryId: late.inquiry.id }])
  })

  test('is written with it or not at all', async () => {
    const { db, store, webhooks } = await freshWebhooks()
    await listener(webhooks)
    await sql`alter table webhook_message add constraint full_disk check (type <> 'inquiry.received')`.execute(db)
    const one = arrival()
    await expect(store.inquiries.receive(one)).rejects.toThrow('full_disk')
    await expect(store.inquiries.get(one.inquiry.id)).rejects.toMatchObject({ code: 'inquiry-not-found' })
    await sql`alter table webhook_message drop constraint full_disk`.execute(db)
    expect(await store.inquiries.receive(one)).toMatchObject({ kind: 'first' })
    expect(await webhooks.backlog()).toBe(1)
  })

  test('is told once when it comes twice, with all of a batch', async () => {
    const { store, webhooks } = await freshWebhooks()
    const id = await listener(webhooks, ['inquiry.received'])
    const all = Array.from({ length: 40 }, () => arrival())
    await Promise.all([...all, ...all].map((one) => store.inquiries.receive(one)))
    const messages = await webhooks.messages(id, { limit: 100 })
    expect(messages).toHaveLength(40)
    expect(new Set(messages.map(({ inquiryId }) => inquiryId))).toEqual(new Set(all.map(({ inquiry }) => inquiry.id)))
  })

  test('is told with the danger first, and without a word of anybody', async () => {
    const { store, webhooks } = await freshWebhooks()
    const id = await listener(webhooks)
    const one = arrival({ text: 'Hemmelig tekst', mark: { by: 'Kari', reason: 'Fare', at: AT, category: 'emergency' } })
    const { assessment, ...rest } = inDanger(one)
    const inquiryId = await stopped(store, { ...rest, assessment: { ...assessment, crisis: uuidv7() } })
    const messages = (await webhooks.messages(id, { limit: 10 })).toReversed()
    expect(messages.map(({ type }) => type)).toEqual([
      'inquiry.emergency',
      'inquiry.received',
      'reply.held',
      'inquiry.needs-action'
    ])
    expect(messages[3]).toMatchObject({
      inquiryId,
      at: later(1),
      data: { state: 'needs-action', code: 'archive-payload' }
    })
    const bodies = messages.map(webhookBody).join('\n')
    for (const word of ['Kari', 'Hemmelig', '5001_', 'facebook', 'servicetorget']) expect(bodies).not.toContain(word)
  })
})

describe('messages', () => {
  test('of an inquiry go one after the other, and those of others do not wait for them', async () => {
    const { store, webhooks } = await freshWebhooks()
    const id = await listener(webhooks, ['inquiry.received', 'inquiry.needs-action'])
    const [first, second] = [await stopped(store), await stopped(store)]
    const take = (at: Date) => webhooks.take(id, at, new Date(at.getTime() + 60_000), 8)
    const [one, other, ...rest] = await take(later(2))
    expect([one?.inquiryId, other?.inquiryId, rest]).toEqual([first, second, []])
    if (!one || !other) throw new Error('Two were taken.')
    expect(await take(later(2))).toEqual([])
    await end(webhooks, other, delivered, later(3))
    const [next, ...none] = await take(later(3))
    expect([next?.inquiryId, next?.type, none]).toEqual([second, 'inquiry.needs-action', []])
    if (next) await end(webhooks, next, delivered, later(3))
    // The first one fails: what comes after it waits, also when its own time has come.
    await end(webhooks, one, failed, later(3))
    expect(await take(later(7))).toEqual([])
    const again = await take(later(8))
    expect(again).toMatchObject([{ id: one.id, tries: 1, inquiryId: first, failingSince: later(3) }])
    if (again[0]) await end(webhooks, again[0], delivered, later(8))
    expect(typesOf(await take(later(8)))).toEqual(['inquiry.needs-action'])
  })

  test('that are given up after ten tries let those behind them go', async () => {
    const { store, webhooks } = await freshWebhooks()
    const id = await listener(webhooks, ['inquiry.received', 'inquiry.needs-action'])
    await stopped(store)
    let at = later(2)
    for (let n = 0; n < 10; n += 1) {
      const [one] = await webhooks.take(id, at, new Date(at.getTime() + 60_000), 8)
      expect(one).toMatchObject({ type: 'inquiry.received', tries: n })
      if (one) await end(webhooks, one, failed, at)
      const [, waiting] = await webhooks.messages(id, { limit: 2 })
      at = waiting?.nextTryAt ?? at
    }
    expect(typesOf(await webhooks.take(id, at, new Date(at.getTime() + 60_000), 8))).toEqual(['inquiry.needs-action'])
    const [, last] = await webhooks.messages(id, { limit: 2 })
    expect([last?.state, last?.attempts.length, last?.attempts[0]]).toEqual([
      'given-up',
      10,
      { at: later(2), milliseconds: 7, status: 500, failure: 'refused' }
    ])
  })

  test('that many workers take at once are each taken by one, all of them, and never two of an inquiry', async () => {
    const { db, store, webhooks } = await freshWebhooks()
    const id = await listener(webhooks, ['inquiry.received', 'inquiry.needs-action'])
    await Promise.all(Array.from({ length: 30 }, () => stopped(store)))
    const sent: string[] = []
    const busy = new Set<string>()
    const work = async () => {
      const mine = webhookStore(db)
      for (;;) {
        const taken = await mine.take(id, later(5), later(65), 4)
        if (taken.length === 0 && (await mine.backlog()) === 0) return
        for (const { inquiryId = '' } of taken) {
          expect(busy.has(inquiryId)).toBe(false)
          busy.add(inquiryId)
        }
        for (const one of taken) {
          sent.push(one.id)
          busy.delete(one.inquiryId ?? '')
          await end(mine, one, delivered, later(5))
        }
      }
    }
    await Promise.all(Array.from({ length: 4 }, work))
    expect(sent).toHaveLength(60)
    expect(new Set(sent).size).toBe(60)
  })

  test('of a worker that died are taken by another when its time is up, under the same id; what it says then counts for nothing', async () => {
    const { store, webhooks } = await freshWebhooks()
    const id = await listener(webhooks, ['inquiry.received'])
    await store.inquiries.receive(arrival())
    const [lost] = await webhooks.take(id, later(1), later(61), 8)
    expect(await webhooks.take(id, later(60), later(120), 8)).toEqual([])
    const [again] = await webhooks.take(id, later(61), later(121), 8)
    expect(again?.id).toBe(lost?.id)
    if (!lost || !again) throw new Error('It was taken twice.')
    await end(webhooks, lost, failed, later(62))
    expect((await webhooks.messages(id, { limit: 1 }))[0]).toMatchObject({ state: 'waiting', nextTryAt: AT })
    await end(webhooks, again, delivered, later(63))
    expect((await webhooks.messages(id, { limit: 1 }))[0]).toMatchObject({ state: 'delivered' })
  })

  test('to an endpoint that asks for time are held, and to one that fails they go one at a time, danger first', async () => {
    const { store, webhooks } = await freshWebhooks()
    const id = await listener(webhooks, ['inquiry.received', 'inquiry.emergency'])
    for (let n = 0; n < 3; n += 1) await store.inquiries.receive(arrival())
    const [one, two] = await webhooks.take(id, later(1), later(61), 2)
    if (!one || !two) throw new Error('Two were taken.')
    await end(webhooks, one, { ...failed, retryAfterMs: 30_000 } as WebhookAnswer, later(1))
    await webhooks.handBack(two)
    await store.inquiries.receive(inDanger(arrival({ receivedAt: later(2) })))
    expect(await webhooks.due(later(30))).toEqual([])
    expect(await webhooks.take(id, later(30), later(90), 8)).toEqual([])
    expect(await webhooks.due(later(31))).toEqual([id])
    expect(typesOf(await webhooks.take(id, later(31), later(90), 8))).toEqual(['inquiry.emergency'])
  })

  test('are erased when they are old, but for what waits; so are attempts, and secrets that have expired', async () => {
    const { db, store, webhooks } = await freshWebhooks()
    const id = await listener(webhooks, ['inquiry.received', 'inquiry.needs-action'])
    await stopped(store)
    const [one] = await webhooks.take(id, later(2), later(62), 8)
    if (one) await end(webhooks, one, delivered, later(2))
    await webhooks.rotate(id, 'whsec_eQ==', later(5), AT, 'prøve')
    await webhooks.prune(later(3), later(5))
    expect((await webhooks.messages(id, { limit: 9 })).map(({ type }) => type)).toEqual(['inquiry.needs-action'])
    const { rows } = await sql`select secret, earlier_secret, (select count(*)::int from webhook_attempt) as attempts
      from webhook_endpoint`.execute(db)
    expect(rows).toEqual([{ secret: 'whsec_eQ==', earlier_secret: null, attempts: 0 }])
  })
})

test('no more endpoints are made than may be, however many want one at once', async () => {
  const { webhooks } = await freshWebhooks()
  const made = await Promise.allSettled(
    Array.from({ length: 6 }, (_, n) =>
      webhooks.add(
        {
          ...{ id: uuidv7(), url: 'https://eksempel.no/', description: `${n}`, types: ['inquiry.failed'] },
          ...{ secret: 'whsec_eA==', madeAt: AT, madeBy: 'prøve' }
        },
        4
      )
    )
  )
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
  expect(made.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'too-many-webhooks' } })
})
