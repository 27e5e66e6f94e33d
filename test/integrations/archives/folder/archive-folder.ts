import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Entry, Manifest } from '../../../../integrations/archives/folder/entry.ts'

/** An empty folder that goes when the test does. */
export async function newArchive(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'archive-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Every entry of the register, in order, as it lies on the disk. */
export async function registerIn(folder: string): Promise<readonly Entry[]> {
  const names = await readdir(join(folder, 'register')).catch(() => [])
  const entries = names.filter((name) => name.endsWith('.json')).toSorted()
  return Promise.all(entries.map(async (name) => JSON.parse(await readFile(join(folder, 'register', name), 'utf8'))))
}

/** The manifest of every package, in the order of their places. */
export async function packagesIn(folder: string): Promise<readonly Manifest[]> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('manifest.json')).toSorted()
  return Promise.all(paths.map(async (path) => JSON.parse(await readFile(join(folder, path), 'utf8'))))
}

/** What lies in the folder and the register and is not finished. */
export async function temporaryIn(folder: string): Promise<readonly string[]> {
  const names = await Promise.all([folder, join(folder, 'register')].map((path) => readdir(path).catch(() => [])))
  return names.flat().filter((name) => name.startsWith('.tmp-'))
}
