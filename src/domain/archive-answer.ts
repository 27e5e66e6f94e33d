import type { ReceiptHandle, Trouble } from './inquiry.ts'
import type { Receipt } from './receipt.ts'

/** What happened when an archive was handed a plan. */
export type SubmitResult =
  | { readonly state: 'archived'; readonly receipt: Receipt }
  /** The transport took it; a receipt comes later. */
  | { readonly state: 'accepted'; readonly handle: ReceiptHandle; readonly pollAfter: Date; readonly giveUpAt: Date }
  | { readonly state: 'failed'; readonly error: ArchiveError }

/** A change of what an archive has journaled. `skjerming`: as restricted as the plan says now. */
export interface Amendment {
  readonly kind: 'skjerming'
  /** Of the journalpost. */
  readonly receipt: Receipt
}

/** `amended`: the archive itself shows the change. */
export type AmendResult = { readonly state: 'amended' } | { readonly state: 'failed'; readonly error: ArchiveError }

/** What the archive holds under our key. `complete: false` means that absence is not proven. */
export type LookupResult =
  | { readonly state: 'hits'; readonly hits: readonly Receipt[]; readonly complete: boolean }
  | { readonly state: 'unsupported' }

/** A failure, classed once, where it happened. `message` is bokmål, safe to show, and holds no personal data. */
export interface ArchiveError {
  readonly kind: ArchiveErrorKind
  readonly message: string
  readonly retryAfterMs?: number
  /** The step that it happened in, by its name in the ledger. */
  readonly step?: string
}

/** A failure as people see it: what happened, and where. */
export const troubleFrom = ({ kind, message, step }: ArchiveError): Trouble => ({
  code: `archive-${kind}`,
  message: step === undefined ? message : `${message} Det skjedde i steget «${step}».`
})

export type ArchiveErrorKind =
  | 'transient'
  | 'rate-limited'
  | 'auth'
  | 'config'
  | 'payload'
  | 'conflict'
  | 'duplicate'
  | 'not-found'
  | 'unknown-outcome'
  | 'unsupported'
  | 'needs-human'

/** What the worker does about each kind: try again, ask the archive what it holds, or leave it to a person. */
export const reactions: Record<ArchiveErrorKind, 'retry' | 'look-up' | 'ask-a-person'> = {
  transient: 'retry',
  'rate-limited': 'retry',
  conflict: 'retry',
  auth: 'ask-a-person',
  config: 'ask-a-person',
  payload: 'ask-a-person',
  'not-found': 'ask-a-person',
  unsupported: 'ask-a-person',
  'needs-human': 'ask-a-person',
  duplicate: 'look-up',
  'unknown-outcome': 'look-up'
}
