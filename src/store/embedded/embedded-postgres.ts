import { chmod, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { getuid, platform } from 'node:process'
import { installedBinaries, prepareBinaries } from './binaries.ts'
import { removeOldCopies } from './binaries-copy.ts'
import { CLUSTER_USER, type ClusterPlace, ensureCluster } from './cluster.ts'
import { EmbeddedPostgresError, folderInUse, folderUnusable, postgresFailed } from './embedded-postgres-error.ts'
import { CLUSTER_DATABASE, keepOwnership } from './owner-connection.ts'
import { type ServerExit, serverCommand, stopServer } from './server-process.ts'
import { launch, type OwnedServer, takeOver } from './server-start.ts'
import { canReach, chooseServerUser } from './server-user.ts'
import { type ServiceLock, takeServiceLock } from './service-lock.ts'
import { prepareSocketFolder, removeSocketFolder, SOCKET_PORT } from './socket-folder.ts'

const MAX_CONNECTIONS_DEFAULT = 60
const START_TIMEOUT_MS_DEFAULT = 60_000

export interface EmbeddedPostgresOptions {
  /** Absolute path of the folder that is, or becomes, the database's own. */
  readonly folder: string
  readonly log: (message: string) => void
  readonly maxConnections?: number
  /** For making the cluster, and again for starting the server. */
  readonly startTimeoutMs?: number
}

export interface EmbeddedPostgres {
  readonly connection: {
    readonly host: string // folder of the Unix socket
    readonly port: number
    readonly user: string
    readonly database: string
  }
  /** The same as a postgres:// URL that `pg` and libpq understand. */
  readonly url: string
  /**
   * Stops the server and gives the folder free. May be called more than once, also after the server has ended by
   * itself.
   */
  stop(): Promise<void>
  /** Resolves when the server process ends, asked to or not. Empty for a server that an earlier service had started. */
  readonly exited: Promise<ServerExit>
}

/**
 * Runs a PostgreSQL server from the optional npm packages on a folder of our own, on a Unix socket only, and owns that
 * folder until `stop`. A server left behind by a killed service is taken over. Throws EmbeddedPostgresError.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { folder } = options
  let lock: ServiceLock | undefined
  try {
    const installed = installedBinaries()
    await makeFolder(folder)
    const taken = await takeServiceLock(join(folder, 'service.lock'))
    if ('heldBy' in taken) throw folderInUse(folder, taken.heldBy)
    lock = taken
    return await startOwned(options, installed, lock)
  } catch (error) {
    await lock?.release()
    throw asEmbeddedPostgresError(folder, error)
  }
}

async function startOwned(
  options: EmbeddedPostgresOptions,
  installed: string,
  lock: ServiceLock
): Promise<EmbeddedPostgres> {
  const { folder, log, maxConnections = MAX_CONNECTIONS_DEFAULT, startTimeoutMs = START_TIMEOUT_MS_DEFAULT } = options
  const place = await findPlace(folder)
  const binaries = await prepareBinaries(installed, folder, place.user)
  const socketFolder = await prepareSocketFolder(folder, place.user)
  const command = serverCommand(place, binaries, socketFolder, maxConnections)
  const wanted = { place, command, version: binaries.version, socketFolder, startTimeoutMs, log }

  if (await ensureCluster(place, binaries, startTimeoutMs)) log(`Made a database cluster in ${folder}.`)
  const server = (await takeOver(wanted)) ?? (await launch(wanted))
  await removeOldCopies(folder, binaries.folder).catch((error: unknown) =>
    log(`Old copies of PostgreSQL stay: ${error}`)
  )
  return running(server, { folder, socketFolder, lock, log })
}

function running(
  server: OwnedServer,
  held: { folder: string; socketFolder: string; lock: ServiceLock; log: (message: string) => void }
): EmbeddedPostgres {
  const ended = new AbortController()
  void server.process.exited.then(() => ended.abort())
  const ownership = keepOwnership(server.session, held.socketFolder, ended.signal, held.log)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    ownership.release()
    await stopServer(server.process)
    await removeSocketFolder(held.folder)
    await held.lock.release()
  }
  const host = held.socketFolder
  const parameters = `host=${encodeURIComponent(host)}&port=${SOCKET_PORT}&sslmode=disable`
  return {
    connection: { host, port: SOCKET_PORT, user: CLUSTER_USER, database: CLUSTER_DATABASE },
    url: `postgres://${CLUSTER_USER}@/${CLUSTER_DATABASE}?${parameters}`,
    stop: () => {
      stopped ??= stop()
      return stopped
    },
    exited: server.process.exited
  }
}

/** A folder that we make is for us alone; the server's user, when it is another, may pass through it and no more. */
async function makeFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined)) !== undefined) return
  await mkdir(folder, { recursive: true })
  await chmod(folder, getuid?.() === 0 ? 0o711 : 0o700)
}

async function findPlace(dataFolder: string): Promise<ClusterPlace> {
  const clusterFolder = join(dataFolder, 'cluster')
  const user = await chooseServerUser(clusterFolder)
  const inReach = await canReach(user, dataFolder)
  if (!inReach && platform !== 'linux') {
    throw folderUnusable(dataFolder, new Error(`user ${user?.uid} cannot pass through the folders above`))
  }
  return { dataFolder, clusterFolder, user, inReach }
}

const folderTroubles = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EDQUOT', 'ENAMETOOLONG'])

function asEmbeddedPostgresError(folder: string, error: unknown): EmbeddedPostgresError {
  if (error instanceof EmbeddedPostgresError) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return folderTroubles.has(code) ? folderUnusable(folder, error) : postgresFailed(folder, error)
}
