import type { Assessment } from '../../../src/domain/assess.ts'
import {
  eventKey,
  type Inquiry,
  type InquiryState,
  type InquiryStatus,
  inquiryStates,
  openStates
} from '../../../src/domain/inquiry.ts'
import { norwegianDay } from '../../../src/domain/norwegian-time.ts'
import { answerDueAt, answerWarning } from '../../../src/domain/reply.ts'
import type {
  Arrival,
  InquiryCounts,
  InquiryQuery,
  InquiryStore,
  Reception,
  StoredInquiry,
  Unanswered
} from '../../../src/flow/store-port.ts'
import { noInquiry } from '../../../src/store/inquiry-row.ts'
import { append } from './audit.ts'
import { move, moveAll } from './move.ts'
import { copyOf, founderIn, type InquiryRow, kept, type Model, ms, type Tables, type WorkRow } from './tables.ts'
import { queued } from './work.ts'

const LEFT_TO_QUEUE_MS = 15_000

export const inquiryModel = (model: Model): InquiryStore => {
  const rows = () => [...model.tables().inquiries.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const stored = (row: InquiryRow) => storedFrom(row, model.tables().work.get(row.id))
  const rowOf = (id: string) => {
    const row = model.tables().inquiries.get(id)
    if (!row) throw noInquiry(id)
    return row
  }
  return {
    receive: async (arrival) => model.transaction((tables) => receive(tables, arrival)),
    move: async (wanted) => move(model, wanted),
    moveAll: async (moves) => moveAll(model, moves),
    get: async (id) => stored(rowOf(id)),
    bytes: async (id) => Uint8Array.from(rowOf(id).bytes),
    ofPost: async (source, externalId, except) =>
      rows()
        .filter((row) => row.source === source && row.externalId === externalId && row.id !== except)
        .slice(0, 200)
        .map(stored),
    firstOfCase: async (caseKey, before) =>
      rows()
        .filter((row) => row.caseKey === caseKey && row.id < before && row.status.state !== 'dismissed')
        .slice(0, 1)
        .map(stored)[0],
    founderOf: async (key) => {
      const row = founderIn(model.tables(), key)
      return row && stored(row)
    },
    related: async ({ id, source, externalId, follows }) =>
      rows()
        .filter((row) => row.id !== id)
        .filter(
          (row) => (row.source === source && row.externalId === externalId) || row.follows === id || row.id === follows
        )
        .slice(0, 200)
        .map(stored),
    find: async ({ asking, ...query }) =>
      rows()
        .reverse()
        .filter(({ status }) => asking === undefined || isAsking(model.tables(), asking, status))
        .map(stored)
        .filter(matching(query))
        .slice(0, query.limit),
    counts: async (asking) => {
      const needing = rows().filter(({ status }) => isAsking(model.tables(), asking, status))
      return countsOf(rows(), needing)
    }
  }
}

function storedFrom(
  { content, status, changedAt, corrections, assessment, answeredAt }: InquiryRow,
  work: WorkRow | undefined
): StoredInquiry {
  return {
    inquiry: copyOf(content),
    status: copyOf(status),
    changedAt: new Date(changedAt),
    ...(corrections && { corrections: copyOf(corrections) }),
    assessment: copyOf(assessment),
    ...(answeredAt !== undefined && { answeredAt: new Date(answeredAt) }),
    ...(work && {
      work: {
        task: work.task,
        dueAt: new Date(work.dueAt),
        tries: work.tries,
        ...(work.firstFailedAt !== undefined && { firstFailedAt: new Date(work.firstFailedAt) }),
        ...(work.leasedUntil !== undefined && { leasedUntil: new Date(work.leasedUntil) })
      }
    })
  }
}

function receive(tables: Tables, { inquiry, assessment, bytes, idempotencyKey }: Arrival): Reception {
  const { id, source, externalId, event, receivedAt, receivedBy, received, follows, direction } = inquiry
  const { guideline, category, decisions, caseKey } = assessment
  const key = idempotencyKey === undefined ? undefined : `${receivedBy}\u0000${idempotencyKey}`
  const sameKey = key === undefined ? undefined : tables.inquiries.get(tables.idempotencyKeys.get(key) ?? '')
  if (sameKey) return known('idempotency-key', sameKey)
  const isSame = (row: InquiryRow) =>
    row.source === source && row.externalId === externalId && row.eventKey === eventKey(event)
  const double = [...tables.inquiries.values()].find(isSame)
  if (double && double.id !== id) return known('natural-key', double)
  const at = ms(receivedAt)
  const work: WorkRow = {
    ...{ id, task: 'compose', dueAt: at, tries: 0, firstFailedAt: undefined, generation: 1, enqueued: 1 },
    ...{ enqueuedUntil: at + LEFT_TO_QUEUE_MS, lease: undefined, leasedUntil: undefined, saksmappe: undefined }
  }
  // What stands there is our own: the answer to an earlier try was lost.
  if (double) return { kind: 'first', queued: queued(work) }
  tables.inquiries.set(id, {
    ...{ id, source, externalId, eventKey: eventKey(event), status: { state: 'received' } },
    ...{ content: kept(inquiry), corrections: undefined, bytes: Uint8Array.from(bytes), receivedAt: at },
    ...{ changedAt: at, follows, assessment: kept(assessment), caseKey, answeredAt: undefined }
  })
  tables.work.set(id, work)
  const answered = direction === 'outgoing' && follows !== undefined ? tables.inquiries.get(follows) : undefined
  if (answered) tables.inquiries.set(answered.id, { ...answered, answeredAt: answered.answeredAt ?? at })
  if (key !== undefined) tables.idempotencyKeys.set(key, id)
  const { administrator } = inquiry.mark
  const facts = {
    ...{ source, event: event.type, sha256: received.sha256, size: received.size, administrator },
    ...{ guideline, category, emergency: decisions.emergency?.value }
  }
  append(tables, { at: receivedAt, actor: receivedBy, action: 'inquiry.received', subject: id, facts })
  return { kind: 'first', queued: queued(work) }
}

const known = (by: 'natural-key' | 'idempotency-key', { id, receivedAt, status }: InquiryRow): Reception => ({
  ...{ kind: 'known', by, id, receivedAt: new Date(receivedAt), state: status.state }
})

interface Waiting {
  readonly inquiry: Inquiry
  readonly status: InquiryStatus
  readonly assessment: Assessment | undefined
  readonly answeredAt: Date | undefined
}

/** Whether whoever wrote it still waits for an answer. */
const isWaiting = ({ inquiry, status, assessment, answeredAt }: Waiting): boolean =>
  assessment !== undefined &&
  answerDueAt(inquiry, assessment) !== undefined &&
  answeredAt === undefined &&
  status.state !== 'dismissed'

/** The model searches no words. */
const matching =
  ({ states, source, saksnummer, receivedFrom, receivedTo, before, words, ...rest }: InquiryQuery) =>
  ({ inquiry, status, assessment, answeredAt }: StoredInquiry): boolean => {
    if (words !== undefined) throw new Error('The model of the store searches no words.')
    const receipt = 'receipt' in status ? status.receipt : undefined
    return (
      (states === undefined || states.includes(status.state)) &&
      (source === undefined || inquiry.source === source) &&
      (saksnummer === undefined ||
        (receipt?.saksaar === saksnummer.saksaar && receipt.sakssekvensnummer === saksnummer.sakssekvensnummer)) &&
      (rest.receivedBy === undefined || inquiry.receivedBy === rest.receivedBy) &&
      (rest.category === undefined || assessment?.category === rest.category) &&
      (rest.isEmergency === undefined || assessment?.decisions.emergency?.value === true) &&
      (rest.isUnanswered === undefined || isWaiting({ inquiry, status, assessment, answeredAt })) &&
      (receivedFrom === undefined || inquiry.receivedAt >= receivedFrom) &&
      (receivedTo === undefined || inquiry.receivedAt < receivedTo) &&
      (before === undefined || inquiry.id < before)
    )
  }

/** Nobody waits in a ring. */
function isAsking(tables: Tables, asking: readonly InquiryState[], status: InquiryStatus): boolean {
  if (asking.includes(status.state)) return true
  const ahead = status.state === 'received' ? tables.inquiries.get(status.waitsFor ?? '') : undefined
  return ahead !== undefined && isAsking(tables, asking, ahead.status)
}

function countsOf(rows: readonly InquiryRow[], needing: readonly InquiryRow[]): InquiryCounts {
  const byState = Object.fromEntries(
    inquiryStates.map((state) => [state, rows.filter((row) => row.status.state === state).length])
  ) as Record<InquiryState, number>
  const oldestOf = (some: readonly InquiryRow[]) =>
    some.length > 0 ? new Date(Math.min(...some.map(({ changedAt }) => changedAt))) : undefined
  const oldest = oldestOf(needing)
  const oldestOpen = oldestOf(rows.filter(({ status }) => openStates.includes(status.state)))
  const today = norwegianDay(new Date())
  const isOfToday = ({ status, changedAt }: InquiryRow) =>
    status.state === 'journaled' && norwegianDay(new Date(changedAt)) === today
  const inOrder = [...rows].sort((a, b) => a.receivedAt - b.receivedAt)
  return {
    byState,
    unanswered: unansweredOf(rows),
    journaledToday: rows.filter(isOfToday).length,
    needsAction: { count: needing.length, ...(oldest && { oldest }) },
    ...(oldestOpen && { oldestOpen }),
    lastReceivedBySource: Object.fromEntries(inOrder.map(({ source, receivedAt }) => [source, new Date(receivedAt)]))
  }
}

function unansweredOf(rows: readonly InquiryRow[]): Unanswered {
  const now = new Date()
  const waiting = rows.flatMap(({ content: inquiry, status, assessment, answeredAt }) => {
    const dueAt = answerDueAt(inquiry, assessment)
    if (!dueAt || answeredAt !== undefined || status.state === 'dismissed') return []
    const isEmergency = assessment.decisions.emergency?.value === true
    return [{ dueAt, warning: answerWarning(inquiry.receivedAt, dueAt, now), isEmergency }]
  })
  const countOf = (step: number) => waiting.filter(({ warning }) => warning === step).length
  const [next] = waiting.map(({ dueAt }) => dueAt).sort((a, b) => a.getTime() - b.getTime())
  return {
    count: waiting.length,
    byWarning: { 50: countOf(50), 70: countOf(70), 90: countOf(90), 100: countOf(100) },
    emergencies: waiting.filter(({ isEmergency }) => isEmergency).length,
    ...(next && { nextDue: next })
  }
}
