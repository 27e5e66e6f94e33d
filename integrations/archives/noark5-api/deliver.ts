import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import { contentMismatches, filesOf } from '../../../src/domain/archive-plan.ts'
import type { Receipt } from '../../../src/domain/receipt.ts'
import type { WantedJournalpost } from '../../../src/flow/ports.ts'
import { changeAsItIs } from './change.ts'
import { heldFiles, keepDocument, refuseUnlessDocumentsScreened } from './documents.ts'
import { refuseWrongFiles } from './files.ts'
import { carries, keysOf } from './keys.ts'
import { toJournaled, toJournalpost, toReceipt, toSaksmappe } from './mapping.ts'
import { CASE, isJournaled, RECORD, several } from './own-record.ts'
import { keepMerknad, keepParts } from './parts.ts'
import { caseOf, type Entry, findNamedCase, findOwnCase, findOwnRecords, findPlace } from './places.ts'
import { followEarlier, refuseUnknownEarlier } from './references.ts'
import { rels } from './rels.ts'
import { type Resource, text, whole } from './resource.ts'
import { keepScreenedMetadata, refuseUnknownRestriction, refuseUnlessScreened } from './skjerming.ts'
import { createUnder, once, readAgain, type Work } from './work.ts'

export const NAME = 'noark5-api'

/**
 * Saksmappe, journalpost as M, its parts and files, then a look at what the archive says it holds, and only then J.
 * Each part is looked for before it is made, so a try can end anywhere and the next goes on from there.
 */
export async function deliver(work: Work): Promise<Receipt> {
  const records = await findOwnRecords(work.entry, work.keys)
  if (records.length > 1) throw several(records.length)
  const [known] = records
  if (known && isJournaled(known)) return journaledReceipt(work, known)
  await refuseWhatCannotBeKept(work)
  const journalpost = known ?? (await keepJournalpost(work, await keepCase(work)))
  await keepScreenedMetadata(work, journalpost, work.plan.record.skjerming, RECORD)
  await keepParts(work, journalpost)
  for (const dokument of work.plan.record.dokumenter) {
    const kept = await keepDocument(work, journalpost, dokument)
    await keepMerknad(work, kept, dokument.merknad, `merknad til dokument ${dokument.dokumentnummer}`)
  }
  await keepMerknad(work, journalpost, work.plan.record.merknad, 'merknad')
  await followEarlier(work, journalpost)
  await refuseUnlessHeld(work, journalpost)
  await refuseUnlessAllScreened(work, journalpost)
  await journal(work, journalpost)
  return journaledReceipt(work, await readAgain(work, journalpost, RECORD))
}

/** Throws ArchiveFailure unless the archive shows as screened all that is to be kept from the public. */
async function refuseUnlessAllScreened(work: Work, journalpost: Resource): Promise<void> {
  const { casePolicy, record } = work.plan
  if (casePolicy.mode === 'new' && casePolicy.saksmappe.skjerming) {
    await refuseUnlessScreened(work, await caseOf(work.entry, journalpost), casePolicy.saksmappe.skjerming, CASE)
  }
  await refuseUnlessScreened(work, journalpost, record.skjerming, RECORD)
  await refuseUnlessDocumentsScreened(work, journalpost)
}

/** Counts and compares what the archive itself says it holds, before the journalpost becomes public. */
async function refuseUnlessHeld(work: Work, journalpost: Resource): Promise<void> {
  // The archive may give its number at J, and not before.
  const numbered = { ...journalpost, fields: { journalpostnummer: 0, ...journalpost.fields } }
  const mismatches = contentMismatches(work.plan, await readReceipt(work, numbered))
  await refuseDoubles(work)
  if (mismatches.length === 0) return
  const words = `Arkivet har noe annet enn det som ble sendt, og posten er ikke journalført: ${mismatches.join(', ')}.`
  throw new ArchiveFailure('needs-human', words)
}

/** A create that the archive carried out long after its answer was given up would show by now. */
async function refuseDoubles({ entry, keys, plan }: Work): Promise<void> {
  const records = await findOwnRecords(entry, keys)
  if (records.length > 1) throw several(records.length)
  if (plan.casePolicy.mode === 'new') await findOwnCase(entry, keys)
}

/** The journalposter that the archive has journaled under our key. One that is still being made is none yet. */
export async function findJournaled(work: Work): Promise<readonly Receipt[]> {
  const records = (await findOwnRecords(work.entry, work.keys)).filter(isJournaled)
  const receipts: Receipt[] = []
  for (const record of records) receipts.push(await journaledReceipt(work, record))
  return receipts
}

/** The journaled ones with these numbers, whoever made them. No saksmappe of that number has none. */
export async function findNumbered(entry: Entry, wanted: WantedJournalpost): Promise<readonly Receipt[]> {
  const saksmappe = await findNamedCase(entry, wanted).catch((error: unknown) => {
    if (error instanceof ArchiveFailure && error.error.kind === 'not-found') return undefined
    throw error
  })
  const href = saksmappe?.links.get(rels.journalpost)
  if (!saksmappe || href === undefined) return []
  const filter = `journalpostnummer eq ${wanted.journalpostnummer}`
  const found = await entry.client.list(href, { call: entry.call, what: 'journalposten', filter })
  const { recordKey } = wanted.externalKey
  const key = keysOf(wanted).journalpost
  return found
    .filter((one) => whole(one, 'journalpostnummer') === wanted.journalpostnummer && isJournaled(one))
    .map((journalpost) => {
      const isOurs = carries(text(journalpost, 'beskrivelse'), key)
      return toReceipt(NAME, isOurs ? recordKey : undefined, { saksmappe, journalpost, files: [] })
    })
}

async function refuseWhatCannotBeKept(work: Work): Promise<void> {
  const { plan, ctx, dialect, bytesInOneGoMax } = work
  refuseUnknownRestriction(work)
  const files = filesOf(plan)
  const isTooLarge = files.some(({ filstoerrelse }) => filstoerrelse > bytesInOneGoMax)
  if (isTooLarge && !dialect.uploadsInParts) {
    const words = `Arkivet tar ikke imot filer over ${Math.floor(bytesInOneGoMax / 1_048_576)} MB. Ingenting er sendt.`
    throw new ArchiveFailure('payload', words)
  }
  if (files.some(({ filstoerrelse }) => filstoerrelse === 0)) {
    throw new ArchiveFailure(
      'payload',
      'Arkivet tar ikke imot tomme filer, og en av vedleggene er tom. Ingenting er sendt.'
    )
  }
  await refuseUnknownEarlier(work)
  await refuseWrongFiles(files, ctx)
}

async function keepCase(work: Work): Promise<Resource> {
  const { plan, entry, keys } = work
  const { casePolicy } = plan
  if (casePolicy.mode === 'existing') return findNamedCase(entry, casePolicy.saksnummer)
  const kept = await once(work, {
    step: 'saksmappe',
    look: () => findOwnCase(entry, keys),
    create: async () => {
      const { arkivdel, klassifikasjon } = casePolicy.saksmappe
      const klasse = klassifikasjon ?? work.place.klasse
      const parent = await findPlace(entry, {
        arkivdel: arkivdel ?? work.place.arkivdel,
        ...(klasse && { klasse })
      })
      const body = toSaksmappe(work, casePolicy.saksmappe)
      return createUnder(work, parent, { rel: rels.nySaksmappe, body, what: CASE })
    }
  })
  await keepScreenedMetadata(work, kept, casePolicy.saksmappe.skjerming, CASE)
  return kept
}

const keepJournalpost = (work: Work, saksmappe: Resource): Promise<Resource> =>
  once(work, {
    ...{ step: 'journalpost', under: saksmappe },
    look: async () => {
      const found = await findOwnRecords(work.entry, work.keys)
      if (found.length > 1) throw several(found.length)
      return found[0]
    },
    create: () =>
      createUnder(work, saksmappe, {
        rel: rels.nyJournalpost,
        body: toJournalpost(work, work.plan),
        what: RECORD
      })
  })

/** M becomes J. Safe to repeat, since it is read first. */
async function journal(work: Work, journalpost: Resource): Promise<void> {
  const toChange = (current: Resource) =>
    isJournaled(current) ? undefined : toJournaled(work, current, work.plan.record)
  const names = { read: RECORD, change: 'journalføringen' }
  await work.ctx.step('journalfør', () => changeAsItIs(work, journalpost, names, toChange), { safeToRepeat: true })
}

/** What is journaled and open to the public, and should not be, is for a person and no receipt. */
async function journaledReceipt(work: Work, journalpost: Resource): Promise<Receipt> {
  await refuseUnlessAllScreened(work, journalpost)
  return readReceipt(work, journalpost)
}

/** Made from what the archive answers now, and from nothing else. */
async function readReceipt(work: Work, journalpost: Resource): Promise<Receipt> {
  const saksmappe = await caseOf(work.entry, journalpost)
  const files = await heldFiles(work, journalpost)
  const isOurs = carries(text(journalpost, 'beskrivelse'), work.keys.journalpost)
  if (!isOurs) throw new ArchiveFailure('needs-human', 'Nøkkelen vår er borte fra journalposten. Se i arkivet.')
  return toReceipt(NAME, work.plan.externalKey.recordKey, { saksmappe, journalpost, files })
}
