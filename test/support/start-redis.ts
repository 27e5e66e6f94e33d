import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { program } from './programs.ts'
import { waitFor } from './wait-for.ts'

export interface StartedRedis {
  readonly port: number
  /** Sends one command and gives the first line of the answer. */
  command(text: string): Promise<string>
  kill(signal: NodeJS.Signals): void
  restart(): Promise<void>
  stop(): Promise<void>
}

const DATABASES_MAX = 5_000

/** A Redis on a free port, keeping nothing on disk, with more databases than the tests need. */
export async function startRedis(extra: readonly string[] = []): Promise<StartedRedis> {
  const server = program('redis-server')
  if (!server) throw new Error('No Redis is installed.')
  const folder = mkdtempSync(join(tmpdir(), 'arkivbro-redis-'))
  const port = await freePort()
  const settings = [
    '--save',
    '',
    '--appendonly',
    'no',
    '--databases',
    String(DATABASES_MAX),
    '--maxmemory-policy',
    'noeviction'
  ]
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...settings, ...extra]
  const command = (text: string) => ask(port, text)
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(server, args, { stdio: 'ignore' })
    await waitFor(async () => (await command('PING').catch(() => '')).startsWith('+PONG'), 'Redis answers')
    return child
  }
  let child = await start()
  const end = async (signal: NodeJS.Signals) => {
    const isAlive = child.exitCode === null && child.signalCode === null
    const gone = isAlive ? new Promise((ended) => child.once('exit', ended)) : undefined
    child.kill(signal)
    await gone
  }
  return {
    port,
    command,
    kill: (signal) => void child.kill(signal),
    async restart() {
      await end('SIGKILL')
      child = await start()
    },
    async stop() {
      await end('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/**
 * URL of a database that no other test has used or will use: the server itself counts them, in database 0, since test
 * files run in processes of their own.
 */
export async function freshRedisDatabase(port: number): Promise<string> {
  const database = Number((await ask(port, 'INCR databases-handed-out')).slice(1))
  if (!(database > 0 && database < DATABASES_MAX)) throw new Error(`Redis handed out database ${database}.`)
  return `redis://127.0.0.1:${port}/${database}`
}

function ask(port: number, text: string): Promise<string> {
  return new Promise((answered, failed) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${text}\r\n`))
    socket.setTimeout(2_000, () => socket.destroy(new Error('Redis is silent.')))
    socket.once('error', failed)
    socket.once('data', (data) => {
      answered(data.toString('utf8').split('\r\n')[0] ?? '')
      socket.destroy()
    })
  })
}
