/** Phrases that tell of a matter, and phrases with the same words that do not; as `phrases.ts` reads them. */
export interface PhraseList {
  readonly telling: string
  readonly harmless: string
}
