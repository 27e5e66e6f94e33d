import { execFile } from 'node:child_process'
import { chown, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, serverEnvironment } from './binaries.ts'
import { postgresUnusable } from './embedded-postgres-error.ts'
import type { ServerUser } from './server-user.ts'

/** The superuser of the cluster, and the only one. */
export const CLUSTER_USER = 'arkivbro'

const DRAFT_PREFIX = 'cluster-draft-'
const initdbArguments = [
  `--username=${CLUSTER_USER}`,
  '--auth=trust', // the socket's folder is the lock: only its owner and root can open the socket
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--no-instructions'
]

export interface ClusterPlace {
  readonly dataFolder: string
  readonly clusterFolder: string
  readonly user: ServerUser | undefined
  /** Whether the server's user may pass through the folders above; if not, it can only stay where it is put. */
  readonly inReach: boolean
}

/**
 * What the server may call a folder that it is started in. Out of reach of its path, /proc/self/cwd (Linux) names it:
 * node enters the folder before it gives up root, and that link is followed without looking at the folders above.
 */
export const ownName = (place: ClusterPlace, folder: string) => (place.inReach ? folder : '/proc/self/cwd')

/**
 * Makes the database cluster unless it is there. It grows in a draft folder and gets its name when it is whole and
 * synced, so a cluster by that name is never half made. Returns whether it was made now.
 */
export async function ensureCluster(place: ClusterPlace, binaries: Binaries, timeoutMs: number): Promise<boolean> {
  const missing = !(await exists(place.clusterFolder))
  if (missing) await makeCluster(place, binaries, timeoutMs)
  await removeDrafts(place.dataFolder)
  return missing
}

async function makeCluster(place: ClusterPlace, binaries: Binaries, timeoutMs: number): Promise<void> {
  const draft = await mkdtemp(join(place.dataFolder, DRAFT_PREFIX))
  try {
    if (place.user !== undefined) await chown(draft, place.user.uid, place.user.gid)
    await promisify(execFile)(binaries.initdb, [`--pgdata=${ownName(place, draft)}`, ...initdbArguments], {
      ...place.user,
      cwd: draft,
      env: serverEnvironment,
      timeout: timeoutMs,
      killSignal: 'SIGKILL'
    }).catch((error: { stderr?: string }) => {
      // initdb asks for the name of the user that it runs as, and a container may run as a number without one.
      throw error.stderr?.includes('could not look up effective user ID') ? postgresUnusable(error) : error
    })
    await rename(draft, place.clusterFolder)
    await sync(place.dataFolder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/**
 * The files of starts that were killed. An initdb that outlives its start resists for a while; then the next start
 * removes.
 */
async function removeDrafts(dataFolder: string): Promise<void> {
  const drafts = (await readdir(dataFolder)).filter((name) => name.startsWith(DRAFT_PREFIX))
  const patiently = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const
  for (const draft of drafts) await rm(join(dataFolder, draft), patiently).catch(() => undefined)
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return false
    }
  )

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
