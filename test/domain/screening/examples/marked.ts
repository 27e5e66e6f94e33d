/** Texts with what must be found marked in them: `[[kind|words]]`. A text without marks has nothing to find. */
export interface Examples {
  readonly nb: readonly string[]
  readonly nn: readonly string[]
}
