import type { Pointer, Refused } from '../domain/errors.ts'

/** What is wrong, in a sentence, and with which field; without one it is about the whole form. */
export interface Fault {
  readonly field?: string
  readonly text: string
}

interface Field {
  readonly name: string
  /** Begins a sentence about it. */
  readonly called: string
  /** What to do when there is nothing in it. */
  readonly toDo?: string
}

/** Where the API's fields stand in our forms. */
const fields: Readonly<Record<string, Field>> = {
  '/permalink': { name: 'link', called: 'Lenken' },
  '/externalId': { name: 'link', called: 'Lenken' },
  '/source': { name: 'source', called: 'Kanalen' },
  '/kind': { name: 'kind', called: 'Typen', toDo: 'Velg hva slags innlegg det er.' },
  '/text': { name: 'text', called: 'Teksten', toDo: 'Skriv eller lim inn teksten.' },
  '/language': { name: 'language', called: 'Språket' },
  '/author/displayName': { name: 'name', called: 'Navnet' },
  '/author/handle': { name: 'handle', called: 'Brukernavnet' },
  '/publishedAt': { name: 'published', called: 'Tidspunktet' },
  '/mark/category': { name: 'category', called: 'Kategorien' },
  '/mark/reason': { name: 'reason', called: 'Begrunnelsen', toDo: 'Skriv hvorfor den må saksbehandles.' },
  '/mark/by': { name: 'by', called: 'Den som merket,', toDo: 'Velg hvem som har merket innlegget.' },
  '/caseNumber': { name: 'case', called: 'Saksnummeret' },
  '/reason': { name: 'reason', called: 'Begrunnelsen', toDo: 'Skriv hvorfor. Det vises i tidslinjen.' },
  '/note': { name: 'note', called: 'Merknaden' },
  '/attachments': { name: 'files', called: 'Et vedlegg' },
  '/by': { name: 'by', called: 'Den som svarte,', toDo: 'Velg hvem som svarte.' },
  '/at': { name: 'at', called: 'Tidspunktet' }
}

/** Faults that the schemas or a step found, each at its field. */
export function faultsAt(pointers: readonly Pointer[]): readonly Fault[] {
  const found = pointers.map(({ pointer, detail }): Fault => {
    const field = fields[pointer] ?? fields[`/${pointer.split('/')[1]}`]
    return field ? { field: field.name, text: faultText(field, detail) } : { text: `Skjemaet ${detail}.` }
  })
  // A value that is empty may be wrong in more than one way; one of them is enough.
  return found.filter(({ field }, n) => field === undefined || found.findIndex((other) => other.field === field) === n)
}

const faultText = ({ called, toDo }: Field, detail: string): string =>
  toDo !== undefined && /^(mangler|er tomt?)$/.test(detail) ? toDo : `${called} ${detail}.`

/** What a refusal says, with words of the form where its own speak to programs. */
const ownWords: Partial<Record<Refused['code'], string>> = {
  'marker-not-appointed':
    'Navnet er ikke utnevnt til dette. Velg en annen, eller be den som styrer Arkivbro, om å utnevne vedkommende. Ingenting er lagret.',
  'attachment-unknown': 'Et vedlegg finnes ikke lenger. Last det opp på nytt.',
  'key-used-with-other-body':
    'Dette innlegget er mottatt før, med annet innhold. Ingenting nytt er lagret; det som kom først, gjelder, og står under «Mine innsendinger» hos den som sendte det. Gjelder det et annet innlegg, lim inn lenken til akkurat det, eller begynn på et nytt skjema.',
  'nothing-to-archive':
    'Skriv eller lim inn teksten, eller legg ved et skjermbilde. Det er ingenting å journalføre ennå.'
}

export function faultsOf(refusal: Refused): readonly Fault[] {
  const text = ownWords[refusal.code]
  const [at] = faultsAt(refusal.pointers)
  if (text === undefined) return refusal.pointers.length > 0 ? faultsAt(refusal.pointers) : [{ text: refusal.message }]
  const isAboutAll = refusal.code === 'key-used-with-other-body'
  return [{ text, ...(!isAboutAll && at?.field !== undefined && { field: at.field }) }]
}

/** What is told of the faults on a page: those beside each field, and all of them on top. */
export const told = (faults: readonly Fault[]) => ({
  faults,
  fault: (name: string) => faults.find(({ field }) => field === name)?.text
})
