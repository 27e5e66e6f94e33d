import type { RecordPlan } from '../../../src/domain/archive-plan.ts'
import { henvendelseOf } from '../../../src/noark/henvendelse.ts'
import { norwegianDateTime } from '../../../src/noark/xml/moments.ts'

/** Names of the fields after the prefix: a field of the interface has a–z and 0–9 alone (N5TG 1.1, chapter 6). */
const fields = [
  'henvendelseId',
  'kanal',
  'eksternId',
  'hendelse',
  'nettadresse',
  'brukernavn',
  'publisert',
  'endret',
  'mottatt',
  'merketAv',
  'merketTidspunkt',
  'merketGrunn',
  'merketKategori',
  'mottattSha256'
] as const satisfies readonly (keyof ReturnType<typeof henvendelseOf>)[]

const named = (prefix: string, field: string): string => `${prefix}:${field.toLowerCase()}`

/** Every name that may be sent, each of which the archive must have registered. */
export const ownMetadataNames = (prefix: string): readonly string[] => fields.map((field) => named(prefix, field))

/** What the platform and the marking said (M711), as the same fields under the archive's names for them. */
export function toOwnMetadata(prefix: string | undefined, record: RecordPlan) {
  if (prefix === undefined) return {}
  const said = henvendelseOf(record)
  const given = fields.flatMap((field) => {
    const value = said[field]
    if (value === undefined) return []
    return [[named(prefix, field), value instanceof Date ? norwegianDateTime(value) : value] as const]
  })
  return { virksomhetsspesifikkeMetadata: Object.fromEntries(given) }
}
