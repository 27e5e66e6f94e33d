import {
  type ArchivePlan,
  type DokumentobjektPlan,
  type DokumentPlan,
  filesOf,
  type KorrespondansepartPlan,
  type RecordPlan,
  type SaksmappePlan
} from '../domain/archive-plan.ts'
import type {
  Arkivmelding,
  Dokumentbeskrivelse,
  Dokumentobjekt,
  EksternNoekkel,
  Henvendelse,
  Journalpost,
  Korrespondansepart,
  ReferanseTilMappe,
  Saksmappe
} from './model.ts'
import { serialise } from './serialise.ts'
import { xmlDocument } from './xml-document.ts'
import { isBlank } from './xml-text.ts'

// xs:int, which Fiks Arkiv V1 uses for filstoerrelse where Noark has xs:integer.
const INT_MAX = 2 ** 31 - 1

/**
 * The arkivmelding.xml (Fiks Arkiv V1, arkivmelding.opprett) of a plan: the same plan gives the same text. Valid when
 * `planFaults` finds nothing; throws RangeError on an invalid date.
 */
export const toArkivmelding = (plan: ArchivePlan): string =>
  xmlDocument('arkivmelding', serialise('arkivmelding', arkivmeldingOf(plan)))

function arkivmeldingOf(plan: ArchivePlan): Arkivmelding {
  const { casePolicy, externalKey } = plan
  return {
    system: 'Arkivbro',
    antallFiler: filesOf(plan).length,
    ...(casePolicy.mode === 'new' && { mappe: saksmappeOf(casePolicy.saksmappe, caseKeyOf(externalKey)) }),
    registrering: journalpostOf(plan)
  }
}

const caseKeyOf = ({ fagsystem, caseKey }: ArchivePlan['externalKey']): EksternNoekkel => ({
  fagsystem,
  noekkel: caseKey
})

const saksmappeOf = (
  { administrativEnhet, saksansvarlig, klassifikasjon, ...saksmappe }: SaksmappePlan,
  referanseEksternNoekkel: EksternNoekkel
): Saksmappe => ({
  ...saksmappe,
  dokumentmedium: 'E',
  ...(klassifikasjon && {
    klassifikasjon: {
      klassifikasjonssystemID: klassifikasjon.klassifikasjonssystem,
      klasseID: klassifikasjon.klasseID
    }
  }),
  referanseEksternNoekkel,
  administrativEnhet: { navn: administrativEnhet },
  saksansvarlig: { navn: saksansvarlig }
})

function journalpostOf(plan: ArchivePlan): Journalpost {
  const { record, externalKey } = plan
  const { systemID, opprettetDato, opprettetAv, tittel, offentligTittel, journalposttype, journaldato } = record
  const { dokumentetsDato, mottattDato, merknad } = record
  return {
    ...{ systemID, opprettetDato, opprettetAv, tittel, offentligTittel, journalposttype, journaldato },
    referanseForelderMappe: parentOf(plan),
    dokumentbeskrivelse: record.dokumenter.map((dokument) => dokumentbeskrivelseOf(dokument, record)),
    dokumentmedium: 'E',
    virksomhetsspesifikkeMetadata: { henvendelse: henvendelseOf(record) },
    ...(merknad !== undefined &&
      !isBlank(merknad) && {
        merknad: { merknadstekst: merknad, merknadsdato: opprettetDato, merknadRegistrertAv: opprettetAv }
      }),
    korrespondansepart: record.korrespondanseparter.map((part) => korrespondansepartOf(part, record)),
    referanseEksternNoekkel: { fagsystem: externalKey.fagsystem, noekkel: externalKey.recordKey },
    // Marked by a person, its files complete and finished, and a journalpost under M may get no journalpostnummer, which
    // our receipt needs.
    journalstatus: 'J',
    ...(dokumentetsDato !== undefined && { dokumentetsDato }),
    ...(mottattDato && { mottattDato }),
    antallVedlegg: record.dokumenter.filter(({ tilknyttetRegistreringSom }) => tilknyttetRegistreringSom === 'V').length
  }
}

function parentOf({ casePolicy, externalKey }: ArchivePlan): ReferanseTilMappe {
  if (casePolicy.mode === 'existing') return { saksnummer: casePolicy.saksnummer }
  return { systemID: casePolicy.saksmappe.systemID, referanseEksternNoekkel: caseKeyOf(externalKey) }
}

const henvendelseOf = ({ facts: { adresse, ...facts } }: RecordPlan): Henvendelse => ({
  ...facts,
  ...(adresse !== undefined && { nettadresse: adresse })
})

const korrespondansepartOf = (part: KorrespondansepartPlan, record: RecordPlan): Korrespondansepart => ({
  korrespondanseparttype: part.korrespondanseparttype,
  korrespondansepartNavn: part.navn,
  ...(part.administrativEnhet !== undefined && { administrativEnhet: { navn: part.administrativEnhet } }),
  ...(isFromOutside(part, record) && { erPersonnavn: true })
})

/**
 * Whether the party is the member of the public: the sender of what comes in, the receiver of what goes out. A profile
 * may be that of a company, but it is taken for a person, which shows the least.
 */
export const isFromOutside = (part: KorrespondansepartPlan, { journalposttype }: RecordPlan): boolean =>
  (journalposttype === 'I' && part.korrespondanseparttype === 'EA') ||
  (journalposttype === 'U' && part.korrespondanseparttype === 'EM')

const dokumentbeskrivelseOf = (dokument: DokumentPlan, record: RecordPlan): Dokumentbeskrivelse => ({
  systemID: dokument.systemID,
  dokumenttype: dokument.dokumenttype,
  dokumentstatus: 'F',
  tittel: dokument.tittel,
  opprettetDato: record.opprettetDato,
  opprettetAv: record.opprettetAv,
  dokumentmedium: 'E',
  tilknyttetRegistreringSom: dokument.tilknyttetRegistreringSom,
  dokumentnummer: dokument.dokumentnummer,
  tilknyttetDato: record.opprettetDato,
  tilknyttetAv: record.opprettetAv,
  dokumentobjekt: dokument.objekter.map(dokumentobjektOf)
})

const dokumentobjektOf = ({ sha256, filstoerrelse, ...objekt }: DokumentobjektPlan): Dokumentobjekt => ({
  ...objekt,
  sjekksum: sha256,
  sjekksumAlgoritme: 'SHA-256',
  ...(filstoerrelse <= INT_MAX && { filstoerrelse })
})
