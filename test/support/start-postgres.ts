import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { freePort } from './free-port.ts'
import { waitFor } from './wait-for.ts'

/** Folder of an installed PostgreSQL's programs, the newest one; undefined when there is none. */
export function postgresPrograms(): string | undefined {
  const root = '/usr/lib/postgresql'
  try {
    const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a))
    return versions[0] && join(root, versions[0], 'bin')
  } catch {
    return undefined
  }
}

export interface StartedPostgres {
  /** A postgres:// URL without a database. */
  readonly url: string
  kill(signal: NodeJS.Signals): void
  /** Ends it by this signal (SIGINT: in order, SIGQUIT: at once) and starts it again. */
  restart(signal?: NodeJS.Signals): Promise<void>
  stop(): Promise<void>
}

/** A PostgreSQL of the machine's own, on a free port of the loopback, in a folder that goes away with it. */
export async function startPostgres(): Promise<StartedPostgres> {
  const bin = postgresPrograms()
  if (!bin) throw new Error('No PostgreSQL is installed.')
  const folder = mkdtempSync(join(tmpdir(), 'arkivbro-postgres-'))
  const user = process.getuid?.() === 0 ? idsOf('postgres') : undefined
  if (user) chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
  const options = { ...user, cwd: folder, stdio: 'ignore' as const, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } }
  execFileSync(join(bin, 'initdb'), ['-D', 'data', '-U', 'arkivbro', '-A', 'trust', '-E', 'UTF8'], options)
  const port = await freePort()
  const url = `postgres://arkivbro@127.0.0.1:${port}`
  const settings = ['listen_addresses=127.0.0.1', 'max_connections=200', `unix_socket_directories=${folder}`]
  const args = ['-D', 'data', '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]

  const start = async (): Promise<ChildProcess> => {
    const server = spawn(join(bin, 'postgres'), args, options)
    await waitFor(() => answers(`${url}/postgres`), 'PostgreSQL answers')
    return server
  }
  let server = await start()
  const end = async (signal: NodeJS.Signals) => {
    const isAlive = server.exitCode === null && server.signalCode === null
    const gone = isAlive ? new Promise((ended) => server.once('exit', ended)) : undefined
    server.kill(signal)
    await gone
  }
  return {
    url,
    kill: (signal) => void server.kill(signal),
    async restart(signal = 'SIGQUIT') {
      await end(signal)
      server = await start()
    },
    async stop() {
      await end('SIGINT')
      await rm(folder, { recursive: true, force: true })
    }
  }
}

function idsOf(user: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
