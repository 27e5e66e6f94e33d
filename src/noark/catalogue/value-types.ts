import { isBlank } from '../xml-text.ts'

interface TypeRules {
  /** What the schemas let through; `base` is the built-in type, which a dialect may narrow for integers. */
  readonly xsd: {
    readonly base: 'string' | 'integer' | 'boolean' | 'date' | 'dateTime'
    readonly minLength?: 1
    readonly minInclusive?: 0
    readonly pattern?: string
  }
  /** What we ask besides, since archives read more strictly than schemas do. */
  readonly isGood: (value: unknown) => boolean
  /** What is wrong when it is not. */
  readonly message: string
}

const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
const SHA256 = '[0-9a-f]{64}'

const isText = (value: unknown): boolean => typeof value === 'string' && !isBlank(value)
const isNumberFrom = (least: number) => (value: unknown) => Number.isSafeInteger(value) && Number(value) >= least
const matches = (pattern: string) => {
  const whole = new RegExp(`^${pattern}$`)
  return (value: unknown) => typeof value === 'string' && whole.test(value)
}

// Four-digit years with whole-minute offsets, so that every system reads them alike.
const isMoment = (value: unknown): boolean =>
  value instanceof Date && value.getTime() >= Date.UTC(1900) && value.getTime() < Date.UTC(9999)

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const midnight = new Date(`${value}T00:00:00Z`)
  return isMoment(midnight) && midnight.toISOString().startsWith(value)
}

/** Kinds of plain value: what the schemas say of each, and what we ask besides. */
export const valueTypes = {
  /** Text that the schemas let be empty; an archive message may still hold no empty element. */
  string: { xsd: { base: 'string' }, isGood: isText, message: 'Teksten er tom.' },
  text: { xsd: { base: 'string', minLength: 1 }, isGood: isText, message: 'Teksten er tom.' },
  systemID: { xsd: { base: 'string', pattern: UUID }, isGood: matches(UUID), message: 'Id-en er ikke en UUID.' },
  uuid: { xsd: { base: 'string', pattern: UUID }, isGood: matches(UUID), message: 'Id-en er ikke en UUID.' },
  /** Lower-case hex, since archives compare the text. */
  checksum: {
    xsd: { base: 'string', minLength: 1 },
    isGood: matches(SHA256),
    message: 'Sjekksummen er ikke SHA-256 med små heksadesimale tegn.'
  },
  sha256: {
    xsd: { base: 'string', pattern: SHA256 },
    isGood: matches(SHA256),
    message: 'Sjekksummen er ikke SHA-256 med små heksadesimale tegn.'
  },
  integer: {
    xsd: { base: 'integer' },
    isGood: isNumberFrom(0),
    message: 'Tallet er ikke et helt tall fra 0 og oppover.'
  },
  ordinal: {
    xsd: { base: 'integer' },
    isGood: isNumberFrom(1),
    message: 'Tallet er ikke et helt tall fra 1 og oppover.'
  },
  bytes: {
    xsd: { base: 'integer', minInclusive: 0 },
    isGood: isNumberFrom(0),
    message: 'Størrelsen er ikke et helt antall byte.'
  },
  boolean: {
    xsd: { base: 'boolean' },
    isGood: (value: unknown) => typeof value === 'boolean',
    message: 'Verdien er ikke ja eller nei.'
  },
  date: { xsd: { base: 'date' }, isGood: isDay, message: 'Ugyldig dato.' },
  dateTime: { xsd: { base: 'dateTime' }, isGood: isMoment, message: 'Ugyldig dato.' }
} as const satisfies Readonly<Record<string, TypeRules>>

export type ValueType = keyof typeof valueTypes

/** The TypeScript type that a value of each kind has. */
export type ValueOf<Type extends ValueType> = {
  readonly string: string
  readonly integer: number
  readonly boolean: boolean
  readonly date: string
  readonly dateTime: Date
}[(typeof valueTypes)[Type]['xsd']['base']]

/** Whether an element holds a plain value, and not a code or an object. */
export const isValueType = (type: string): type is ValueType => Object.hasOwn(valueTypes, type)
