import { Parser, processors } from 'xml2js'

/** What a person or a check needs from an arkivmelding. */
export interface ReadArkivmelding {
  readonly tittel: string // M020
  readonly offentligTittel: string // M025
  readonly journalposttype: string // M082
  readonly avsendere: readonly string[] // M400 of each EA
  readonly merknad?: string // M310
  readonly saksmappe?: { readonly tittel: string; readonly offentligTittel: string }
  /** Our own metadata (M711), by element name. */
  readonly henvendelse: Readonly<Record<string, string>>
  readonly files: readonly ReadFile[]
}

interface ReadFile {
  readonly dokumentnummer: number // M007
  readonly tittel: string // M020 of the document
  readonly filnavn: string
  readonly referanseDokumentfil: string // M218
  readonly sjekksum: string // M705
  readonly filstoerrelse?: number // M707, bytes
}

/** An element as xml2js gives it: text alone, or each child in an array. */
type Node = string | { readonly [name: string]: readonly Node[] }

/** Reads an arkivmelding of Fiks Arkiv V1, whatever its prefixes. Rejects what is not XML or has another root. */
export async function readArkivmelding(xml: string): Promise<ReadArkivmelding> {
  const parser = new Parser({ ignoreAttrs: true, tagNameProcessors: [processors.stripPrefix] })
  const document: { readonly arkivmelding?: Node } | null = await parser.parseStringPromise(xml)
  if (!document?.arkivmelding) throw new SyntaxError('Ikke en arkivmelding.')
  const registrering = child(document.arkivmelding, 'registrering')
  const mappe = child(document.arkivmelding, 'mappe')
  const merknad = child(registrering, 'merknad', 'merknadstekst')
  const parts = children(registrering, 'korrespondansepart')
  return {
    ...titlesOf(registrering),
    journalposttype: text(child(registrering, 'journalposttype', 'kode')),
    avsendere: parts
      .filter((part) => text(child(part, 'korrespondanseparttype', 'kode')) === 'EA')
      .map((part) => text(child(part, 'korrespondansepartNavn'))),
    ...(merknad !== undefined && { merknad: text(merknad) }),
    ...(mappe !== undefined && { saksmappe: titlesOf(mappe) }),
    henvendelse: textsOf(child(registrering, 'virksomhetsspesifikkeMetadata', 'henvendelse')),
    files: children(registrering, 'dokumentbeskrivelse').flatMap(filesOf)
  }
}

const filesOf = (dokument: Node): readonly ReadFile[] =>
  children(dokument, 'dokumentobjekt').map((objekt) => {
    const size = child(objekt, 'filstoerrelse')
    return {
      dokumentnummer: Number(text(child(dokument, 'dokumentnummer'))),
      tittel: text(child(dokument, 'tittel')),
      filnavn: text(child(objekt, 'filnavn')),
      referanseDokumentfil: text(child(objekt, 'referanseDokumentfil')),
      sjekksum: text(child(objekt, 'sjekksum')),
      ...(size !== undefined && { filstoerrelse: Number(text(size)) })
    }
  })

const titlesOf = (unit: Node | undefined) => ({
  tittel: text(child(unit, 'tittel')),
  offentligTittel: text(child(unit, 'offentligTittel'))
})

const text = (node: Node | undefined): string => (typeof node === 'string' ? node : '')

const children = (node: Node | undefined, name: string): readonly Node[] =>
  typeof node === 'object' ? (node[name] ?? []) : []

const child = (node: Node | undefined, ...path: readonly string[]): Node | undefined =>
  path.reduce<Node | undefined>((at, name) => children(at, name)[0], node)

const textsOf = (node: Node | undefined): Readonly<Record<string, string>> =>
  typeof node === 'object' ? Object.fromEntries(Object.entries(node).map(([name, [first]]) => [name, text(first)])) : {}
