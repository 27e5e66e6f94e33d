import { link, mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from './failure.ts'

/** Owner writes, the group reads: archivists may be given the folder through a group. */
const FILE_MODE = 0o640
const FOLDER_MODE = 0o750

/** Opens a file that does not exist yet. */
export const createFile = (path: string) => open(path, 'wx', FILE_MODE)

/** Writes a new file so that its bytes survive a crash; its name does after `syncFolder`. */
export async function writeFileDurably(path: string, content: string): Promise<void> {
  const file = await createFile(path)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Gives a file another name, which only one process can do. False when another was first. */
export async function claimName(path: string, name: string): Promise<boolean> {
  try {
    await link(path, name)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Makes the names in a folder survive a crash. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

/** Makes a folder with those above it, so that it survives a crash; also when somebody else has just made it. */
export async function makeFolder(path: string): Promise<void> {
  const parent = dirname(path)
  if (!(await exists(parent))) await makeFolder(parent)
  await mkdir(path, { mode: FOLDER_MODE }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error
  })
  await syncFolder(parent)
}

export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}
