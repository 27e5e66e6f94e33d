import { child } from './lists/child.ts'
import { phraseFinder } from './phrase-finder.ts'
import type { Span } from './reading.ts'
import type { Word } from './words.ts'

const find = phraseFinder([['child', child]])

/** Mention of a particular child. */
export const children = (words: readonly Word[]): readonly Span[] => find(words)
