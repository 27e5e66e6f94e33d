import { createHash } from 'node:crypto'
import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { DokumentobjektPlan, DokumentPlan } from '../../../src/domain/archive-plan.ts'
import type { ReceivedFile } from '../../../src/domain/receipt.ts'
import { follow } from './client.ts'
import { documentKey, literal } from './keys.ts'
import { toDokumentbeskrivelse, toDokumentobjekt, toKonvertering } from './mapping.ts'
import { rels } from './rels.ts'
import { type Resource, text, whole } from './resource.ts'
import { keepScreenedMetadata, refuseUnlessScreened } from './skjerming.ts'
import { upload } from './upload.ts'
import { createUnder, listUnder, once, type Work } from './work.ts'

const UPLOADS_MAX = 2

/** The dokumentbeskrivelser of our journalpost that carry a key of ours, or just this one. */
async function ownDocuments(work: Work, journalpost: Resource, key?: string): Promise<readonly Resource[]> {
  const { keys, dialect } = work
  const field = dialect.documentKey
  const filter = key === undefined ? `startswith(${field},${literal(keys.dokumenter)})` : `${field} eq ${literal(key)}`
  const found = await listUnder(work, journalpost, rels.dokumentbeskrivelse, 'dokumentene', filter)
  return found.filter((one) =>
    key === undefined ? text(one, field)?.startsWith(keys.dokumenter) : text(one, field) === key
  )
}

/** The document of ours with this number. Throws ArchiveFailure when there are several. */
export async function ownDocument(
  work: Work,
  journalpost: Resource,
  dokumentnummer: number
): Promise<Resource | undefined> {
  const found = await ownDocuments(work, journalpost, documentKey(work.keys, dokumentnummer))
  if (found.length > 1) throw twice(`dokument ${dokumentnummer}`)
  return found[0]
}

/** A document with its files, each of which the archive has said that it holds whole. */
export async function keepDocument(work: Work, journalpost: Resource, dokument: DokumentPlan): Promise<Resource> {
  const step = `dokument ${dokument.dokumentnummer}`
  const kept = await once(work, {
    ...{ step, under: journalpost },
    look: () => ownDocument(work, journalpost, dokument.dokumentnummer),
    create: () =>
      createUnder(work, journalpost, {
        rel: rels.nyDokumentbeskrivelse,
        body: toDokumentbeskrivelse(work, dokument),
        what: step
      })
  })
  await keepScreenedMetadata(work, kept, dokument.skjerming, step)
  for (const [at, objekt] of dokument.objekter.entries()) {
    await keepFile(work, kept, objekt, `fil ${dokument.dokumentnummer}.${at + 1}`)
  }
  return kept
}

async function keepFile(work: Work, dokument: Resource, objekt: DokumentobjektPlan, step: string): Promise<void> {
  const before = work.made.has(dokument) ? [] : await namedObjects(work, dokument, objekt)
  const [only, ...others] = before
  if (!only || others.length > 0 || !(await isWhole(work, only, objekt))) {
    // Mends whatever an earlier try left, so it may be run again.
    await work.ctx.step(step, () => putFile(work, dokument, { objekt, before }, step), { safeToRepeat: true })
  }
  if (objekt.konvertering) await keepKonvertering(work, dokument, objekt, step)
}

interface Putting {
  readonly objekt: DokumentobjektPlan
  /** What stood there under its name when it was looked for. */
  readonly before: readonly Resource[]
}

/** Uploads until the archive says it has these bytes once. What is there and not whole can only be removed. */
async function putFile(work: Work, dokument: Resource, { objekt, before }: Putting, what: string): Promise<string> {
  const { client, call } = work.entry
  let there = before
  for (let uploads = 0; ; uploads += 1) {
    let kept: Resource | undefined
    for (const one of there) {
      if (!kept && (await isWhole(work, one, objekt))) kept = one
      else await client.remove(await client.get(selfOf(one), { call, what }), { call, what })
    }
    if (kept) return text(kept, 'systemID') ?? ''
    if (uploads === UPLOADS_MAX) {
      const words = `Arkivet oppgir et annet innhold for ${what} enn det som ble sendt, ${UPLOADS_MAX} ganger på rad.`
      throw new ArchiveFailure('needs-human', `${words} Få arkivets fillager kontrollert.`)
    }
    const body = toDokumentobjekt(work, objekt)
    const made = await createUnder(work, dokument, { rel: rels.nyDokumentobjekt, body, what })
    await upload(work, follow(made, rels.fil, `opplasting av ${what}`), objekt, what).catch((error: unknown) => {
      // 422 or 400: the archive could not keep it. What it left is removed in the next turn.
      if (!(error instanceof ArchiveFailure) || error.error.kind !== 'payload' || uploads + 1 === UPLOADS_MAX)
        throw error
    })
    there = await namedObjects(work, dokument, objekt)
  }
}

async function keepKonvertering(work: Work, dokument: Resource, objekt: DokumentobjektPlan, file: string) {
  const [held] = await namedObjects(work, dokument, objekt)
  const { konvertering } = objekt
  // Not every server lets a konvertering be told.
  if (!held?.links.has(rels.nyKonvertering) || !konvertering) return
  const body = toKonvertering(work, konvertering)
  const step = `konvertering av ${file}`
  await once(work, {
    step,
    // A file of ours is made once, so it has one.
    look: async () => (await listUnder(work, held, rels.konvertering, step))[0],
    create: () => createUnder(work, held, { rel: rels.nyKonvertering, body, what: step })
  })
}

const selfOf = (resource: Resource) => follow(resource, 'self', 'objektet')

const objectsOf = (work: Work, dokument: Resource) => listUnder(work, dokument, rels.dokumentobjekt, 'filene')

/** Those that have the file name of ours. Those that the archive made by itself have others. */
const named = (objects: readonly Resource[], { referanseDokumentfil }: DokumentobjektPlan) =>
  objects.filter((one) => text(one, 'filnavn') === referanseDokumentfil)

const namedObjects = async (work: Work, dokument: Resource, objekt: DokumentobjektPlan) =>
  named(await objectsOf(work, dokument), objekt)

async function isWhole(work: Work, objekt: Resource, { sha256, filstoerrelse }: DokumentobjektPlan): Promise<boolean> {
  const held = await contentOf(work, objekt)
  return held?.sha256 === sha256 && held.size === filstoerrelse
}

/** What the archive says of a file's bytes; where it says nothing, the bytes themselves are fetched and hashed. */
async function contentOf({ entry: { client, call } }: Work, objekt: Resource) {
  const sjekksum = text(objekt, 'sjekksum')?.toLowerCase()
  const size = whole(objekt, 'filstoerrelse')
  const algorithm = text(objekt, 'sjekksumAlgoritme')?.replaceAll('-', '').toUpperCase()
  if (sjekksum !== undefined && size !== undefined && (algorithm ?? 'SHA256') === 'SHA256')
    return { sha256: sjekksum, size }
  const href = objekt.links.get(rels.fil)
  if (href === undefined) return undefined
  const hash = createHash('sha256')
  let fetched = 0
  const sink = (bytes: Uint8Array) => {
    hash.update(bytes)
    fetched += bytes.length
  }
  const sending = { method: 'GET', href, call, what: 'en fil', headers: { accept: '*/*' }, sink } as const
  try {
    await client.send(sending)
  } catch (error) {
    if (error instanceof ArchiveFailure && error.error.kind === 'not-found') return undefined
    throw error
  }
  return { sha256: hash.digest('hex'), size: fetched }
}

/** Throws ArchiveFailure unless the archive shows every document as screened that is to be. */
export async function refuseUnlessDocumentsScreened(work: Work, journalpost: Resource): Promise<void> {
  for (const { dokumentnummer, skjerming } of work.plan.record.dokumenter) {
    if (!skjerming) continue
    const dokument = await ownDocument(work, journalpost, dokumentnummer)
    if (dokument) await refuseUnlessScreened(work, dokument, skjerming, `dokument ${dokumentnummer}`)
  }
}

/** Every file of ours that the archive says it holds, once each. Throws ArchiveFailure when it holds one twice. */
export async function heldFiles(work: Work, journalpost: Resource): Promise<readonly ReceivedFile[]> {
  const wanted = new Map(work.plan.record.dokumenter.map((one) => [documentKey(work.keys, one.dokumentnummer), one]))
  const files: ReceivedFile[] = []
  for (const dokument of await ownDocuments(work, journalpost)) {
    const key = text(dokument, work.dialect.documentKey) ?? ''
    const planned = wanted.get(key)
    if (!planned) throw twice('et dokument')
    wanted.delete(key)
    const objects = await objectsOf(work, dokument)
    for (const objekt of planned.objekter) {
      const [held, ...others] = named(objects, objekt)
      if (others.length > 0) throw twice('en fil')
      const content = held && (await contentOf(work, held))
      if (content) files.push({ referanseDokumentfil: objekt.referanseDokumentfil, ...content })
    }
  }
  return files
}

const twice = (what: string) =>
  new ArchiveFailure(
    'needs-human',
    `Arkivet har ${what} flere ganger i journalposten. Fjern det overflødige i arkivet.`
  )
