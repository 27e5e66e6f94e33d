import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type WebhookDelivery, webhookDelivery } from '../../src/flow/deliver-webhooks.ts'
import { webhookStore } from '../../src/store/webhook-store.ts'
import { allowedTargets } from '../../src/webhooks/allowed-targets.ts'
import { webhookSender } from '../../src/webhooks/webhook-sender.ts'
import { inquiryBody } from '../support/makers.ts'
import { freshService } from '../support/setup.ts'
import { type Got, webhookReceiver, withStatus } from '../support/webhook-receiver.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService({ changes: { WEBHOOK_PRIVATE_TARGETS: '127.0.0.1' } })

interface Shown {
  readonly id: string
  readonly isEnabled: boolean
  readonly disabled?: { readonly because: string }
  readonly earlierSecretUntil?: string
  readonly health: { readonly backlog: number; readonly failingSince?: string; readonly lastFailure?: string }
  readonly events: readonly { readonly action: string; readonly facts: Readonly<Record<string, unknown>> }[]
}

interface Filed {
  readonly status: { readonly state: string }
  readonly archive: { readonly location: string }
}

interface Message {
  readonly id: string
  readonly type: string
  readonly state: string
  readonly attempts: readonly { readonly at: string; readonly status?: number; readonly failure?: string }[]
}

async function answered<T>(asked: Promise<Response>, status: number): Promise<T> {
  const response = await asked
  expect(response.status, await response.clone().text()).toBe(status)
  return (await response.json()) as T
}

const send = (method: string, path: string, body?: object) =>
  service().call(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  })

/** An endpoint that is told until the test ends. */
async function listen(url: string, types: readonly string[] = ['inquiry.received']) {
  const wanted = { url, description: 'Prøve', types }
  const made = await answered<{ webhook: Shown; secret: string }>(service().post('/v1/webhooks', wanted), 201)
  const { id } = made.webhook
  onTestFinished(async () => void (await send('DELETE', `/v1/webhooks/${id}`)))
  return { id, secret: made.secret }
}

const show = (id: string) => answered<Shown>(service().call(`/v1/webhooks/${id}`), 200)
const messages = async (id: string) =>
  (await answered<{ messages: Message[] }>(service().call(`/v1/webhooks/${id}/messages`), 200)).messages
const receive = async () => (await answered<{ id: string }>(service().post('/v1/inquiries', inquiryBody()), 202)).id

/** A worker with a clock of its own, on the service's database. */
function worker(changes: { readonly deadlineMs?: number; readonly forgets?: boolean } = {}) {
  let ahead = 0
  const store = webhookStore(service().db)
  const errors: unknown[] = []
  const forgetful = { ...store, keepAttempt: () => Promise.reject(new Error('The process died.')) }
  const delivery: WebhookDelivery = webhookDelivery({
    webhooks: changes.forgets ? forgetful : store,
    sender: webhookSender({ targets: allowedTargets('127.0.0.1'), version: '0', ...changes }),
    now: () => new Date(Date.now() + ahead),
    random: () => 0.5,
    onCall: () => undefined,
    stoppingMs: 100,
    onError: (error) => errors.push(error)
  })
  return {
    ...delivery,
    errors,
    async round() {
      await delivery.begin()
      await delivery.idle()
    },
    pass(seconds: number) {
      ahead += seconds * 1_000
    }
  }
}

const verified = (secret: string, { raw, headers }: Got) => new Webhook(secret).verify(raw, { ...headers })

describe('a webhook', () => {
  test('tells what happened, signed so that a receiver can tell that it is from us', async () => {
    const receiver = await webhookReceiver()
    const { id, secret } = await listen(receiver.url)
    const inquiry = await receive()
    await worker().round()
    const [got, ...more] = receiver.got
    if (!got) throw new Error('Nothing came.')
    expect(more).toEqual([])
    expect(verified(secret, got)).toEqual({
      type: 'inquiry.received',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: { id: inquiry, state: 'received', category: 'case', links: { inquiry: `/v1/inquiries/${inquiry}` } }
    })
    expect(() => new Webhook(secret).verify(`${got.raw} `, { ...got.headers })).toThrow()
    expect(await messages(id)).toMatchObject([{ id: got.id, state: 'delivered', attempts: [{ status: 204 }] }])
    expect((await show(id)).health).toEqual({ backlog: 0, lastSuccessAt: expect.any(String) })
  })

  test('is sent again under the same id after a failure, at its time, and what comes after it waits', async () => {
    const receiver = await webhookReceiver()
    const { id } = await listen(receiver.url, ['inquiry.received', 'inquiry.failed'])
    const inquiry = await receive()
    await answered(service().post(`/v1/inquiries/${inquiry}/dismiss`, { reason: 'Ikke vår.' }), 200)
    receiver.answer(withStatus(500))
    const { round, pass } = worker()
    await round()
    await round()
    expect(receiver.got.map(({ body }) => body.type)).toEqual(['inquiry.received'])
    expect((await show(id)).health).toMatchObject({
      backlog: 2,
      lastFailure: 'refused',
      failingSince: expect.any(String)
    })
    receiver.answer(withStatus(200))
    pass(6)
    await round()
    const [first, second, third] = receiver.got
    expect(receiver.got.map(({ body }) => body.type)).toEqual([
      'inquiry.received',
      'inquiry.received',
      'inquiry.failed'
    ])
    expect([second?.id, second?.raw]).toEqual([first?.id, first?.raw])
    expect(third?.body.data).toMatchObject({ id: inquiry, state: 'dismissed' })
    expect((await show(id)).health.failingSince).toBeUndefined()
  })

  test('that was sent by a process that died before it could write so, comes again under the same id', async () => {
    const receiver = await webhookReceiver()
    await listen(receiver.url)
    await receive()
    const dying = worker({ forgets: true })
    await dying.round()
    expect(dying.errors).toMatchObject([{ message: 'The process died.' }])
    const next = worker()
    await next.round()
    expect(receiver.got).toHaveLength(1)
    next.pass(61)
    await next.round()
    expect(receiver.got.map(({ id }) => id)).toEqual([receiver.got[0]?.id, receiver.got[0]?.id])
  })

  test('to one that is slow keeps no other waiting', async () => {
    const [slow, quick] = [await webhookReceiver(), await webhookReceiver()]
    const { id } = await listen(slow.url)
    await listen(quick.url)
    slow.answer(() => undefined)
    await receive()
    const one = worker({ deadlineMs: 1_000 })
    await one.begin()
    await expect.poll(() => quick.got.length).toBe(1)
    await receive()
    await one.begin()
    await expect.poll(() => quick.got.length).toBe(2)
    await one.idle()
    expect((await messages(id)).at(-1)?.attempts).toMatchObject([{ failure: 'too-slow' }])
  })

  test('is given back when the service stops in the middle of a call, and comes again at once', async () => {
    const receiver = await webhookReceiver()
    await listen(receiver.url)
    await receive()
    receiver.answer(() => undefined)
    const stopping = worker()
    await stopping.begin()
    await expect.poll(() => receiver.got.length).toBe(1)
    await stopping.stop()
    receiver.answer(withStatus(204))
    await worker().round()
    expect(receiver.got).toHaveLength(2)
  })

  test('goes nowhere else, whatever the receiver says', async () => {
    const [receiver, other] = [await webhookReceiver(), await webhookReceiver()]
    receiver.answer(withStatus(302, { location: other.url }))
    const { id } = await listen(receiver.url)
    await receive()
    await worker().round()
    expect(other.got).toEqual([])
    expect((await messages(id))[0]?.attempts).toMatchObject([{ status: 302, failure: 'redirected' }])
  })

  test('is disabled when the receiver says that it is gone, and is told what happened meanwhile when somebody enables it', async () => {
    const receiver = await webhookReceiver()
    receiver.answer(withStatus(410))
    const { id } = await listen(receiver.url, ['inquiry.received', 'inquiry.failed'])
    const { round, pass } = worker()
    await receive()
    await round()
    const shown = await show(id)
    expect(shown).toMatchObject({ isEnabled: false, disabled: { because: 'gone' }, health: { backlog: 1 } })
    expect(shown.events.at(-1)).toMatchObject({
      action: 'webhook.disabled',
      actor: 'arkivbro',
      facts: { because: 'gone' }
    })
    const meanwhile = await receive()
    await receive()
    expect((await service().post(`/v1/inquiries/${meanwhile}/dismiss`, { reason: 'Feil kommune' })).status).toBe(200)
    pass(60)
    await round()
    expect(receiver.got).toHaveLength(1)
    expect((await show(id)).health.backlog).toBe(4)
    receiver.answer(withStatus(204))
    expect(await answered<Shown>(send('PATCH', `/v1/webhooks/${id}`, { isEnabled: true }), 200)).toMatchObject({
      isEnabled: true
    })
    await round()
    const [refused, ...got] = receiver.got
    expect(got[0]?.id).toBe(refused?.id)
    expect(got).toHaveLength(4)
    const told = got.filter(({ body }) => body.data.id === meanwhile).map(({ body }) => body.type)
    expect(told).toEqual(['inquiry.received', 'inquiry.failed'])
    expect((await show(id)).health.backlog).toBe(0)
  })

  test('is disabled when nothing has come through for five days', async () => {
    const receiver = await webhookReceiver()
    receiver.answer(withStatus(500))
    const { id } = await listen(receiver.url)
    const { round, pass } = worker()
    await receive()
    await round()
    pass(5 * 86_400 - 60)
    await round()
    expect((await show(id)).isEnabled).toBe(true)
    pass(86_400)
    await round()
    expect(await show(id)).toMatchObject({ isEnabled: false, disabled: { because: 'failing' } })
  })

  test('is tested by a ping, also by what nothing else is sent to', async () => {
    const receiver = await webhookReceiver()
    const { id, secret } = await listen(receiver.url, ['permit.ready'])
    const { message } = await answered<{ message: string }>(send('POST', `/v1/webhooks/${id}/ping`), 202)
    await worker().round()
    const [got] = receiver.got
    expect(got && verified(secret, got)).toMatchObject({ type: 'ping', data: {} })
    expect(got?.id).toBe(message)
  })

  test('is signed with both secrets for a day after a rotation, then with the new one', async () => {
    const receiver = await webhookReceiver()
    const { id, secret } = await listen(receiver.url)
    const rotated = await answered<{ secret: string }>(send('POST', `/v1/webhooks/${id}/rotate-secret`), 200)
    expect(rotated.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(rotated.secret).not.toBe(secret)
    expect((await show(id)).earlierSecretUntil).toBeDefined()
    const { round, pass } = worker()
    await receive()
    await round()
    const [both] = receiver.got
    if (!both) throw new Error('Nothing came.')
    expect(verified(secret, both)).toEqual(verified(rotated.secret, both))
    pass(24 * 3_600 + 60)
    await receive()
    await round()
    expect(receiver.got[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1)
  })
})

describe('what has been sent', () => {
  test('is sent again when somebody asks: one, all that did not come through, or all', async () => {
    const receiver = await webhookReceiver()
    const { id } = await listen(receiver.url)
    const { round } = worker()
    const since = new Date(Date.now() - 1_000).toISOString()
    await receive()
    await receive()
    await round()
    receiver.answer(withStatus(400))
    await receive()
    await round()
    receiver.answer(withStatus(204))
    const [failed, , first] = (await messages(id)).map((one) => one.id)
    const again = async (path: string, body?: object) => {
      const before = receiver.got.length
      const { count } = await answered<{ count: number }>(send('POST', `/v1/webhooks/${id}/${path}`, body), 202)
      await round()
      const sent = receiver.got.slice(before).map((got) => got.id)
      expect(sent).toHaveLength(count)
      return sent
    }
    expect(await again(`messages/${first}/replay`)).toEqual([first])
    expect(await again('recover', { since })).toEqual([failed])
    expect(await again('recover', { since })).toEqual([])
    expect(await again('recover', { since, delivered: true })).toHaveLength(3)
    expect(await again('recover', { since: '2099-01-01T00:00:00Z', delivered: true })).toEqual([])
    expect((await show(id)).events.map(({ action }) => action)).toEqual([
      'webhook.made',
      ...Array.from({ length: 5 }, () => 'webhook.replayed')
    ])
    const page = await answered<{ messages: Message[]; next: string }>(
      service().call(`/v1/webhooks/${id}/messages?limit=2`),
      200
    )
    expect(page.messages).toHaveLength(2)
    const rest = `/v1/webhooks/${id}/messages?limit=2&before=${page.next}`
    expect(await answered<object>(service().call(rest), 200)).toEqual({
      messages: [expect.objectContaining({ id: first })]
    })
  })
})

describe('an endpoint', () => {
  test.each([
    ['http://eksempel.no/'],
    ['https://bruker:passord@eksempel.no/'],
    ['https://10.0.0.1/'],
    ['https://[::ffff:169.254.169.254]/'],
    ['https://2130706434/'],
    ['ikke en adresse']
  ])('at %s is refused, and nothing is kept', async (url) => {
    const count = async () => (await answered<{ webhooks: [] }>(service().call('/v1/webhooks'), 200)).webhooks.length
    const before = await count()
    const wanted = { url, description: 'Prøve', types: ['inquiry.received'] }
    const response = await service().post('/v1/webhooks', wanted)
    expect([response.status, await problemIn(response)]).toMatchObject([
      422,
      { code: 'webhook-url-not-allowed', errors: [{ pointer: '/url' }] }
    ])
    expect(await count()).toBe(before)
  })

  test.each([
    ['an event nobody knows', { types: ['inquiry.read'] }],
    ['no events', { types: [] }],
    ['a secret of its own', { secret: 'whsec_eA==' }],
    ['an address that is too long', { url: `https://eksempel.no/${'a'.repeat(2_000)}` }]
  ])('with %s is not understood', async (_, changes) => {
    const wanted = { url: 'https://eksempel.no/', description: 'Prøve', types: ['inquiry.received'], ...changes }
    const response = await service().post('/v1/webhooks', wanted)
    expect(await answered<object>(Promise.resolve(response), 400)).toMatchObject({ code: 'invalid-request' })
  })

  test('that is removed stays on the list, is told nothing more, and cannot come back', async () => {
    const receiver = await webhookReceiver()
    const { id } = await listen(receiver.url)
    await receive()
    expect((await send('DELETE', `/v1/webhooks/${id}`)).status).toBe(204)
    await receive()
    await worker().round()
    expect(receiver.got).toEqual([])
    expect(await show(id)).toMatchObject({ isEnabled: false, disabled: { because: 'removed' }, health: { backlog: 0 } })
    expect((await messages(id)).map(({ state }) => state)).toEqual(['dropped'])
    for (const [method, path, body] of [
      ['PATCH', '', { isEnabled: true }],
      ['DELETE', ''],
      ['POST', '/ping'],
      ['POST', '/rotate-secret'],
      ['POST', '/recover', { since: '2026-01-01T00:00:00Z' }]
    ] as const) {
      const response = await send(method, `/v1/webhooks/${id}${path}`, body)
      expect([response.status, (await problemIn(response)).code], path).toEqual([409, 'webhook-removed'])
    }
  })

  test('shows its secrets once; they are in no list, event or measurement, and neither is its address', async () => {
    const { id, secret } = await listen('https://eksempel.no/krok?token=hemmelig-adresse')
    const rotated = await answered<{ secret: string }>(send('POST', `/v1/webhooks/${id}/rotate-secret`), 200)
    await send('PATCH', `/v1/webhooks/${id}`, { url: 'https://annen.eksempel.no/hemmelig-adresse' })
    const texts = await Promise.all(
      ['/v1/webhooks', `/v1/webhooks/${id}`, `/v1/webhooks/${id}/messages`, '/metrics'].map(async (path) =>
        (await service().call(path)).text()
      )
    )
    const { rows } = await sql<{ row: string }>`select audit_event::text as row from audit_event`.execute(service().db)
    const events = rows.map(({ row }) => row).join('\n')
    for (const hidden of [secret, rotated.secret]) expect([...texts, events].join('\n')).not.toContain(hidden)
    expect(events).not.toContain('hemmelig-adresse')
    expect((await show(id)).events).toMatchObject([
      { action: 'webhook.made', text: 'Webhook laget', facts: { host: 'eksempel.no', types: 'inquiry.received' } },
      { action: 'webhook.secret-rotated' },
      { action: 'webhook.changed', facts: { fields: 'url', host: 'annen.eksempel.no' } }
    ])
  })

  test('that nobody knows is not found, nor is a message', async () => {
    const nobody = '01900000-0000-7000-8000-000000000000'
    const response = await service().call(`/v1/webhooks/${nobody}`)
    expect([response.status, (await problemIn(response)).code]).toEqual([404, 'webhook-not-found'])
    const { id } = await listen('https://eksempel.no/')
    const lost = await send('POST', `/v1/webhooks/${id}/messages/${nobody}/replay`)
    expect([lost.status, (await problemIn(lost)).code]).toEqual([404, 'webhook-message-not-found'])
  })
})

test('a service that works tells by itself all that happens until the post may be deleted, and no number of what is restricted', async () => {
  const receiver = await webhookReceiver()
  const working = await freshService({ WEBHOOK_PRIVATE_TARGETS: '127.0.0.1' })
  const types = ['inquiry.emergency', 'inquiry.received', 'inquiry.journaled', 'reply.held', 'permit.ready']
  await answered(working.post('/v1/webhooks', { url: receiver.url, description: 'Prøve', types }), 201)
  await answered(working.post('/v1/crisis/start', { reason: 'Flom i elva.' }), 200)
  const take = async (category: string) => {
    const mark = { by: 'servicetorget', reason: 'Må arkiveres', category }
    return (await answered<{ id: string }>(working.post('/v1/inquiries', inquiryBody({ mark })), 202)).id
  }
  const [open, unlawful] = [await take('question'), await take('unlawful')]
  const about = (id: string) => receiver.got.filter(({ body }) => body.data.id === id)
  const toldOf = (id: string) => about(id).map(({ body }) => body.type)
  await expect.poll(() => receiver.got.length, { timeout: 40_000 }).toBe(7)
  expect(toldOf(open)).toEqual(['inquiry.received', 'reply.held', 'inquiry.journaled'])
  expect(toldOf(unlawful)).toEqual(['inquiry.received', 'reply.held', 'inquiry.journaled', 'permit.ready'])
  const { archive } = await answered<{ archive: { saksnummer: string; journalpost: string } }>(
    working.call(`/v1/inquiries/${open}`),
    200
  )
  const { saksnummer, journalpost } = archive
  expect(about(open).at(-1)?.body.data).toMatchObject({ state: 'journaled', saksnummer, journalpost })
  expect(about(unlawful).at(-1)?.body.data).toEqual({
    ...{ id: unlawful, state: 'journaled', category: 'unlawful' },
    links: { inquiry: `/v1/inquiries/${unlawful}`, permit: `/v1/inquiries/${unlawful}/deletion-permit` }
  })
  const metrics = async () => (await working.call('/metrics')).text()
  await expect.poll(metrics).toContain('arkivbro_webhook_backlog 0')
  expect(await metrics()).toContain('arkivbro_webhook_calls_total{outcome="delivered"} 7')
})

test('what becomes so when somebody changes the category is told then, and once', async () => {
  const receiver = await webhookReceiver()
  const working = await freshService({ WEBHOOK_PRIVATE_TARGETS: '127.0.0.1' })
  const types = ['inquiry.emergency', 'inquiry.journaled', 'permit.ready', 'inquiry.needs-action']
  await answered(working.post('/v1/webhooks', { url: receiver.url, description: 'Prøve', types }), 201)
  const { id } = await answered<{ id: string }>(working.post('/v1/inquiries', inquiryBody()), 202)
  const told = () => receiver.got.map(({ body }) => body.type)
  await expect.poll(told, { timeout: 40_000 }).toEqual(['inquiry.journaled'])
  const details = () => answered<Filed>(working.call(`/v1/inquiries/${id}`), 200)
  const change = (category: string) =>
    answered(working.post(`/v1/inquiries/${id}/change-category`, { category, reason: 'Kategorien var feil.' }), 200)
  for (const category of ['unlawful', 'emergency', 'unlawful', 'concern']) {
    await change(category)
    await expect.poll(async () => (await details()).status.state, { timeout: 40_000 }).toBe('journaled')
  }
  await rm(join(working.config.DATA_FOLDER, 'archive', (await details()).archive.location), { recursive: true })
  await change('unlawful')
  const all = ['inquiry.journaled', 'permit.ready', 'inquiry.emergency', 'permit.ready', 'inquiry.needs-action']
  await expect.poll(told, { timeout: 40_000 }).toEqual(all)
  const metrics = async () => (await working.call('/metrics')).text()
  await expect.poll(metrics).toContain('arkivbro_webhook_backlog 0')
  const [, permit, , , asked] = receiver.got
  expect(asked?.body.data).toMatchObject({ id, state: 'amend-stopped', code: 'archive-needs-human' })
  expect(permit?.body.data).toEqual({
    ...{ id, state: 'journaled', category: 'unlawful' },
    links: { inquiry: `/v1/inquiries/${id}`, permit: `/v1/inquiries/${id}/deletion-permit` }
  })
})
