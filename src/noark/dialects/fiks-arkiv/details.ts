import type { Schema } from '../dialect.ts'

/** What may stand on several units (Fiks Arkiv V1, arkivering.arkivmelding.opprett). */
export const details = {
  korrespondansepart: {
    korrespondansepartID: '0-1',
    korrespondanseparttype: '1',
    erBehandlingsansvarlig: '0-1',
    korrespondansepartNavn: '1',
    organisasjonid: 'either 0-1',
    personid: 'or 0-1',
    postadresse: '0-M',
    postnummer: '0-1',
    poststed: '0-1',
    landkode: '0-1',
    epostadresse: '0-1',
    telefonnummer: '0-M',
    kontaktperson: '0-1',
    administrativEnhet: '0-1',
    saksbehandler: '0-1',
    erSkjermet: '0-1',
    erPersonnavn: '0-1',
    forsendelsesmaate: '0-1',
    deresReferanse: '0-1',
    avskrivning: '0-M'
  },
  // Without organisasjonsID and personID: a profile is not an identity.
  part: {
    partID: '0-1',
    partNavn: '1',
    partRolle: '0-1',
    postadresse: '0-M',
    postnummer: '0-1',
    poststed: '0-1',
    landkode: '0-1',
    epostadresse: '0-1',
    telefonnummer: '0-M',
    kontaktperson: '0-1',
    virksomhetsspesifikkeMetadata: '0-1',
    erSkjermet: '0-1',
    erPersonnavn: '0-1'
  },
  avskrivning: {
    avskrivningsdato: '1',
    avskrevetAv: '1',
    avskrivningsmaate: '1',
    referanseAvskrivesAvJournalpost: '0-1',
    referanseAvskriverJournalpost: '0-1'
  },
  merknad: {
    merknadID: '0-1',
    merknadstekst: '1',
    merknadstype: '0-1',
    merknadsdato: '0-1',
    merknadRegistrertAv: '0-1',
    erSkjermet: '0-1'
  },
  kryssreferanse: {
    kryssreferanseID: '0-1',
    referanseTilMappe: '0-1',
    referanseTilRegistrering: '0-1',
    referanseTilDokumentbeskrivelse: '0-1'
  },
  skjerming: {
    tilgangsrestriksjon: '1',
    skjermingshjemmel: '1',
    skjermingOpphoererDato: '0-1',
    skjermingOpphoererAksjon: '0-1'
  },
  klassifikasjon: {
    klassifikasjonssystemID: '0-1',
    klasseID: '1',
    tittel: '0-1',
    erSkjermet: '0-1'
  }
} as const satisfies Schema['objects']
