import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { NotFound } from '../../domain/errors.ts'
import type { BlobStore, StoredBlob } from '../../flow/ports.ts'
import { heard } from './heard.ts'
import { filesUnavailable, type SpoolOptions, spool } from './spool.ts'

const TEMPORARY = '.tmp-'
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * Blobs as files in a folder, `ab/cd/<sha256>`. A file is written beside its place, fsynced and renamed into it, so
 * what stands in a place is always whole. What a crashed process left half written goes after a day.
 */
export function folderBlobStore({ folder }: { readonly folder: string }): BlobStore {
  const temporary = () => join(folder, `${TEMPORARY}${randomUUID()}`)
  const makePlace = durableFolders(folder)
  const prepare = once(async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await removeAbandoned(folder)
  })
  return {
    async put(bytes, options) {
      const path = temporary()
      try {
        await prepare().catch(filesUnavailable)
        const blob = await writeFully(path, bytes, options)
        const place = placeOf(folder, blob.sha256)
        await makePlace(dirname(place)).catch(filesUnavailable)
        await moveIn(path, place).catch(filesUnavailable)
        return blob
      } catch (error) {
        bytes.destroy()
        await rm(path, { force: true }).catch(() => undefined)
        throw error
      }
    },
    open: (sha256) => openBlob(folder, sha256),
    async check() {
      const path = temporary()
      await prepare().catch(filesUnavailable)
      await writeFile(path, 'check', { mode: 0o600 })
        .finally(() => rm(path, { force: true }))
        .catch(filesUnavailable)
    }
  }
}

async function openBlob(folder: string, sha256: string): Promise<Readable> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw notFound()
  const file = await open(placeOf(folder, sha256)).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? notFound() : filesUnavailable(cause)
  })
  return heard(file.createReadStream())
}

async function writeFully(path: string, bytes: Readable, options: SpoolOptions): Promise<StoredBlob> {
  const file = await open(path, 'wx', 0o600).catch(filesUnavailable)
  try {
    const blob = await spool(bytes, file, options)
    await file.sync().catch(filesUnavailable)
    return blob
  } finally {
    await file.close()
  }
}

/** The name is the content, so whoever renames last changes nothing. A damaged file is replaced. */
async function moveIn(path: string, place: string): Promise<void> {
  await rename(path, place)
  await syncFolder(dirname(place))
}

/** Makes `ab/cd` so that it survives a crash; each is synced into the one above the first time this process uses it. */
function durableFolders(root: string): (path: string) => Promise<void> {
  const durable = new Set<string>()
  return async (path) => {
    if (durable.has(path)) return
    await mkdir(path, { recursive: true, mode: 0o700 })
    const above = dirname(path)
    await syncFolder(above)
    if (!durable.has(above)) await syncFolder(root)
    durable.add(above).add(path)
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder: FileHandle = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

async function removeAbandoned(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(TEMPORARY))
  for (const path of names.map((name) => join(folder, name))) {
    const file = await stat(path).catch(() => undefined)
    if (file && file.mtimeMs < Date.now() - ABANDONED_AFTER_MS) await rm(path, { force: true })
  }
}

/** Runs at the first call and not again, unless it failed. */
function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= run().catch((error: unknown) => {
      running = undefined
      throw error
    })
    return running
  }
}

const placeOf = (folder: string, sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

const notFound = () => new NotFound('document-not-found', 'Filen finnes ikke i fillageret.')
