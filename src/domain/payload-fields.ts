import { Refused } from './errors.ts'

/**
 * A JSON object in a platform's payload, read field by field. `null` counts as absent, unknown fields are left alone, and
 * a field of the wrong type throws Refused('payload-not-understood') with a pointer to it.
 */
export interface Fields {
  /** JSON pointer of the object (RFC 6901). */
  readonly at: string
  has(name: string): boolean
  text(name: string): string | undefined
  /** An opaque id, given as a string or as an integer that JSON has not rounded. */
  id(name: string): string | undefined
  /** RFC 3339, the `+0000` form, or seconds or milliseconds since 1970. */
  time(name: string): Date | undefined
  number(name: string): number | undefined
  flag(name: string): boolean
  /** An http or https address, as it was written. `base` completes one that begins with a slash. */
  address(name: string, base?: string): string | undefined
  /** A list of addresses. */
  addresses(name: string): readonly string[]
  object(name: string): Fields | undefined
  list(name: string): readonly Fields[]
  value(name: string): unknown
  /** What to throw about a field. */
  trouble(name: string, detail: string): Refused
}

/** Longest id that is taken in, in characters. Platforms' own are below 200. */
export const ID_LENGTH_MAX = 500

/** Refused('payload-not-understood') in bokmål; `pointer` is where, `detail` is what. */
export const notUnderstood = (pointer: string, detail: string): Refused =>
  new Refused(
    'payload-not-understood',
    `Innholdet fra plattformen lot seg ikke lese: ${pointer} ${detail}. Henvendelsen er ikke tatt imot. Send innholdet slik plattformen ga det, eller bruk /v1/inquiries og fyll ut feltene selv.`,
    [{ pointer, detail }]
  )

/** Opens a JSON object for reading. Throws Refused when the value is something else. */
export function fieldsOf(value: unknown, at: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notUnderstood(at, 'må være et objekt')
  const members = value as Readonly<Record<string, unknown>>
  const pointer = (name: string) => `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const trouble = (name: string, detail: string) => notUnderstood(pointer(name), detail)
  const read = (name: string) => (Object.hasOwn(members, name) ? (members[name] ?? undefined) : undefined)

  /** Reads a field that is there; `parse` gives a text about what is wrong, or the value in a box. */
  function field<T>(name: string, parse: (given: unknown) => string | { readonly is: T }): T | undefined {
    const given = read(name)
    if (given === undefined) return undefined
    const parsed = parse(given)
    if (typeof parsed === 'string') throw trouble(name, parsed)
    return parsed.is
  }

  return {
    at,
    has: (name) => read(name) !== undefined,
    text: (name) => field(name, (given) => (typeof given === 'string' ? { is: given } : 'må være tekst')),
    id: (name) => field(name, idFrom),
    time: (name) => field(name, timeFrom),
    number: (name) => field(name, (given) => (typeof given === 'number' ? { is: given } : 'må være et tall')),
    // Facebook writes 1 and 0 for some of them.
    flag: (name) => field(name, (given) => ({ is: given === true || given === 1 })) ?? false,
    address: (name, base) => field(name, (given) => addressFrom(given, base)),
    addresses: (name) => field(name, addressesFrom) ?? [],
    object: (name) => (read(name) === undefined ? undefined : fieldsOf(read(name), pointer(name))),
    list: (name) => field(name, (given) => ({ is: listFrom(given, pointer(name)) })) ?? [],
    value: read,
    trouble
  }
}

/** Opens every object in a JSON array. Throws Refused when it is not one, or holds something else. */
export function listFrom(given: unknown, at: string): readonly Fields[] {
  if (!Array.isArray(given)) throw notUnderstood(at, 'må være en liste')
  return given.map((item: unknown, index) => fieldsOf(item, `${at}/${index}`))
}

/** The same object without the members that are undefined. */
export function known<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}

type Parsed<T> = string | { readonly is: T }

function idFrom(given: unknown): Parsed<string> {
  if (typeof given === 'number') {
    if (Number.isSafeInteger(given)) return { is: String(given) }
    return 'er et tall som er for stort til å være eksakt i JSON; id-er må sendes som tekst'
  }
  if (typeof given !== 'string' || given.trim() === '') return 'må være en id'
  if (given.length > ID_LENGTH_MAX) return `er lengre enn ${ID_LENGTH_MAX} tegn`
  if (/[\p{Cc}\p{Cs}]/u.test(given)) return 'har tegn som ikke kan stå i en id'
  return { is: given }
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/
const FIRST_MILLISECONDS = 1e11 // as seconds this is the year 5138, as milliseconds 1973

function timeFrom(given: unknown): Parsed<Date> {
  const date = typeof given === 'string' && isoTime.test(given) ? new Date(withColon(given)) : fromEpoch(given)
  if (!date || Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1970) {
    return 'må være et tidspunkt, som 2026-05-04T12:30:00+0000 eller 1777897800'
  }
  return { is: date }
}

const withColon = (time: string): string => time.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')

function fromEpoch(given: unknown): Date | undefined {
  const count = typeof given === 'string' && /^\d{9,13}$/.test(given) ? Number(given) : given
  if (typeof count !== 'number' || count <= 0) return undefined
  return new Date(count < FIRST_MILLISECONDS ? count * 1000 : count)
}

function addressesFrom(given: unknown): Parsed<readonly string[]> {
  if (!Array.isArray(given)) return 'må være en liste'
  const parsed = given.map((item: unknown) => addressFrom(item, undefined))
  const wrong = parsed.find((item) => typeof item === 'string')
  return wrong ?? { is: parsed.flatMap((item) => (typeof item === 'string' ? [] : [item.is])) }
}

function addressFrom(given: unknown, base: string | undefined): Parsed<string> {
  if (typeof given !== 'string') return 'må være en nettadresse'
  const address = base !== undefined && /^\/(?!\/)/.test(given) ? `${base}${given}` : given
  return /^https?:\/\/\S+$/i.test(address) && URL.canParse(address)
    ? { is: address }
    : 'må være en nettadresse som begynner med https:// eller http://'
}
