/** What a person knows a journalpost by. */
export interface JournalpostNumbers {
  readonly saksaar: number // M011
  readonly sakssekvensnummer: number // M012
  readonly journalpostnummer: number // M015
}

/** The archive's own word that a journalpost is kept. Only this makes an inquiry journaled. */
export interface Receipt extends JournalpostNumbers {
  readonly archive: string
  readonly saksmappeSystemID: string // M001
  readonly journalpostSystemID: string // M001
  /** Our own key, read off the journalpost, from an archive that gives its own systemIDs. */
  readonly recordKey?: string
  readonly arkivertDato: Date // M604
  /** What the archive says it holds, one for each file that was sent. */
  readonly files: readonly ReceivedFile[]
  /** Where a person finds the record, such as a path or an address. */
  readonly location?: string
}

export interface ReceivedFile {
  readonly referanseDokumentfil: string // M218
  readonly sha256: string // M705
  readonly size: number // M707, bytes
}

/** `2026/412-1`, as it stands on the letterhead. */
export const journalpostLabel = ({ saksaar, sakssekvensnummer, journalpostnummer }: JournalpostNumbers): string =>
  `${saksaar}/${sakssekvensnummer}-${journalpostnummer}`
