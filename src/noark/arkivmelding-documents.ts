import type { DokumentobjektPlan, DokumentPlan, RecordPlan } from '../domain/archive-plan.ts'
import type { fiksArkiv } from './dialects/fiks-arkiv/fiks-arkiv.ts'
import type { Tree } from './dialects/tree.ts'
import { isGiven } from './henvendelse.ts'
import { remarkScreening, sentSkjerming } from './skjerming.ts'

type Merknad = Tree<typeof fiksArkiv, 'merknad'>

// xs:int, which Fiks Arkiv V1 uses for filstoerrelse where Noark has xs:integer.
const INT_MAX = 2 ** 31 - 1

/** A document of a plan as an arkivmelding has it. */
export function dokumentbeskrivelseOf(
  dokument: DokumentPlan,
  { opprettetDato, opprettetAv }: RecordPlan
): Tree<typeof fiksArkiv, 'dokumentbeskrivelse'> {
  const { systemID, dokumenttype, tittel, tilknyttetRegistreringSom, dokumentnummer, skjerming, objekter } = dokument
  const merknader = [...remarkOf(dokument, opprettetDato, opprettetAv), ...objekter.flatMap(conversionRemark)].map(
    (merknad) => ({ ...merknad, ...remarkScreening(skjerming) })
  )
  return {
    ...{ systemID, dokumenttype, tittel, tilknyttetRegistreringSom, dokumentnummer, opprettetDato, opprettetAv },
    dokumentstatus: 'F',
    dokumentmedium: 'E',
    tilknyttetDato: opprettetDato,
    tilknyttetAv: opprettetAv,
    ...(merknader.length > 0 && { merknad: merknader }),
    ...(skjerming && { skjerming: sentSkjerming(skjerming) }),
    dokumentobjekt: objekter.map(dokumentobjektOf)
  }
}

const remarkOf = ({ merknad }: DokumentPlan, merknadsdato: Date, merknadRegistrertAv: string): readonly Merknad[] =>
  isGiven(merknad) ? [{ merknadstekst: merknad, merknadsdato, merknadRegistrertAv }] : []

/** Fiks Arkiv V1 has no place for a conversion (krav 6.4.42), so a person is told of it in a merknad. */
function conversionRemark({ konvertering, referanseDokumentfil }: DokumentobjektPlan): readonly Merknad[] {
  if (!konvertering) return []
  const { konvertertDato, konvertertAv, konvertertFraFormat, konvertertTilFormat } = konvertering
  const { konverteringsverktoey: tool, konverteringskommentar: comment } = konvertering
  const made = `${referanseDokumentfil} er konvertert fra ${konvertertFraFormat} til ${konvertertTilFormat}`
  const merknadstekst = `${made}${isGiven(tool) ? ` med ${tool}` : ''}.${isGiven(comment) ? ` ${comment}` : ''}`
  return [{ merknadstekst, merknadsdato: konvertertDato, merknadRegistrertAv: konvertertAv }]
}

const dokumentobjektOf = ({
  sha256,
  filstoerrelse,
  formatDetaljer,
  konvertering: _,
  ...objekt
}: DokumentobjektPlan): Tree<typeof fiksArkiv, 'dokumentobjekt'> => ({
  ...objekt,
  ...(isGiven(formatDetaljer) && { formatDetaljer }),
  sjekksum: sha256,
  sjekksumAlgoritme: 'SHA-256',
  ...(filstoerrelse <= INT_MAX && { filstoerrelse })
})
