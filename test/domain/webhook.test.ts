import { describe, expect, test } from 'vitest'
import {
  afterCall,
  retryDelaysMs,
  type WebhookAnswer,
  type WebhookMessage,
  webhookBody,
  webhookTypes
} from '../../src/domain/webhook.ts'

const at = new Date('2026-11-22T09:00:00Z')
const failed = (rest: object = {}): WebhookAnswer => ({ kind: 'failed', failure: 'refused', status: 500, ...rest })
const inMs = (ms: number) => new Date(at.getTime() + ms)
const hours = (n: number) => n * 3_600_000

describe('after a call', () => {
  test('that failed, the next waits as long as Standard Webhooks recommends, and after ten it is given up', () => {
    const waits = Array.from({ length: 10 }, (_, tries) => {
      const { message } = afterCall(failed(), { tries, at, jitter: 0.5 })
      return message.kind === 'waiting' ? message.dueAt.getTime() - at.getTime() : message.kind
    })
    expect(waits).toEqual([5_000, 300_000, 1_800_000, ...[2, 5, 10, 14, 20, 24].map(hours), 'given-up'])
    expect(retryDelaysMs).toHaveLength(9)
  })

  test('that failed with others, each waits a little longer or shorter than they', () => {
    const waits = [0, 0.25, 1].map((jitter) => {
      const { message } = afterCall(failed(), { tries: 1, at, jitter })
      return message.kind === 'waiting' ? message.dueAt.getTime() - at.getTime() : message.kind
    })
    expect(waits).toEqual([240_000, 270_000, 360_000])
  })

  test('that delivered, nothing is left to do', () => {
    expect(
      afterCall({ kind: 'delivered', status: 204 }, { tries: 3, failingSince: inMs(-hours(200)), at, jitter: 0.5 })
    ).toEqual({
      message: { kind: 'delivered' }
    })
  })

  test.each([
    ['a short Retry-After, the schedule is kept', 1, 60_000, hours(0) + 300_000, 60_000],
    ['a longer Retry-After, it is kept', 0, 120_000, 120_000, 120_000],
    ['one of a week, a day is waited, and others wait an hour', 0, hours(168), hours(24), hours(1)]
  ])('with %s', (_, tries, retryAfterMs, wait, held) => {
    expect(afterCall(failed({ status: 429, retryAfterMs }), { tries, at, jitter: 0.5 })).toEqual({
      message: { kind: 'waiting', dueAt: inMs(wait) },
      heldUntil: inMs(held)
    })
  })

  test('the endpoint is disabled when it is gone, or nothing has come through for five days', () => {
    const days = (n: number) => ({ tries: 0, failingSince: inMs(-hours(24 * n)), at, jitter: 0.5 })
    expect(afterCall(failed({ failure: 'gone', status: 410 }), { tries: 0, at, jitter: 0.5 }).disable).toBe('gone')
    expect(afterCall(failed(), days(5)).disable).toBe('failing')
    expect(afterCall(failed(), { ...days(0), failingSince: inMs(1 - hours(120)) }).disable).toBeUndefined()
    expect(afterCall(failed(), { tries: 0, at, jitter: 0.5 }).disable).toBeUndefined()
  })
})

describe('a message', () => {
  const message: WebhookMessage = {
    id: '01900000-0000-4000-8000-000000000001',
    inquiryId: '01900000-0000-7000-8000-000000000000',
    type: 'permit.ready',
    at,
    data: { state: 'journaled', saksnummer: '2026/412' }
  }

  test('says what happened, to what, and where to read the rest; the same each time', () => {
    expect(JSON.parse(webhookBody(message))).toEqual({
      type: 'permit.ready',
      timestamp: '2026-11-22T09:00:00.000Z',
      data: {
        id: message.inquiryId,
        state: 'journaled',
        saksnummer: '2026/412',
        links: {
          inquiry: `/v1/inquiries/${message.inquiryId}`,
          permit: `/v1/inquiries/${message.inquiryId}/deletion-permit`
        }
      }
    })
    expect(webhookBody(message)).toBe(webhookBody({ ...message }))
  })

  test('of danger says that this is no emergency channel, and no other does', () => {
    const dataOf = (type: WebhookMessage['type']) => JSON.parse(webhookBody({ ...message, type })).data
    expect(dataOf('inquiry.emergency').notice).toMatch(/ikke en nødkanal.*113.*112.*110/)
    for (const type of webhookTypes.filter((each) => each !== 'inquiry.emergency')) {
      expect(dataOf(type)).not.toHaveProperty('notice')
    }
  })

  test('that is a test is about nothing', () => {
    expect(webhookBody({ id: message.id, type: 'ping', at, data: {} })).toBe(
      '{"type":"ping","timestamp":"2026-11-22T09:00:00.000Z","data":{}}'
    )
  })
})
