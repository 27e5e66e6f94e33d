import { saksmappeOf } from './arkivstruktur-records.ts'
import { elementLabel } from './catalogue/catalogue.ts'
import { checkTree } from './check-tree.ts'
import type { CodeBook } from './codes/code-book.ts'
import { standardCodes } from './codes/code-book.ts'
import type { DepositCase, DepositFrame } from './deposit.ts'
import { arkivstruktur } from './dialects/arkivstruktur/arkivstruktur.ts'
import type { Tree } from './dialects/tree.ts'
import { faultIf, type PlanFault } from './plan-fault.ts'
import { writeTree } from './xml/write-tree.ts'

type Klasse = Tree<typeof arkivstruktur, 'klasse'>
type Arkivdel = Tree<typeof arkivstruktur, 'arkivdel'>

/**
 * The arkivstruktur.xml (Noark 5 v5.5) of closed cases: the form a deposit has. Valid when `depositFaults` finds nothing;
 * throws RangeError when a case has a class that the classification lacks.
 */
export const toArkivstruktur = (frame: DepositFrame, cases: readonly DepositCase[], codes?: CodeBook): string =>
  writeTree(arkivstruktur, arkivOf(frame, cases), codes)

/**
 * All that keeps closed cases from being deposited: by the table what is missing or may not stand in a deposit, and
 * documents without a file in archive format (krav 6.4.10, 6.4.40).
 */
export function depositFaults(
  frame: DepositFrame,
  cases: readonly DepositCase[],
  codes: CodeBook = standardCodes
): readonly PlanFault[] {
  const dokumenter = cases.flatMap(({ records }) => records.flatMap(({ plan }) => plan.record.dokumenter))
  const isLeftBehind = dokumenter.some(({ objekter }) => !objekter.some(({ variantformat }) => variantformat === 'A'))
  return [
    ...faultIf(isLeftBehind, elementLabel('dokumentobjekt'), 'Et dokument har ingen fil i arkivformat.'),
    ...checkTree(arkivstruktur, arkivOf(frame, cases), codes)
  ]
}

/** What the arkivstruktur of closed cases says. */
export function arkivOf(frame: DepositFrame, cases: readonly DepositCase[]): Tree<typeof arkivstruktur, 'arkiv'> {
  const { arkiv, arkivskaper, arkivdel, avsluttetDato, avsluttetAv } = frame
  const closed = { avsluttetDato, avsluttetAv }
  return {
    ...arkiv,
    ...closed,
    arkivstatus: 'Avsluttet',
    arkivskaper: [arkivskaper],
    arkivdel: [{ ...arkivdel, ...closed, arkivdelstatus: 'P', dokumentmedium: 'E', ...contentOf(frame, cases) }]
  }
}

/** The cases under their classes, or all of them at once when nothing is classified. */
function contentOf(
  frame: DepositFrame,
  cases: readonly DepositCase[]
): Pick<Arkivdel, 'klassifikasjonssystem' | 'mappe'> {
  const { klassifikasjonssystem: system } = frame
  const known = new Set(system?.klasse.flatMap(idsIn))
  const lost = cases.find(({ saksmappe: { klassifikasjon } }) => klassifikasjon && !known.has(klassifikasjon.klasseID))
  if (lost) throw new RangeError('En saksmappe har en klasse (M002) som klassifikasjonssystemet mangler.')
  const unclassified = cases.filter(({ saksmappe }) => !saksmappe.klassifikasjon)
  if (!system) return { mappe: unclassified.map((one) => saksmappeOf(frame, one)) }
  if (unclassified.length > 0)
    throw new RangeError('En saksmappe mangler klasse (M002), men arkivdelen er klassifisert.')
  return { klassifikasjonssystem: [{ ...system, klasse: system.klasse.map((klasse) => filled(frame, klasse, cases)) }] }
}

const idsIn = ({ klasseID, klasse = [] }: Klasse): readonly string[] => [klasseID, ...klasse.flatMap(idsIn)]

function filled(frame: DepositFrame, klasse: Klasse, cases: readonly DepositCase[]): Klasse {
  const own = cases.filter(({ saksmappe }) => saksmappe.klassifikasjon?.klasseID === klasse.klasseID)
  return {
    ...klasse,
    ...(klasse.klasse && { klasse: klasse.klasse.map((below) => filled(frame, below, cases)) }),
    ...(own.length > 0 && { mappe: own.map((one) => saksmappeOf(frame, one)) })
  }
}
