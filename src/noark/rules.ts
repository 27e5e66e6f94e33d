import type { ArchivePlan } from '../domain/archive-plan.ts'
import { screenedNames, skjermingFaults } from './access-rules.ts'
import { arkivmeldingOf } from './arkivmelding.ts'
import { checkTree } from './check-tree.ts'
import { type CodeBook, standardCodes } from './codes/code-book.ts'
import { fiksArkiv } from './dialects/fiks-arkiv/fiks-arkiv.ts'
import { documentsHaveFiles, documentTitles, fileNames, hoveddokument, numbering } from './document-rules.ts'
import type { PlanFault } from './plan-fault.ts'
import { correspondent, publicTitles, systemIDs, titles } from './record-rules.ts'
import { TITLE_LENGTH_MAX } from './titles.ts'

const rules: readonly ((plan: ArchivePlan) => readonly PlanFault[])[] = [
  hoveddokument,
  numbering,
  documentsHaveFiles,
  documentTitles,
  fileNames,
  correspondent,
  publicTitles,
  systemIDs,
  skjermingFaults,
  screenedNames
]

export interface RecordLimits {
  readonly codes?: CodeBook
  /** Longest title that the archive takes, in UTF-16 code units. */
  readonly titleLengthMax?: number
}

/**
 * All that is wrong with a plan: by the table (what is missing, of the wrong kind, or an unknown code) and by the rules
 * that no XSD has (Noark 5 v5.5, Fiks Arkiv V1). Empty means that `toArkivmelding` gives a valid message that an
 * archive can journal.
 */
export function planFaults(plan: ArchivePlan, limits: RecordLimits = {}): readonly PlanFault[] {
  const { codes = standardCodes, titleLengthMax = TITLE_LENGTH_MAX } = limits
  return [
    ...rules.flatMap((rule) => rule(plan)),
    ...titles(plan, titleLengthMax),
    ...checkTree(fiksArkiv, arkivmeldingOf(plan), codes)
  ]
}
