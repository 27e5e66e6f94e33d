import type { KorrespondansepartPlan, RecordPlan } from '../domain/archive-plan.ts'
import { dokumentbeskrivelseOf } from './arkivstruktur-documents.ts'
import type { DepositCase, DepositFrame, DepositRecord } from './deposit.ts'
import type { arkivstruktur } from './dialects/arkivstruktur/arkivstruktur.ts'
import type { Tree } from './dialects/tree.ts'
import { henvendelseOf, isGiven } from './henvendelse.ts'

/** A closed case as a deposit has it. */
export function saksmappeOf(
  frame: DepositFrame,
  { saksmappe, records }: DepositCase
): Tree<typeof arkivstruktur, 'saksmappe'> {
  const { systemID, tittel, offentligTittel, beskrivelse, opprettetDato, opprettetAv, saksdato } = saksmappe
  const { saksaar, sakssekvensnummer } = records[0].receipt
  return {
    type: 'saksmappe',
    ...{ systemID, tittel, offentligTittel, beskrivelse, opprettetDato, opprettetAv, saksdato },
    mappeID: `${saksaar}/${sakssekvensnummer}`,
    avsluttetDato: frame.avsluttetDato,
    avsluttetAv: frame.avsluttetAv,
    referanseArkivdel: [frame.arkivdel.systemID],
    ...(saksmappe.skjerming && { skjerming: saksmappe.skjerming }),
    registrering: records.map(journalpostOf),
    ...{ saksaar, sakssekvensnummer },
    administrativEnhet: saksmappe.administrativEnhet,
    saksansvarlig: saksmappe.saksansvarlig,
    saksstatus: 'A'
  }
}

function journalpostOf(deposited: DepositRecord): Tree<typeof arkivstruktur, 'journalpost'> {
  const { plan, receipt, journalaar, journalsekvensnummer, avskrivning } = deposited
  const { record } = plan
  const { systemID, opprettetDato, opprettetAv, tittel, offentligTittel, journalposttype, journaldato } = record
  const { dokumentetsDato, mottattDato, sendtDato, kryssreferanser, skjerming } = record
  return {
    type: 'journalpost',
    ...{ systemID, opprettetDato, opprettetAv, tittel, offentligTittel, journalposttype, journaldato },
    arkivertDato: receipt.arkivertDato,
    arkivertAv: opprettetAv,
    ...(skjerming && { skjerming }),
    dokumentbeskrivelse: record.dokumenter.map((dokument) => dokumentbeskrivelseOf(dokument, deposited)),
    registreringsID: `${receipt.saksaar}/${receipt.sakssekvensnummer}-${receipt.journalpostnummer}`,
    virksomhetsspesifikkeMetadata: { henvendelse: henvendelseOf(record) },
    ...remarkOf(record),
    ...(kryssreferanser && { kryssreferanse: kryssreferanser.map((other) => ({ referanseTilRegistrering: other })) }),
    korrespondansepart: record.korrespondanseparter.map(korrespondansepartOf),
    ...{ journalaar, journalsekvensnummer },
    journalpostnummer: receipt.journalpostnummer,
    journalstatus: 'A',
    ...(dokumentetsDato !== undefined && { dokumentetsDato }),
    ...(mottattDato && { mottattDato }),
    ...(sendtDato && { sendtDato }),
    ...(avskrivning && { avskrivning: [avskrivning] })
  }
}

const remarkOf = ({ merknad, opprettetDato, opprettetAv }: RecordPlan) =>
  isGiven(merknad) && {
    merknad: [{ merknadstekst: merknad, merknadsdato: opprettetDato, merknadRegistrertAv: opprettetAv }]
  }

const korrespondansepartOf = ({
  korrespondanseparttype,
  navn,
  administrativEnhet
}: KorrespondansepartPlan): Tree<typeof arkivstruktur, 'korrespondansepart'> => ({
  korrespondanseparttype,
  korrespondansepartNavn: navn,
  ...(administrativEnhet !== undefined && { administrativEnhet })
})
