import { childWelfare } from './lists/child-welfare.ts'
import { crime } from './lists/crime.ts'
import { health } from './lists/health.ts'
import type { PhraseList } from './lists/phrase-list.ts'
import { politicalView } from './lists/political-view.ts'
import { religion } from './lists/religion.ts'
import { sexuality } from './lists/sexuality.ts'
import { socialBenefits } from './lists/social-benefits.ts'
import { union } from './lists/union.ts'
import { phraseFinder } from './phrase-finder.ts'
import type { Span } from './reading.ts'
import type { Word } from './words.ts'

const lists = {
  health,
  'child-welfare': childWelfare,
  'social-benefits': socialBenefits,
  crime,
  religion,
  union,
  sexuality,
  'political-view': politicalView
} satisfies Record<string, PhraseList>

/** Matters that words give away, as the law counts them among the sensitive. */
export type SensitiveKind = keyof typeof lists

const kinds = Object.keys(lists) as readonly SensitiveKind[]
const find = phraseFinder(kinds.map((kind) => [kind, lists[kind]] as const))

/** Words that tell of health, child welfare, benefits, crime, religion, unions, sexuality or political view. */
export const sensitiveWords = (words: readonly Word[]): readonly (Span & { kind: SensitiveKind })[] => find(words)
