import { child } from './lists/child.ts'
import { childWelfare } from './lists/child-welfare.ts'
import { crime } from './lists/crime.ts'
import { danger } from './lists/danger.ts'
import { health } from './lists/health.ts'
import type { PhraseList } from './lists/phrase-list.ts'
import { politicalView } from './lists/political-view.ts'
import { religion } from './lists/religion.ts'
import { sexuality } from './lists/sexuality.ts'
import { socialBenefits } from './lists/social-benefits.ts'
import { union } from './lists/union.ts'
import { phraseFinder } from './phrase-finder.ts'

const lists = {
  child,
  health,
  'child-welfare': childWelfare,
  'social-benefits': socialBenefits,
  crime,
  religion,
  union,
  sexuality,
  'political-view': politicalView,
  danger
} satisfies Record<string, PhraseList>

const kinds = Object.keys(lists) as readonly (keyof typeof lists)[]

/**
 * Finds words that tell of a particular child, of danger to life, or of what the law counts among the sensitive. All
 * lists are one table, so that another list costs a text little.
 */
export const tellingWords = phraseFinder(kinds.map((kind) => [kind, lists[kind]] as const))
