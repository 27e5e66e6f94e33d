import type { ApiKey } from '../domain/access.ts'
import type { Administrator } from '../domain/administrator.ts'
import type { ArchiveGate } from '../domain/archive-gate.ts'
import type { ArchivePlan } from '../domain/archive-plan.ts'
import type { Assessment } from '../domain/assess.ts'
import type { AuditAction, AuditEvent } from '../domain/audit-event.ts'
import type { BulkAction, BulkKind, Selection } from '../domain/bulk-action.ts'
import type { CallbackClient } from '../domain/callback-client.ts'
import type { Corrections } from '../domain/corrections.ts'
import type { Decision } from '../domain/decision.ts'
import type { DeliveryRate } from '../domain/delivery-rate.ts'
import type { Attachment, Inquiry, InquiryState, InquiryStatus, Saksnummer, Task, Trouble } from '../domain/inquiry.ts'
import type { OwnPage, OwnPages } from '../domain/own-page.ts'
import type { Receipt } from '../domain/receipt.ts'
import type { AnswerWarning } from '../domain/reply.ts'
import type { ArchiveMessage, Json } from './ports.ts'

/** What the steps keep, and how. Every change to an inquiry commits together with its work item and its audit event. */
export interface Store {
  readonly inquiries: InquiryStore
  readonly work: WorkStore
  readonly plans: PlanStore
  readonly ledger: LedgerStore
  readonly attachments: AttachmentStore
  readonly audit: AuditStore
  readonly keys: KeyStore
  readonly gate: GateStore
  readonly messages: MessageStore
}

export interface InquiryStore {
  /** Keeps an inquiry, its work item and its audit event, or says who was first. One statement; durable when it resolves. */
  receive(arrival: Arrival): Promise<Reception>
  /** Throws NotFound('inquiry-not-found'). */
  get(id: string): Promise<StoredInquiry>
  /** The bytes as received. Throws NotFound('inquiry-not-found'). */
  bytes(id: string): Promise<Uint8Array>
  /** Inquiries about one post (source, externalId), without `except`; oldest first, at most 200. */
  ofPost(source: string, externalId: string, except?: string): Promise<readonly StoredInquiry[]>
  /** The first with this case key that was not dismissed, of those before `before`. */
  firstOfCase(caseKey: string, before: string): Promise<StoredInquiry | undefined>
  /** The one that has founded the saksmappe of those with this key, until it is dismissed or has got another key. */
  founderOf(key: string): Promise<StoredInquiry | undefined>
  /** Other events of its post, what it follows and what follows it; oldest first, at most 200. */
  related(inquiry: Inquiry): Promise<readonly StoredInquiry[]>
  find(query: InquiryQuery): Promise<readonly StoredInquiry[]>
  /** `asking`: where an inquiry goes no further before a person has done something. */
  counts(asking: readonly InquiryState[]): Promise<InquiryCounts>
  /**
   * Moves an inquiry on. Throws Conflict: `inquiry-in-wrong-state` when it is no longer in `from`, `lease-lost` when
   * `lease` is given and another worker holds the inquiry by now. Gives the work to queue, when some is due at once.
   */
  move(move: Move): Promise<QueuedWork | undefined>
  /** All of the moves, in one transaction, or none when one of them is refused. Throws as `move`. */
  moveAll(moves: readonly Move[]): Promise<readonly QueuedWork[]>
}

export interface Arrival {
  readonly inquiry: Inquiry
  readonly assessment: Assessment
  readonly bytes: Uint8Array
  readonly idempotencyKey?: string
}

/**
 * `first`: it is ours now. `known`: this post's event, or this idempotency key, came before, in the inquiry with `id`.
 */
export type Reception =
  | { readonly kind: 'first'; readonly queued: QueuedWork }
  | {
      readonly kind: 'known'
      readonly by: 'natural-key' | 'idempotency-key'
      readonly id: string
      readonly receivedAt: Date
      readonly state: InquiryState
    }

export interface StoredInquiry {
  readonly inquiry: Inquiry
  readonly status: InquiryStatus
  readonly changedAt: Date
  readonly work?: WorkItem
  readonly corrections?: Corrections
  /** Absent when it came in before there were guidelines. */
  readonly assessment?: Assessment
  /** When the municipality's answer to it came in. */
  readonly answeredAt?: Date
}

export interface WorkItem {
  readonly task: Task
  readonly dueAt: Date
  readonly tries: number
  readonly firstFailedAt?: Date
  readonly leasedUntil?: Date
}

export interface InquiryQuery {
  readonly states?: readonly InquiryState[]
  /** Only those that stand in one of these, or wait for one that does. */
  readonly asking?: readonly InquiryState[]
  readonly source?: string
  /** The actor that handed it in. */
  readonly receivedBy?: string
  readonly category?: string
  /** Only those whose writer still waits for an answer. */
  readonly isUnanswered?: true
  /** Only those that say that somebody may be in danger. */
  readonly isEmergency?: true
  readonly words?: string
  readonly saksnummer?: Saksnummer
  readonly receivedFrom?: Date
  readonly receivedTo?: Date
  /** Only inquiries older than this one: the keyset cursor. */
  readonly before?: string
  readonly limit: number
}

export interface InquiryCounts {
  readonly byState: Readonly<Record<InquiryState, number>>
  readonly journaledToday: number
  /** Those that go no further before a person has done something. */
  readonly needsAction: { readonly count: number; readonly oldest?: Date }
  readonly oldestOpen?: Date
  readonly lastReceivedBySource: Readonly<Record<string, Date>>
  readonly unanswered: Unanswered
}

/** Those whose writer waits for an answer. */
export interface Unanswered {
  readonly count: number
  /** Of them, by the last warning that they have passed. */
  readonly byWarning: Readonly<Record<AnswerWarning, number>>
  readonly nextDue?: Date
  /** Of them, those that say that somebody may be in danger. */
  readonly emergencies: number
}

export interface Move {
  readonly id: string
  readonly from: InquiryState
  readonly to: InquiryStatus
  readonly at: Date
  readonly actor: string
  readonly action: AuditAction
  readonly facts?: AuditEvent['facts']
  /** Why, when a person makes the move. */
  readonly reason?: string
  /** Refused with Conflict('inquiry-in-wrong-state') when the inquiry has changed since. */
  readonly asOf?: Date
  /** Token of the lease under which the move is made; a person's action has none. */
  readonly lease?: string
  /** What comes next: work due at a time, keep the lease and go on, or nothing. */
  readonly next: Next
  readonly attempt?: { readonly startedAt: Date; readonly outcome: AttemptOutcome; readonly trouble?: Trouble }
  /** Kept in place of earlier ones. */
  readonly corrections?: Corrections
  /** Kept in place of the earlier one. A reply that was let go in a crisis was another, and is held again. */
  readonly judgement?: Judgement
  /** Kept together with the move. */
  readonly plan?: { readonly plan: ArchivePlan; readonly recordXml: string }
  /**
   * Kept together with the move. Refused with Conflict('case-founded') when another stands there for one of the keys: of
   * all that come at once, one is first, until it is dismissed or has got another key.
   */
  readonly founders?: Founders
  /**
   * The archive says that nothing of ours is there. `unfinished`: forget the steps that began and never ended. `lost`:
   * those, or all of them when all of them ended, since what they sent has not come through; and with it what the archive
   * has said about it and somebody has heard.
   */
  readonly forgetSteps?: 'unfinished' | 'lost'
  /** Refused with Conflict('may-be-in-archive') when anything was ever begun at the archive. */
  readonly unlessBegun?: boolean
}

/** By key (`caseKey` of the assessment, or `post …`), id of the inquiry in whose saksmappe those with that key are filed. */
export type Founders = Readonly<Record<string, string>>

/** What the guideline has decided, and by when the one who wrote should have an answer. */
export interface Judgement {
  readonly assessment: Assessment
  readonly answerDueAt?: Date
}

export type Next =
  | { readonly kind: 'due'; readonly dueAt: Date; readonly failed: boolean }
  | { readonly kind: 'go-on' }
  | { readonly kind: 'nothing' }

export type AttemptOutcome = 'done' | 'try-again' | 'unknown-outcome' | 'needs-action' | 'waiting'

export interface Attempt {
  readonly task: Task
  readonly startedAt: Date
  readonly endedAt: Date
  readonly outcome: AttemptOutcome
  readonly trouble?: Trouble
}

export interface WorkStore {
  /** Takes the work if it is due, of this task, nobody holds it, and nobody delivers to the same saksmappe. */
  claim(id: string, task: Task, at: Date, leaseMs: number): Promise<Lease | undefined>
  /** Holds on to it. False when the lease is lost. */
  renew(id: string, token: string, until: Date): Promise<boolean>
  /** Gives work back undone, with nothing to tell. */
  handBack(id: string, token: string, dueAt: Date): Promise<void>
  /** Due work of these tasks that no queue is known to hold; marks it as handed to the queue until `until`. */
  takeDue(at: Date, until: Date, limit: number, tasks: readonly Task[]): Promise<readonly QueuedWork[]>
  /**
   * Gives work, due now, to inquiries that stand where a task should take them on and have none; says so in the audit
   * log. At most `limit` of them.
   */
  restore(at: Date, limit: number, actor: string): Promise<readonly { readonly id: string; readonly task: Task }[]>
  /** How far behind the work is. */
  backlog(at: Date): Promise<Backlog>
  attempts(id: string): Promise<readonly Attempt[]>
  /** Makes waiting work due now, by a person's decision. */
  hurry(id: string, hurry: Omit<AuditEvent, 'subject'>): Promise<QueuedWork | undefined>
}

export interface Backlog {
  /** Work that is due and in no worker's hands. */
  readonly dueByTask: Readonly<Record<Task, number>>
  /** When the first of it was due. */
  readonly dueSince?: Date
  /** When the oldest inquiry that is still on its way was received. */
  readonly openSince?: Date
}

export interface Lease {
  readonly token: string
  readonly tries: number
  /** Another worker held it and was silent for too long. */
  readonly isTakenOver: boolean
  readonly firstFailedAt?: Date
}

/** What a queue job carries: ids only. */
export interface QueuedWork {
  readonly inquiryId: string
  readonly task: Task
  readonly jobId: string
}

export interface PlanStore {
  get(id: string): Promise<ArchivePlan | undefined>
  /** The plan's arkivmelding, which is as long as many plans and asked for by few. */
  recordXml(id: string): Promise<string | undefined>
}

export interface LedgerStore {
  /** Writes that a step starts; tells what is known when it has started before. */
  start(
    id: string,
    name: string,
    at: Date
  ): Promise<{ readonly kind: 'new' } | { readonly kind: 'started' } | { readonly kind: 'done'; readonly result: Json }>
  finish(id: string, name: string, at: Date, result: Json): Promise<void>
  /** Whether anything has ever been begun at the archive. */
  hasSteps(id: string): Promise<boolean>
}

export interface AttachmentStore {
  add(attachment: Attachment, at: Date, actor: string): Promise<void>
  /** Those of the ids that exist. */
  find(ids: readonly string[]): Promise<readonly Attachment[]>
}

export interface AuditStore {
  append(event: AuditEvent): Promise<void>
  /** Events about a subject, oldest first. */
  about(subject: string): Promise<readonly AuditEvent[]>
}

/** Whether deliveries to an archive go on, the same for all processes. */
export interface GateStore {
  look(archive: string): Promise<ArchiveGate>
  /**
   * The gate that a piece of work goes through to the archive; nothing when it must wait. When the gate is to be tried,
   * only one is let through.
   */
  pass(archive: string, at: Date): Promise<ArchiveGate | undefined>
  /** Takes a delivery's turn, if one is free under the rate; all processes together keep to it. */
  takeTurn(archive: string, rate: DeliveryRate, at: Date): Promise<boolean>
  /** The archive failed us; after some failures in a row, or one when it locks us out, the gate closes for a while. */
  failed(archive: string, isLockedOut: boolean, at: Date): Promise<void>
  /** The archive did its part; no failure counts any longer, and a gate that was closed opens. */
  worked(archive: string, at: Date): Promise<void>
  pause(archive: string, paused: NonNullable<ArchiveGate['paused']>): Promise<void>
  /** Opens the gate, whatever had closed it. */
  resume(archive: string, at: Date, by: string): Promise<void>
}

/** What archives have sent of themselves. While there is something new about an open inquiry, its work is due. */
export interface MessageStore {
  /** Keeps a message, once for each `remoteId`, with its audit event and the work that it makes due, in one transaction. */
  keep(archive: string, message: ArchiveMessage, at: Date): Promise<Keeping>
  /** What is to be considered about an inquiry, in the order in which it came; it is not new to anybody after. */
  hear(archive: string, inquiryId: string): Promise<Heard>
  /** How many there are that answer nothing we know of. */
  unmatched(archive: string): Promise<number>
}

/** `id` is our own name for the message. `known`: it had come before. `unmatched`: it answers nothing we know of. */
export type Keeping =
  | { readonly kind: 'known' }
  | { readonly kind: 'unmatched'; readonly id: string }
  | { readonly kind: 'matched'; readonly id: string; readonly inquiryId: string; readonly state: InquiryState }

export interface Heard {
  readonly messages: readonly ArchiveMessage[]
  /** Whether any of them is heard for the first time. */
  readonly hasNew: boolean
}

/** What is done to many inquiries, a few at a time. */
export interface BulkStore {
  preview(selection: Selection, limit: number): Promise<{ count: number; sample: readonly StoredInquiry[] }>
  /** Keeps which inquiries it is about. Throws Conflict('selection-changed') when they are not `count`. */
  start(order: BulkOrder, at: Date): Promise<BulkAction>
  /** Throws NotFound('bulk-action-not-found'). */
  get(id: string): Promise<BulkAction>
  /** Newest first. */
  latest(limit: number): Promise<readonly BulkAction[]>
  /** Throws NotFound, Conflict('bulk-action-ended'). */
  cancel(id: string, at: Date, decision: Decision): Promise<BulkAction>
  /** The actions whose time it is; nobody else gets them before `until`. */
  take(at: Date, until: Date): Promise<readonly TakenBulk[]>
  /** Inquiries that it has not been done to. */
  left(id: string, limit: number): Promise<readonly string[]>
  keepOutcome(id: string, inquiryId: string, outcome: string): Promise<void>
  /** Due again at `nextAt`; ended when nothing is left. */
  putBack(id: string, at: Date, nextAt: Date): Promise<void>
}

export interface BulkOrder extends Decision {
  readonly id: string
  readonly kind: BulkKind
  readonly selection: Selection
  /** How many the preview showed. */
  readonly count: number
  readonly perMinute: number
}

export type TakenBulk = Pick<BulkAction, 'id' | 'kind' | 'reason' | 'madeBy' | 'perMinute'>

export interface KeyStore {
  /** The key and the SHA-256 of its secret, revoked or not. */
  find(id: string): Promise<(ApiKey & { readonly secretSha256: string }) | undefined>
  list(): Promise<readonly ApiKey[]>
  add(key: ApiKey, secretSha256: string): Promise<void>
  /** False when there is no such key, or it was revoked before. */
  revoke(id: string, at: Date, actor: string): Promise<boolean>
}

/** Who is signed in to the form. Ids come as their SHA-256. */
export interface SessionStore {
  /** Begins a session, with its audit event. Those that started before `oldest` are cleared away. */
  start(session: { readonly idSha256: string; readonly keyId: string; readonly at: Date }, oldest: Date): Promise<void>
  /** The session's key, unless the session is over or the key is revoked; writes down that it was used. */
  use(
    idSha256: string,
    at: Date,
    lasting: { readonly startedAfter: Date; readonly usedAfter: Date }
  ): Promise<{ readonly key: ApiKey; readonly markedBy?: string } | undefined>
  remember(idSha256: string, markedBy: string): Promise<void>
  /** Ends a session, with its audit event; one that is not there is over already. */
  end(idSha256: string, at: Date): Promise<void>
}

/** Who may act in the municipality's name. Nothing is erased: each change is a version of its own. */
export interface AdministratorStore {
  /** All that have ever been appointed, as they stand now, oldest first. */
  list(): Promise<readonly Administrator[]>
  /** As it stands now and as it stood before, newest first. Throws NotFound('administrator-not-found'). */
  versions(id: string): Promise<readonly [Administrator, ...Administrator[]]>
  /**
   * Keeps a new appointment, or the next version of one, with its audit event. Throws Conflict: `administrator-changed`
   * when that version is there already, `name-in-use` when another acts under one of its names in the same time.
   */
  keep(administrator: Administrator, event: Omit<AuditEvent, 'subject' | 'at' | 'actor'>): Promise<void>
}

/** Which accounts are the municipality's own. */
export interface OwnPageStore {
  current(): Promise<OwnPages>
  /** Keeps the next version of the whole list, with its audit event. Throws Conflict('pages-changed') when it is not next. */
  replace(version: number, pages: readonly OwnPage[], at: Date, decision: Decision): Promise<void>
}

/** Moderation tools that send us what their users do. Nothing is erased: each change is a version of its own. */
export interface CallbackClientStore {
  /** All that have ever been registered, as they stand now, oldest first. */
  list(): Promise<readonly CallbackClient[]>
  /** As it stands now. Throws NotFound('callback-client-not-found'). */
  get(id: string): Promise<CallbackClient>
  /**
   * Keeps a new registration, or the next version of one, with its audit event. Throws Conflict:
   * `callback-client-changed` when that version is there already, `signing-key-in-use` when another signs with its key.
   */
  keep(client: CallbackClient, event: Omit<AuditEvent, 'subject' | 'at' | 'actor'>): Promise<void>
}

/** Journalposter that others have made of what came after an inquiry. */
export interface FollowUpStore {
  /** By number. */
  of(inquiryId: string): Promise<readonly LinkedJournalpost[]>
  /** Links the journalpost, with an audit event, or gives the link that is there already. */
  link(inquiryId: string, receipt: Receipt, at: Date, actor: string): Promise<LinkedJournalpost>
}

export interface LinkedJournalpost {
  readonly journalpost: string // 2026/412-7
  readonly archive: string
  readonly linkedAt: Date
  readonly linkedBy: string
}
