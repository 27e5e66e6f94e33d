import type { ArchivePlan } from '../domain/archive-plan.ts'
import { type CodeList, isCode } from './codes.ts'
import { elementLabel } from './elements.ts'
import { faultIf, type PlanFault } from './plan-fault.ts'

/** Every code is one that its list has; the XSD takes any. */
export function codes({ casePolicy, record }: ArchivePlan): readonly PlanFault[] {
  const { korrespondanseparter, dokumenter, journalposttype } = record
  const objekter = dokumenter.flatMap((dokument) => dokument.objekter)
  return [
    ...unknown('saksstatus', elementLabel('saksmappe', 'saksstatus'), [
      ...(casePolicy.mode === 'new' ? [casePolicy.saksmappe.saksstatus] : [])
    ]),
    ...unknown('journalposttype', elementLabel('journalpost', 'journalposttype'), [journalposttype]),
    ...unknown(
      'korrespondanseparttype',
      elementLabel('korrespondansepart', 'korrespondanseparttype'),
      korrespondanseparter.map((part) => part.korrespondanseparttype)
    ),
    ...unknown(
      'dokumenttype',
      elementLabel('dokumentbeskrivelse', 'dokumenttype'),
      dokumenter.map(({ dokumenttype }) => dokumenttype)
    ),
    ...unknown(
      'tilknyttetRegistreringSom',
      elementLabel('dokumentbeskrivelse', 'tilknyttetRegistreringSom'),
      dokumenter.map(({ tilknyttetRegistreringSom }) => tilknyttetRegistreringSom)
    ),
    ...unknown(
      'variantformat',
      elementLabel('dokumentobjekt', 'variantformat'),
      objekter.map(({ variantformat }) => variantformat)
    )
  ]
}

const unknown = (list: CodeList, element: string, used: readonly string[]): readonly PlanFault[] =>
  faultIf(
    used.some((code) => !isCode(list, code)),
    element,
    `Koden for ${list} er ukjent.`
  )
