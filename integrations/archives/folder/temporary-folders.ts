import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000
// Those this process is writing now, whoever opened the archive: the process is what a name tells apart.
const ownFolders = new Set<string>()
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)

export interface TemporaryFolders {
  /** Makes a folder for one try at a plan. */
  make(planId: string): Promise<string>
  /** Removes it, unless it has been moved to its place. */
  discard(path: string): Promise<void>
}

/**
 * Where packages are written: `.tmp-<planId>-<host>-<pid>-<random>`, beside the places they are moved to. What a crashed
 * process of this machine left goes at the next `make`; what one of another machine left, after a day.
 */
export function temporaryFolders(root: string): TemporaryFolders {
  async function isAbandoned(path: string): Promise<boolean> {
    if (ownFolders.has(path)) return false
    const [, madeBy, pid] = /-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}$/.exec(path) ?? []
    if (madeBy === host && (Number(pid) === process.pid || !isAlive(Number(pid)))) return true
    const folder = await stat(path).catch(() => undefined)
    return folder !== undefined && folder.mtimeMs < Date.now() - ABANDONED_AFTER_MS
  }

  return {
    async make(planId) {
      for (const name of (await readdir(root)).filter((name) => name.startsWith('.tmp-'))) {
        if (await isAbandoned(join(root, name))) await removeWhole(root, name)
      }
      const path = join(root, `.tmp-${planId}-${host}-${process.pid}-${randomUUID().slice(0, 8)}`)
      ownFolders.add(path)
      await mkdir(path, { mode: 0o750 })
      return path
    },
    async discard(path) {
      // What cannot be removed now is removed after a day.
      await rm(path, { recursive: true, force: true }).catch(() => undefined)
      ownFolders.delete(path)
    }
  }
}

/** Takes the name first: if the owner lives after all, it finds its folder gone and never publishes half of it. */
async function removeWhole(root: string, name: string): Promise<void> {
  const taken = join(root, name.startsWith('.tmp-trash-') ? name : `.tmp-trash-${randomUUID()}`)
  await rename(join(root, name), taken)
    .then(() => rm(taken, { recursive: true, force: true }))
    .catch(() => undefined)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
