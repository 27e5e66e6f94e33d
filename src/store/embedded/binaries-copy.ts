import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { getuid } from 'node:process'
import { canReach, type ServerUser } from './server-user.ts'

/** Makes the links that the package's install script makes, for installations that run no scripts. */
export async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(basename(source), join(native, '..', target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

const copyPrefix = () => `arkivbro-postgres-${getuid?.() ?? 0}-`

/**
 * Copies the programs into a folder below `parent` that the user can run them from, and answers that folder. Its name
 * is told by the content: installations share a copy, a new version never overwrites an old one. A copy that is there
 * and whole is used as it is. Throws when `parent` cannot be written or cannot be reached by the user.
 */
export async function copyBinaries(parent: string, installed: string, user: ServerUser | undefined): Promise<string> {
  await access(parent, constants.W_OK)
  if (!(await canReach(user, parent))) throw new Error(`${parent} cannot be reached by user ${user?.uid}`)
  const files = await listing(installed)
  const hash = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 16)
  const target = join(parent, copyPrefix() + hash)
  if (await isIntact(target, files)) {
    await linkLibraries(target)
    return target
  }
  const fresh = await mkdtemp(`${target}.`)
  try {
    const native = join(fresh, 'native')
    await cp(installed, native, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
    await linkLibraries(native)
    await openForReading(native)
    if (await isOurs(target)) await rm(target, { recursive: true, force: true })
    await rename(native, target).catch(async (error: unknown) => {
      if (!(await isIntact(target, files))) throw error
    })
    return target
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

/** Removes copies in the data folder that an earlier version of the programs, or a crash while copying, left there. */
export async function removeOldCopies(dataFolder: string, currentFolder: string): Promise<void> {
  const copies = (await readdir(dataFolder)).filter((name) => name.startsWith(copyPrefix()))
  for (const name of copies) {
    if (join(dataFolder, name) !== currentFolder) await rm(join(dataFolder, name), { recursive: true, force: true })
  }
}

/** Whether every file is there with its size, in a folder that only we can have written. */
async function isIntact(folder: string, files: readonly string[]): Promise<boolean> {
  if (!(await isOurs(folder))) return false
  const present = new Set(await listing(folder))
  return files.every((file) => present.has(file))
}

async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined)
  return found?.isDirectory() === true && found.uid === getuid?.() && (found.mode & 0o022) === 0
}

/** Every plain file as `path size`, in the order of code units, which no locale changes. */
async function listing(folder: string): Promise<readonly string[]> {
  const lines: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    lines.push(`${path.slice(folder.length + 1)} ${(await lstat(path)).size}`)
  }
  return lines.sort((a, b) => (a < b ? -1 : 1))
}

/** The copy is for another user to run: whatever the installer's umask was, everyone may read and search it. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o755)
    else if (entry.isFile()) await chmod(path, ((await lstat(path)).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}
