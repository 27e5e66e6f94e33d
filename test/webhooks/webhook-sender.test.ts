import { createHmac } from 'node:crypto'
import type { LookupAddress } from 'node:dns'
import { describe, expect, test } from 'vitest'
import { allowedTargets } from '../../src/webhooks/allowed-targets.ts'
import { webhookSender } from '../../src/webhooks/webhook-sender.ts'
import { certifiedFor, openssl } from '../support/private-ca.ts'
import { type Answering, webhookReceiver, withStatus } from '../support/webhook-receiver.ts'

const LOOPBACK: LookupAddress = { address: '127.0.0.1', family: 4 }
const targets = allowedTargets('127.0.0.1')
const secrets = ['whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=']
const call = { id: 'msg-1', at: new Date('2026-11-22T09:00:00.900Z'), body: '{"a":"blåbær"}', secrets }
const never = new AbortController().signal
const sender = (options = {}) => webhookSender({ targets, version: '0', ...options })

describe('a call', () => {
  test('is signed with each secret over id, time and body, as Standard Webhooks says', async () => {
    const receiver = await webhookReceiver()
    const both = [...secrets, 'whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=']
    expect(await sender().send({ ...call, url: receiver.url, secrets: both }, never)).toEqual({
      kind: 'delivered',
      status: 204
    })
    const [got] = receiver.got
    const signed = both.map((secret) => {
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
      return `v1,${createHmac('sha256', key).update('msg-1.1795338000.{"a":"blåbær"}').digest('base64')}`
    })
    expect(got?.headers).toMatchObject({
      'webhook-id': 'msg-1',
      'webhook-timestamp': '1795338000',
      'webhook-signature': signed.join(' '),
      'content-type': 'application/json',
      'user-agent': 'Arkivbro/0',
      connection: 'close'
    })
    expect(got?.raw).toBe(call.body)
  })

  test.each<[string, Answering, object]>([
    ['an error', withStatus(500), { failure: 'refused', status: 500 }],
    ['that it is gone', withStatus(410), { failure: 'gone', status: 410 }],
    [
      'when to come again',
      withStatus(503, { 'retry-after': '120' }),
      { failure: 'refused', status: 503, retryAfterMs: 120_000 }
    ],
    ['nonsense about when', withStatus(429, { 'retry-after': 'snart' }), { failure: 'refused', status: 429 }],
    ['nothing and hangs up', (_, response) => void response.destroy(), { failure: 'unreachable' }],
    [
      'something that is not HTTP',
      (_, response) => void response.socket?.end('220 smtp.eksempel.no\r\n'),
      { failure: 'unreachable' }
    ]
  ])('that is answered with %s has failed', async (_, answering, outcome) => {
    const receiver = await webhookReceiver()
    receiver.answer(answering)
    expect(await sender().send({ ...call, url: receiver.url }, never)).toEqual({ kind: 'failed', ...outcome })
  })

  test.skipIf(openssl.skip)(
    openssl.title('that meets a certificate of an authority that nobody knows goes no further'),
    async () => {
      const receiver = await webhookReceiver(await certifiedFor('IP:127.0.0.1'))
      const answer = await sender().send({ ...call, url: receiver.url }, never)
      expect(answer).toEqual({ kind: 'failed', failure: 'untrusted' })
      expect(receiver.got).toEqual([])
    }
  )

  test('that is sent elsewhere does not go there', async () => {
    const [receiver, other] = [await webhookReceiver(), await webhookReceiver()]
    receiver.answer(withStatus(307, { location: other.url }))
    expect(await sender().send({ ...call, url: receiver.url }, never)).toMatchObject({
      failure: 'redirected',
      status: 307
    })
    expect(other.got).toEqual([])
  })

  test('that is not answered ends at the deadline', async () => {
    const receiver = await webhookReceiver()
    receiver.answer(() => undefined)
    const answer = await sender({ deadlineMs: 100 }).send({ ...call, url: receiver.url }, never)
    expect(answer).toEqual({ kind: 'failed', failure: 'too-slow' })
  })

  test('that is answered without end is done when the head has come', async () => {
    const receiver = await webhookReceiver()
    let isCut = false
    receiver.answer((_, response) => {
      response.on('close', () => {
        isCut = true
      })
      response.writeHead(200)
      const more = () => response.destroyed || response.write('x'.repeat(65_536), () => setImmediate(more))
      more()
    })
    expect(await sender().send({ ...call, url: receiver.url }, never)).toEqual({ kind: 'delivered', status: 200 })
    await expect.poll(() => isCut).toBe(true)
  })

  test('that somebody stops is nobody’s answer', async () => {
    const receiver = await webhookReceiver()
    const stopping = new AbortController()
    receiver.answer(() => stopping.abort())
    await expect(sender().send({ ...call, url: receiver.url }, stopping.signal)).rejects.toThrow()
  })
})

describe('a name', () => {
  const url = 'https://krok.eksempel.no/'

  test.each<[string, LookupAddress[]]>([
    ['inside', [{ address: '10.0.0.1', family: 4 }]],
    [
      'both outside and inside',
      [
        { address: '93.184.215.14', family: 4 },
        { address: '::ffff:169.254.169.254', family: 6 }
      ]
    ]
  ])('that leads %s is not called', async (_, addresses) => {
    const answer = await sender({ resolve: async () => addresses }).send({ ...call, url }, never)
    expect(answer).toEqual({ kind: 'failed', failure: 'address-not-allowed' })
  })

  test.each<[string, () => Promise<LookupAddress[]>, string]>([
    ['is not known', () => Promise.reject(new Error('ENOTFOUND')), 'unreachable'],
    ['leads nowhere', async () => [], 'unreachable'],
    ['nobody answers for', () => new Promise(() => undefined), 'too-slow']
  ])('that %s is no address', async (_, resolve, failure) => {
    expect(await sender({ resolve, deadlineMs: 100 }).send({ ...call, url }, never)).toEqual({
      kind: 'failed',
      failure
    })
  })

  test('is looked up once, and what it led to then is what is called', async () => {
    const receiver = await webhookReceiver()
    const answers = [[LOOPBACK], [{ address: '10.0.0.1', family: 4 }]]
    const resolve = async () => answers.shift() ?? []
    const local = receiver.url.replace('127.0.0.1', 'localhost')
    expect(await sender({ resolve }).send({ ...call, url: local }, never)).toMatchObject({ kind: 'delivered' })
    expect(answers).toHaveLength(1)
    expect(receiver.got[0]?.headers.host).toMatch(/^localhost:/)
  })

  test('of an address that was taken before and is not allowed any more is not called', async () => {
    const strict = webhookSender({ targets: allowedTargets(), version: '0' })
    const receiver = await webhookReceiver()
    expect(await strict.send({ ...call, url: receiver.url }, never)).toEqual({
      kind: 'failed',
      failure: 'address-not-allowed'
    })
    expect(receiver.got).toEqual([])
  })
})
