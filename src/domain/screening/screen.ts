import { accountNumbers } from './account-numbers.ts'
import { children } from './children.ts'
import { emails } from './emails.ts'
import { licencePlates } from './licence-plates.ts'
import { nationalIds } from './national-ids.ts'
import { digitGroups } from './numbers.ts'
import { phones } from './phones.ts'
import { originalSpan, type Reading, read, type Span } from './reading.ts'
import { sensitiveWords } from './sensitive-words.ts'
import { apartFrom, merged } from './spans.ts'
import { streetAddresses } from './street-addresses.ts'
import { thirdPartyNames } from './third-party-names.ts'
import { type Word, wordsOf } from './words.ts'

/** What must not stand in a public journal, with what a person calls it. */
export const hitLabels = {
  fodselsnummer: 'fødselsnummer',
  'd-number': 'D-nummer',
  'account-number': 'kontonummer',
  phone: 'telefonnummer',
  email: 'e-postadresse',
  'street-address': 'gateadresse',
  'third-party-name': 'navn på andre',
  child: 'barn',
  health: 'helse',
  'child-welfare': 'barnevern',
  'social-benefits': 'NAV og sosiale forhold',
  crime: 'straffbare forhold',
  religion: 'religion og livssyn',
  union: 'fagforening',
  sexuality: 'seksualitet og kjønn',
  'political-view': 'politisk oppfatning',
  'licence-plate': 'bilskilt'
} as const

export type HitKind = keyof typeof hitLabels

export const hitKinds = Object.keys(hitLabels) as readonly HitKind[]

/** Where in a text something stands that must not be public: offsets in code points, the end exclusive. Never the words. */
export interface Hit {
  readonly kind: HitKind
  readonly start: number
  readonly end: number
}

/** What is known of a text beside the text. */
export interface KnownOfText {
  /** Whoever wrote it is no third party in it. */
  readonly authorName?: string
}

/**
 * What must not stand in a public journal, in the order of the text; no two hits of the same kind overlap. A proposal to
 * a person: it finds words, and does not understand them. Time is linear in the length of the text.
 */
export function screen(text: string, known: KnownOfText = {}): readonly Hit[] {
  const reading = read(text)
  const words = wordsOf(reading)
  const hits = [...numberHits(reading), ...wordHits(reading, words, known)]
  return hitKinds
    .flatMap((kind) => merged(spansOf(kind, hits, reading)).map((span) => ({ kind, ...span })))
    .sort((a, b) => a.start - b.start || a.end - b.end || hitKinds.indexOf(a.kind) - hitKinds.indexOf(b.kind))
}

const of = (kind: HitKind, spans: readonly Span[]): readonly Hit[] =>
  spans.map(({ start, end }) => ({ kind, start, end }))

/** A number that is part of a longer one of another kind is not reported a second time. */
function numberHits(reading: Reading): readonly Hit[] {
  const groups = digitGroups(reading)
  const ids = nationalIds(groups).map(({ kind, start, end }) => ({ kind, start, end }))
  const accounts = apartFrom(accountNumbers(reading, groups), merged(ids))
  const plates = licencePlates(reading)
  const others = phones(reading, groups).toSorted((a, b) => a.start - b.start)
  return [
    ...ids,
    ...of('account-number', accounts),
    ...of('licence-plate', plates),
    ...of('phone', apartFrom(others, merged([...ids, ...accounts, ...plates]))),
    ...of('email', emails(reading))
  ]
}

/** The name of a street is no name of a person. */
function wordHits(reading: Reading, words: readonly Word[], { authorName }: KnownOfText): readonly Hit[] {
  const streets = streetAddresses(reading, words)
  return [
    ...of('street-address', streets),
    ...of('third-party-name', apartFrom(thirdPartyNames(reading, words, authorName), merged(streets))),
    ...of('child', children(words)),
    ...sensitiveWords(words)
  ]
}

const spansOf = (kind: HitKind, hits: readonly Hit[], reading: Reading): readonly Span[] =>
  hits.filter((hit) => hit.kind === kind).map((hit) => originalSpan(reading, hit))
