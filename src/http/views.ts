import { type Assessment, isEmergency } from '../domain/assess.ts'
import type { AuditEvent } from '../domain/audit-event.ts'
import type { Corrections } from '../domain/corrections.ts'
import type { InquiryStatus, Proposed } from '../domain/inquiry.ts'
import { journalpostLabel, type Receipt } from '../domain/receipt.ts'
import { answerDueAt, answerWarning } from '../domain/reply.ts'
import { RETRY_DAYS_MAX } from '../domain/retry-plan.ts'
import type { ArchiveStatus } from '../flow/archive-status.ts'
import type { FoundInquiry } from '../flow/look-up-inquiry.ts'
import type { Obstacle } from '../flow/needs-person.ts'
import type { Attempt, LinkedJournalpost, StoredInquiry, WorkItem } from '../flow/store-port.ts'
import { eventTexts } from './event-texts.ts'
import { obstacleText, stateTexts } from './state-texts.ts'

const TEXT_START_LENGTH = 200

/** The state in words, with what comes next and when. */
export function statusView(status: InquiryStatus, work: WorkItem | undefined, obstacle?: Obstacle) {
  const giveUpAt =
    status.state === 'awaiting-receipt'
      ? status.giveUpAt
      : work?.firstFailedAt && new Date(work.firstFailedAt.getTime() + RETRY_DAYS_MAX * 86_400_000)
  return {
    state: status.state,
    ...stateTexts[status.state],
    ...('trouble' in status && status.trouble && { trouble: status.trouble }),
    ...(obstacle && obstacleText(obstacle)),
    ...('proposed' in status && status.proposed && { proposed: proposedView(status.proposed) }),
    ...('hits' in status && status.hits && { choices: status.hits.map(journalpostLabel) }),
    ...(work && !work.leasedUntil && { nextTryAt: work.dueAt.toISOString() }),
    ...(work && work.tries > 0 && { tries: work.tries }),
    ...(giveUpAt && { deadline: giveUpAt.toISOString() })
  }
}

const proposedView = ({ receipt, by }: Proposed) => ({ journalpost: journalpostLabel(receipt), by })

export function summaryView(stored: FoundInquiry, now = new Date()) {
  const { inquiry, status, work, changedAt, assessment } = stored
  const answer = answerView(stored, now)
  const { id, source, externalId, kind, event, author, direction, receivedAt, text } = inquiry
  return {
    id,
    source,
    externalId,
    kind,
    event: wire(event),
    author,
    direction,
    receivedAt: receivedAt.toISOString(),
    changedAt: changedAt.toISOString(),
    ...(assessment && { category: assessment.category }),
    isEmergency: isEmergency(assessment),
    ...(answer && { answer }),
    status: statusView(status, work, stored.obstacle),
    ...('receipt' in status && { archive: archiveNumbers(status.receipt) }),
    textStart: [...text.slice(0, TEXT_START_LENGTH * 2)].slice(0, TEXT_START_LENGTH).join('').toWellFormed()
  }
}

function answerView({ inquiry, assessment, answeredAt }: StoredInquiry, now: Date) {
  const dueAt = assessment && answerDueAt(inquiry, assessment)
  if (!dueAt) return undefined
  const warning = answeredAt ? undefined : answerWarning(inquiry.receivedAt, dueAt, now)
  return {
    dueAt: dueAt.toISOString(),
    ...(warning !== undefined && { warning }),
    ...(answeredAt && { answeredAt: answeredAt.toISOString() })
  }
}

const assessmentView = ({ guideline, category, proposals, decisions, hits, threadHits, crisis }: Assessment) => ({
  ...{ guideline, category, hits, threadHits, crisis },
  proposals: proposals.map(({ value, rule }) => ({ category: value, rule })),
  decisions: Object.entries(decisions).map(([field, { value, rule }]) => ({ field, value, rule }))
})

export interface DetailParts {
  readonly stored: FoundInquiry
  readonly related: readonly StoredInquiry[]
  readonly linked: readonly LinkedJournalpost[]
  readonly attempts: readonly Attempt[]
  readonly documents: number
}

export function detailsView({ stored, related, linked, attempts, documents }: DetailParts) {
  const { inquiry } = stored
  const { textStart: _, ...summary } = summaryView(stored)
  const { text, attachments, received, context, permalink, language, note, follows, publishedAt, editedAt, mark } =
    inquiry
  return wire({
    ...summary,
    text,
    permalink,
    language,
    note,
    follows,
    publishedAt,
    editedAt,
    context,
    attachments,
    mark,
    assessment: stored.assessment && assessmentView(stored.assessment),
    corrections: stored.corrections && correctionsView(stored.corrections),
    received,
    related: related.map((other) => ({
      id: other.inquiry.id,
      event: other.inquiry.event.type,
      direction: other.inquiry.direction,
      state: other.status.state,
      label: stateTexts[other.status.state].label
    })),
    linked,
    documents,
    attempts
  })
}

export const archiveNumbers = (receipt: Receipt) => ({
  saksnummer: `${receipt.saksaar}/${receipt.sakssekvensnummer}`,
  journalpostnummer: receipt.journalpostnummer,
  journalpost: journalpostLabel(receipt),
  journalpostSystemID: receipt.journalpostSystemID,
  arkivertDato: receipt.arkivertDato.toISOString(),
  archive: receipt.archive,
  ...(receipt.location !== undefined && { location: receipt.location })
})

export function archiveView({ name, state, message, phase, gate, lacking, unmatchedMessages }: ArchiveStatus) {
  const { closedUntil, paused } = gate
  return {
    name,
    state,
    message,
    deliveries: phase,
    ...(lacking && { lacking: [...lacking] }),
    unmatchedMessages,
    ...(closedUntil && { closedUntil: closedUntil.toISOString() }),
    ...(paused && { paused: { ...paused, at: paused.at.toISOString() } })
  }
}

const correctionsView = ({ filing, tittel, offentligTittel, ...others }: Corrections) => ({
  caseNumber: typeof filing === 'object' ? `${filing.saksaar}/${filing.sakssekvensnummer}` : filing,
  title: tittel,
  publicTitle: offentligTittel,
  ...others
})

/** What has happened to something, in words. */
export const eventsView = (events: readonly AuditEvent[]) =>
  events.map(({ at, actor, action, facts = {}, reason }) =>
    wire({ at, actor, action, text: eventTexts[action], facts: facts as Record<string, string>, reason })
  )

type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T

/** Dates become ISO strings, absent stays absent. */
export function wire<T>(value: T): Wire<T> {
  // What JSON makes of our plain records is exactly their wire form.
  return JSON.parse(JSON.stringify(value)) as Wire<T>
}
