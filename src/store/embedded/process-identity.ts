import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { platform } from 'node:process'

const PS_TIMEOUT_MS = 5_000

/**
 * When the process with this id started, in the kernel's own notation; undefined when there is no such process, or only
 * a zombie. Id and start together name one process, also after the id has been given to another.
 */
export function processStart(pid: number): string | undefined {
  if (platform === 'darwin') return ps(pid, 'lstart=')
  const stat = readProc(`${pid}/stat`)
  // proc(5): the name stands in parentheses and may itself hold spaces; state is the next field, starttime the 20th.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined
  return fields[19]
}

/** The arguments the process was started with, joined by spaces; undefined when there is no such process. */
export function commandLine(pid: number): string | undefined {
  if (platform === 'darwin') return ps(pid, 'command=')
  return readProc(`${pid}/cmdline`)?.replace(/\0$/, '').replaceAll('\0', ' ')
}

/** The short name of the program that runs in the process: `postgres`. Undefined when there is no such process. */
export function programName(pid: number): string | undefined {
  if (platform === 'darwin') return ps(pid, 'comm=')?.split('/').at(-1)
  return readProc(`${pid}/comm`)?.trim()
}

/** The folder the process works in, where the system tells it: Linux, and a process that we may look into. */
export function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/** Names the set of process ids that this process can see: two processes compare ids only when this is the same. */
export function processWorld(): string {
  if (platform === 'darwin') return hostname()
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return undefined
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    const output = execFileSync('/bin/ps', ['-ww', '-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      timeout: PS_TIMEOUT_MS,
      env: { LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore']
    })
    return output.trim() || undefined
  } catch {
    return undefined
  }
}
