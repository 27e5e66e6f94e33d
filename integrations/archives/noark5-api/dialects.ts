/** Where servers that call themselves N5TG differ, and what we do about it. */
export interface Dialect {
  /** How one field of a journalpost is changed: RFC 7396, or the whole object. */
  readonly changesBy: 'merge-patch' | 'put'
  /** The field that carries our key on a dokumentbeskrivelse. */
  readonly documentKey: 'eksternReferanse' | 'beskrivelse'
  /** Whether lists go on by their `next` link, or only by `$skip` after a `$filter`. */
  readonly pagesBy: 'next' | 'skip'
  /** Whether we may choose the systemID (M001), which then closes the gap of a create whose answer is lost. */
  readonly takesOurSystemID: boolean
  readonly takesAdministrativEnhet: boolean
  /** Whether a journalpost may have fields of our own (M711). */
  readonly takesOwnMetadata: boolean
  /** Whether what is screened (M502) stands in the skjerming, or is told of afterwards beside it. */
  readonly screensMetadata: 'inside' | 'beside'
  /** Whether what is there already can be given a skjerming, or another one. */
  readonly changesSkjerming: boolean
  readonly uploadsInParts: boolean
  /** Whether hrefs may name another origin than the one we reach the server at; they are then rewritten. */
  readonly namesOtherOrigins: boolean
  /** How the OAuth token is asked for: a form (RFC 6749 §4.3.2), or parameters in the address. */
  readonly asksTokenBy: 'form' | 'query'
  /** How many deliveries the numbering of the server endures at once. */
  readonly deliveriesAtOnceMax: number
}

const standard: Dialect = {
  changesBy: 'merge-patch',
  documentKey: 'eksternReferanse',
  pagesBy: 'next',
  takesOurSystemID: false,
  takesAdministrativEnhet: true,
  takesOwnMetadata: true,
  screensMetadata: 'inside',
  changesSkjerming: true,
  uploadsInParts: true,
  namesOtherOrigins: false,
  asksTokenBy: 'form',
  deliveriesAtOnceMax: 4
}

/** What lists are ordered by, where pages are asked for by number. */
export const PAGE_ORDER = 'systemID' // M001

/** The standard as it is written, and the two ages of nikita. */
export const dialects = {
  'standard-1.1': standard,
  'nikita-2021': {
    ...standard,
    changesBy: 'put',
    pagesBy: 'skip',
    takesOurSystemID: true,
    takesAdministrativEnhet: false,
    takesOwnMetadata: false,
    screensMetadata: 'beside',
    // A skjerming in what is put is passed over.
    changesSkjerming: false,
    uploadsInParts: false,
    namesOtherOrigins: true,
    asksTokenBy: 'query',
    deliveriesAtOnceMax: 1
  },
  'nikita-current': {
    ...standard,
    documentKey: 'beskrivelse',
    screensMetadata: 'beside',
    uploadsInParts: false,
    namesOtherOrigins: true,
    deliveriesAtOnceMax: 1
  }
} as const satisfies Record<string, Dialect>

export type DialectName = keyof typeof dialects
export const dialectNames = Object.keys(dialects) as readonly DialectName[]
