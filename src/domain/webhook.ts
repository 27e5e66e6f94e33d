import { NO_EMERGENCY_CHANNEL } from './assess.ts'

/** What others can be told of, most urgent first. */
export const webhookTypes = [
  'inquiry.emergency',
  'inquiry.received',
  'inquiry.needs-action',
  'inquiry.journaled',
  'inquiry.failed',
  'reply.held',
  'permit.ready'
] as const
export type WebhookType = (typeof webhookTypes)[number]

/** Where somebody wants to be told. */
export interface WebhookEndpoint {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly types: readonly WebhookType[]
  readonly madeAt: Date
  readonly madeBy: string
  /** Until when what is sent is signed with the secret before this one too. */
  readonly earlierSecretUntil?: Date
  readonly disabled?: { readonly at: Date; readonly because: DisabledBecause }
  readonly health: WebhookHealth
}

/** `person` can be undone, and so can what we did ourselves; `removed` is for ever. */
export type DisabledBecause = 'person' | 'removed' | 'gone' | 'failing'

export interface WebhookHealth {
  readonly lastSuccessAt?: Date
  readonly lastFailureAt?: Date
  readonly lastFailure?: WebhookFailure
  /** Since when nothing has come through. */
  readonly failingSince?: Date
  /** Messages that have not come through yet. */
  readonly backlog: number
}

/** One message to one endpoint. */
export interface WebhookMessage {
  readonly id: string
  /** Absent in a test. */
  readonly inquiryId?: string
  readonly type: WebhookType | 'ping'
  /** When it happened. */
  readonly at: Date
  readonly data: Readonly<Record<string, string>>
}

/** Why a call did not deliver. */
export type WebhookFailure =
  | 'refused' // answered with something else than 2xx
  | 'redirected'
  | 'gone' // 410
  | 'too-slow'
  | 'unreachable'
  | 'untrusted' // showed a certificate that we do not trust
  | 'address-not-allowed'

export type WebhookAnswer =
  | { readonly kind: 'delivered'; readonly status: number }
  | {
      readonly kind: 'failed'
      readonly failure: WebhookFailure
      readonly status?: number
      /** How long the other side asks us to wait. */
      readonly retryAfterMs?: number
    }

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/**
 * Between one try and the next, give or take a fifth, as Standard Webhooks recommends: ten tries in a little more than
 * three days.
 */
export const retryDelaysMs: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_MS)
]

/** An endpoint that nothing has come through to for so long is disabled. */
export const FAILING_MS_MAX = 5 * 24 * HOUR_MS
/** How long an earlier secret signs too. */
export const EARLIER_SECRET_MS = 24 * HOUR_MS
/** Messages and attempts are kept for so long. */
export const WEBHOOKS_KEPT_MS = 30 * 24 * HOUR_MS
const RETRY_AFTER_MS_MAX = 24 * HOUR_MS
/** No answer about one message keeps all others back for longer. */
const HELD_MS_MAX = HOUR_MS

/** What becomes of a message and its endpoint after a call. */
export interface AfterCall {
  readonly message: { readonly kind: 'delivered' | 'given-up' } | { readonly kind: 'waiting'; readonly dueAt: Date }
  readonly disable?: 'gone' | 'failing'
  /** Nothing more is sent to the endpoint before this. */
  readonly heldUntil?: Date
}

export interface Call {
  /** How many were made before this one. */
  readonly tries: number
  readonly failingSince?: Date
  readonly at: Date
  /** Between 0 and 1: spreads what failed together. */
  readonly jitter: number
}

export function afterCall(answer: WebhookAnswer, { tries, failingSince, at, jitter }: Call): AfterCall {
  if (answer.kind === 'delivered') return { message: { kind: 'delivered' } }
  const later = (ms: number) => new Date(at.getTime() + ms)
  const { failure, retryAfterMs = 0 } = answer
  const delay = retryDelaysMs[tries]
  const spread = 0.8 + 0.4 * jitter
  const isFailingLong = failingSince !== undefined && at.getTime() - failingSince.getTime() >= FAILING_MS_MAX
  const disable = failure === 'gone' ? ('gone' as const) : isFailingLong ? ('failing' as const) : undefined
  return {
    message:
      delay === undefined
        ? { kind: 'given-up' }
        : { kind: 'waiting', dueAt: later(Math.max(delay * spread, Math.min(retryAfterMs, RETRY_AFTER_MS_MAX))) },
    ...(disable && { disable }),
    ...(retryAfterMs > 0 && { heldUntil: later(Math.min(retryAfterMs, HELD_MS_MAX)) })
  }
}

/** The words on the wire, the same in every try: ids, codes and numbers, where to read the rest, and never what anybody wrote. */
export function webhookBody({ type, at, inquiryId, data }: WebhookMessage): string {
  const place = `/v1/inquiries/${inquiryId}`
  const links = {
    inquiry: place,
    ...(type === 'reply.held' && { reply: `${place}/reply` }),
    ...(type === 'permit.ready' && { permit: `${place}/deletion-permit` })
  }
  return JSON.stringify({
    type,
    timestamp: at.toISOString(),
    data:
      inquiryId === undefined
        ? data
        : { id: inquiryId, ...data, ...(type === 'inquiry.emergency' && { notice: NO_EMERGENCY_CHANNEL }), links }
  })
}
