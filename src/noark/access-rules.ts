import { type ArchivePlan, type SkjermingPlan, skjermingerOf } from '../domain/archive-plan.ts'
import { elementLabel } from './catalogue/catalogue.ts'
import { standardCodes } from './codes/code-book.ts'
import { faultIf, type PlanFault } from './plan-fault.ts'

/** What the standard asks of every skjerming (kap. 120), also where Fiks Arkiv V1 has no element for it. */
export const skjermingFaults = (plan: ArchivePlan): readonly PlanFault[] => skjermingerOf(plan).flatMap(faultsOf)

function faultsOf({ skjermingMetadata, skjermingsvarighet: years, skjermingOpphoererDato: end }: SkjermingPlan) {
  const [metadata, duration] = [elementLabel('skjermingMetadata'), elementLabel('skjermingsvarighet')]
  const isKnown = (code: string) => standardCodes.isKnown('skjermingMetadata', code)
  return [
    ...faultIf(skjermingMetadata.length === 0, metadata, 'Skjermingen sier ikke hva som er skjermet.'),
    ...faultIf(!skjermingMetadata.every(isKnown), metadata, 'Koden for skjermingMetadata er ukjent.'),
    ...faultIf(
      years !== undefined && !(Number.isSafeInteger(years) && years >= 1),
      duration,
      'Varigheten er ikke et helt antall år.'
    ),
    ...faultIf(
      years !== undefined && end === undefined,
      elementLabel('skjermingOpphoererDato'),
      'Dagen skjermingen opphører, mangler.'
    )
  ]
}

/** A name that is screened stands in no document or title that is not. */
export function screenedNames({ casePolicy, record }: ArchivePlan): readonly PlanFault[] {
  if (!record.korrespondanseparter.some(({ erSkjermet }) => erSkjermet)) return []
  const saksmapper = casePolicy.mode === 'new' ? [casePolicy.saksmappe] : []
  const isOpen = [...saksmapper, record, ...record.dokumenter].some(({ skjerming }) => skjerming === undefined)
  return faultIf(isOpen, elementLabel('skjerming'), 'Navnet er skjermet, men ikke alt som nevner det.')
}
