import type * as Model from './model.ts'

/** Every object of the model by name. */
export interface NoarkObjects {
  arkivmelding: Model.Arkivmelding
  saksmappe: Model.Saksmappe
  journalpost: Model.Journalpost
  dokumentbeskrivelse: Model.Dokumentbeskrivelse
  dokumentobjekt: Model.Dokumentobjekt
  korrespondansepart: Model.Korrespondansepart
  merknad: Model.Merknad
  klassifikasjon: Model.Klassifikasjon
  identifikatorer: Model.Identifikatorer
  eksternNoekkel: Model.EksternNoekkel
  referanseTilMappe: Model.ReferanseTilMappe
  saksnummer: Model.Saksnummer
  virksomhetsspesifikkeMetadata: Model.VirksomhetsspesifikkeMetadata
  henvendelse: Model.Henvendelse
}

export type ObjectName = keyof NoarkObjects

/** How a value is written: plainly, as a code with its text, or as an object of its own. */
export type Form = 'text' | 'integer' | 'boolean' | 'date' | 'dateTime' | 'code' | ObjectName

/** The forms that a value of the type may take. */
type FormOf<Value> = Value extends Date
  ? 'dateTime'
  : Value extends string
    ? 'text' | 'date' | 'code'
    : Value extends number
      ? 'integer'
      : Value extends boolean
        ? 'boolean'
        : Value extends readonly (infer Item)[]
          ? FormOf<Item>
          : ObjectName

interface ObjectElements<Of> {
  /** Prefix of the children's names: an element belongs to the schema that declares it. */
  readonly prefix: '' | 'm:'
  readonly attributes?: Readonly<Record<string, string>>
  /** Form and M-number of each child, in the order of the XSD. */
  readonly elements: { readonly [Name in keyof Required<Of>]: readonly [FormOf<Required<Of>[Name]>, m?: `M${number}`] }
}

const fiksArkiv = 'https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv'

/** Namespace of schemas/noark5/henvendelse-v1.xsd. */
export const HENVENDELSE_NAMESPACE = 'https://arkivbro.no/noark5/henvendelse/v1'

/**
 * The elements that we send, in the order of Fiks Arkiv V1 (arkivmelding.opprett.xsd and metadatakatalog.xsd), with the
 * M-numbers of Noark 5 v5.5, or else of Fiks Arkiv.
 */
export const objects: { readonly [Name in ObjectName]: ObjectElements<NoarkObjects[Name]> } = {
  arkivmelding: {
    prefix: '',
    attributes: {
      xmlns: `${fiksArkiv}/arkivmelding/opprett/v1`,
      'xmlns:m': `${fiksArkiv}/metadatakatalog/v1`,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance'
    },
    elements: { system: ['text'], antallFiler: ['integer'], mappe: ['saksmappe'], registrering: ['journalpost'] }
  },
  saksmappe: {
    prefix: '',
    attributes: { 'xsi:type': 'saksmappe' },
    elements: {
      systemID: ['text', 'M001'],
      tittel: ['text', 'M020'],
      offentligTittel: ['text', 'M025'],
      beskrivelse: ['text', 'M021'],
      dokumentmedium: ['code', 'M300'],
      opprettetDato: ['dateTime', 'M600'],
      opprettetAv: ['text', 'M601'],
      arkivdel: ['code', 'M208'],
      klassifikasjon: ['klassifikasjon'],
      referanseEksternNoekkel: ['eksternNoekkel'],
      saksdato: ['date', 'M100'],
      administrativEnhet: ['identifikatorer', 'M305'],
      saksansvarlig: ['identifikatorer', 'M306'],
      saksstatus: ['code', 'M052']
    }
  },
  journalpost: {
    prefix: '',
    attributes: { 'xsi:type': 'journalpost' },
    elements: {
      systemID: ['text', 'M001'],
      opprettetDato: ['dateTime', 'M600'],
      opprettetAv: ['text', 'M601'],
      referanseForelderMappe: ['referanseTilMappe'],
      dokumentbeskrivelse: ['dokumentbeskrivelse'],
      tittel: ['text', 'M020'],
      offentligTittel: ['text', 'M025'],
      dokumentmedium: ['code', 'M300'],
      virksomhetsspesifikkeMetadata: ['virksomhetsspesifikkeMetadata', 'M711'],
      merknad: ['merknad'],
      korrespondansepart: ['korrespondansepart'],
      referanseEksternNoekkel: ['eksternNoekkel'],
      journalposttype: ['code', 'M082'],
      journalstatus: ['code', 'M053'],
      journaldato: ['date', 'M101'],
      dokumentetsDato: ['date', 'M103'],
      mottattDato: ['dateTime', 'M104'],
      antallVedlegg: ['integer', 'M304']
    }
  },
  dokumentbeskrivelse: {
    prefix: '',
    elements: {
      systemID: ['text', 'M001'],
      dokumenttype: ['code', 'M083'],
      dokumentstatus: ['code', 'M054'],
      tittel: ['text', 'M020'],
      opprettetDato: ['dateTime', 'M600'],
      opprettetAv: ['text', 'M601'],
      dokumentmedium: ['code', 'M300'],
      tilknyttetRegistreringSom: ['code', 'M217'],
      dokumentnummer: ['integer', 'M007'],
      tilknyttetDato: ['dateTime', 'M620'],
      tilknyttetAv: ['text', 'M621'],
      dokumentobjekt: ['dokumentobjekt']
    }
  },
  dokumentobjekt: {
    prefix: '',
    elements: {
      systemID: ['text', 'M001'],
      versjonsnummer: ['integer', 'M005'],
      variantformat: ['code', 'M700'],
      format: ['code', 'M701'],
      mimeType: ['text'],
      filnavn: ['text'],
      referanseDokumentfil: ['text', 'M218'],
      sjekksum: ['text', 'M705'],
      sjekksumAlgoritme: ['text', 'M706'],
      filstoerrelse: ['integer', 'M707']
    }
  },
  korrespondansepart: {
    prefix: '',
    elements: {
      korrespondanseparttype: ['code', 'M087'],
      korrespondansepartNavn: ['text', 'M400'],
      administrativEnhet: ['identifikatorer', 'M305'],
      erPersonnavn: ['boolean', 'M586']
    }
  },
  merknad: {
    prefix: '',
    elements: {
      merknadstekst: ['text', 'M310'],
      merknadsdato: ['dateTime', 'M611'],
      merknadRegistrertAv: ['text', 'M612']
    }
  },
  klassifikasjon: { prefix: '', elements: { klassifikasjonssystemID: ['text', 'M806'], klasseID: ['text', 'M002'] } },
  identifikatorer: { prefix: 'm:', elements: { navn: ['text'] } },
  eksternNoekkel: { prefix: 'm:', elements: { fagsystem: ['text', 'M016'], noekkel: ['text', 'M017'] } },
  referanseTilMappe: {
    prefix: 'm:',
    elements: {
      systemID: ['text', 'M001'],
      saksnummer: ['saksnummer', 'M802'],
      referanseEksternNoekkel: ['eksternNoekkel', 'M803']
    }
  },
  saksnummer: { prefix: 'm:', elements: { saksaar: ['integer', 'M011'], sakssekvensnummer: ['integer', 'M012'] } },
  virksomhetsspesifikkeMetadata: { prefix: '', elements: { henvendelse: ['henvendelse'] } },
  henvendelse: {
    prefix: '',
    attributes: { xmlns: HENVENDELSE_NAMESPACE },
    elements: {
      henvendelseId: ['text'],
      kanal: ['text'],
      eksternId: ['text'],
      hendelse: ['text'],
      nettadresse: ['text'],
      brukernavn: ['text'],
      publisert: ['dateTime'],
      endret: ['dateTime'],
      mottatt: ['dateTime'],
      merketAv: ['text'],
      merketTidspunkt: ['dateTime'],
      merketGrunn: ['text'],
      merketKategori: ['text'],
      mottattSha256: ['text']
    }
  }
}

/** An element as a person may look it up, `tittel (M020)`. */
export function elementLabel<Name extends ObjectName>(
  object: Name,
  element: keyof NoarkObjects[Name] & string
): string {
  const [, m] = objects[object].elements[element]
  return m ? `${element} (${m})` : element
}
