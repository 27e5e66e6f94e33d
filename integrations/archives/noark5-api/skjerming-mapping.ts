import type { SkjermingMetadata, SkjermingPlan } from '../../../src/domain/archive-plan.ts'
import type { Dialect } from './dialects.ts'
import { code, isObject, moment, type Resource, whole } from './resource.ts'

/** The interface's codes for what is screened (N5TG 1.1, chapter 7, «SkjermingMetadata»; M502). */
const metadataCodes: Readonly<Record<SkjermingMetadata, string>> = {
  'Skjerming tittel mappe - utvalgte ord': 'TMO',
  'Skjerming tittel registrering - utvalgte ord': 'TRO',
  'Skjerming navn avsender': 'NA',
  'Skjerming navn mottaker': 'NM',
  'Skjerming tittel dokumentbeskrivelse': 'TD',
  'Skjerming merknadstekst': 'MT'
}

export const allMetadataCodes: readonly string[] = Object.values(metadataCodes)

export const metadataCodesOf = ({ skjermingMetadata }: SkjermingPlan): readonly string[] =>
  skjermingMetadata.map((one) => metadataCodes[one])

/** The archive's own code (M500) for one of ours; none when nobody has said which it is. */
export const restrictionCode = (codes: ReadonlyMap<string, string>, ours: string): string | undefined =>
  codes.get(ours) ?? codes.get('*')

const kode = (value: string) => ({ kode: value })

/** What is needed to say it as the archive does. */
interface Mapping {
  readonly dialect: Dialect
  readonly tilgangsrestriksjoner: ReadonlyMap<string, string>
}

/** The skjerming of a unit, to stand in the very body that creates it, so that it is never there unscreened. */
export const toSkjerming = (mapping: Mapping, skjerming: SkjermingPlan | undefined) =>
  skjerming ? { skjerming: fieldsOf(mapping, skjerming) } : {}

function fieldsOf({ dialect, tilgangsrestriksjoner }: Mapping, skjerming: SkjermingPlan) {
  const { tilgangsrestriksjon, skjermingDokument, skjermingsvarighet, skjermingOpphoererDato } = skjerming
  return {
    tilgangsrestriksjon: kode(restrictionCode(tilgangsrestriksjoner, tilgangsrestriksjon) ?? tilgangsrestriksjon), // M500
    skjermingshjemmel: skjerming.skjermingshjemmel, // M501
    ...(dialect.screensMetadata === 'inside' && { skjermingMetadata: metadataCodesOf(skjerming).map(kode) }), // M502
    ...(skjermingDokument !== undefined && { skjermingDokument: kode(skjermingDokument) }), // M503
    ...(skjermingsvarighet !== undefined && { skjermingsvarighet }), // M504
    ...(skjermingOpphoererDato !== undefined && { skjermingOpphoererDato }) // M505
  }
}

/** The skjerming that the archive shows on a unit. */
export function heldSkjerming({ fields: { skjerming: fields } }: Resource): Resource | undefined {
  return isObject(fields) ? { fields, links: new Map() } : undefined
}

/** Codes of what is screened, where they stand in the skjerming. */
export function screenedInside({ fields: { skjermingMetadata }, links }: Resource): readonly string[] {
  const inside = Array.isArray(skjermingMetadata) ? skjermingMetadata : []
  return inside.flatMap((one: unknown) => code({ fields: { one }, links }, 'one') ?? [])
}

const ends = ['skjermingsvarighet', 'skjermingOpphoererDato'] as const

/**
 * A merge patch (RFC 7396) of one skjerming into another by which nothing is screened less or for a shorter time: what the
 * archive screens besides stays, and so does an end that is no sooner.
 */
export function toReplaced(mapping: Mapping, skjerming: SkjermingPlan, held: Resource) {
  const { skjermingMetadata, ...fields } = fieldsOf(mapping, skjerming)
  const codes = new Set([...metadataCodesOf(skjerming), ...screenedInside(held)])
  const staysAsLong = endsNoSooner(held, skjerming)
  const lasting = ends.map((name) => {
    const gone = name in held.fields ? null : undefined
    return [name, staysAsLong ? undefined : (skjerming[name] ?? gone)] as const
  })
  return {
    ...fields,
    ...(skjermingMetadata && { skjermingMetadata: [...codes].map(kode) }),
    ...Object.fromEntries(lasting)
  }
}

const DAY_MS = 86_400_000

/** Whether a skjerming in the archive lasts as long as the plan's, give or take the archive's idea of when a day begins. */
export function endsNoSooner(held: Resource, planned: SkjermingPlan): boolean {
  const [years, end] = [whole(held, 'skjermingsvarighet'), moment(held, 'skjermingOpphoererDato')]
  if (years === undefined && !end) return true
  const { skjermingsvarighet: wantedYears, skjermingOpphoererDato: wantedEnd } = planned
  if (end && wantedEnd !== undefined) return end.getTime() > Date.parse(wantedEnd) - DAY_MS
  return years !== undefined && wantedYears !== undefined && years >= wantedYears
}
