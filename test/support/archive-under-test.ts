import type { ArchiveConnector } from '../../src/flow/ports.ts'

export interface ArchiveUnderTest {
  readonly connector: ArchiveConnector
  /** How many journalposts the archive itself holds, complete or not. */
  journalposts(): Promise<number>
  /** The titles that it may show the public (offentligTittel, M025), of saksmapper and journalposter. */
  publicTitles(): Promise<readonly string[]>
  /** By which law each unit is kept from the public in what the archive itself holds. */
  hjemler(): Promise<Hjemler>
  /** The connector again, for an archive that has no way to keep anything from the public; none when every one has. */
  readonly openOnly?: ArchiveConnector
  /** The connector again, with archives that fail: unreachable, closed to us, broken. */
  readonly troubled: readonly ArchiveConnector[]
  /** What opens the archive, and may never be told. */
  readonly secrets?: readonly string[]
}

/** M501 of each unit, undefined for one that is open. */
export interface Hjemler {
  readonly saksmapper: readonly (string | undefined)[]
  readonly journalposter: readonly (string | undefined)[]
  readonly dokumenter: readonly (string | undefined)[]
}
