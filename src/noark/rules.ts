import type { ArchivePlan } from '../domain/archive-plan.ts'
import { codes } from './code-rules.ts'
import { documentsHaveFiles, documentTitles, fileNames, hoveddokument, numbering } from './document-rules.ts'
import type { PlanFault } from './plan-fault.ts'
import { correspondent, publicTitles, titles } from './record-rules.ts'
import { checksums, dates, numbers, requiredTexts, systemIDs } from './value-rules.ts'

const rules: readonly ((plan: ArchivePlan) => readonly PlanFault[])[] = [
  hoveddokument,
  numbering,
  documentsHaveFiles,
  documentTitles,
  fileNames,
  correspondent,
  titles,
  publicTitles,
  codes,
  systemIDs,
  checksums,
  numbers,
  dates,
  requiredTexts
]

/**
 * All that is wrong with a plan by the rules that no XSD has (Noark 5 v5.5, Fiks Arkiv V1) and by those it has. Empty
 * means that `toArkivmelding` gives a valid message that an archive can journal.
 */
export const planFaults = (plan: ArchivePlan): readonly PlanFault[] => rules.flatMap((rule) => rule(plan))
