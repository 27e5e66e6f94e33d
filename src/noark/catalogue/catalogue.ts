import { casework } from './casework.ts'
import { correspondence } from './correspondence.ts'
import { days } from './days.ts'
import { events } from './events.ts'
import { files } from './files.ts'
import { identification } from './identification.ts'
import { own } from './own.ts'
import { preservationAndAccess } from './preservation-and-access.ts'
import { references } from './references.ts'
import { statusesAndTypes } from './statuses-and-types.ts'
import { structure } from './structure.ts'

/**
 * Every element there is, once: Noark 5 v5.5 (metadatakatalog), Fiks Arkiv V1 and our own. Everything else (types, XML,
 * schemas, validation, the reference page) follows from it and from the dialects, which say where each element stands.
 */
export const catalogue = {
  ...structure,
  ...identification,
  ...statusesAndTypes,
  ...days,
  ...references,
  ...casework,
  ...correspondence,
  ...preservationAndAccess,
  ...events,
  ...files,
  ...own
} as const

export type ElementName = keyof typeof catalogue

/** An element as a person may look it up, `tittel (M020)`. */
export function elementLabel(element: ElementName): string {
  const [m] = catalogue[element]
  return m === '–' ? element : `${element} (${m})`
}
