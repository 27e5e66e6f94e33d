import type { Schema } from '../dialect.ts'

/** Documents and their files in a deposit (arkivstruktur.xsd; Noark 5 v5.5 kap. 120). */
export const documents = {
  dokumentbeskrivelse: {
    systemID: '1',
    dokumenttype: '1',
    dokumentstatus: '1',
    tittel: '1',
    beskrivelse: '0-1',
    forfatter: '0-M',
    opprettetDato: '1',
    opprettetAv: '1',
    dokumentmedium: '0-1',
    oppbevaringssted: '0-1',
    referanseArkivdel: '0-M',
    tilknyttetRegistreringSom: '1',
    dokumentnummer: '1',
    tilknyttetDato: '1',
    tilknyttetAv: '1',
    part: '0-M',
    merknad: '0-M',
    kassasjon: '0-1',
    utfoertKassasjon: '0-1',
    sletting: '0-1',
    skjerming: '0-1',
    gradering: '0-1',
    elektroniskSignatur: '0-1',
    dokumentobjekt: '0-M'
  },
  dokumentobjekt: {
    systemID: '1',
    versjonsnummer: '1',
    variantformat: '1',
    format: '1',
    formatDetaljer: '0-1',
    opprettetDato: '1',
    opprettetAv: '1',
    referanseDokumentfil: '1',
    sjekksum: '1',
    sjekksumAlgoritme: '1',
    filstoerrelse: '1',
    elektroniskSignatur: '0-1',
    konvertering: '0-M'
  },
  konvertering: {
    konvertertDato: '1',
    konvertertAv: '1',
    konvertertFraFormat: '1',
    konvertertTilFormat: '1',
    konverteringsverktoey: '0-1',
    konverteringskommentar: '0-1'
  },
  elektroniskSignatur: {
    elektroniskSignaturSikkerhetsnivaa: '1',
    elektroniskSignaturVerifisert: '1',
    verifisertDato: '1',
    verifisertAv: '1'
  }
} as const satisfies Schema['objects']
