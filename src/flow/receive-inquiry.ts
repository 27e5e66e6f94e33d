import type { Assessment } from '../domain/assess.ts'
import { differences } from '../domain/differences.ts'
import { NotFound, Refused } from '../domain/errors.ts'
import {
  type Attachment,
  eventKey,
  type Inquiry,
  type InquiryContent,
  type InquiryStatus,
  type ReceivedBytes,
  type Saksnummer
} from '../domain/inquiry.ts'
import { withOurs } from '../domain/own-page.ts'
import type { Policy } from '../domain/policy.ts'
import { type AppointedMarkDeps, appointedMark, type GivenMark, type RightNeeded } from './appointed-mark.ts'
import { assessInquiry } from './assess-inquiry.ts'
import type { Clock } from './ports.ts'
import { type RecogniseAnswerDeps, recogniseAnswer } from './recognise-answer.ts'
import type { QueuedWork, Reception, Store } from './store-port.ts'

export interface ReceiveInquiryDeps extends AppointedMarkDeps, RecogniseAnswerDeps {
  readonly store: Pick<Store, 'inquiries' | 'attachments' | 'audit' | 'plans'>
  readonly now: Clock
  readonly newId: () => string
  readonly enqueue: (work: QueuedWork) => void
  /** Throws Unavailable('disk-full') while there is too little room to take in more. */
  readonly room: () => Promise<void>
  /** What is in force now. */
  readonly policy: () => Promise<Policy>
}

/** What a caller hands in, whichever way it came. */
export interface Submission {
  readonly content: InquiryContent
  readonly mark: GivenMark
  /** What whoever handed it in did; marking it, when left out. */
  readonly right?: RightNeeded
  readonly attachments: readonly { readonly id: string; readonly fileName?: string; readonly description?: string }[]
  readonly caseNumber?: Saksnummer
  readonly note?: string
  readonly follows?: string
  /** Absent: what who wrote it makes of it. */
  readonly direction?: Inquiry['direction']
  readonly isProvisional?: true
  readonly received: ReceivedBytes
  /** The body, parsed, to tell differences by. */
  readonly body: unknown
  /** What of a body tells it apart from another about the same event; all of it, when left out. */
  readonly tellingApart?: (body: unknown) => unknown
  readonly idempotencyKey?: string
  readonly actor: string
}

/** What every way of handing something in brings along. */
export type HandedIn = Pick<Submission, 'actor' | 'received' | 'body'>

export interface Received {
  /** False when this very body had come before: the answer is then the first one's. */
  readonly isNew: boolean
  readonly inquiry: Inquiry
  readonly status: InquiryStatus
  /** Absent when it came in before there were guidelines. */
  readonly assessment?: Assessment
  readonly answeredAt?: Date
}

/**
 * Step 1: keep the inquiry durably, and only then answer. The same body again gets the first answer; another body under
 * the same key is refused with what differs. Throws Refused, Unavailable.
 */
export async function receiveInquiry(deps: ReceiveInquiryDeps, submission: Submission): Promise<Received> {
  await deps.room()
  return judged(deps, submission).then(
    (judgement) => keep(deps, submission, judgement),
    (refusal: unknown) => repeated(deps, submission, refusal)
  )
}

interface Judgement {
  readonly inquiry: Inquiry
  readonly assessment: Assessment
}

async function judged(deps: ReceiveInquiryDeps, submission: Submission): Promise<Judgement> {
  const inquiry = await inquiryFrom(deps, submission)
  return { inquiry, assessment: assessInquiry(await deps.policy(), inquiry) }
}

async function keep(
  deps: ReceiveInquiryDeps,
  submission: Submission,
  { inquiry, assessment }: Judgement
): Promise<Received> {
  const { received, idempotencyKey } = submission
  const reception = await deps.store.inquiries.receive({
    inquiry,
    assessment,
    bytes: received.bytes,
    ...(idempotencyKey !== undefined && { idempotencyKey })
  })
  if (reception.kind === 'first') {
    // After the commit. Should it be lost, the sweep finds the work in the database.
    deps.enqueue(reception.queued)
    return { isNew: true, inquiry, status: { state: 'received' }, assessment }
  }
  return again(deps, submission, reception)
}

/** What came before gets its first answer, though what was right then would be refused by now. */
async function repeated(deps: ReceiveInquiryDeps, submission: Submission, refusal: unknown): Promise<Received> {
  if (!(refusal instanceof Refused)) throw refusal
  const { source, externalId, event } = submission.content
  const held = await deps.store.inquiries.ofPost(source, externalId)
  const first = held.find(({ inquiry }) => eventKey(inquiry.event) === eventKey(event))
  if (!first) throw refusal
  const { id, receivedAt } = first.inquiry
  return again(deps, submission, { kind: 'known', by: 'natural-key', id, receivedAt, state: first.status.state })
}

/**
 * The inquiry as it would be kept. Throws Refused when whoever marked it might not, when it names a file that is not here,
 * or holds nothing to archive.
 */
export async function inquiryFrom(deps: ReceiveInquiryDeps, submission: Submission): Promise<Inquiry> {
  const { content, mark, right, caseNumber, note, isProvisional, received, actor } = submission
  const receivedAt = deps.now()
  const appointed = await appointedMark(deps, mark, receivedAt, right)
  const attachments = await attachmentsOf(deps, submission)
  const way = await recogniseAnswer(deps, submission)
  const { pages } = await deps.ownPages.get()
  if (submission.follows !== undefined) await mustBeHere(deps, submission.follows)
  if (content.text.trim() === '' && attachments.length === 0 && content.media.length === 0) {
    await mustBeKnown(deps, content)
  }
  const { bytes, ...kept } = received
  return {
    ...content,
    context: withOurs(pages, content.source, content.context),
    id: deps.newId(),
    attachments,
    mark: appointed,
    ...(caseNumber && { caseNumber }),
    ...(note !== undefined && { note }),
    ...way,
    ...(isProvisional && { isProvisional }),
    receivedAt,
    receivedBy: actor,
    received: { ...kept, size: bytes.byteLength }
  }
}

/** A deletion without words says enough when we hold the post it is about; otherwise there is nothing to journal. */
async function mustBeKnown({ store }: ReceiveInquiryDeps, content: InquiryContent): Promise<void> {
  const isAboutKnownPost =
    content.event.type !== 'created' && (await store.inquiries.ofPost(content.source, content.externalId)).length > 0
  if (isAboutKnownPost) return
  throw new Refused(
    'nothing-to-archive',
    'Henvendelsen har verken tekst, vedlegg eller medier, og handler ikke om et innlegg Arkivbro kjenner. Det er ingenting å journalføre. Send teksten eller last opp filene først.',
    [{ pointer: '/text', detail: 'er tom' }]
  )
}

/** What it follows is here: otherwise there is no case and no receiver. */
async function mustBeHere({ store }: ReceiveInquiryDeps, follows: string): Promise<void> {
  await store.inquiries.get(follows).catch((error: unknown) => {
    if (!(error instanceof NotFound)) throw error
    throw new Refused(
      'followed-unknown',
      'Arkivbro kjenner ikke henvendelsen i «follows». Bruk id-en fra svaret da den ble sendt inn.',
      [{ pointer: '/follows', detail: 'finnes ikke' }]
    )
  })
}

async function attachmentsOf({ store }: ReceiveInquiryDeps, submission: Submission): Promise<readonly Attachment[]> {
  const named = submission.attachments
  const found = new Map((await store.attachments.find(named.map(({ id }) => id))).map((file) => [file.id, file]))
  const missing = named.flatMap(({ id }, index) =>
    found.has(id) ? [] : [{ pointer: `/attachments/${index}/id`, detail: 'finnes ikke' }]
  )
  if (missing.length > 0) {
    throw new Refused(
      'attachment-unknown',
      'Et vedlegg er ikke lastet opp. Last det opp med POST /v1/attachments og bruk id-en du får.',
      missing
    )
  }
  return named.flatMap(({ id, fileName, description }) => {
    const file = found.get(id)
    if (!file) return []
    return [{ ...file, ...(fileName !== undefined && { fileName }), ...(description !== undefined && { description }) }]
  })
}

type Known = Extract<Reception, { kind: 'known' }>

/** White space and the order of fields do not make another body; everything else does. */
async function again({ store, now }: ReceiveInquiryDeps, submission: Submission, known: Known): Promise<Received> {
  const { actor, body, received, tellingApart = (whole) => whole } = submission
  const first: unknown = JSON.parse(new TextDecoder().decode(await store.inquiries.bytes(known.id)))
  const pointers = differences(tellingApart(first), tellingApart(body)).map((pointer) => ({
    pointer,
    detail: 'er ulik det som kom først'
  }))
  await store.audit.append({
    at: now(),
    actor,
    action: pointers.length === 0 ? 'inquiry.repeated' : 'inquiry.conflicting',
    subject: known.id,
    facts: { by: known.by, sha256: received.sha256 }
  })
  if (pointers.length === 0) {
    return { isNew: false, ...(await store.inquiries.get(known.id)) }
  }
  throw known.by === 'natural-key'
    ? new Refused(
        'key-used-with-other-body',
        `Denne hendelsen for dette innlegget er allerede mottatt som ${known.id}, med annet innhold. Er innlegget endret, send det som hendelsen «edited» med tidspunkt. Var kategorien feil, må en arkivar endre den på henvendelsen. Ellers gjelder det som kom først.`,
        pointers
      )
    : new Refused(
        'idempotency-key-used-with-other-body',
        `Idempotency-Key er brukt før, for henvendelsen ${known.id}, med annet innhold. Bruk en ny nøkkel for en ny henvendelse.`,
        pointers
      )
}
