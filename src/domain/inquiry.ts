import type { Receipt } from './receipt.ts'

/** Where on a platform the words stood. */
export type InquiryKind = 'post' | 'comment' | 'message' | 'review'

/** How what follows an inquiry reaches the municipality: by the ways that people are told to use. */
export type LetterChannel = 'email' | 'letter'
export const isLetter = (source: string): source is LetterChannel => source === 'email' || source === 'letter'

/**
 * What happened to the post. An edit is told apart from earlier edits by its time; the other events
 * happen to a post once.
 */
export type InquiryEvent =
  | { readonly type: 'created' }
  | { readonly type: 'edited'; readonly at: Date }
  | { readonly type: 'deleted' }
  | { readonly type: 'hidden' }

/** Who wrote, as the platform shows it. Never a verified identity. */
export interface Author {
  /** The platform's own id of the account. */
  readonly id?: string
  readonly displayName?: string
  readonly handle?: string
  readonly profileUrl?: string
}

/** The decision that makes a private utterance an inquiry: by whom, why, when. */
export interface Mark {
  readonly by: string
  readonly reason: string
  readonly at: Date
  /** A category of the guideline in force. */
  readonly category?: string
  /** The one who wrote has a protected address (kode 6 or 7). */
  readonly protectedPerson?: boolean
  /** Id of the administrator who made it. */
  readonly administrator?: string
}

/** A file that was uploaded before the inquiry and that the inquiry names. Content-addressed by `sha256`. */
export interface Attachment {
  readonly id: string
  readonly fileName: string
  /** What the bytes themselves say they are, never what the sender claimed. */
  readonly mediaType: string
  readonly size: number // bytes
  readonly sha256: string // lower-case hex
  readonly description?: string
}

/** A picture, film or link that the post shows but nobody delivered to us. */
export interface LinkedMedia {
  readonly url: string
  readonly kind: 'image' | 'video' | 'audio' | 'link' | 'other'
  readonly description?: string
}

/** A message around the marked one: a parent (what it answers) or a sibling (what stands beside it). */
export interface ContextMessage {
  readonly externalId?: string
  readonly author: Author
  readonly text: string
  readonly language?: string
  readonly publishedAt?: Date
  readonly editedAt?: Date
  readonly permalink?: string
  /** One of the municipality's own pages wrote it, as they were known when the inquiry came in. */
  readonly isOurs?: true
}

export interface ThreadContext {
  /** From the start of the thread down to what the marked message answers. */
  readonly parents: readonly ContextMessage[]
  readonly siblings: readonly ContextMessage[]
}

/** Saksnummer as people write it, 2026/412. */
export interface Saksnummer {
  readonly saksaar: number // M011
  readonly sakssekvensnummer: number // M012
}

/** `2026/412` in its numbers. */
export function saksnummerFrom(text: string): Saksnummer {
  const [saksaar = 0, sakssekvensnummer = 0] = text.split('/').map(Number)
  return { saksaar, sakssekvensnummer }
}

/** The platform-neutral content of an inquiry, as an integration or a caller gives it. */
export interface InquiryContent {
  /** The channel it came from, such as `facebook`. With `externalId` and the event it is the natural key. */
  readonly source: string
  readonly externalId: string
  readonly kind: InquiryKind
  readonly event: InquiryEvent
  readonly permalink?: string
  readonly author: Author
  readonly text: string
  /** BCP 47 tag. */
  readonly language?: string
  readonly publishedAt?: Date
  readonly editedAt?: Date
  readonly context: ThreadContext
  readonly media: readonly LinkedMedia[]
}

/** The bytes as they came, after access tokens in URLs were blanked out. */
export interface ReceivedBytes {
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly sha256: string // of `bytes`
  /** How many access tokens were blanked; when above 0, `sha256` differs from that of the sender's own bytes. */
  readonly secretsBlanked: number
}

/** An inquiry: a post that someone with the right to do so has marked as case-worthy. */
export interface Inquiry extends InquiryContent {
  readonly id: string // UUIDv7
  readonly attachments: readonly Attachment[]
  readonly mark: Mark
  /** The case it belongs to, when the caller already knows. */
  readonly caseNumber?: Saksnummer
  /** Id of the inquiry that this one comes after: it is filed in the same saksmappe. */
  readonly follows?: string
  /** `outgoing` is the municipality's own answer to the inquiry that it follows. */
  readonly direction: 'incoming' | 'outgoing'
  /** An answer that only says where to write: the inquiry is not written off by it. */
  readonly isProvisional?: true
  readonly note?: string
  readonly receivedAt: Date
  /** The actor that handed it in. */
  readonly receivedBy: string
  readonly received: Omit<ReceivedBytes, 'bytes'> & { readonly size: number }
}

/** What has been journaled before, and an inquiry comes after. */
export interface EarlierRecord {
  readonly inquiry: Inquiry
  /** Absent when nobody journaled it, because it was dismissed. */
  readonly receipt?: Receipt
}

/** Key of the event within (source, externalId): simultaneous doubles meet here. */
export function eventKey(event: InquiryEvent): string {
  return event.type === 'edited' ? `edited ${event.at.toISOString()}` : event.type
}

/** What went wrong, in words a person can act on. `code` is stable. */
export interface Trouble {
  readonly code: string
  readonly message: string
}

type Permissible = Extract<InquiryStatus, { state: 'journaled' | 'handled-manually' }>

/** Whether the archive has it as it should, so that the post may be deleted if the guideline wants that. */
export const isPermissible = (status: InquiryStatus): status is Permissible =>
  status.state === 'journaled' || status.state === 'handled-manually'

/** Code of the trouble of an inquiry that the guideline wants a person to look at before it is sent. */
export const REVIEW_NEEDED = 'review-needed'

/**
 * The way of an inquiry.
 *
 *   received ──compose──▶ ready ──deliver──▶ sending ──receipt──▶ journaled
 *      │  ▲                 ▲                   │ ├──accepted──▶ awaiting-receipt ──receipt──▶ journaled
 *      │  │                 ├──try again later──╯ │                    │ no receipt in time
 *      ▼  │                 │                     ▼                    ▼
 *   in-review               ╰─────none there── unknown-outcome ◀───────╯   ──found──▶ journaled
 *
 * Every state before the receipt can end in `needs-action`; a person moves it on from there, or to `dismissed` or
 * `handled-manually`, unless its receipt comes after all. What is `ready` to be sent again, and has an answer by then, is
 * `unknown-outcome`. Only a receipt, or the archive's own answer to a lookup, makes an inquiry `journaled`.
 *
 *   journaled ──must be restricted──▶ amending ──the archive shows it──▶ journaled
 *                                       │  ▲
 *                                       ▼  │
 *                                   amend-stopped ──a person has done it──▶ journaled
 */
export type InquiryStatus =
  | {
      readonly state: 'received'
      readonly trouble?: Trouble
      /** Id of the inquiry that it waits for, to be filed in the saksmappe of. */
      readonly waitsFor?: string
    }
  | { readonly state: 'in-review'; readonly trouble: Trouble; readonly proposed?: Proposed }
  | { readonly state: 'ready'; readonly trouble?: Trouble }
  | { readonly state: 'sending' }
  | {
      readonly state: 'awaiting-receipt'
      readonly handle: ReceiptHandle
      readonly giveUpAt: Date
      readonly trouble?: Trouble
    }
  | {
      readonly state: 'unknown-outcome'
      readonly since: Date
      readonly trouble: Trouble
      /** Why nobody knows, once `trouble` says why the archive could not tell. */
      readonly because?: Trouble
      /** A person only wants to know: nothing is sent when the archive has nothing. */
      readonly onlyAsk?: true
    }
  | {
      readonly state: 'needs-action'
      readonly trouble: Trouble
      readonly proposed?: Proposed
      /** The journalposter with our key that the archive has, when they are several. */
      readonly hits?: readonly Receipt[]
    }
  | {
      readonly state: 'journaled'
      readonly receipt: Receipt
      /** When the archive, or a person, last said that it had been changed there. */
      readonly amendedAt?: Date
    }
  | {
      /** Journaled, and what the archive has of it is being changed into what the plan says now. */
      readonly state: 'amending'
      readonly receipt: Receipt
      readonly trouble?: Trouble
    }
  | { readonly state: 'amend-stopped'; readonly receipt: Receipt; readonly trouble: Trouble }
  | { readonly state: 'dismissed'; readonly reason: string; readonly by: string }
  | {
      readonly state: 'handled-manually'
      /** Of the journalpost that somebody made by hand, as the archive showed it. */
      readonly receipt: Receipt
      readonly by: string
      readonly confirmedBy: string
    }

/** Somebody says that it is journaled by hand; somebody else has to confirm. */
export interface Proposed {
  readonly receipt: Receipt
  readonly by: string
}

/** Whether it stands where the guideline wants a person to look before it is sent. */
export const needsReview = (status: InquiryStatus): boolean =>
  'trouble' in status && status.trouble?.code === REVIEW_NEEDED

export type InquiryState = InquiryStatus['state']

/** How to recognise a later receipt. Kept before anything is sent. */
export interface ReceiptHandle {
  readonly correlation: string
  readonly sentAt: Date
}

const moves: Record<InquiryState, readonly InquiryState[]> = {
  received: ['ready', 'in-review', 'needs-action', 'dismissed'],
  'in-review': ['received', 'ready', 'needs-action', 'dismissed', 'handled-manually'],
  ready: ['sending', 'received', 'unknown-outcome', 'in-review', 'needs-action', 'dismissed'],
  sending: ['journaled', 'awaiting-receipt', 'unknown-outcome', 'ready', 'needs-action'],
  'awaiting-receipt': ['journaled', 'unknown-outcome', 'needs-action'],
  'unknown-outcome': ['journaled', 'ready', 'awaiting-receipt', 'needs-action'],
  'needs-action': ['received', 'ready', 'unknown-outcome', 'journaled', 'dismissed', 'handled-manually'],
  journaled: ['amending'],
  amending: ['journaled', 'amend-stopped'],
  'amend-stopped': ['amending', 'journaled'],
  dismissed: [],
  'handled-manually': []
}

export const inquiryStates = Object.keys(moves) as readonly InquiryState[]

/** Whether the way goes from one state to the other. */
export const canMove = (from: InquiryState, to: InquiryState): boolean => moves[from].includes(to)

/** The step that takes an inquiry on from a state; none where all is done, or only a person can take it on. */
export type Task = 'compose' | 'deliver' | 'settle' | 'amend'

/** Tasks that call the archive. */
export const archiveTasks: readonly Task[] = ['deliver', 'settle', 'amend']
export const allTasks: readonly Task[] = ['compose', ...archiveTasks]

const tasks: Record<InquiryState, Task | undefined> = {
  received: 'compose',
  'in-review': undefined,
  ready: 'deliver',
  sending: 'deliver',
  'awaiting-receipt': 'settle',
  'unknown-outcome': 'settle',
  'needs-action': 'settle',
  journaled: undefined,
  amending: 'amend',
  'amend-stopped': undefined,
  dismissed: undefined,
  'handled-manually': undefined
}

/** Those that only a person gets any further. */
const waitingForPeople: readonly InquiryState[] = ['needs-action', 'in-review', 'amend-stopped']

/** Where an inquiry is on its way to the archive without anybody. */
export const openStates: readonly InquiryState[] = [
  'received',
  'ready',
  'sending',
  'awaiting-receipt',
  'unknown-outcome'
]

/** Where an inquiry has its receipt. */
export const filedStates: readonly InquiryState[] = ['journaled', 'amending', 'amend-stopped', 'handled-manually']

/** Where an inquiry goes on without anybody: it has work for as long as it stands there. */
export const workingStates: readonly InquiryState[] = [...openStates, 'amending']

export const taskIn = (state: InquiryState): Task | undefined => tasks[state]

const isForArchive = (state: InquiryState): boolean => archiveTasks.some((task) => task === taskIn(state))

/**
 * Where an inquiry goes no further before a person has done something: with it, or, while they stand still, with the
 * deliveries. What waits for one that stands there goes no further either.
 */
export const askingStates = (isStandstill: boolean): readonly InquiryState[] => [
  ...waitingForPeople,
  ...(isStandstill ? workingStates.filter(isForArchive) : [])
]
