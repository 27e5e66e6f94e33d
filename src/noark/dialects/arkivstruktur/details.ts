import type { Schema } from '../dialect.ts'

/** What may stand on several units in a deposit (arkivstruktur.xsd; Noark 5 v5.5 kap. 120). */
export const details = {
  korrespondansepart: {
    korrespondanseparttype: '1',
    korrespondansepartNavn: '1',
    postadresse: '0-M',
    postnummer: '0-1',
    poststed: '0-1',
    land: '0-1',
    epostadresse: '0-1',
    telefonnummer: '0-M',
    kontaktperson: '0-1',
    administrativEnhet: '0-1',
    saksbehandler: '0-1'
  },
  part: {
    partID: '0-1',
    partNavn: '1',
    partRolle: '1',
    postadresse: '0-M',
    postnummer: '0-1',
    poststed: '0-1',
    land: '0-1',
    epostadresse: '0-1',
    telefonnummer: '0-M',
    kontaktperson: '0-1',
    virksomhetsspesifikkeMetadata: '0-1'
  },
  avskrivning: {
    avskrivningsdato: '1',
    avskrevetAv: '1',
    avskrivningsmaate: '1',
    referanseAvskrivesAvJournalpost: '0-1'
  },
  merknad: {
    merknadstekst: '1',
    merknadstype: '0-1',
    merknadsdato: '1',
    merknadRegistrertAv: '1'
  },
  kryssreferanse: {
    referanseTilKlasse: '0-1',
    referanseTilMappe: '0-1',
    referanseTilRegistrering: '0-1'
  },
  skjerming: {
    tilgangsrestriksjon: '1',
    skjermingshjemmel: '1',
    skjermingMetadata: '1-M',
    skjermingDokument: '0-1',
    skjermingsvarighet: '0-1',
    skjermingOpphoererDato: '0-1'
  },
  kassasjon: {
    kassasjonsvedtak: '1',
    kassasjonshjemmel: '0-1',
    bevaringstid: '1',
    kassasjonsdato: '1'
  },
  utfoertKassasjon: {
    kassertDato: '1',
    kassertAv: '1'
  },
  sletting: {
    slettingstype: '1',
    slettetDato: '1',
    slettetAv: '1'
  }
} as const satisfies Schema['objects']
