/**
 * Everything that can go wrong on purpose. One class per way a caller can react; the code says exactly what happened
 * and is part of the public API. `message` is bokmål and may be shown. `cause` never is: it goes to the log.
 */
export abstract class ServiceError extends Error {
  abstract readonly code: ErrorCode
  /** Where in the request the trouble lies, as JSON pointers. */
  readonly pointers: readonly Pointer[]

  constructor(message: string, options: ErrorOptions & { pointers?: readonly Pointer[] } = {}) {
    super(message, options)
    this.name = this.constructor.name
    this.pointers = options.pointers ?? []
  }
}

export interface Pointer {
  readonly pointer: string // RFC 6901
  readonly detail: string
}

export type ErrorCode =
  | Unauthenticated['code']
  | Forbidden['code']
  | NotFound['code']
  | Conflict['code']
  | Refused['code']
  | Unavailable['code']
  | LimitExceeded['code']
  | StepOutcomeUnknown['code']

/** The caller has not shown who they are. */
export class Unauthenticated extends ServiceError {
  readonly code = 'unauthenticated'
}

/** The caller is known but may not do this. */
export class Forbidden extends ServiceError {
  readonly code: 'forbidden' | 'cross-site-request'

  constructor(code: Forbidden['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** The thing asked for does not exist, or the caller may not know that it does. */
export class NotFound extends ServiceError {
  readonly code:
    | 'inquiry-not-found'
    | 'document-not-found'
    | 'record-not-ready'
    | 'key-not-found'
    | 'platform-not-found'
    | 'bulk-action-not-found'
    | 'guideline-not-found'
    | 'reply-not-found'
    | 'administrator-not-found'
    | 'webhook-not-found'
    | 'webhook-message-not-found'
    | 'callback-client-not-found'

  constructor(code: NotFound['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** The request is fine but the world has moved on; read again before trying again. */
export class Conflict extends ServiceError {
  readonly code:
    | 'inquiry-in-wrong-state'
    | 'case-founded'
    | 'may-be-in-archive'
    | 'lease-lost'
    | 'nothing-proposed'
    | 'same-person'
    | 'receipt-mismatch'
    | 'archive-cannot-be-asked'
    | 'selection-changed'
    | 'bulk-action-ended'
    | 'review-needed'
    | 'guideline-in-force'
    | 'crisis-goes-on'
    | 'no-crisis'
    | 'reply-not-held'
    | 'deletion-not-permitted'
    | 'not-restricted-in-archive'
    | 'administrator-changed'
    | 'appointment-ended'
    | 'name-in-use'
    | 'pages-changed'
    | 'webhook-removed'
    | 'too-many-webhooks'
    | 'callback-client-changed'
    | 'callback-client-ended'
    | 'signing-key-in-use'

  constructor(code: Conflict['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** The request is understood and cannot be honoured; unchanged it never will be. */
export class Refused extends ServiceError {
  readonly code:
    | 'not-an-inquiry'
    | 'payload-not-understood'
    | 'nothing-to-archive'
    | 'attachment-unknown'
    | 'key-used-with-other-body'
    | 'idempotency-key-used-with-other-body'
    | 'several-inquiries'
    | 'answer-to-nobody'
    | 'followed-unknown'
    | 'journalpost-not-found'
    | 'category-unknown'
    | 'guideline-contradicts-itself'
    | 'guideline-code-unknown'
    | 'marker-not-appointed'
    | 'mark-in-future'
    | 'own-page-cannot-inquire'
    | 'period-not-valid'
    | 'page-not-recognisable'
    | 'webhook-url-not-allowed'
    | 'public-key-not-valid'
    | 'said-twice'
    | 'action-unknown'
    | 'policy-unknown'
    | 'marker-missing'
    | 'journalpost-elsewhere'

  constructor(code: Refused['code'], message: string, pointers: readonly Pointer[] = []) {
    super(message, { pointers })
    this.code = code
  }
}

/** Something we lean on does not answer. Trying again later may work. */
export class Unavailable extends ServiceError {
  readonly code:
    | 'database-unavailable'
    | 'files-unavailable'
    | 'disk-full'
    | 'archive-unavailable'
    | 'document-not-rendered'
    | 'attachments-not-prepared'
    | 'scanner-unavailable'
    | 'identity-provider-unavailable'

  constructor(code: Unavailable['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** More bytes than we take. */
export class LimitExceeded extends ServiceError {
  readonly code = 'too-large'
}

/** A step at the archive began in an earlier attempt and nobody knows how it ended. */
export class StepOutcomeUnknown extends ServiceError {
  readonly code = 'step-outcome-unknown'
}
