import { readFile, realpath, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ClusterPlace } from './cluster.ts'
import { commandLine, processStart, programName, workingFolder } from './process-identity.ts'
import { type ServerProcess, watchServer } from './server-process.ts'
import { SOCKET_NAME } from './socket-folder.ts'

const KNOCK_TIMEOUT_MS = 2_000

/** A server that an earlier service left running on this cluster. */
interface RunningServer {
  readonly process: ServerProcess
  readonly commandLine: string
  readonly socketFolder: string
}

/**
 * Looks for a server on the cluster, by the process id in its postmaster.pid. 'out-of-reach' when a server answers on
 * the cluster's socket but its process cannot be seen from here, as when another container has the folder.
 */
export async function findRunningServer(place: ClusterPlace): Promise<RunningServer | 'out-of-reach' | undefined> {
  // Lines of postmaster.pid: process id, data folder, start time, port, socket folder, listen address, shared memory,
  // status.
  const [id, , , , socketFolder = ''] = await linesOf(join(place.clusterFolder, 'postmaster.pid'))
  if (id === undefined) return undefined
  const pid = Number(id)
  if ((await identify(pid, place)) === 'ours') {
    const process = watchServer(pid)
    return process && { process, commandLine: commandLine(pid) ?? '', socketFolder }
  }
  return (await answers(socketFolder)) ? 'out-of-reach' : undefined
}

/**
 * Removes the lock files of a server that was killed when their process id now belongs to another program, or to a
 * zombie: PostgreSQL would take that for a live server. Files of an id that is free it clears away itself.
 */
export async function removeRemains(place: ClusterPlace, socketFolder: string): Promise<void> {
  for (const file of [join(place.clusterFolder, 'postmaster.pid'), join(socketFolder, `${SOCKET_NAME}.lock`)]) {
    const [id] = await linesOf(file)
    if (id !== undefined && (await identify(Number(id), place)) === 'no server') await rm(file, { force: true })
  }
}

async function linesOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text === '' ? [] : text.split('\n').map((line) => line.trim())
}

/** 'unsure' is left to PostgreSQL, which looks for itself and refuses to start beside a live server. */
async function identify(pid: number, place: ClusterPlace): Promise<'ours' | 'no server' | 'unsure'> {
  const name = programName(pid)
  if (name === undefined) return 'unsure'
  if (name !== 'postgres' || processStart(pid) === undefined) return 'no server'
  if (commandLine(pid)?.includes(` arkivbro.cluster=${place.clusterFolder} `)) return 'ours'
  const folder = workingFolder(pid)
  if (folder === undefined) return 'unsure'
  return folder === (await realpath(place.clusterFolder)) ? 'ours' : 'no server'
}

/** Whether someone accepts connections on the socket in this folder. */
async function answers(socketFolder: string): Promise<boolean> {
  const socket = createConnection({ path: join(socketFolder, SOCKET_NAME) })
  const knock = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
  return Promise.race([knock, wait(KNOCK_TIMEOUT_MS, false, { ref: false })]).finally(() => socket.destroy())
}
