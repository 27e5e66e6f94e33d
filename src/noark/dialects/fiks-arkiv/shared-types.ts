import type { Schema } from '../dialect.ts'

/** Objects that all messages share, in a namespace of their own (Fiks Arkiv V1, metadatakatalog). */
export const sharedTypes = {
  kode: { kode: '1', beskrivelse: '0-1' },
  identifikatorer: { navn: '0-1', identifikator: '0-1', initialer: '0-1', epostadresse: '0-1' },
  eksternNoekkel: { fagsystem: '1', noekkel: '1' },
  saksnummer: { saksaar: '1', sakssekvensnummer: '1' },
  journalnummer: { journalaar: '1', journalsekvensnummer: '1' },
  saksJournalpostnummer: { saksaar: '1', sakssekvensnummer: '1', journalpostnummer: '1' },
  referanseTilMappe: { systemID: '0-1', mappeID: '0-1', saksnummer: '0-1', referanseEksternNoekkel: '0-1' },
  referanseTilRegistrering: {
    systemID: '0-1',
    registreringsID: '0-1',
    journalnummer: '0-1',
    saksJournalpostnummer: '0-1',
    referanseEksternNoekkel: '0-1'
  },
  referanseTilJournalpost: {
    systemID: '0-1',
    registreringsID: '0-1',
    journalnummer: '0-1',
    saksJournalpostnummer: '0-1',
    referanseEksternNoekkel: '0-1'
  },
  referanseTilDokumentbeskrivelse: {
    systemID: '0-1',
    referanseEksternNoekkel: '0-1',
    journalpostDokumentnummer: '0-1'
  },
  journalpostDokumentnummer: { referanseTilJournalpost: '1', dokumentnummer: '1' }
} as const satisfies Schema['objects']
