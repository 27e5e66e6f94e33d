/** What of a record can be kept from the public. Remarks always are, since they are somebody's own words. */
export type Screened = 'titles' | 'parties' | 'documents'

/** What of one inquiry is kept from the public, and by which law. Others decide it; the record only carries it. */
export interface Restriction {
  /** M500, by one of the codes of the installation (CODE_LISTS). */
  readonly tilgangsrestriksjon: string
  /** M501, such as «Offl. § 13 jf. fvl. § 13 første ledd nr. 1». */
  readonly skjermingshjemmel: string
  /** M504, whole years from the journaldato; absent when it does not end by itself. */
  readonly skjermingsvarighet?: number
  readonly screens: readonly [Screened, ...Screened[]]
  /** Whoever wrote lives at a secret address (kode 6 or 7). Then everything is screened, and nothing leads there. */
  readonly protectedPerson?: ProtectedPerson
}

export interface ProtectedPerson {
  /** Contact data that somebody has found in the words of the inquiry, such as a telephone number, as it stands there. */
  readonly contact: readonly string[]
}

/**
 * Whether a part of the record is screened. A name also stands in the title and in the document, so all of them are
 * when the name is.
 */
export const screens = ({ screens: said, protectedPerson }: Restriction, part: Screened): boolean =>
  said.includes(part) || said.includes('parties') || protectedPerson !== undefined
