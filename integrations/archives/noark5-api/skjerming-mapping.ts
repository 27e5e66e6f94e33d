import type { SkjermingMetadata, SkjermingPlan } from '../../../src/domain/archive-plan.ts'
import type { Dialect } from './dialects.ts'

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

/** The skjerming of a unit, to stand in the very body that creates it, so that it is never there unscreened. */
export function toSkjerming(
  { dialect, tilgangsrestriksjoner }: { dialect: Dialect; tilgangsrestriksjoner: ReadonlyMap<string, string> },
  skjerming: SkjermingPlan | undefined
) {
  if (!skjerming) return {}
  const { tilgangsrestriksjon, skjermingDokument, skjermingsvarighet, skjermingOpphoererDato } = skjerming
  return {
    skjerming: {
      tilgangsrestriksjon: kode(restrictionCode(tilgangsrestriksjoner, tilgangsrestriksjon) ?? tilgangsrestriksjon), // M500
      skjermingshjemmel: skjerming.skjermingshjemmel, // M501
      ...(dialect.screensMetadata === 'inside' && { skjermingMetadata: metadataCodesOf(skjerming).map(kode) }), // M502
      ...(skjermingDokument !== undefined && { skjermingDokument: kode(skjermingDokument) }), // M503
      ...(skjermingsvarighet !== undefined && { skjermingsvarighet }), // M504
      ...(skjermingOpphoererDato !== undefined && { skjermingOpphoererDato }) // M505
    }
  }
}
