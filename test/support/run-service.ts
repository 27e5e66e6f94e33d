import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { inject, onTestFinished } from 'vitest'
import { type Caller, callerOf } from './caller.ts'
import { ADMIN_KEY, freshEnvironment } from './setup.ts'

const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url))
const START_MS_MAX = 60_000

/** The built program in a process of its own. */
export interface RunningService extends Caller {
  /** Where it answers; empty for a worker. */
  readonly address: string
  readonly child: ChildProcess
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** Everything it has written so far. */
  output(): string
  kill(signal?: NodeJS.Signals): Promise<void>
  /** SIGTERM; gives the exit code and how long it took. */
  stop(): Promise<{ readonly code: number | NodeJS.Signals; readonly tookMs: number }>
}

/** It ended before it was up. `message` is what it wrote. */
export class DidNotStart extends Error {
  readonly code: number | NodeJS.Signals

  constructor(code: number | NodeJS.Signals, output: string) {
    super(output)
    this.code = code
  }
}

/**
 * The environment of an installation as this project has it: the true embedded default, with no database or queue to
 * be told of; PostgreSQL; or PostgreSQL and Redis.
 */
export async function freshInstallation(changes: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> {
  const { DATABASE_URL, ...env } = await freshEnvironment({ LOG_LEVEL: 'info', RENDER_PROCESSES: '2', ...changes })
  if (!isEmbedded()) return { ...env, DATABASE_URL }
  endServerOf(env.DATA_FOLDER ?? '')
  return env
}

/** Whether this project's database is the embedded one, which answers on a Unix socket. */
export const isEmbedded = (): boolean => inject('databaseServer').includes('host=')

/** Starts the built program and waits until it answers, or works. Throws DidNotStart. */
export async function runService(
  env: NodeJS.ProcessEnv,
  command: 'serve' | 'worker' = 'serve'
): Promise<RunningService> {
  if (!existsSync(main)) throw new Error('The program is not built: npm run build.')
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, [main, command], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let written = ''
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals)
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal)
    await ended
  }
  onTestFinished(() => kill())
  child.stderr.on('data', (data: Buffer) => {
    written += data.toString('utf8')
  })
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), START_MS_MAX)
    createInterface({ input: child.stdout }).on('line', (line) => {
      written += `${line}\n`
      const said = upWords(line)
      if (said === undefined) return
      clearTimeout(timer)
      resolve(said)
    })
    void ended.then((code) => reject(new DidNotStart(code, written)))
  })
  return {
    ...{ address, child, ended, kill },
    output: () => written,
    async stop() {
      const since = performance.now()
      child.kill('SIGTERM')
      return { code: await ended, tookMs: performance.now() - since }
    },
    ...callerOf(address, env.ADMIN_KEY ?? ADMIN_KEY)
  }
}

/** The address in the line that says that the program is up, or nothing. */
function upWords(line: string): string | undefined {
  if (!line.includes('"listening"') && !line.includes('"working"')) return undefined
  const { msg, address = '' } = JSON.parse(line) as { msg: string; address?: string }
  return msg === 'listening' || msg === 'working' ? address : undefined
}

/** A service that is killed leaves its embedded server behind; no test may. */
function endServerOf(dataFolder: string): void {
  onTestFinished(() => killServerOf(dataFolder))
}

/** Kills the embedded server of a data folder, when one runs. */
export function killServerOf(dataFolder: string): void {
  const file = join(dataFolder, 'postgres', 'cluster', 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid < 2 || !existsSync(`/proc/${pid}/comm`)) return
  if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres') process.kill(pid, 'SIGKILL')
}
