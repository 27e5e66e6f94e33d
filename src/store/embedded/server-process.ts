import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { open, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { kill } from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { type Binaries, serverEnvironment } from './binaries.ts'
import { type ClusterPlace, ownName } from './cluster.ts'
import { processStart } from './process-identity.ts'
import { SOCKET_PORT } from './socket-folder.ts'

const LOG_BYTES_MAX = 10 * 1024 * 1024
const LOG_NAME = 'server.log'
const LOG_TAIL_BYTES = 4_096
const WATCH_INTERVAL_MS = 50

/** From kindest to last resort: postgres(1) stops fast on SIGINT and at once, without a checkpoint, on SIGQUIT. */
const stopSteps = [
  { signal: 'SIGINT', deadlineMs: 10_000 },
  { signal: 'SIGQUIT', deadlineMs: 5_000 },
  { signal: 'SIGKILL', deadlineMs: 5_000 }
] as const

export interface ServerExit {
  readonly code?: number
  readonly signal?: string
}

/** A running PostgreSQL server, a child of ours or one that we found. */
export interface ServerProcess {
  readonly pid: number
  /** Empty for a server that is not our child: the system tells only a parent how a process ended. */
  readonly exited: Promise<ServerExit>
  /** Does nothing once the server has ended, even when its id has passed to another process. */
  signal(name: NodeJS.Signals): void
}

/** The server's whole command line. A running server with another one is not what we would have started. */
export function serverCommand(
  place: ClusterPlace,
  binaries: Binaries,
  socketFolder: string,
  maxConnections: number
): readonly string[] {
  const settings = {
    'arkivbro.cluster': place.clusterFolder, // tells whose server it is, also where data_directory does not
    listen_addresses: '',
    port: SOCKET_PORT,
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`, // a list: quoted, it is one path
    unix_socket_permissions: '0700',
    max_connections: maxConnections,
    shared_buffers: '64MB',
    io_method: 'sync',
    max_logical_replication_workers: 0,
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    wal_level: 'replica',
    timezone: 'UTC',
    ...logSettings
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return [binaries.postgres, '-D', ownName(place, place.clusterFolder), ...flags]
}

/**
 * People's words must not reach the log. PostgreSQL quotes values in the text of an ERROR itself, so errors go to the
 * client only; the log has the server's own life (LOG) and what ends a session or the server (FATAL, PANIC), without
 * details.
 */
const logSettings = {
  log_destination: 'stderr',
  logging_collector: 'off',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_checkpoints: 'off',
  log_min_duration_statement: -1,
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0
}

/** Starts the server in a session of its own, so that Ctrl-C reaches the service and not the database below it. */
export async function spawnServer(place: ClusterPlace, command: readonly string[]): Promise<ServerProcess> {
  const log = await openLog(place.dataFolder)
  const [program = '', ...flags] = command
  const child = spawn(program, flags, {
    ...place.user,
    cwd: place.clusterFolder,
    env: serverEnvironment,
    detached: true,
    stdio: ['ignore', log.fd, log.fd]
  })
  await log.close()
  const { pid } = child
  if (pid === undefined) throw await new Promise((resolve) => child.once('error', resolve))
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve({ ...(code !== null && { code }), ...(signal !== null && { signal }) })
    )
  })
  return { pid, exited, signal: (name) => void child.kill(name) }
}

/** Watches a server that another process started. Undefined when it has just ended. */
export function watchServer(pid: number): ServerProcess | undefined {
  const startedAt = processStart(pid)
  if (startedAt === undefined) return undefined
  const lives = () => processStart(pid) === startedAt
  const exited = new Promise<ServerExit>((resolve) => {
    const watch = setInterval(() => {
      if (lives()) return
      clearInterval(watch)
      resolve({})
    }, WATCH_INTERVAL_MS).unref()
  })
  return { pid, exited, signal: (name) => void (lives() && kill(pid, name)) }
}

/** Stops the server, less and less kindly. Resolves when it has ended; throws when even SIGKILL does not end it. */
export async function stopServer(server: ServerProcess): Promise<void> {
  for (const { signal, deadlineMs } of stopSteps) {
    server.signal(signal)
    if (await endsWithin(server, deadlineMs)) return
  }
  throw new Error(`the PostgreSQL process ${server.pid} does not end`)
}

async function endsWithin(server: ServerProcess, deadlineMs: number): Promise<boolean> {
  const timer = new AbortController()
  const deadline = wait(deadlineMs, false, { signal: timer.signal }).catch(() => false)
  const ended = await Promise.race([server.exited.then(() => true), deadline])
  timer.abort()
  return ended
}

/** The last words in the log, for the cause of an error. */
export async function logTail(dataFolder: string): Promise<string> {
  const log = await open(join(dataFolder, LOG_NAME), 'r')
  try {
    const { size } = await log.stat()
    const start = Math.max(0, size - LOG_TAIL_BYTES)
    const { buffer, bytesRead } = await log.read(Buffer.alloc(LOG_TAIL_BYTES), 0, LOG_TAIL_BYTES, start)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await log.close()
  }
}

async function openLog(dataFolder: string) {
  const path = join(dataFolder, LOG_NAME)
  const { size } = await stat(path).catch(() => ({ size: 0 }))
  if (size > LOG_BYTES_MAX) await rename(path, `${path}.1`)
  return open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
}
