import type { ArchivePlan } from '../domain/archive-plan.ts'
import { toArkivmelding } from './arkivmelding.ts'
import { fiksArkiv } from './dialects/fiks-arkiv/fiks-arkiv.ts'
import type { PlanFault } from './plan-fault.ts'
import { planFaults, type RecordLimits } from './rules.ts'
import { schemaFaults } from './schema-faults.ts'

export interface CheckedArkivmelding {
  readonly xml: string
  /** All that keeps it from being sent; empty when it may be. */
  readonly faults: readonly PlanFault[]
}

/**
 * The arkivmelding of a plan, checked by the rules and then, as it will be sent, by the schema: what our own table or
 * writer got wrong is caught too.
 */
export function checkedArkivmelding(plan: ArchivePlan, limits: RecordLimits = {}): CheckedArkivmelding {
  const xml = toArkivmelding(plan, limits.codes)
  const faults = planFaults(plan, limits)
  return { xml, faults: faults.length > 0 ? faults : schemaFaults(fiksArkiv, xml) }
}
