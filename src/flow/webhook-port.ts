import type {
  AfterCall,
  DisabledBecause,
  WebhookAnswer,
  WebhookEndpoint,
  WebhookMessage,
  WebhookType
} from '../domain/webhook.ts'

/** Calls endpoints, only those on addresses that may be called. */
export interface WebhookSender {
  /** Throws Refused('webhook-url-not-allowed') for what nothing will ever be sent to. */
  checkUrl(url: string): void
  /** Whatever the other side does, this ends with an answer, in good time; rejects only when `signal` aborts. */
  send(call: WebhookCall, signal: AbortSignal): Promise<WebhookAnswer>
}

export interface WebhookCall {
  readonly url: string
  readonly id: string
  readonly at: Date
  readonly body: string
  /** It is signed with each. */
  readonly secrets: readonly string[]
}

/** Endpoints and what they are told. Messages are written by the database where things happen. */
export interface WebhookStore {
  /** Oldest first, also those disabled. */
  list(): Promise<readonly WebhookEndpoint[]>
  /** Throws NotFound('webhook-not-found'). */
  get(id: string): Promise<WebhookEndpoint>
  /** Throws Conflict('too-many-webhooks') above `endpointsMax`. */
  add(endpoint: NewWebhook, endpointsMax: number): Promise<void>
  /** Throws NotFound, Conflict('webhook-removed'). */
  change(id: string, changes: WebhookChanges, at: Date, actor: string): Promise<void>
  /** What waits for it is dropped. Throws NotFound, Conflict('webhook-removed'). */
  remove(id: string, at: Date, actor: string): Promise<void>
  /** The secret until now signs too until `until`. Throws NotFound, Conflict('webhook-removed'). */
  rotate(id: string, secret: string, until: Date, at: Date, actor: string): Promise<void>
  /** Gives the id of the message. Throws NotFound, Conflict('webhook-removed'). */
  ping(id: string, at: Date, actor: string): Promise<string>
  /** Newest first. */
  messages(id: string, query: MessageQuery): Promise<readonly SentMessage[]>
  /** Sends again what has been sent, under the same id. Throws NotFound, Conflict('webhook-removed'). */
  replay(id: string, what: Replay, at: Date, actor: string): Promise<number>

  /** Endpoints that something is due to. */
  due(at: Date): Promise<readonly string[]>
  /**
   * What is to be sent to an endpoint now, in order, at most one message of an inquiry; nobody else gets it before
   * `until`. An endpoint that fails gets one at a time.
   */
  take(id: string, at: Date, until: Date, limit: number): Promise<readonly TakenMessage[]>
  /** Gives back what nobody knows whether was delivered. */
  handBack(taken: TakenMessage): Promise<void>
  /** Keeps what came of a call; nothing but the attempt when another has taken the message since. */
  keepAttempt(taken: TakenMessage, attempt: WebhookAttempt, after: AfterCall): Promise<void>
  /** Erases what is older than `before`, but for what waits for endpoints that are not disabled; and expired secrets. */
  prune(before: Date, at: Date): Promise<void>
  /** How many messages wait for endpoints that are not disabled. */
  backlog(): Promise<number>
}

export interface NewWebhook
  extends Pick<WebhookEndpoint, 'id' | 'url' | 'description' | 'types' | 'madeAt' | 'madeBy'> {
  readonly secret: string
}

export interface WebhookChanges {
  readonly url?: string
  readonly description?: string
  readonly types?: readonly WebhookType[]
  /** Null enables it again. */
  readonly disabled?: Extract<DisabledBecause, 'person'> | null
}

export interface MessageQuery {
  /** Only those older than this message. */
  readonly before?: string
  readonly limit: number
}

/** One message, whatever became of it; or all since a moment, those that were delivered only when `delivered` is set. */
export type Replay = { readonly messageId: string } | { readonly since: Date; readonly delivered: boolean }

export interface WebhookAttempt {
  readonly at: Date
  readonly milliseconds: number
  readonly answer: WebhookAnswer
}

export interface SentMessage extends WebhookMessage {
  readonly state: 'waiting' | 'delivered' | 'given-up' | 'dropped'
  readonly nextTryAt?: Date
  /** Oldest first. */
  readonly attempts: readonly KeptAttempt[]
}

export interface KeptAttempt {
  readonly at: Date
  readonly milliseconds: number
  readonly status?: number
  readonly failure?: string
}

export interface TakenMessage extends WebhookMessage {
  readonly endpointId: string
  readonly seq: string
  readonly lease: string
  readonly tries: number
  readonly url: string
  readonly secrets: readonly string[]
  readonly failingSince?: Date
}
