import { setTimeout as wait } from 'node:timers/promises'
import type { ClusterPlace } from './cluster.ts'
import { folderInUse, postgresFailed } from './embedded-postgres-error.ts'
import { type ClaimedSession, claimOwnership } from './owner-connection.ts'
import { findRunningServer, removeRemains } from './running-server.ts'
import { logTail, type ServerProcess, spawnServer, stopServer } from './server-process.ts'

const TAKE_OVER_TIMEOUT_MS = 5_000
/**
 * Sessions of a server that was killed may hold its shared memory for a moment, and PostgreSQL does not start beside
 * them.
 */
const LEFTOVER_SESSIONS_GRACE_MS = 10_000
const LEFTOVER_SESSIONS_RETRY_MS = 250

interface WantedServer {
  readonly place: ClusterPlace
  readonly command: readonly string[]
  readonly version: string
  readonly socketFolder: string
  readonly startTimeoutMs: number
  readonly log: (message: string) => void
}

export interface OwnedServer {
  readonly process: ServerProcess
  readonly session: ClaimedSession
}

/**
 * Takes over the server that a killed service left running, when it is healthy and just like the one wanted; stops any
 * other. Undefined when no server runs afterwards. Throws `data-folder-in-use` and touches nothing when it has an
 * owner.
 */
export async function takeOver(wanted: WantedServer): Promise<OwnedServer | undefined> {
  const { place, log } = wanted
  const running = await findRunningServer(place)
  if (running === undefined) return undefined
  if (running === 'out-of-reach')
    throw folderInUse(place.dataFolder, 'en databaseserver utenfor denne tjenestens rekkevidde')

  const { process } = running
  const session = await claim(process, running.socketFolder, TAKE_OVER_TIMEOUT_MS).catch(() => undefined)
  if (session === 'in-use') throw folderInUse(place.dataFolder, 'en annen tjeneste')
  const asWanted = running.commandLine === wanted.command.join(' ') && session?.serverVersion === wanted.version
  if (session !== undefined && asWanted) {
    log(`Took over the database server that was left running (process ${process.pid}).`)
    return { process, session }
  }
  session?.close()
  const reason = session === undefined ? 'does not answer' : 'runs with other settings'
  log(`Stopping the database server that was left running (process ${process.pid}), since it ${reason}.`)
  await stopServer(process)
  return undefined
}

/**
 * Starts the server and waits until it is ours. Throws `embedded-postgres-failed` with the log's last words as the
 * cause.
 */
export async function launch(wanted: WantedServer): Promise<OwnedServer> {
  const { place, command, socketFolder, startTimeoutMs } = wanted
  const startedAt = performance.now()
  for (;;) {
    await removeRemains(place, socketFolder)
    const process = await spawnServer(place, command)
    const session = await claim(process, socketFolder, startTimeoutMs).catch((error: unknown) => ({ error }))
    if (session !== 'in-use' && !('error' in session)) return { process, session }
    await stopServer(process)
    if (session === 'in-use') throw folderInUse(place.dataFolder, 'en annen tjeneste')

    const words = await logTail(place.dataFolder)
    const mayPass = words.includes('pre-existing shared memory block')
    if (!mayPass || performance.now() - startedAt > LEFTOVER_SESSIONS_GRACE_MS) {
      throw postgresFailed(place.dataFolder, new Error(words, { cause: session.error }))
    }
    await wait(LEFTOVER_SESSIONS_RETRY_MS)
  }
}

async function claim(process: ServerProcess, socketFolder: string, timeoutMs: number) {
  const ended = new AbortController()
  void process.exited.then(() => ended.abort())
  return claimOwnership(socketFolder, timeoutMs, ended.signal)
}
