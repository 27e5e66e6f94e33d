import type { RecordPlan } from '../domain/archive-plan.ts'
import type { fiksArkiv } from './dialects/fiks-arkiv/fiks-arkiv.ts'
import type { Tree } from './dialects/tree.ts'
import { isBlank } from './xml-text.ts'

/** What the platform and the marking said (M711), the same in every dialect. Blank texts that may be missing are. */
export function henvendelseOf({ facts }: RecordPlan): Tree<typeof fiksArkiv, 'henvendelse'> {
  const { adresse, brukernavn, merketKategori, ...always } = facts
  return {
    ...always,
    ...(isGiven(adresse) && { nettadresse: adresse }),
    ...(isGiven(brukernavn) && { brukernavn }),
    ...(isGiven(merketKategori) && { merketKategori })
  }
}

/** Whether a text that may be missing is there. */
export const isGiven = (text: string | undefined): text is string => text !== undefined && !isBlank(text)
