import type { CodeBook } from './codes/code-book.ts'
import { fiksArkiv } from './dialects/fiks-arkiv/fiks-arkiv.ts'
import type { Tree } from './dialects/tree.ts'
import { UnreadableXml } from './xml/parsed-element.ts'
import { readTree } from './xml/read-tree.ts'

/** What a person or a check needs from an arkivmelding. */
export interface ReadArkivmelding {
  readonly tittel: string // M020
  readonly offentligTittel?: string // M025
  readonly journalposttype: string // M082
  readonly avsendere: readonly string[] // M400 of each EA
  readonly merknad?: string // M310
  readonly saksmappe?: { readonly tittel: string; readonly offentligTittel?: string; readonly skjerming?: Skjerming }
  readonly skjerming?: Skjerming
  /** M400 of those whose name is screened (M509). */
  readonly screenedNames: readonly string[]
  /** Our own metadata (M711). */
  readonly henvendelse?: Tree<typeof fiksArkiv, 'henvendelse'>
  readonly files: readonly ReadFile[]
}

type Skjerming = Tree<typeof fiksArkiv, 'skjerming'>

interface ReadFile {
  readonly dokumentnummer?: number // M007
  readonly tittel: string // M020 of the document
  readonly skjerming?: Skjerming // of the document
  readonly filnavn: string
  readonly referanseDokumentfil: string // M218
  readonly sjekksum?: string // M705
  readonly filstoerrelse?: number // M707, bytes
}

/**
 * Reads an arkivmelding of Fiks Arkiv V1 that has a journalpost, whatever its prefixes. Rejects with UnreadableXml
 * anything else.
 */
export async function readArkivmelding(xml: string, codes?: CodeBook): Promise<ReadArkivmelding> {
  const { mappe, registrering } = await readTree(fiksArkiv, xml, codes)
  if (registrering?.type !== 'journalpost') throw new UnreadableXml('Arkivmeldingen har ingen journalpost.')
  const { korrespondansepart = [], dokumentbeskrivelse = [], virksomhetsspesifikkeMetadata } = registrering
  const [merknad] = registrering.merknad ?? []
  return {
    ...titlesOf(registrering),
    journalposttype: registrering.journalposttype,
    avsendere: korrespondansepart
      .filter(({ korrespondanseparttype }) => korrespondanseparttype === 'EA')
      .map(({ korrespondansepartNavn }) => korrespondansepartNavn),
    ...(merknad && { merknad: merknad.merknadstekst }),
    ...(mappe && { saksmappe: { ...titlesOf(mappe), ...skjermingIn(mappe) } }),
    ...skjermingIn(registrering),
    screenedNames: korrespondansepart
      .filter(({ erSkjermet }) => erSkjermet)
      .map(({ korrespondansepartNavn }) => korrespondansepartNavn),
    ...(virksomhetsspesifikkeMetadata && { henvendelse: virksomhetsspesifikkeMetadata.henvendelse }),
    files: dokumentbeskrivelse.flatMap(filesOf)
  }
}

const filesOf = ({
  dokumentnummer,
  tittel,
  skjerming,
  dokumentobjekt = []
}: Tree<typeof fiksArkiv, 'dokumentbeskrivelse'>): readonly ReadFile[] =>
  dokumentobjekt.map(({ filnavn, referanseDokumentfil, sjekksum, filstoerrelse }) => ({
    ...(dokumentnummer !== undefined && { dokumentnummer }),
    tittel,
    ...skjermingIn({ skjerming }),
    ...{ filnavn, referanseDokumentfil },
    ...(sjekksum !== undefined && { sjekksum }),
    ...(filstoerrelse !== undefined && { filstoerrelse })
  }))

const skjermingIn = ({ skjerming }: { readonly skjerming?: Skjerming | undefined }) => ({
  ...(skjerming && { skjerming })
})

const titlesOf = ({ tittel, offentligTittel }: { readonly tittel: string; readonly offentligTittel?: string }) => ({
  tittel,
  ...(offentligTittel !== undefined && { offentligTittel })
})
