import type { ArchivePlan, SkjermingPlan } from '../domain/archive-plan.ts'
import { type Assessment, type Decisions, isEmergency } from '../domain/assess.ts'
import type { Deadline, Guideline } from '../domain/guideline.ts'
import { hitLabels } from '../domain/screening/screen.ts'
import type { RecordPreview } from '../flow/preview-record.ts'
import { screened } from '../flow/screened.ts'
import { sizeText } from './form-view.ts'

interface Row {
  readonly name: string
  readonly value: string
  /** The rule that says so. */
  readonly rule?: string
}

/** What would become of a form: what was found in its words, what the guideline decides, and the record. */
export function reviewView(preview: RecordPreview, guideline: Guideline) {
  const { inquiry, assessment, plan, record, faults } = preview
  const { danger, hits } = screened(inquiry)
  return {
    isDanger: danger || isEmergency(assessment),
    text: markedText(inquiry.text, hits),
    language: inquiry.language ?? '',
    kinds: [...new Set(hits.map(({ kind }) => labelOf(kind)))],
    decided: decidedRows(assessment, guideline),
    review: assessment.decisions.review?.value,
    proposals: assessment.proposals.map(({ value }) => guideline.categories[value]?.label ?? value),
    hasAttachments: inquiry.attachments.length > 0,
    titles: titleRows(plan),
    rows: recordRows(plan),
    files: plan.record.dokumenter.flatMap(({ tittel, objekter }) =>
      objekter.map(({ filnavn, format, filstoerrelse }) => ({ tittel, filnavn, format, size: sizeText(filstoerrelse) }))
    ),
    record,
    faults
  }
}

const labelOf = (kind: string): string => Object.entries(hitLabels).find(([known]) => known === kind)?.[1] ?? kind

/** What was found in the thread, and in which post of it; never the words. */
export const foundAround = ({ threadHits = [] }: Assessment): readonly string[] =>
  threadHits.map(
    ({ kind, among, post }) => `${labelOf(kind)}: innlegg ${post + 1} ${among === 'parents' ? 'over' : 'ved siden av'}`
  )

export interface Segment {
  readonly text: string
  /** What was found there; empty where nothing was. */
  readonly labels: readonly string[]
}

/** The text cut where hits begin and end; offsets count code points. */
export function markedText(text: string, hits: Assessment['hits']): readonly Segment[] {
  const points = [...text]
  const cuts = [...new Set([0, points.length, ...hits.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b)
  return cuts.slice(1).map((end, n) => {
    const start = cuts[n] ?? 0
    const here = hits.filter((hit) => hit.start <= start && end <= hit.end)
    return { text: points.slice(start, end).join(''), labels: here.map(({ kind }) => labelOf(kind)) }
  })
}

const cases = {
  inquiry: 'Ny sak for henvendelsen',
  thread: 'Én sak for tråden',
  'person-and-category': 'Én sak for personen og kategorien'
}

/** How each decision is told; the reply is shown when it may be given. */
const tellers: {
  readonly [Field in Exclude<keyof Decisions, 'reply'>]-?: readonly [
    string,
    (value: never, guideline: Guideline) => string
  ]
} = {
  emergency: [
    'Fare for liv',
    (value: boolean) => (value ? 'Ja. Arkivbro sier fra i kommunen, men ingen nødetat får vite det.' : 'Nei')
  ],
  administrativEnhet: ['Enhet', (value: string) => value],
  saksansvarlig: ['Saksansvarlig', (value: string) => value],
  klassifikasjon: [
    'Klasse',
    (value: { klassifikasjonssystem: string; klasseID: string }) => `${value.klasseID} (${value.klassifikasjonssystem})`
  ],
  case: ['Sak', (value: keyof typeof cases) => cases[value]],
  caseNumber: ['Fast sak', (value: string) => value],
  restriction: ['Skjerming', restrictionText],
  answerWithin: ['Frist for svar', deadlineText],
  review: ['Kontroll', (value: string) => `Et menneske må se på den før den sendes: ${value}`],
  deletion: ['Sletting', (value: boolean) => (value ? 'Innlegget skal slettes når arkivet har det.' : 'Nei')]
}

function deadlineText(within: Deadline): string {
  if ('hours' in within) return within.hours === 1 ? 'Innen 1 time' : `Innen ${within.hours} timer`
  return within.workingDays === 1 ? 'Innen 1 arbeidsdag' : `Innen ${within.workingDays} arbeidsdager`
}

function restrictionText(name: string | null, { restrictions }: Guideline): string {
  const rule = name === null ? undefined : restrictions[name]
  return rule ? `${rule.title}: ${skjermingText(rule)}` : 'Ingen; henvendelsen er åpen'
}

/** Each decision of the guideline, with the rule that took it. */
export function decidedRows({ category, decisions }: Assessment, guideline: Guideline): readonly Row[] {
  const ruleOf = (id: string) => guideline.rules.find((rule) => rule.id === id)?.title ?? 'Det som ellers gjelder.'
  const { reply: _, ...others } = decisions
  const decided = Object.entries(others).map(([field, { value, rule }]): Row => {
    const [name, tell] = tellers[field as keyof typeof others]
    return { name, value: tell(value as never, guideline), rule: ruleOf(rule) }
  })
  return [{ name: 'Kategori', value: guideline.categories[category]?.label ?? category }, ...decided]
}

const titleRows = ({ record: { tittel, offentligTittel } }: ArchivePlan): readonly Row[] => [
  { name: 'Tittel, for saksbehandleren', value: tittel },
  { name: 'Offentlig tittel, i postlisten', value: offentligTittel }
]

function recordRows({ casePolicy, record }: ArchivePlan): readonly Row[] {
  const { journalposttype, journaldato, dokumentetsDato, korrespondanseparter, merknad, skjerming } = record
  const isNew = casePolicy.mode === 'new'
  return [
    isNew
      ? { name: 'Sak', value: `Ny sak: ${casePolicy.saksmappe.tittel}` }
      : { name: 'Sak', value: `${casePolicy.saksnummer.saksaar}/${casePolicy.saksnummer.sakssekvensnummer}` },
    ...(isNew ? [{ name: 'Administrativ enhet', value: casePolicy.saksmappe.administrativEnhet }] : []),
    ...(isNew ? [{ name: 'Saksansvarlig', value: casePolicy.saksmappe.saksansvarlig }] : []),
    { name: 'Journalposttype', value: journalposttype === 'I' ? 'Inngående (I)' : journalposttype },
    { name: 'Journaldato', value: day(journaldato) },
    ...(dokumentetsDato === undefined ? [] : [{ name: 'Dokumentets dato', value: day(dokumentetsDato) }]),
    ...korrespondanseparter.map(({ korrespondanseparttype, navn }) => ({
      ...{ name: korrespondanseparttype === 'EA' ? 'Avsender' : 'Mottaker', value: navn }
    })),
    ...(merknad === undefined ? [] : [{ name: 'Merknad', value: merknad }]),
    { name: 'Skjerming', value: skjerming ? skjermingText(skjerming) : 'Ingen' }
  ]
}

/** A section sign and its number stay on one line. */
const skjermingText = ({
  tilgangsrestriksjon,
  skjermingshjemmel
}: Pick<SkjermingPlan, 'tilgangsrestriksjon' | 'skjermingshjemmel'>): string =>
  `${tilgangsrestriksjon}, ${skjermingshjemmel.replaceAll('§ ', '§\u00a0')}`

const day = (iso: string): string => iso.split('-').reverse().join('.')
