import type { Assessment } from '../domain/assess.ts'
import type { Corrections } from '../domain/corrections.ts'
import type { RestrictionRule } from '../domain/guideline.ts'
import type { Inquiry } from '../domain/inquiry.ts'
import type { KeptGuideline } from '../domain/policy.ts'
import type { Restriction, Screened } from '../domain/restriction.ts'

/** An inquiry with what has been decided about it, and what it follows. */
export interface Judged {
  readonly inquiry: Inquiry
  readonly assessment?: Assessment
  readonly corrections?: Corrections
  readonly earlier?: Judged
}

type GuidelineOf = (version: number) => Promise<KeptGuideline>

/** What has been decided that the public may not see of an inquiry; nothing when it is open. */
export type RestrictionOf = (judged: Judged) => Promise<Restriction | undefined>

/**
 * As a person has put it; else as the guideline that judged it says; else as what it follows is restricted, so that an
 * answer tells no more than the inquiry, nor does an answer to that. Of a protected person everything is restricted,
 * whatever anybody says.
 */
export const restrictionBy =
  (guidelineOf: GuidelineOf): RestrictionOf =>
  async (judged) => {
    const thread = threadOf(judged)
    const decided = await firstDecided(guidelineOf, thread)
    if (!thread.some(isProtected)) return decided === 'open' ? undefined : decided
    const contact = thread.flatMap(contactOf)
    return { ...(decided === undefined || decided === 'open' ? STRICTEST : decided), protectedPerson: { contact } }
  }

type One = Omit<Judged, 'earlier'>

/** An inquiry and all that it comes after, the nearest first. */
const threadOf = ({ earlier, ...own }: Judged): readonly One[] => [own, ...(earlier ? threadOf(earlier) : [])]

/** Where neither a person nor a rule says how a protected person is restricted. */
const STRICTEST: Restriction = {
  tilgangsrestriksjon: 'Unntatt offentlighet',
  skjermingshjemmel: 'offl. § 13 jf. fvl. § 13 første ledd nr. 1',
  screens: ['titles', 'parties', 'documents']
}

const isProtected = ({ inquiry }: One): boolean => inquiry.mark.protectedPerson === true

async function firstDecided(
  guidelineOf: GuidelineOf,
  thread: readonly One[]
): Promise<Restriction | 'open' | undefined> {
  for (const one of thread) {
    const decided = await decidedFor(guidelineOf, one)
    if (decided !== undefined) return decided
  }
  return undefined
}

async function decidedFor(
  guidelineOf: GuidelineOf,
  { assessment, corrections }: One
): Promise<Restriction | 'open' | undefined> {
  if (corrections?.restriction !== undefined) return corrections.restriction
  const name = assessment?.decisions.restriction?.value ?? undefined
  if (!assessment || name === undefined) return undefined
  const { guideline } = await guidelineOf(assessment.guideline)
  const rule = guideline.restrictions[name]
  return rule && restrictionFrom(rule)
}

/** A guideline that screens nothing by it is refused when it is kept. */
function restrictionFrom({ titles, parties, documents, title: _, ...rest }: RestrictionRule): Restriction {
  const screens = [
    ...(titles ? (['titles'] as const) : []),
    ...(parties ? (['parties'] as const) : []),
    ...(documents ? (['documents'] as const) : [])
  ]
  const [first = 'documents', ...others]: readonly Screened[] = screens
  return { ...rest, screens: [first, ...others] }
}

const contactKinds = ['phone', 'email', 'street-address']

/** Contact data that screening found in the words, as they stand there. */
function contactOf({ inquiry, assessment }: One): readonly string[] {
  const points = [...inquiry.text]
  return (assessment?.hits ?? [])
    .filter(({ kind }) => contactKinds.includes(kind))
    .map(({ start, end }) => points.slice(start, end).join(''))
}
