import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'arkivbro-attachment-'
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000

/** Works in a folder that nobody else can read and that is gone when the work ends. */
export async function inWorkFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes what a process that was killed at work left behind: these are files that people sent. */
export async function removeAbandonedFolders(now: number): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX))
  for (const path of names.map((name) => join(tmpdir(), name))) {
    const folder = await stat(path).catch(() => undefined)
    if (folder && folder.mtimeMs < now - ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true })
  }
}
