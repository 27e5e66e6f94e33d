import type { Code } from './codes.ts'

/**
 * What an arkivmelding of Fiks Arkiv V1 says, in the names of the standard. `elements.ts` has the M-number, the order
 * and the form of each. A moment is a Date; a date without time is YYYY-MM-DD; a code is the code alone.
 */
export interface Arkivmelding {
  readonly system: string
  readonly antallFiler: number
  readonly mappe?: Saksmappe
  readonly registrering: Journalpost
}

export interface Saksmappe {
  readonly systemID: string
  readonly tittel: string
  readonly offentligTittel: string
  readonly beskrivelse: string
  readonly dokumentmedium: Code<'dokumentmedium'>
  readonly opprettetDato: Date
  readonly opprettetAv: string
  readonly arkivdel?: string
  readonly klassifikasjon?: Klassifikasjon
  readonly referanseEksternNoekkel: EksternNoekkel
  readonly saksdato: string
  readonly administrativEnhet: Identifikatorer
  readonly saksansvarlig: Identifikatorer
  readonly saksstatus: string
}

export interface Journalpost {
  readonly systemID: string
  readonly opprettetDato: Date
  readonly opprettetAv: string
  readonly referanseForelderMappe: ReferanseTilMappe
  readonly dokumentbeskrivelse: readonly Dokumentbeskrivelse[]
  readonly tittel: string
  readonly offentligTittel: string
  readonly dokumentmedium: Code<'dokumentmedium'>
  readonly virksomhetsspesifikkeMetadata: VirksomhetsspesifikkeMetadata
  readonly merknad?: Merknad
  readonly korrespondansepart: readonly Korrespondansepart[]
  readonly referanseEksternNoekkel: EksternNoekkel
  readonly journalposttype: Code<'journalposttype'>
  readonly journalstatus: Code<'journalstatus'>
  readonly journaldato: string
  readonly dokumentetsDato?: string
  readonly mottattDato?: Date
  readonly antallVedlegg: number
}

export interface Dokumentbeskrivelse {
  readonly systemID: string
  readonly dokumenttype: string
  readonly dokumentstatus: Code<'dokumentstatus'>
  readonly tittel: string
  readonly opprettetDato: Date
  readonly opprettetAv: string
  readonly dokumentmedium: Code<'dokumentmedium'>
  readonly tilknyttetRegistreringSom: Code<'tilknyttetRegistreringSom'>
  readonly dokumentnummer: number
  readonly tilknyttetDato: Date
  readonly tilknyttetAv: string
  readonly dokumentobjekt: readonly Dokumentobjekt[]
}

export interface Dokumentobjekt {
  readonly systemID: string
  readonly versjonsnummer: number
  readonly variantformat: Code<'variantformat'>
  readonly format: string
  readonly mimeType: string
  readonly filnavn: string
  readonly referanseDokumentfil: string
  readonly sjekksum: string
  readonly sjekksumAlgoritme: string
  readonly filstoerrelse?: number
}

export interface Korrespondansepart {
  readonly korrespondanseparttype: Code<'korrespondanseparttype'>
  readonly korrespondansepartNavn: string
  readonly administrativEnhet?: Identifikatorer
  readonly erPersonnavn?: boolean
}

export interface Merknad {
  readonly merknadstekst: string
  readonly merknadsdato: Date
  readonly merknadRegistrertAv: string
}

export interface Klassifikasjon {
  readonly klassifikasjonssystemID: string
  readonly klasseID: string
}

export interface Identifikatorer {
  readonly navn: string
}

export interface EksternNoekkel {
  readonly fagsystem: string
  readonly noekkel: string
}

export interface ReferanseTilMappe {
  readonly systemID?: string
  readonly saksnummer?: Saksnummer
  readonly referanseEksternNoekkel?: EksternNoekkel
}

export interface Saksnummer {
  readonly saksaar: number
  readonly sakssekvensnummer: number
}

export interface VirksomhetsspesifikkeMetadata {
  readonly henvendelse: Henvendelse
}

/** Our own element; its schema is schemas/noark5/henvendelse-v1.xsd. No name is one of Noark's, so none is mistaken. */
export interface Henvendelse {
  readonly henvendelseId: string
  readonly kanal: string
  readonly eksternId: string
  readonly hendelse: string
  readonly nettadresse?: string
  readonly brukernavn?: string
  readonly publisert?: Date
  readonly endret?: Date
  readonly mottatt: Date
  readonly merketAv: string
  readonly merketTidspunkt: Date
  readonly merketGrunn: string
  readonly merketKategori?: string
  readonly mottattSha256: string
}
