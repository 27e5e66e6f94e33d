import type { SkjermingPlan } from '../domain/archive-plan.ts'
import type { fiksArkiv } from './dialects/fiks-arkiv/fiks-arkiv.ts'
import type { Tree } from './dialects/tree.ts'

/**
 * A skjerming as an arkivmelding says it. Fiks Arkiv V1 has neither M502, M503 nor M504: what is screened shows by the public title
 * beside the full one, by `erSkjermet` on names and remarks, and by a skjerming on the document itself.
 */
export const sentSkjerming = ({
  tilgangsrestriksjon,
  skjermingshjemmel,
  skjermingOpphoererDato
}: SkjermingPlan): Tree<typeof fiksArkiv, 'skjerming'> => ({
  tilgangsrestriksjon,
  skjermingshjemmel,
  ...(skjermingOpphoererDato !== undefined && { skjermingOpphoererDato })
})

/** `erSkjermet` (M509) of a remark on the unit. */
export const remarkScreening = (skjerming: SkjermingPlan | undefined): { readonly erSkjermet?: true } =>
  skjerming?.skjermingMetadata.includes('Skjerming merknadstekst') ? { erSkjermet: true } : {}
