import { type ArchivePlan, filesOf, type RecordPlan } from '../domain/archive-plan.ts'
import { isPublicWording } from '../domain/titles.ts'
import { elementLabel } from './catalogue/catalogue.ts'
import { isFromOutside } from './parties.ts'
import { faultIf, type PlanFault } from './plan-fault.ts'
import { singleLine } from './titles.ts'

/** What comes in has a sender, what goes out has a receiver. */
export function correspondent({ record }: ArchivePlan): readonly PlanFault[] {
  const element = elementLabel('korrespondanseparttype')
  const missing = (type: 'EA' | 'EM') =>
    !record.korrespondanseparter.some(({ korrespondanseparttype }) => korrespondanseparttype === type)
  const { journalposttype } = record
  return [
    ...faultIf(journalposttype === 'I' && missing('EA'), element, 'En inngående journalpost skal ha en avsender (EA).'),
    ...faultIf(journalposttype === 'U' && missing('EM'), element, 'En utgående journalpost skal ha en mottaker (EM).')
  ]
}

/** Titles are single lines of at most `lengthMax` UTF-16 code units without hidden characters, as `title` makes them. */
export function titles(plan: ArchivePlan, lengthMax: number): readonly PlanFault[] {
  const texts = [
    ...titledOf(plan).flatMap(({ tittel, offentligTittel }) => [
      ['tittel', tittel] as const,
      ['offentligTittel', offentligTittel] as const
    ]),
    ...plan.record.dokumenter.map(({ tittel }) => ['tittel', tittel] as const)
  ]
  return texts.flatMap(([name, text]) => [
    ...faultIf(
      text.length > lengthMax,
      elementLabel(name),
      `Tittelen er ${text.length} tegn lang; den kan være ${lengthMax}.`
    ),
    ...faultIf(singleLine(text) !== text, elementLabel(name), 'Tittelen har linjeskift eller skjulte tegn.')
  ])
}

/** Every systemID stands for one thing (M001). */
export function systemIDs(plan: ArchivePlan): readonly PlanFault[] {
  const { casePolicy, record } = plan
  const saksmapper = casePolicy.mode === 'new' ? [casePolicy.saksmappe] : []
  const ids = [...saksmapper, record, ...record.dokumenter, ...filesOf(plan)].map(({ systemID }) =>
    systemID.toLowerCase()
  )
  return faultIf(new Set(ids).size < ids.length, elementLabel('systemID'), 'To enheter har samme systemID.')
}

/** The public journal never tells who wrote (offentleglova § 25, forvaltningsloven § 13). */
export function publicTitles(plan: ArchivePlan): readonly PlanFault[] {
  const { record } = plan
  const writers = record.korrespondanseparter.filter((part) => isFromOutside(part, record)).map(({ navn }) => navn)
  const secrets = [...writers, record.facts.brukernavn ?? '']
    .map(words)
    .filter((name) => name.trim() !== '' && !isPublicWording(name))
  const shown = titledOf(plan).map(({ offentligTittel }) => words(offentligTittel))
  return faultIf(
    shown.some((text) => secrets.some((name) => text.includes(name))),
    elementLabel('offentligTittel'),
    'Den offentlige tittelen røper navnet eller brukernavnet til den som skrev.'
  )
}

const titledOf = ({ casePolicy, record }: ArchivePlan): readonly Pick<RecordPlan, 'tittel' | 'offentligTittel'>[] =>
  casePolicy.mode === 'new' ? [casePolicy.saksmappe, record] : [record]

/** The words and emoji alone, with a space around each: `@kari_eksempel` and `Kari Eksempel` are the same. */
const words = (text: string): string =>
  ` ${singleLine(text)
    .normalize('NFKC')
    .toLocaleLowerCase('nb')
    .replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu, ' ')
    .trim()} `
