import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { SkjermingPlan } from '../../../src/domain/archive-plan.ts'
import type { Receipt } from '../../../src/domain/receipt.ts'
import { changeAsItIs } from './change.ts'
import { ownDocument } from './documents.ts'
import { carries } from './keys.ts'
import { CASE, isJournaled, RECORD, several } from './own-record.ts'
import { caseOf, findOwnRecords } from './places.ts'
import { holds, type Resource, text } from './resource.ts'
import {
  keepScreenedMetadata,
  notShown,
  refuseUnknownRestriction,
  refuseUnlessScreened,
  toRestricted
} from './skjerming.ts'
import { readAgain, type Work } from './work.ts'

/** One object of the archive's, and how it is to be from now on. */
interface Unit {
  readonly object: Resource
  readonly what: string
  readonly skjerming: SkjermingPlan
  /** In place of one that names somebody. */
  readonly tittel?: string
}

/**
 * Restricts what the archive has journaled of a plan as the plan says now, and looks that the archive shows it. Every unit is
 * read before it is changed, so a try can end anywhere and the next goes on from there.
 */
export async function amendSkjerming(work: Work, receipt: Receipt): Promise<void> {
  refuseUnknownRestriction(work)
  const units = await unitsOf(work, await findJournaled(work, receipt))
  for (const unit of units) await restrict(work, unit)
}

async function findJournaled({ entry, keys }: Work, { journalpostSystemID }: Receipt): Promise<Resource> {
  const [journalpost, ...others] = await findOwnRecords(entry, keys)
  if (others.length > 0) throw several(others.length + 1)
  if (!journalpost) {
    const words = 'Journalposten som skal skjermes, finnes ikke i arkivet, eller vi har ikke lov til å se den.'
    throw new ArchiveFailure('not-found', `${words} Se i arkivet, og skjerm den der.`)
  }
  if (!isJournaled(journalpost)) {
    const words = 'Journalposten som skal skjermes, er ikke lenger journalført. Avgjør i arkivet hva som skal skje.'
    throw new ArchiveFailure('needs-human', words)
  }
  if (text(journalpost, 'systemID') === journalpostSystemID) return journalpost
  const words = 'Journalposten som arkivet har nå, er en annen enn den det kvitterte for. Se i arkivet.'
  throw new ArchiveFailure('needs-human', words)
}

/** All that is to be restricted, found before any of it is changed. */
async function unitsOf(work: Work, journalpost: Resource): Promise<readonly Unit[]> {
  const { casePolicy, record } = work.plan
  const units: Unit[] = []
  if (record.skjerming) units.push({ object: journalpost, what: RECORD, skjerming: record.skjerming })
  for (const { dokumentnummer, skjerming, tittel } of record.dokumenter) {
    const what = `dokument ${dokumentnummer}`
    const object = await ownDocument(work, journalpost, dokumentnummer)
    if (!object) throw gone(what)
    if (skjerming) units.push({ object, what, skjerming, ...(screensTitles(record) && { tittel }) })
  }
  if (casePolicy.mode === 'existing' || !casePolicy.saksmappe.skjerming) return units
  return [...units, { object: await ownCase(work, journalpost), what: CASE, skjerming: casePolicy.saksmappe.skjerming }]
}

/** Then the titles of documents, which have none for the public, say nothing in the plan. */
const screensTitles = ({ skjerming }: Work['plan']['record']): boolean =>
  skjerming?.skjermingMetadata.includes('Skjerming tittel registrering - utvalgte ord') ?? false

const gone = (what: string) =>
  new ArchiveFailure(
    'needs-human',
    `Arkivet viser ikke lenger ${what} i journalposten som skal skjermes. Se i arkivet, og skjerm det som er der.`
  )

/** The saksmappe that we made, which the journalpost must still lie in. */
async function ownCase({ entry, keys }: Work, journalpost: Resource): Promise<Resource> {
  const saksmappe = await caseOf(entry, journalpost)
  if (carries(text(saksmappe, 'beskrivelse'), keys.saksmappe)) return saksmappe
  const words = 'Journalposten ligger i en annen sak enn den Arkivbro opprettet. Skjerm begge i arkivet.'
  throw new ArchiveFailure('needs-human', words)
}

async function restrict(work: Work, { object, what, skjerming, tittel }: Unit): Promise<void> {
  const names = { read: what, change: `skjerming av ${what}` }
  const toChange = (current: Resource) => {
    const restricted = toRestricted(work, current, skjerming)
    const isNamed = tittel === undefined || holds(current, 'tittel', tittel)
    return restricted || !isNamed ? { ...restricted, ...(!isNamed && { tittel }) } : undefined
  }
  if (toChange(await readAgain(work, object, what))) {
    await work.ctx.step(names.change, () => changeAsItIs(work, object, names, toChange), { safeToRepeat: true })
    if (toChange(await readAgain(work, object, what))) throw notShown(what)
  }
  await keepScreenedMetadata(work, object, skjerming, what, { safeToRepeat: true })
  await refuseUnlessScreened(work, object, skjerming, what)
}
