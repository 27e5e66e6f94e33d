import type { Readable } from 'node:stream'
import type { Amendment, AmendResult, ArchiveError, LookupResult, SubmitResult } from '../domain/archive-answer.ts'
import type { ArchivePlan } from '../domain/archive-plan.ts'
import type { Attachment, InquiryContent, ReceiptHandle } from '../domain/inquiry.ts'
import type { PreparedAttachment } from '../domain/prepared-attachment.ts'
import type { JournalpostNumbers } from '../domain/receipt.ts'
import type { ThreadDocument } from '../domain/thread-document.ts'

export type Clock = () => Date

/** Files by content: written once, never changed. */
export interface BlobStore {
  /**
   * Streams bytes to durable storage and hashes them on the way. When it resolves, the bytes survive a crash. The same
   * bytes twice are kept once. Throws LimitExceeded above `maxBytes`, Unavailable when the storage does not answer.
   */
  put(bytes: Readable, options: { readonly maxBytes: number; readonly signal?: AbortSignal }): Promise<StoredBlob>
  /** Throws NotFound('document-not-found') when there is no such blob. */
  open(sha256: string): Promise<Readable>
  /** Resolves when the storage answers; throws Unavailable otherwise. Never writes anything that stays. */
  check(): Promise<void>
}

export interface StoredBlob {
  readonly sha256: string // lower-case hex
  readonly size: number // bytes
  /** Media type told by the bytes themselves; `application/octet-stream` when they do not say. */
  readonly mediaType: string
}

/** Makes the archive document. */
export interface DocumentRenderer {
  /** What the documents are, such as PDF/A-2a (M702). */
  readonly formatDetaljer: string
  /**
   * PDF/A bytes of the thread; the same input gives the same bytes. Throws Unavailable('document-not-rendered') when
   * rendering fails, takes longer than its deadline, or `signal` aborts.
   */
  render(document: ThreadDocument, signal?: AbortSignal): Promise<Uint8Array>
}

/** Looks at what came with an inquiry and makes files in archive formats of it. */
export interface AttachmentPreparer {
  /**
   * What becomes of an attachment; the same file gives the same files. Whatever the bytes are, this ends with an
   * outcome. Without `convert` it is scanned for viruses and not opened. Throws Unavailable when the storage or the
   * virus scanner does not answer, or `signal` aborts.
   */
  prepare(attachment: Attachment, options: PrepareOptions): Promise<PreparedAttachment>
}

export interface PrepareOptions {
  readonly convert: boolean
  readonly signal?: AbortSignal
}

/** What every archive integration provides. Outcomes are values; a connector throws only for faults of its own. */
export interface ArchiveConnector {
  readonly name: string
  readonly capabilities: ArchiveCapabilities
  /** Cheap sign of life; never writes. */
  health(signal: AbortSignal): Promise<ArchiveHealth>
  /** What deliveries need and the archive lacks, such as an arkivdel or a right; one sentence each. Never writes. */
  lacking(signal: AbortSignal): Promise<readonly string[]>
  /** Finds what the archive already holds under the plan's key. */
  lookup(plan: ArchivePlan, ctx: CallContext): Promise<LookupResult | { state: 'failed'; error: ArchiveError }>
  /**
   * Finds the journalpost with these numbers, whoever made it: those journaled only, without their files. A hit names its
   * key when it is ours.
   */
  find(wanted: WantedJournalpost, call: ArchiveCall): Promise<LookupResult | { state: 'failed'; error: ArchiveError }>
  /** Runs or resumes the plan; every remote write goes through `ctx.step`. */
  submit(plan: ArchivePlan, ctx: CallContext): Promise<SubmitResult>
  /**
   * Asks for the receipt of something the transport has accepted, or reads it off `ctx.messages`. Also called for a plan
   * whose `submit` never came back, when there are messages about it: the handle's correlation is then the `planId`.
   */
  settle(plan: ArchivePlan, handle: ReceiptHandle, ctx: CallContext): Promise<SubmitResult>
  /**
   * Changes what the archive has of a journaled plan into what the plan says now, and looks that the archive shows it.
   * Nothing else is touched: a journalpost is never made, and files stay. It may be called again after any end, so every
   * step of it is safe to repeat, and what stands there already is left. Only for the kinds that `capabilities.amends`
   * names.
   */
  amend?(plan: ArchivePlan, amendment: Amendment, ctx: CallContext): Promise<AmendResult>
  /**
   * Hands on what an archive sends of itself, such as the messages in a mailbox, whatever they are about. Runs until
   * `signal` aborts; when it ends or throws before, it is started again after a while. Several processes may read the
   * same mailbox at once.
   *
   * `keep` resolves when the message is durably ours, and only then may it be acknowledged to the other side. When it
   * rejects, the message must come again. One that cannot be read is handed on too, as what it is: no message may keep
   * those behind it waiting.
   */
  inbound?(keep: KeepMessage, signal: AbortSignal): Promise<void>
}

export type KeepMessage = (message: ArchiveMessage) => Promise<void>

export interface ArchiveMessage {
  /** The other side's own name for it, by which one that comes twice is known; at most 200 characters. */
  readonly remoteId: string
  /**
   * `planId` of the plan that it answers. A connector sends that along as its own message id or correlation id: it is
   * known before the send and the same in every try, so an answer finds its inquiry also when `submit` never came back.
   */
  readonly correlation?: string
  /** What it is, as the connector calls it, such as `kvittering`. Stands in logs, so it says nothing of anybody. */
  readonly kind: string
  /**
   * What `settle` needs of it. May hold personal data. `null` when it was larger than a megabyte: the archive must then
   * be asked instead.
   */
  readonly payload: Json
  /** When it came to us. */
  readonly receivedAt: Date
}

/** What an archive can take. Work keeps to it, and a plan beyond it is refused before the first write. */
export interface ArchiveCapabilities {
  readonly deliveriesAtOnceMax: number
  /** Deliveries that may begin within a minute, from all processes together; absent when there is no limit. */
  readonly deliveriesPerMinuteMax?: number
  /** Longest tittel (M020), in UTF-16 code units. */
  readonly titleLengthMax: number
  /** Largest single file, in bytes; absent when there is no limit. */
  readonly fileBytesMax?: number
  /** Whether it keeps a record from the public when the plan says so, and shows afterwards that it does. */
  readonly skjerming: boolean
  /** What of a journaled record it lets us change afterwards; absent: nothing. */
  readonly amends?: readonly Amendment['kind'][]
}

export interface ArchiveHealth {
  readonly state: 'up' | 'slow' | 'down'
  /** In bokmål, for the overview and `doctor`. */
  readonly message: string
}

export interface WantedJournalpost extends JournalpostNumbers {
  /** Ours, if it is the inquiry's own. */
  readonly externalKey: ArchivePlan['externalKey']
}

/** What every outward call keeps to. */
export interface ArchiveCall {
  /** When nobody waits any longer: every outward call ends before it. */
  readonly deadline: Date
  readonly signal: AbortSignal
  readonly now: Clock
}

export interface CallContext extends ArchiveCall {
  /** The plan's arkivmelding as it was composed and checked, byte for byte, for archives that take one. */
  recordXml(): Promise<string>
  /** What `inbound` has brought about this plan since it was last sent in vain, in the order in which it came. */
  readonly messages: readonly ArchiveMessage[]
  /** The bytes of a file in the plan, by its `sha256`. Throws ArchiveFailure when they are not to be had. */
  open(sha256: string): Promise<Readable>
  /**
   * Write-ahead ledger: persists that the step has started, runs it, persists its result; gives the stored result when
   * it was done before. A step that started and never ended throws StepOutcomeUnknown, unless it is `safeToRepeat`.
   */
  step<T extends Json>(name: string, run: () => Promise<T>, options?: { readonly safeToRepeat?: boolean }): Promise<T>
}

/** What may be kept in the ledger. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Turns a platform's own payload into the neutral content of one inquiry. Pure. */
export interface PlatformNormaliser {
  /** Name in the address (`/v1/inquiries/from/{name}`) and `source` of what it gives. */
  readonly name: string
  /** How people know it, such as `Facebook`. */
  readonly displayName: string
  /** Shown in the API description, in bokmål. */
  readonly description: string
  /**
   * Throws Refused: `not-an-inquiry` for likes, removals, delivery receipts and the like, `payload-not-understood` when
   * it is none of the shapes it knows, `several-inquiries` when the payload holds more than one.
   */
  normalise(payload: unknown): InquiryContent
}
