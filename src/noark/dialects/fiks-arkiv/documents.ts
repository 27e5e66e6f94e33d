import type { Schema } from '../dialect.ts'

/** Documents and their files (Fiks Arkiv V1, arkivering.arkivmelding.opprett). */
export const documents = {
  dokumentbeskrivelse: {
    systemID: '0-1',
    dokumenttype: '0-1',
    dokumentstatus: '0-1',
    tittel: '1',
    beskrivelse: '0-1',
    forfatter: '0-M',
    opprettetDato: '0-1',
    opprettetAv: '0-1',
    dokumentmedium: '0-1',
    tilknyttetRegistreringSom: '1',
    dokumentnummer: '0-1',
    tilknyttetDato: '0-1',
    tilknyttetAv: '0-1',
    part: '0-M',
    merknad: '0-M',
    skjerming: '0-1',
    gradering: '0-1',
    dokumentobjekt: '0-M',
    referanseEksternNoekkel: '0-1'
  },
  dokumentobjekt: {
    systemID: '0-1',
    versjonsnummer: '0-1',
    variantformat: '0-1',
    format: '0-1',
    formatDetaljer: '0-1',
    mimeType: '0-1',
    opprettetDato: '0-1',
    opprettetAv: '0-1',
    filnavn: '1',
    referanseDokumentfil: '1',
    sjekksum: '0-1',
    sjekksumAlgoritme: '0-1',
    filstoerrelse: '0-1'
  }
} as const satisfies Schema['objects']
