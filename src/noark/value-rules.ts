import { type ArchivePlan, filesOf } from '../domain/archive-plan.ts'
import { elementLabel } from './elements.ts'
import { faultIf, type PlanFault } from './plan-fault.ts'
import { isBlank } from './xml-text.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const sha256Hex = /^[0-9a-f]{64}$/
const INT_MAX = 2 ** 31 - 1

const saksmappeOf = ({ casePolicy }: ArchivePlan) => (casePolicy.mode === 'new' ? casePolicy.saksmappe : undefined)

/** Every systemID is a UUID (M001) and stands for one thing; so is the inquiry's own id. */
export function systemIDs(plan: ArchivePlan): readonly PlanFault[] {
  const { record } = plan
  const ids = [saksmappeOf(plan), record, ...record.dokumenter, ...filesOf(plan)].flatMap((one) => one?.systemID ?? [])
  const element = elementLabel('journalpost', 'systemID')
  const ours = elementLabel('henvendelse', 'henvendelseId')
  return [
    ...faultIf(!ids.every((id) => uuid.test(id)), element, 'En systemID er ikke en UUID.'),
    ...faultIf(new Set(ids.map((id) => id.toLowerCase())).size < ids.length, element, 'To enheter har samme systemID.'),
    ...faultIf(!uuid.test(record.facts.henvendelseId), ours, 'Henvendelsens id er ikke en UUID.')
  ]
}

/** SHA-256 in lower-case hex, since archives compare the text. */
export const checksums = (plan: ArchivePlan): readonly PlanFault[] => [
  ...faultIf(
    !filesOf(plan).every(({ sha256 }) => sha256Hex.test(sha256)),
    elementLabel('dokumentobjekt', 'sjekksum'),
    'En sjekksum er ikke SHA-256 med små heksadesimale tegn.'
  ),
  ...faultIf(
    !sha256Hex.test(plan.record.facts.mottattSha256),
    elementLabel('henvendelse', 'mottattSha256'),
    'Sjekksummen av det mottatte er ikke SHA-256 med små heksadesimale tegn.'
  )
]

/** Whole numbers that fit where the archive keeps them (xs:int). */
export function numbers(plan: ArchivePlan): readonly PlanFault[] {
  const files = filesOf(plan)
  const { casePolicy } = plan
  const isCount = (number: number) => Number.isInteger(number) && number >= 1 && number <= INT_MAX
  const numbered = casePolicy.mode === 'new' || Object.values(casePolicy.saksnummer).every(isCount)
  return [
    ...faultIf(!numbered, elementLabel('referanseTilMappe', 'saksnummer'), 'Saksnummeret er ikke et saksnummer.'),
    ...faultIf(
      !files.every(({ versjonsnummer }) => isCount(versjonsnummer)),
      elementLabel('dokumentobjekt', 'versjonsnummer'),
      'Et versjonsnummer er ikke et helt tall fra 1 og oppover.'
    ),
    ...faultIf(
      !files.every(({ filstoerrelse }) => Number.isSafeInteger(filstoerrelse) && filstoerrelse >= 0),
      elementLabel('dokumentobjekt', 'filstoerrelse'),
      'En filstørrelse er ikke et helt antall byte.'
    )
  ]
}

/** Moments are real, and so are days. */
export function dates(plan: ArchivePlan): readonly PlanFault[] {
  const { record } = plan
  const { facts } = record
  const saksmappe = saksmappeOf(plan)
  const bad = (element: string, value: Date | string | undefined) =>
    faultIf(
      !(value === undefined || (typeof value === 'string' ? isDay(value) : isMoment(value))),
      element,
      'Ugyldig dato.'
    )
  return [
    ...bad(elementLabel('saksmappe', 'opprettetDato'), saksmappe?.opprettetDato),
    ...bad(elementLabel('saksmappe', 'saksdato'), saksmappe?.saksdato),
    ...bad(elementLabel('journalpost', 'opprettetDato'), record.opprettetDato),
    ...bad(elementLabel('journalpost', 'journaldato'), record.journaldato),
    ...bad(elementLabel('journalpost', 'dokumentetsDato'), record.dokumentetsDato),
    ...bad(elementLabel('journalpost', 'mottattDato'), record.mottattDato),
    ...bad(elementLabel('henvendelse', 'publisert'), facts.publisert),
    ...bad(elementLabel('henvendelse', 'endret'), facts.endret),
    ...bad(elementLabel('henvendelse', 'mottatt'), facts.mottatt),
    ...bad(elementLabel('henvendelse', 'merketTidspunkt'), facts.merketTidspunkt)
  ]
}

// Four-digit years with whole-minute offsets, so that every system reads them alike.
const isMoment = (moment: Date): boolean => moment.getTime() >= Date.UTC(1900) && moment.getTime() < Date.UTC(9999)

function isDay(day: string): boolean {
  const moment = new Date(`${day}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(day) && isMoment(moment) && moment.toISOString().startsWith(day)
}

/** What the schema or a reader needs a text for has one. Texts that may be missing are left out when they are blank. */
export function requiredTexts(plan: ArchivePlan): readonly PlanFault[] {
  const texts = [...recordTexts(plan), ...documentTexts(plan), ...factTexts(plan)]
  return texts.flatMap(([element, text]) => faultIf(isBlank(text), element, 'Teksten er tom.'))
}

type Labelled = readonly [element: string, text: string]

function recordTexts(plan: ArchivePlan): readonly Labelled[] {
  const { record, externalKey } = plan
  const saksmappe = saksmappeOf(plan)
  const fields = ['tittel', 'offentligTittel', 'opprettetAv'] as const
  const caseFields = [...fields, 'beskrivelse', 'administrativEnhet', 'saksansvarlig'] as const
  const klasse = saksmappe?.klassifikasjon
  return [
    ...fields.map((field): Labelled => [elementLabel('journalpost', field), record[field]]),
    ...(saksmappe ? caseFields.map((field): Labelled => [elementLabel('saksmappe', field), saksmappe[field]]) : []),
    ...(klasse ? ([[elementLabel('klassifikasjon', 'klasseID'), klasse.klasseID]] as const) : []),
    [elementLabel('eksternNoekkel', 'fagsystem'), externalKey.fagsystem],
    [elementLabel('eksternNoekkel', 'noekkel'), externalKey.caseKey],
    [elementLabel('eksternNoekkel', 'noekkel'), externalKey.recordKey],
    ...record.korrespondanseparter.map(
      ({ navn }): Labelled => [elementLabel('korrespondansepart', 'korrespondansepartNavn'), navn]
    )
  ]
}

const documentTexts = ({ record }: ArchivePlan): readonly Labelled[] =>
  record.dokumenter.flatMap(({ tittel, objekter }): readonly Labelled[] => [
    [elementLabel('dokumentbeskrivelse', 'tittel'), tittel],
    ...objekter.flatMap((objekt) =>
      (['format', 'mimeType', 'filnavn'] as const).map(
        (field): Labelled => [elementLabel('dokumentobjekt', field), objekt[field]]
      )
    )
  ])

const factTexts = ({ record: { facts } }: ArchivePlan): readonly Labelled[] =>
  (['kanal', 'eksternId', 'hendelse', 'merketAv', 'merketGrunn'] as const).map((field) => [
    elementLabel('henvendelse', field),
    facts[field]
  ])
