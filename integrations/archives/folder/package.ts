import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Value } from 'typebox/value'
import { ArchiveFailure, unreadable } from '../../../src/domain/archive-failure.ts'
import { type ArchivePlan, type DokumentobjektPlan, filesOf } from '../../../src/domain/archive-plan.ts'
import type { Receipt, ReceivedFile } from '../../../src/domain/receipt.ts'
import type { CallContext } from '../../../src/flow/ports.ts'
import { createFile, exists, makeFolder, syncFolder, writeFileDurably } from './durable-files.ts'
import { type Entry, Manifest } from './entry.ts'
import { errorCode, onDisk } from './failure.ts'

export const ARKIVMELDING = 'arkivmelding.xml'
const MANIFEST = 'manifest.json'
/** Folder in a package for what holds instead of its arkivmelding. */
export const CHANGES = 'endringer'

type Numbers = Pick<Entry, 'saksaar' | 'sakssekvensnummer' | 'journalpostnummer'>

/** Where a journalpost lies, as a path in the archive folder: `2026/2026-000412/0001`. */
export const placeOf = ({ saksaar, sakssekvensnummer, journalpostnummer }: Numbers): string =>
  join(
    String(saksaar),
    `${saksaar}-${String(sakssekvensnummer).padStart(6, '0')}`,
    String(journalpostnummer).padStart(4, '0')
  )

/** Refuses a file name that could leave the package, take the place of ours, or meet another one. */
export function refuseBadNames(plan: ArchivePlan): void {
  const taken = new Set([ARKIVMELDING, MANIFEST, CHANGES])
  for (const [at, { referanseDokumentfil }] of filesOf(plan).entries()) {
    const name = referanseDokumentfil.toLowerCase()
    if (!/^[a-z0-9_][a-z0-9 ._()-]{0,199}$/.test(name) || taken.has(name)) {
      throw new ArchiveFailure('payload', `Fil ${at + 1} har et navn som ikke kan brukes i en arkivpakke.`)
    }
    taken.add(name)
  }
}

/** Writes the plan's files and its arkivmelding, durably. Throws ArchiveFailure when a file is not what the plan says. */
export async function pack(folder: string, plan: ArchivePlan, ctx: CallContext): Promise<void> {
  for (const [at, file] of filesOf(plan).entries()) {
    ctx.signal.throwIfAborted()
    await copyIn(join(folder, file.referanseDokumentfil), at + 1, file, ctx)
  }
  const recordXml = await ctx.recordXml()
  await onDisk(() => writeFileDurably(join(folder, ARKIVMELDING), recordXml))
}

async function copyIn(path: string, number: number, expected: DokumentobjektPlan, ctx: CallContext): Promise<void> {
  const source = await ctx.open(expected.sha256)
  const hash = createHash('sha256')
  let size = 0
  const file = await onDisk(() => createFile(path)).catch((error: unknown) => {
    source.destroy()
    throw error
  })
  try {
    const write = async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        hash.update(chunk)
        size += chunk.length
        if (size > expected.filstoerrelse) throw otherBytes(number)
        await onDisk(() => file.writeFile(chunk))
      }
    }
    await pipeline(source, write, { signal: ctx.signal })
    await onDisk(() => file.sync())
  } catch (error) {
    throw error instanceof ArchiveFailure || ctx.signal.aborted ? error : unreadable(error)
  } finally {
    await file.close()
  }
  if (size !== expected.filstoerrelse || hash.digest('hex') !== expected.sha256) throw otherBytes(number)
}

const otherBytes = (number: number) =>
  new ArchiveFailure(
    'payload',
    `Fil ${number} har et annet innhold enn da posten ble gjort klar. Ingenting er arkivert.`
  )

/**
 * Writes the manifest and moves the package to its place in one rename. When the same journalpost stands there already,
 * that one stays. Either way what stands there survives a crash when this resolves.
 */
export async function publish(folder: string, root: string, manifest: Omit<Manifest, 'files'>): Promise<void> {
  const place = join(root, placeOf(manifest))
  await onDisk(async () => {
    const content: Manifest = { ...manifest, files: await filesIn(folder) }
    await writeFileDurably(join(folder, MANIFEST), `${JSON.stringify(content, undefined, 2)}\n`)
    await syncFolder(folder)
    await makeFolder(dirname(place))
    await rename(folder, place).catch((error: unknown) => {
      if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error
    })
    await syncFolder(dirname(place))
  })
}

/**
 * The receipt for an entry, made from what is read back from its place: the manifest's numbers, and size and SHA-256 of
 * the bytes on the disk. Undefined when nothing stands there; throws ArchiveFailure when something else does.
 */
export async function readReceipt(root: string, entry: Entry, signal: AbortSignal): Promise<Receipt | undefined> {
  const location = placeOf(entry)
  const place = join(root, location)
  if (!(await onDisk(() => exists(place)))) return undefined
  const manifest = await readManifest(join(place, MANIFEST))
  if (!manifest || !belongs(manifest, entry)) {
    throw new ArchiveFailure('needs-human', `Mappen ${location} i arkivet stemmer ikke med registeret. Kontroller den.`)
  }
  const { saksaar, sakssekvensnummer, journalpostnummer, saksmappeSystemID, journalpostSystemID } = manifest
  const files = await onDisk(() => filesIn(place, signal))
  return {
    archive: 'folder',
    ...{ saksaar, sakssekvensnummer, journalpostnummer, saksmappeSystemID, journalpostSystemID },
    arkivertDato: new Date(manifest.arkivertDato),
    files: files.filter(({ referanseDokumentfil }) => referanseDokumentfil !== ARKIVMELDING),
    location
  }
}

const belongs = (manifest: Manifest, entry: Entry): boolean =>
  manifest.seq === entry.seq && manifest.recordKey === entry.recordKey && placeOf(manifest) === placeOf(entry)

async function readManifest(path: string): Promise<Manifest | undefined> {
  const text = await onDisk(() => readFile(path, 'utf8')).catch((error: unknown) => {
    if (error instanceof ArchiveFailure && errorCode(error.cause) === 'ENOENT') return ''
    throw error
  })
  try {
    const manifest: unknown = JSON.parse(text)
    return Value.Check(Manifest, manifest) ? manifest : undefined
  } catch {
    return undefined
  }
}

/** Every file in a package but the manifest, by name, read from the disk. */
async function filesIn(folder: string, signal?: AbortSignal): Promise<ReceivedFile[]> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
  const files: ReceivedFile[] = []
  for (const referanseDokumentfil of names.filter((name) => name !== MANIFEST).toSorted()) {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of createReadStream(join(folder, referanseDokumentfil), signal ? { signal } : {})) {
      hash.update(chunk)
      size += chunk.length
    }
    files.push({ referanseDokumentfil, sha256: hash.digest('hex'), size })
  }
  return files
}
