/** Codes of Fiks Arkiv V1, each with the text it stands for. */
export type Texts = Readonly<Record<string, string>>

/** The codes that an element may have. */
export interface CodeList {
  /** Number in Noark 5 v5.5; none for the lists of Fiks Arkiv alone. */
  readonly m?: `M${number}`
  /** Codes with the text that Noark 5 v5.5 gives them, which is what a deposit says. */
  readonly noark: Texts
  /** Codes that Noark has no text for, with that of Fiks Arkiv. They may not stand in a deposit. */
  readonly fiksOnly?: Texts
  /** The only codes that a deposit may have, when they are fewer than those of Noark. */
  readonly delivered?: readonly string[]
  /** What the standard lets a municipality do: nothing, add codes of its own, or use any. */
  readonly may: 'be-closed' | 'be-extended' | 'be-any'
}
