import { asksFor, type Guideline, OTHERWISE, type Outcome, type Pattern, type Rule } from './guideline.ts'
import type { Inquiry } from './inquiry.ts'
import { wordsIn } from './words.ts'

/** What a guideline decides about an inquiry, and which rule decided each thing. Kept with the inquiry; never made anew. */
export interface Assessment {
  /** Version of the guideline that was in force. */
  readonly guideline: number
  /** What the person who marked it chose, or else the guideline's own. */
  readonly category: string
  /** What rules propose; it decides nothing. */
  readonly proposals: readonly Cited<string>[]
  readonly decisions: Decisions
  /** Rules that depend on what is found in the attachments. */
  readonly onFindings: readonly OnFindings[]
  readonly hits: readonly TextHit[]
  /** Absent when no rule asked. */
  readonly threadHits?: readonly ThreadHit[]
  /** Inquiries with the same key share a saksmappe. */
  readonly caseKey?: string
  /** Id of the crisis that it came in during. */
  readonly crisis?: string
}

/** Something that was decided, and the id of the rule that decided it. */
export interface Cited<T> {
  readonly value: T
  readonly rule: string
}

type Decided = Omit<Outcome, 'propose'>
export type Decisions = { readonly [Field in keyof Decided]: Cited<Exclude<Decided[Field], undefined>> }

export interface OnFindings {
  readonly rule: string
  readonly attachments: readonly string[]
  readonly outcome: Outcome
}

/** Where in the text something was found, in code points; never the words. */
export interface TextHit {
  readonly kind: string
  readonly start: number
  readonly end: number
}

/** What was found in a post of the thread: which post, never the words. */
export interface ThreadHit {
  readonly kind: string
  readonly among: 'parents' | 'siblings'
  /** From 0. */
  readonly post: number
}

export interface Facts {
  readonly inquiry: Pick<Inquiry, 'source' | 'kind' | 'event' | 'text' | 'mark' | 'author' | 'context' | 'externalId'>
  readonly hits: readonly TextHit[]
  readonly threadHits?: readonly ThreadHit[]
  readonly danger: boolean
  readonly crisis?: string
}

const fields = [
  'emergency',
  'administrativEnhet',
  'saksansvarlig',
  'klassifikasjon',
  'case',
  'caseNumber',
  'restriction',
  'answerWithin',
  'reply',
  'review',
  'deletion'
] as const satisfies readonly (keyof Decided)[]

/** The guideline's decisions about an inquiry. The same facts give the same decisions. */
export function assess(guideline: Guideline, version: number, facts: Facts): Assessment {
  const category = facts.inquiry.mark.category ?? guideline.defaultCategory
  const { text, context } = facts.inquiry
  const around = asksFor(guideline, 'threadWords') ? [...context.parents, ...context.siblings] : []
  const seen: Seen = { ...facts, category, words: wordsIn(text), around: around.map((post) => wordsIn(post.text)) }
  const fitting = guideline.rules.filter(
    (rule) => fits(rule.when, seen) && !(rule.unless && isUnless(rule.unless, seen))
  )
  const now = fitting.filter(({ when }) => when.attachments === undefined)
  const decisions = decide([...now, { id: OTHERWISE, outcome: guideline.otherwise }])
  const caseKey = decisions.case && caseKeyOf(decisions.case.value, facts.inquiry, category)
  return {
    guideline: version,
    category,
    proposals: now.flatMap(({ id, outcome: { propose } }) =>
      propose === undefined || propose === category ? [] : [{ value: propose, rule: id }]
    ),
    decisions,
    onFindings: fitting.flatMap(({ id, when: { attachments }, outcome }) =>
      attachments === undefined ? [] : [{ rule: id, attachments, outcome }]
    ),
    hits: facts.hits,
    ...(facts.threadHits && { threadHits: facts.threadHits }),
    ...(caseKey !== undefined && { caseKey }),
    ...(facts.crisis !== undefined && { crisis: facts.crisis })
  }
}

/** The first rule that says something about a field decides it. */
function decide(rules: readonly Pick<Rule, 'id' | 'outcome'>[]): Decisions {
  const decided = fields.flatMap((field) => {
    const rule = rules.find(({ outcome }) => outcome[field] !== undefined)
    return rule ? [[field, { value: rule.outcome[field], rule: rule.id }] as const] : []
  })
  return Object.fromEntries(decided)
}

/** Whether the guideline says that somebody may be in danger. */
export const isEmergency = (assessment: Assessment | undefined): boolean =>
  assessment?.decisions.emergency?.value === true

/** Told with every flag of danger, whatever the replies of the guideline say, and while a crisis holds them back too. */
export const NO_EMERGENCY_CHANNEL =
  'Dette er ikke en nødkanal, og ingen nødetat er varslet. Er det fare for liv, ring 113 (ambulanse), 112 (politi) eller 110 (brann).'

/** Whether the guideline wants the post deleted once the archive has it. */
export const wantsDeletion = (assessment: Assessment | undefined): boolean =>
  assessment?.decisions.deletion?.value === true

/** What is decided once the attachments have been looked at: rules that fit go before what was decided without them. */
export function withFindings(assessment: Assessment, found: readonly string[]): Assessment {
  const fitting = assessment.onFindings.filter(({ attachments }) => attachments.some((kind) => found.includes(kind)))
  if (fitting.length === 0) return assessment
  const now = decide(fitting.map(({ rule, outcome }) => ({ id: rule, outcome })))
  return { ...assessment, decisions: { ...assessment.decisions, ...now } }
}

interface Seen extends Facts {
  readonly category: string
  readonly words: readonly string[]
  /** Of each post of the thread. */
  readonly around: readonly (readonly string[])[]
}

const isAmong = (list: readonly string[] | undefined, value: string) => list === undefined || list.includes(value)
const isSame = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value

const hasOne = (wanted: readonly string[] | undefined, hits: readonly { readonly kind: string }[]) =>
  wanted === undefined || hits.some(({ kind }) => wanted.includes(kind))

/** Whether all that can be told without looking at attachments fits. */
function fits(pattern: Pattern, seen: Seen): boolean {
  const { inquiry, hits, threadHits = [], danger, crisis, category, words, around } = seen
  return (
    isAmong(pattern.categories, category) &&
    isAmong(pattern.sources, inquiry.source) &&
    isAmong(pattern.kinds, inquiry.kind) &&
    isAmong(pattern.events, inquiry.event.type) &&
    isSame(pattern.danger, danger) &&
    isSame(pattern.crisis, crisis !== undefined) &&
    isSame(pattern.protectedPerson, inquiry.mark.protectedPerson === true) &&
    hasOne(pattern.hits, hits) &&
    hasOne(pattern.threadHits, threadHits) &&
    (pattern.words === undefined || pattern.words.some((phrase) => stands(phrase, words))) &&
    (pattern.threadWords === undefined ||
      pattern.threadWords.some((phrase) => around.some((post) => stands(phrase, post))))
  )
}

/** An exception that depends on attachments is none before they have been looked at. */
const isUnless = (pattern: Pattern, seen: Seen): boolean => pattern.attachments === undefined && fits(pattern, seen)

/** Whether the words of a phrase stand one after the other; `*` at its end leaves the last one open. */
function stands(phrase: string, words: readonly string[]): boolean {
  const isOpen = phrase.endsWith('*')
  const wanted = wordsIn(phrase)
  const last = wanted.length - 1
  return words.some((_, at) =>
    wanted.every((word, n) =>
      isOpen && n === last ? words[at + n]?.startsWith(word) === true : words[at + n] === word
    )
  )
}

function caseKeyOf(policy: 'inquiry' | 'thread' | 'person-and-category', inquiry: Facts['inquiry'], category: string) {
  const { source, author, context } = inquiry
  if (policy === 'inquiry') return undefined
  if (policy === 'thread') {
    const root = context.parents[0]
    const thread = root ? (root.externalId ?? root.permalink) : inquiry.externalId
    return thread === undefined ? undefined : `thread ${source} ${thread}`
  }
  const person = author.profileUrl ?? author.handle
  return person === undefined ? undefined : `person ${source} ${category} ${person}`
}
