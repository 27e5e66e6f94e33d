import type { FastifySchemaValidationError } from 'fastify'
import { CASE_CHOICE_PATTERN, JOURNALPOST_PATTERN } from '../../schemas/actions.ts'
import { CASE_NUMBER_PATTERN, URL_PATTERN, WORD_PATTERN } from '../../schemas/inquiry.ts'
import { UUID_PATTERN } from '../../schemas/uuid.ts'
import type { Pointer } from '../domain/errors.ts'

const FAULTS_MAX = 50
const FIELD_NAME_LENGTH_MAX = 200

/** What the schemas found wrong, in bokmål, with a JSON pointer (RFC 6901) to each place. */
export const faultsIn = (validation: readonly FastifySchemaValidationError[]): readonly Pointer[] =>
  validation
    .filter(({ keyword }) => keyword !== 'if')
    .slice(0, FAULTS_MAX)
    .map(({ instancePath, keyword, params }) => {
      const named = params.missingProperty ?? params.additionalProperty ?? params.tag
      const field = named === undefined ? '' : `/${escaped(String(named))}`
      return { pointer: `${instancePath}${field}`, detail: faultText(keyword, params) }
    })

/** A field's name as part of a JSON pointer; a name that is far too long is cut. */
const escaped = (name: string): string =>
  name.slice(0, FIELD_NAME_LENGTH_MAX).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')

const typeNames: Readonly<Record<string, string>> = {
  string: 'tekst',
  integer: 'et heltall',
  number: 'et tall',
  boolean: 'true eller false',
  object: 'et objekt',
  array: 'en liste',
  null: 'null'
}

const formatNames: Readonly<Record<string, string>> = {
  'date-time': 'et tidspunkt med tidssone, som 2026-11-21T18:42:10+01:00'
}

const patternNames: Readonly<Record<string, string>> = {
  [UUID_PATTERN]: 'skal være en UUID med små bokstaver',
  [URL_PATTERN]: 'skal begynne med https:// eller http://',
  [CASE_NUMBER_PATTERN]: 'skal være et saksnummer, som 2026/412',
  [CASE_CHOICE_PATTERN]: 'skal være et saksnummer, som 2026/412, eller «new»',
  [JOURNALPOST_PATTERN]: 'skal være en journalpost, som 2026/412-3',
  [WORD_PATTERN]: 'er tomt'
}

function faultText(keyword: string, params: Record<string, unknown>): string {
  switch (keyword) {
    case 'required':
      return 'mangler'
    case 'additionalProperties':
      return 'er et ukjent felt'
    case 'maxLength':
      return `er lengre enn ${String(params.limit)} tegn`
    case 'minProperties':
      return 'sier ikke hva som skal gjøres'
    case 'minLength':
      return params.limit === 1 ? 'er tomt' : `er kortere enn ${String(params.limit)} tegn`
    case 'maxItems':
      return `har flere enn ${String(params.limit)}`
    case 'type':
      return `skal være ${typeNames[String(params.type)] ?? 'noe annet'}`
    case 'format':
      return `skal være ${formatNames[String(params.format)] ?? String(params.format)}`
    case 'minimum':
      return `skal være minst ${String(params.limit)}`
    case 'maximum':
      return `skal være høyst ${String(params.limit)}`
    case 'uniqueItems':
      return 'har det samme to ganger'
    case 'enum':
      return `skal være en av ${(params.allowedValues as string[]).join(', ')}`
    case 'pattern':
      return patternNames[String(params.pattern)] ?? 'har ugyldige tegn eller feil form'
    case 'discriminator':
      return 'har en ukjent type'
    default:
      return 'er ikke gyldig'
  }
}
