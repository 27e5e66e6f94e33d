import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Caller, callerOf } from './caller.ts'

const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url))
const START_MS_MAX = 180_000

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

/** Starts the built program and waits until it answers, or works. Throws DidNotStart. */
export async function startBuilt(
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
    ...callerOf(address, env.ADMIN_KEY ?? '')
  }
}

/** The address in the line that says that the program is up, or nothing. */
function upWords(line: string): string | undefined {
  if (!line.includes('"listening"') && !line.includes('"working"')) return undefined
  const { msg, address = '' } = JSON.parse(line) as { msg: string; address?: string }
  return msg === 'listening' || msg === 'working' ? address : undefined
}
