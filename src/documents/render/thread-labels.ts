/** The words that the document itself says. */
export interface ThreadLabels {
  readonly page: string
  readonly of: string
  readonly purpose: string
  readonly number: string
  readonly continues: string
  readonly thread: string
  /** Above a thread of one. */
  readonly alone: string
  /** Above a thread of several; `{number}` and `{count}` stand for which is the marked one, and how many there are. */
  readonly amongOthers: string
  readonly marked: string
  /** Beside what the municipality wrote: what starts the thread, and what answers. */
  readonly ourPost: string
  readonly ourAnswer: string
  readonly answerTo: string
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
  readonly linesJoined: string
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
  purpose:
    'Gjengivelse av en henvendelse i sosiale medier som er merket for saksbehandling. Laget maskinelt av Arkivbro av dataene slik de ble mottatt. De mottatte dataene og originalfilene er arkivert ved siden av dokumentet.',
  number: 'Nummer',
  continues: 'fortsetter fra forrige side',
  thread: 'Tråden',
  alone: 'Henvendelsen ble levert uten andre meldinger fra tråden.',
  amongOthers:
    'Nummer {number} av {count}, i ramme, er den merkede henvendelsen. De andre viser sammenhengen den sto i, slik tråden ble levert.',
  marked: 'Merket henvendelse',
  ourPost: 'Kommunens innlegg',
  ourAnswer: 'Kommunens svar',
  answerTo: 'Svar på nummer',
  answer: 'Svar på nivå',
  handle: 'Brukernavn',
  profile: 'Profil',
  published: 'Publisert',
  edited: 'Redigert',
  address: 'Sto på',
  name: 'Navn',
  title: 'Tittel',
  unknownAuthor: 'Ukjent avsender',
  unknownTime: 'ikke oppgitt av plattformen',
  noText: 'Uten tekst',
  codesShown:
    'Tegn som ikke kan vises her, står med tegnkoden sin i hakeparentes. Originalen er arkivert ved siden av dokumentet.',
  linesJoined: 'Teksten har svært mange linjer. Mot slutten er linjeskiftene vist som ↵.',
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
  purpose:
    'Attgjeving av ein førespurnad i sosiale medium som er merkt for saksbehandling. Laga maskinelt av Arkivbro av dataa slik dei vart mottekne. Dei mottekne dataa og originalfilene er arkiverte ved sida av dokumentet.',
  number: 'Nummer',
  continues: 'held fram frå førre side',
  thread: 'Tråden',
  alone: 'Førespurnaden vart levert utan andre meldingar frå tråden.',
  amongOthers:
    'Nummer {number} av {count}, i ramme, er den merkte førespurnaden. Dei andre viser samanhengen han stod i, slik tråden vart levert.',
  marked: 'Merkt førespurnad',
  ourPost: 'Innlegg frå kommunen',
  ourAnswer: 'Svar frå kommunen',
  answerTo: 'Svar på nummer',
  answer: 'Svar på nivå',
  handle: 'Brukarnamn',
  profile: 'Profil',
  published: 'Publisert',
  edited: 'Redigert',
  address: 'Stod på',
  name: 'Namn',
  title: 'Tittel',
  unknownAuthor: 'Ukjend avsendar',
  unknownTime: 'ikkje oppgitt av plattforma',
  noText: 'Utan tekst',
  codesShown:
    'Teikn som ikkje kan visast her, står med teiknkoden sin i hakeparentes. Originalen er arkivert ved sida av dokumentet.',
  linesJoined: 'Teksten har svært mange linjer. Mot slutten er linjeskifta viste som ↵.',
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
