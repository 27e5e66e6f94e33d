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
  const told = [...sentences.segment(text)]
    .map(({ segment }) => segment)
    .filter((sentence) => namedIn(sentence).every((name) => fields[name] !== undefined))
  return told
    .join('')
    .replace(FIELD, (whole, name: Placeholder) => fields[name] ?? whole)
    .trim()
}

const FIELD = /\{([a-z]+)\}/g
const namedIn = (sentence: string) => [...sentence.matchAll(FIELD)].map(([, name]) => name as Placeholder)

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
