import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { extname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { limitedCommand, SHELL } from './limited-command.ts'

/** A program of ours that runs in a process of its own. */
export interface ChildProgram {
  /** Address of its source or compiled file without the extension. */
  readonly file: URL
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Of JavaScript objects; more ends the process. */
  readonly heapMb: number
  /** Of everything the process may write to, decoders included; more fails or ends it. Heeded on Linux. */
  readonly memoryMb?: number
}

/**
 * Starts a program that talks by messages: the compiled file when this one is compiled, else the source, by way of the
 * loader that tests and `npm run dev` use. It knows nothing of the service's environment.
 */
export function forkProgram({ file, args = [], env = {}, heapMb, memoryMb }: ChildProgram): ChildProcess {
  const extension = extname(import.meta.url)
  const loader =
    extension === '.ts' ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []
  const node = [...loader, `--max-old-space-size=${heapMb}`]
  const shell = memoryMb === undefined ? [] : limitedCommand({ memoryMb }, process.execPath)
  return fork(`${fileURLToPath(file)}${extension}`, [...args], {
    serialization: 'advanced',
    ...(memoryMb !== undefined && { execPath: SHELL }),
    execArgv: [...shell, ...node],
    env: { PATH: '/usr/bin:/bin', HOME: homedir(), LANG: 'C.UTF-8', TZ: 'UTC', ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc']
  })
}
