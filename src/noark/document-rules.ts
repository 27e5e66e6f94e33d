import { type ArchivePlan, filesOf } from '../domain/archive-plan.ts'
import { elementLabel } from './catalogue/catalogue.ts'
import { faultIf, type PlanFault } from './plan-fault.ts'
import { singleLine } from './titles.ts'

/** One hoveddokument, and first: archives take the first document for it. */
export function hoveddokument({ record: { dokumenter } }: ArchivePlan): readonly PlanFault[] {
  const element = elementLabel('tilknyttetRegistreringSom')
  const [first] = dokumenter
  if (!first) return [{ element, message: 'Journalposten har ingen dokumenter.' }]
  const count = dokumenter.filter(({ tilknyttetRegistreringSom }) => tilknyttetRegistreringSom === 'H').length
  return [
    ...faultIf(count !== 1, element, `Journalposten har ${count} hoveddokumenter; den skal ha ett.`),
    ...faultIf(first.tilknyttetRegistreringSom !== 'H', element, 'Det første dokumentet er ikke hoveddokumentet.')
  ]
}

/** The number is all that ties a document in the receipt to ours (Fiks Arkiv V1, annotation on dokumentnummer). */
export const numbering = ({ record: { dokumenter } }: ArchivePlan): readonly PlanFault[] =>
  faultIf(
    dokumenter.some(({ dokumentnummer }, index) => dokumentnummer !== index + 1),
    elementLabel('dokumentnummer'),
    'Dokumentene er ikke nummerert 1, 2, 3 … i den rekkefølgen de står.'
  )

/** A document without a file tells nothing. */
export const documentsHaveFiles = ({ record: { dokumenter } }: ArchivePlan): readonly PlanFault[] =>
  dokumenter.flatMap(({ objekter }, index) =>
    faultIf(objekter.length === 0, elementLabel('dokumentobjekt'), `Dokument ${index + 1} har ingen fil.`)
  )

/** Documents that a person can tell apart. */
export const documentTitles = ({ record: { dokumenter } }: ArchivePlan): readonly PlanFault[] =>
  faultIf(
    hasDoubles(dokumenter.map(({ tittel }) => singleLine(tittel).normalize('NFC').toLocaleLowerCase('nb'))),
    elementLabel('tittel'),
    'To dokumenter har samme tittel.'
  )

// What the container holds besides the files.
const reservedNames = new Set(['arkivmelding.xml', 'mimetype', 'meta-inf'])

/**
 * Names of entries in the container: unique on systems that do not tell case apart, without comma, path or anything
 * but ASCII (Fiks Arkiv V1, annotation on referanseDokumentfil).
 */
export function fileNames(plan: ArchivePlan): readonly PlanFault[] {
  const element = elementLabel('referanseDokumentfil')
  const names = filesOf(plan).map(({ referanseDokumentfil }) => referanseDokumentfil.toLowerCase())
  return [
    ...faultIf(
      names.some((name) => name !== '' && !/^[a-z0-9][a-z0-9._-]{0,199}$/.test(name)),
      element,
      'Et filnavn i forsendelsen har andre tegn enn a–z, 0–9, punktum, bindestrek og understrek.'
    ),
    ...faultIf(hasDoubles(names), element, 'To filer i forsendelsen har samme navn.'),
    ...faultIf(
      names.some((name) => reservedNames.has(name)),
      element,
      'En fil har et navn som forsendelsen selv bruker.'
    )
  ]
}

const hasDoubles = (names: readonly string[]): boolean => new Set(names).size < names.length
