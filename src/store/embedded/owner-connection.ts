import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { CLUSTER_USER } from './cluster.ts'
import { SOCKET_PORT } from './socket-folder.ts'

/** The database every cluster has. Advisory locks are per database, so owners must meet in the same one. */
export const CLUSTER_DATABASE = 'postgres'

const CONNECT_TIMEOUT_MS = 2_000
const QUERY_TIMEOUT_MS = 5_000
const RETRY_MS = 25
const RECLAIM_RETRY_MS = 250
/** How long a killed owner's session may take to end on the server. */
const PREVIOUS_OWNER_GRACE_MS = 3_000
/** Two-key form, so that it never meets a lock keyed by one 64-bit number. 0x61726b62 is "arkb". */
const OWNER_LOCK = [0x61_72_6b_62, 1] as const

/**
 * A session whose advisory lock says that this service owns the cluster. It ends with the process, however that ends.
 */
interface Ownership {
  /** Stops looking after the session and closes it. */
  release(): void
}

export interface ClaimedSession {
  /** `18.4` */
  readonly serverVersion: string
  readonly ended: Promise<void>
  close(): void
}

/**
 * Connects as soon as the server accepts sessions and takes the owner's lock. 'in-use' when another session keeps it.
 * Throws the last refusal when the server does not accept sessions before the deadline, or when `signal` aborts.
 */
export async function claimOwnership(
  socketFolder: string,
  deadlineMs: number,
  signal: AbortSignal
): Promise<ClaimedSession | 'in-use'> {
  const startedAt = performance.now()
  let connectedAt: number | undefined
  for (;;) {
    try {
      const session = await tryClaim(socketFolder)
      if (session !== 'in-use') return session
      connectedAt ??= performance.now()
      if (performance.now() - connectedAt > PREVIOUS_OWNER_GRACE_MS) return 'in-use'
    } catch (error) {
      if (signal.aborted || performance.now() - startedAt > deadlineMs) throw error
    }
    await wait(RETRY_MS)
  }
}

/**
 * Keeps the lock for as long as the server lives: when the session is lost, takes it again in a new one, and says so.
 */
export function keepOwnership(
  session: ClaimedSession,
  socketFolder: string,
  serverEnded: AbortSignal,
  log: (message: string) => void
): Ownership {
  let current = session
  let released = false
  const over = () => released || serverEnded.aborted

  const guard = async (): Promise<void> => {
    while (!over()) {
      await current.ended
      if (over()) return
      log('The connection that holds the embedded database was lost; taking the lock again.')
      const claimed = await reclaim()
      if (claimed === undefined) return
      current = claimed
      log('The lock on the embedded database is held again.')
    }
    current.close()
  }
  const reclaim = async (): Promise<ClaimedSession | undefined> => {
    for (let attempt = 0; !over(); attempt++) {
      const claimed = await tryClaim(socketFolder).catch(() => undefined)
      if (claimed !== undefined && claimed !== 'in-use') return claimed
      if (claimed === 'in-use' && attempt === 0)
        log('Another session holds the embedded database; trying until it lets go.')
      await wait(RECLAIM_RETRY_MS)
    }
    return undefined
  }
  void guard()
  return {
    release() {
      released = true
      current.close()
    }
  }
}

async function tryClaim(socketFolder: string): Promise<ClaimedSession | 'in-use'> {
  const client = new pg.Client({
    host: socketFolder,
    port: SOCKET_PORT,
    user: CLUSTER_USER,
    database: CLUSTER_DATABASE,
    password: '', // these four keep PGPASSWORD, PGSSLMODE, PGOPTIONS and PGAPPNAME of the environment out
    ssl: false,
    options: '-c idle_session_timeout=0 -c statement_timeout=0',
    application_name: 'arkivbro owner',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS
  })
  // A session that is cut off says so here before 'end'; without a listener that would end the process.
  client.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => client.once('end', resolve))
  const close = () => void client.end().catch(() => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ claimed: boolean; version: string }>(
      "select pg_try_advisory_lock($1, $2) as claimed, current_setting('server_version') as version",
      [...OWNER_LOCK]
    )
    if (rows[0]?.claimed === true) return { serverVersion: rows[0].version, ended, close }
    close()
    return 'in-use'
  } catch (error) {
    close()
    throw error
  }
}
