import type { DokumentobjektPlan, DokumentPlan } from '../domain/archive-plan.ts'
import type { Receipt } from '../domain/receipt.ts'
import type { DepositRecord } from './deposit.ts'
import type { arkivstruktur } from './dialects/arkivstruktur/arkivstruktur.ts'
import type { Tree } from './dialects/tree.ts'
import { isGiven } from './henvendelse.ts'

/** A document as a deposit has it: with its archive format alone, since other variants stay behind (krav 6.4.10). */
export function dokumentbeskrivelseOf(
  dokument: DokumentPlan,
  { plan, receipt }: DepositRecord
): Tree<typeof arkivstruktur, 'dokumentbeskrivelse'> {
  const { opprettetDato, opprettetAv } = plan.record
  const { systemID, dokumenttype, tittel, tilknyttetRegistreringSom, dokumentnummer, merknad, skjerming } = dokument
  const created = { opprettetDato, opprettetAv }
  return {
    ...{ systemID, dokumenttype, tittel, tilknyttetRegistreringSom, dokumentnummer, ...created },
    dokumentstatus: 'F',
    tilknyttetDato: opprettetDato,
    tilknyttetAv: opprettetAv,
    ...(isGiven(merknad) && {
      merknad: [{ merknadstekst: merknad, merknadsdato: opprettetDato, merknadRegistrertAv: opprettetAv }]
    }),
    ...(skjerming && { skjerming }),
    dokumentobjekt: dokument.objekter
      .filter(({ variantformat }) => variantformat === 'A')
      .map((objekt) => ({ ...dokumentobjektOf(objekt, receipt), ...created }))
  }
}

/** Where the file of a dokumentobjekt lies in the deposit, from arkivstruktur.xml (M218; krav 6.4.36–6.4.40). */
export function depositPath({ systemID, referanseDokumentfil }: DokumentobjektPlan, { saksaar }: Receipt): string {
  const [, extension = ''] = /(\.[^.]+)$/.exec(referanseDokumentfil) ?? []
  return `DOKUMENT/${saksaar}/${systemID}${extension}`
}

function dokumentobjektOf(objekt: DokumentobjektPlan, receipt: Receipt) {
  const { systemID, versjonsnummer, variantformat, format, formatDetaljer, sha256, filstoerrelse } = objekt
  return {
    ...{ systemID, versjonsnummer, variantformat, format, filstoerrelse },
    ...(isGiven(formatDetaljer) && { formatDetaljer }),
    referanseDokumentfil: depositPath(objekt, receipt),
    sjekksum: sha256,
    sjekksumAlgoritme: 'SHA256',
    ...(objekt.konvertering && { konvertering: [givenOnly(objekt.konvertering)] })
  }
}

/** A conversion without the texts that are blank. */
function givenOnly(konvertering: NonNullable<DokumentobjektPlan['konvertering']>) {
  const { konverteringsverktoey, konverteringskommentar, ...always } = konvertering
  return {
    ...always,
    ...(isGiven(konverteringsverktoey) && { konverteringsverktoey }),
    ...(isGiven(konverteringskommentar) && { konverteringskommentar })
  }
}
