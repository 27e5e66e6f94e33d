import type { ElementRows } from './rows.ts'

/** M200–M299, and the references of Fiks Arkiv: what a unit points at. */
export const references = {
  referanseForloeper: ['M202', 'uuid', 'Arkivdelen for perioden før.'],
  referanseArvtaker: ['M203', 'uuid', 'Arkivdelen for perioden etter.'],
  referanseArkivdel: ['M208', 'uuid', 'Arkivdelen enheten hører til.'],
  referanseSekundaerKlassifikasjon: ['M209', 'uuid', 'En klasse i et annet klassifikasjonssystem.'],
  referanseTilMappe: ['M210', 'uuid', 'Mappen det vises til.'],
  referanseTilRegistrering: ['M212', 'uuid', 'Registreringen det vises til.'],
  referanseAvskrivesAvJournalpost: ['M215', 'uuid', 'Journalposten som avskriver denne.'],
  tilknyttetRegistreringSom: ['M217', 'code', 'Om dokumentet er hoveddokument eller vedlegg.'],
  referanseDokumentfil: ['M218', 'text', 'Filens navn i pakken.'],
  referanseTilKlasse: ['M219', 'uuid', 'Klassen det vises til.'],
  referanseTilDokumentbeskrivelse: ['M225', 'referanseTilDokumentbeskrivelse', 'Dokumentet det vises til.'],
  referanseTilJournalpost: ['M227', 'referanseTilJournalpost', 'Journalposten det vises til.'],
  referanseAvskriverJournalpost: ['–', 'referanseTilJournalpost', 'Journalposten som denne avskriver.'],
  referanseForeldermappe: ['–', 'referanseTilMappe', 'Mappen som mappen ligger i.'],
  referanseForelderMappe: ['–', 'referanseTilMappe', 'Mappen som registreringen ligger i.'],
  saksnummer: ['M802', 'saksnummer', 'Saken ved sitt nummer.'],
  referanseEksternNoekkel: ['M803', 'eksternNoekkel', 'Enheten ved fagsystemets nøkkel.'],
  journalnummer: ['M804', 'journalnummer', 'Journalposten ved sitt nummer i journalen.'],
  saksJournalpostnummer: ['M805', 'saksJournalpostnummer', 'Journalposten ved sitt nummer i saken.'],
  journalpostDokumentnummer: ['M812', 'journalpostDokumentnummer', 'Dokumentet ved sitt nummer i journalposten.']
} as const satisfies ElementRows
