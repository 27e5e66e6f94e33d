import { accountNumbers } from './account-numbers.ts'
import { emails } from './emails.ts'
import { licencePlates } from './licence-plates.ts'
import { nationalIds } from './national-ids.ts'
import { digitGroups } from './numbers.ts'
import { phones } from './phones.ts'
import { originalSpan, type Reading, read, type Span } from './reading.ts'
import { apartFrom, merged } from './spans.ts'
import { streetAddresses } from './street-addresses.ts'
import { tellingWords } from './telling-words.ts'
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

/** What screening says of a text. */
export interface Screened {
  /** What must not stand in a public journal, in the order of the text; no two hits of the same kind overlap. */
  readonly hits: readonly Hit[]
  /** Where there are words of acute danger to life. It errs towards finding too much: a person is shown it at once. */
  readonly danger: readonly Span[]
}

/**
 * Looks through a text for all that must be seen before it is public. A proposal to a person: it finds words, and does
 * not understand them. Time is linear in the length of the text.
 */
export function screen(text: string, known: KnownOfText = {}): Screened {
  const reading = read(text)
  const words = wordsOf(reading)
  const found = new Map<HitKind | 'danger', Span[]>()
  for (const hit of [...numberHits(reading), ...wordHits(reading, words, known)]) {
    const spans = found.get(hit.kind) ?? []
    spans.push(originalSpan(reading, hit))
    found.set(hit.kind, spans)
  }
  const spansOf = (kind: HitKind | 'danger') => merged(found.get(kind) ?? [])
  const hits = hitKinds.flatMap((kind) => spansOf(kind).map((span) => ({ kind, ...span })))
  return { hits: hits.sort((a, b) => a.start - b.start || a.end - b.end), danger: spansOf('danger') }
}

type Found = Span & { readonly kind: HitKind | 'danger' }

const of = (kind: HitKind, spans: readonly Span[]): readonly Found[] =>
  spans.map(({ start, end }) => ({ kind, start, end }))

/** A number that is part of a longer one of another kind is not reported a second time. */
function numberHits(reading: Reading): readonly Found[] {
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
function wordHits(reading: Reading, words: readonly Word[], { authorName }: KnownOfText): readonly Found[] {
  const streets = streetAddresses(reading, words)
  return [
    ...of('street-address', streets),
    ...of('third-party-name', apartFrom(thirdPartyNames(reading, words, authorName), merged(streets))),
    ...tellingWords(words)
  ]
}
