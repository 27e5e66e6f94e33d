import type { Assessment } from './assess.ts'
import type { Placeholder, ReplyText } from './guideline.ts'
import { type Inquiry, isLetter } from './inquiry.ts'
import { afterWorkingDays } from './working-days.ts'

const HOUR_MS = 3_600_000

/** What the fields of a reply are filled with; a field without words leaves its sentence out. */
export type ReplyFields = Readonly<Partial<Record<Placeholder, string>>>

/**
 * When the one who wrote should have got an answer; nobody waits for one to an edit, a deletion or our own words, and who
 * has sent a letter needs not be told to.
 */
export function answerDueAt(inquiry: Inquiry, { decisions }: Assessment): Date | undefined {
  const { source, event, direction, receivedAt } = inquiry
  const within = decisions.answerWithin?.value
  if (within === undefined || event.type !== 'created' || direction === 'outgoing' || isLetter(source)) return undefined
  return 'hours' in within
    ? new Date(receivedAt.getTime() + within.hours * HOUR_MS)
    : afterWorkingDays(receivedAt, within.workingDays)
}

const sentences = new Intl.Segmenter('nb', { granularity: 'sentence' })

/** The reply with its fields filled in. A sentence that names what cannot be told falls out. */
export function fillReply(text: string, fields: ReplyFields): string {
  return sentencesOf(text)
    .filter(({ named }) => named.every((name) => fields[name] !== undefined))
    .map(({ segment }) => segment)
    .join('')
    .replace(FIELD, (whole, name: Placeholder) => fields[name] ?? whole)
    .trim()
}

const FIELD = /\{([a-z]+)\}/g

interface Sentence {
  readonly segment: string
  readonly named: readonly Placeholder[]
}

/** A guideline has few texts, and each is read with every inquiry. */
const known = new Map<string, readonly Sentence[]>()
const KNOWN_MAX = 500

function sentencesOf(text: string): readonly Sentence[] {
  const before = known.get(text)
  if (before) return before
  if (known.size >= KNOWN_MAX) known.clear()
  const read = [...sentences.segment(text)].map(({ segment }) => ({
    segment,
    named: [...segment.matchAll(FIELD)].map(([, name]) => name as Placeholder)
  }))
  known.set(text, read)
  return read
}

/** The steps on the way to the deadline at which somebody should be told, in percent of all the time that there is. */
export const answerWarnings = [50, 70, 90, 100] as const
export type AnswerWarning = (typeof answerWarnings)[number]

/** The last of the steps that has been passed; nothing before the first. */
export function answerWarning(receivedAt: Date, dueAt: Date, now: Date): AnswerWarning | undefined {
  const share = ((now.getTime() - receivedAt.getTime()) / (dueAt.getTime() - receivedAt.getTime())) * 100
  return answerWarnings.findLast((step) => share >= step)
}

/** Both written languages, filled in. */
export const filledReply = ({ nb, nn }: ReplyText, fields: ReplyFields): ReplyText => ({
  nb: fillReply(nb, fields),
  nn: fillReply(nn, fields)
})
