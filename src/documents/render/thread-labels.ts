/** The words that the document itself says. */
export interface ThreadLabels {
  readonly page: string
  readonly of: string
  readonly thread: string
  readonly marked: string
  readonly answer: string
  readonly handle: string
  readonly profile: string
  readonly published: string
  readonly edited: string
  readonly address: string
  readonly name: string
  readonly title: string
  readonly unknownAuthor: string
  readonly unknownTime: string
  readonly noText: string
  readonly codesShown: string
  readonly description: string
  readonly pictureWithoutDescription: string
  readonly pictureBroken: string
  readonly pictureLeftOut: string
  readonly firstOfSeveral: string
  readonly files: string
  readonly file: string
  readonly mediaType: string
  readonly size: string
  readonly receivedHash: string
}

const bokmaal: ThreadLabels = {
  page: 'Side',
  of: 'av',
  thread: 'Tråden',
  marked: 'Merket henvendelse',
  answer: 'Svar på nivå',
  handle: 'Brukernavn',
  profile: 'Profil',
  published: 'Publisert',
  edited: 'Endret',
  address: 'Sto på',
  name: 'Navn',
  title: 'Tittel',
  unknownAuthor: 'Ukjent avsender',
  unknownTime: 'ikke oppgitt av plattformen',
  noText: 'Uten tekst',
  codesShown:
    'Tegn som ikke kan vises her, står med tegnkoden sin i hakeparentes. Originalen er arkivert ved siden av dokumentet.',
  description: 'Bildebeskrivelse',
  pictureWithoutDescription: 'Bilde uten beskrivelse',
  pictureBroken: 'Bildet kunne ikke vises. Originalen er arkivert ved siden av dokumentet.',
  pictureLeftOut: 'Bildet er ikke vist her, se vedlegg.',
  firstOfSeveral: 'Filen har flere bilder. Det første er vist her.',
  files: 'Filer ved siden av dokumentet',
  file: 'Fil',
  mediaType: 'Type',
  size: 'Størrelse',
  receivedHash: 'SHA-256 av mottatte data'
}

const nynorsk: ThreadLabels = {
  page: 'Side',
  of: 'av',
  thread: 'Tråden',
  marked: 'Merka førespurnad',
  answer: 'Svar på nivå',
  handle: 'Brukarnamn',
  profile: 'Profil',
  published: 'Publisert',
  edited: 'Endra',
  address: 'Stod på',
  name: 'Namn',
  title: 'Tittel',
  unknownAuthor: 'Ukjend avsendar',
  unknownTime: 'ikkje oppgitt av plattforma',
  noText: 'Utan tekst',
  codesShown:
    'Teikn som ikkje kan visast her, står med teiknkoden sin i hakeparentes. Originalen er arkivert ved sida av dokumentet.',
  description: 'Biletskildring',
  pictureWithoutDescription: 'Bilete utan skildring',
  pictureBroken: 'Biletet kunne ikkje visast. Originalen er arkivert ved sida av dokumentet.',
  pictureLeftOut: 'Biletet er ikkje vist her, sjå vedlegg.',
  firstOfSeveral: 'Fila har fleire bilete. Det første er vist her.',
  files: 'Filer ved sida av dokumentet',
  file: 'Fil',
  mediaType: 'Type',
  size: 'Storleik',
  receivedHash: 'SHA-256 av mottekne data'
}

/** The document's own words in the language of the municipality. */
export const threadLabels: Readonly<Record<'nb' | 'nn', ThreadLabels>> = { nb: bokmaal, nn: nynorsk }
