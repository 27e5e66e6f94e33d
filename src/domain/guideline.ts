import type { InquiryEvent, InquiryKind } from './inquiry.ts'

/** What a municipality has decided about inquiries in social media. Data: the service reads it and obeys. */
export interface Guideline {
  readonly name: string
  /** Of replies to a post that does not say which language it is in. */
  readonly language: 'nb' | 'nn'
  readonly categories: Readonly<Record<string, { readonly label: string; readonly description: string }>>
  readonly defaultCategory: string
  readonly restrictions: Readonly<Record<string, RestrictionRule>>
  readonly replies: Readonly<Record<string, ReplyText>>
  /** Read from the top: each field is decided by the first rule that fits and says something about it. */
  readonly rules: readonly Rule[]
  readonly otherwise: Outcome
}

export interface Rule {
  readonly id: string
  readonly title: string
  readonly when: Pattern
  readonly unless?: Pattern
  readonly outcome: Outcome
}

/** All that is named must fit; of a list, one is enough. */
export interface Pattern {
  readonly categories?: readonly string[]
  readonly sources?: readonly string[]
  readonly kinds?: readonly InquiryKind[]
  readonly events?: readonly InquiryEvent['type'][]
  /** Words or phrases of the text; with `*` at the end, whatever begins so. */
  readonly words?: readonly string[]
  /** The same of a post of the thread around it. */
  readonly threadWords?: readonly string[]
  /** Kinds of hits in the text. */
  readonly hits?: readonly string[]
  /** The same in a post of the thread around it. */
  readonly threadHits?: readonly string[]
  /** Kinds of findings in attachments, which are not known before they have been looked at. */
  readonly attachments?: readonly string[]
  readonly danger?: boolean
  readonly crisis?: boolean
  readonly protectedPerson?: boolean
}

export interface Outcome {
  readonly propose?: string
  readonly emergency?: boolean
  readonly administrativEnhet?: string // M305
  readonly saksansvarlig?: string // M306
  readonly klassifikasjon?: { readonly klassifikasjonssystem: string; readonly klasseID: string } // M002
  readonly case?: 'inquiry' | 'thread' | 'person-and-category'
  readonly caseNumber?: string // 2026/412
  /** Name of a restriction; `null`: none. */
  readonly restriction?: string | null
  readonly answerWithin?: Deadline
  /** Name of a reply. */
  readonly reply?: string
  /** Why a person must look before anything is sent. */
  readonly review?: string
  /** The post is to be deleted once the archive has it. */
  readonly deletion?: boolean
}

/** Working days end at four in the afternoon, in Norway. */
export type Deadline = { readonly hours: number } | { readonly workingDays: number }

export interface RestrictionRule {
  readonly title: string
  readonly tilgangsrestriksjon: string // M500
  readonly skjermingshjemmel: string // M501
  readonly skjermingsvarighet?: number // M504, years
  readonly titles: boolean
  readonly parties: boolean
  readonly documents: boolean
}

/** May name {kommune}, {postmottak} and {saksnummer}; a sentence with a saksnummer that cannot be told is left out. */
export interface ReplyText {
  readonly nb: string
  readonly nn: string
}

/** The rule that decides what no other does. */
export const OTHERWISE = 'otherwise'

/** Whether some rule looks at it. Threads can be long, and need not be looked through for nobody. */
export const asksFor = ({ rules }: Guideline, part: keyof Pattern): boolean =>
  rules.some(({ when, unless }) => when[part] !== undefined || unless?.[part] !== undefined)

/** Where a guideline contradicts itself, as JSON pointers and bokmål; empty when it holds together. */
export function guidelineFaults(
  guideline: Guideline
): readonly { readonly pointer: string; readonly detail: string }[] {
  const { categories, defaultCategory, replies, restrictions, rules, otherwise } = guideline
  const outcomeFaults = ({ propose, reply, restriction }: Outcome, at: string) => [
    ...unknown(propose, categories, `${at}/propose`, 'kategorien finnes ikke'),
    ...unknown(reply, replies, `${at}/reply`, 'svaret finnes ikke'),
    ...unknown(restriction ?? undefined, restrictions, `${at}/restriction`, 'skjermingen finnes ikke')
  ]
  const patternFaults = ({ categories: named = [] }: Pattern, at: string) =>
    named.flatMap((each, n) => unknown(each, categories, `${at}/categories/${n}`, 'kategorien finnes ikke'))
  return [
    ...unknown(defaultCategory, categories, '/defaultCategory', 'kategorien finnes ikke'),
    ...rules.flatMap(({ when, unless = {}, outcome }, n) => [
      ...patternFaults(when, `/rules/${n}/when`),
      ...patternFaults(unless, `/rules/${n}/unless`),
      ...outcomeFaults(outcome, `/rules/${n}/outcome`)
    ]),
    ...sameIds(rules),
    ...openThreads(guideline),
    ...Object.entries(restrictions).flatMap(([name, { titles, parties, documents }]) =>
      titles || parties || documents
        ? []
        : [{ pointer: `/restrictions/${name}`, detail: 'skjermer ingenting; sett titles, parties eller documents' }]
    ),
    ...outcomeFaults(otherwise, '/otherwise'),
    ...(otherwise.reply === undefined
      ? [{ pointer: '/otherwise/reply', detail: 'mangler; alle skal få et svar' }]
      : []),
    ...(otherwise.answerWithin === undefined
      ? [{ pointer: '/otherwise/answerWithin', detail: 'mangler; alle svar skal ha en frist' }]
      : []),
    ...Object.entries(replies).flatMap(([name, text]) => [
      ...placeholderFaults(text.nb, `/replies/${name}/nb`),
      ...placeholderFaults(text.nn, `/replies/${name}/nn`)
    ])
  ]
}

function unknown(name: string | undefined, known: Readonly<Record<string, unknown>>, pointer: string, detail: string) {
  return name === undefined || Object.hasOwn(known, name) ? [] : [{ pointer, detail }]
}

function sameIds(rules: readonly Rule[]) {
  const seen = new Set([OTHERWISE])
  return rules.flatMap(({ id }, n) => {
    const isTaken = seen.has(id)
    seen.add(id)
    return isTaken ? [{ pointer: `/rules/${n}/id`, detail: 'er brukt av en annen regel' }] : []
  })
}

/** The thread stands in the documents, whatever becomes of the titles. */
const openThreads = ({ rules, restrictions }: Guideline) =>
  rules.flatMap(({ when, outcome: { restriction } }, n) => {
    const named = when.threadHits && restriction ? restrictions[restriction] : undefined
    return named && !named.documents && !named.parties
      ? [{ pointer: `/rules/${n}/outcome/restriction`, detail: 'skjermer ikke dokumentene, og det er der tråden står' }]
      : []
  })

export const placeholders = ['kommune', 'postmottak', 'saksnummer'] as const
export type Placeholder = (typeof placeholders)[number]

function placeholderFaults(text: string, pointer: string) {
  const named = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
  return named
    .filter((name) => !placeholders.some((known) => known === name))
    .map((name) => ({ pointer, detail: `{${name}} kan ikke fylles ut` }))
}
