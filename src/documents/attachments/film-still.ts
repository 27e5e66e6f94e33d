import { type ChildProcess, spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { limitedCommand, SHELL } from '../processes/limited-command.ts'
import type { LookOutcome } from './look-messages.ts'

/** Makes a picture of a film. */
export interface FilmStill {
  /** Writes a PNG to the target; undefined when none could be made. Throws when `signal` aborts. */
  make(film: Film): Promise<Extract<LookOutcome, { kind: 'made' }> | undefined>
}

interface Film {
  readonly path: string
  readonly mediaType: string
  readonly target: string
  readonly signal: AbortSignal | undefined
}

// The demuxer is named, so that no playlist or script passes for a film.
const demuxers: Readonly<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/x-m4v': 'mov',
  'video/quicktime': 'mov',
  'video/3gpp': 'mov',
  'video/webm': 'matroska',
  'video/matroska': 'matroska',
  'video/vnd.avi': 'avi'
}

const TIMEOUT_MS = 30_000
const LIMITS = { memoryMb: 1_024, cpuSeconds: 60 }

/** The first picture of a film, by the program ffmpeg, which may read that file and nothing else. */
export function ffmpegStill(program: string, timeoutMs = TIMEOUT_MS): FilmStill {
  let version: Promise<string> | undefined
  return {
    async make({ path, mediaType, target, signal }) {
      const demuxer = demuxers[mediaType]
      if (demuxer === undefined) return undefined
      version ??= versionOf(program)
      const only = ['-nostdin', '-v', 'error', '-protocol_whitelist', 'file', '-threads', '1']
      const from = ['-f', demuxer, '-i', `file:${path}`, '-map', '0:v:0', '-map_metadata', '-1', '-an', '-sn', '-dn']
      const to = ['-frames:v', '1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-c:v', 'png', '-f', 'image2']
      const child = start(program, [...only, ...from, ...to, '-update', '1', '-y', `file:${target}`])
      const ended = await endOf(child, timeoutMs, signal)
      signal?.throwIfAborted()
      if (ended !== 0 || !(await stat(target).catch(() => undefined))?.size) return undefined
      return { kind: 'made', mediaType: 'image/png', tool: await version, comments: ['Stillbilde fra filmens start'] }
    }
  }
}

const start = (program: string, args: readonly string[]): ChildProcess =>
  spawn(SHELL, limitedCommand(LIMITS, program, args), {
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore']
  })

/** Its exit code; undefined when it was ended, by itself or by us. */
function endOf(child: ChildProcess, timeoutMs: number, signal?: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve) => {
    const kill = () => child.kill('SIGKILL')
    const timer = setTimeout(kill, timeoutMs)
    signal?.addEventListener('abort', kill)
    if (signal?.aborted) kill()
    const end = (code?: number | null) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', kill)
      resolve(code ?? undefined)
    }
    child.on('error', () => end()).on('exit', end)
    child.stdout?.resume()
  })
}

async function versionOf(program: string): Promise<string> {
  const child = start(program, ['-version'])
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString('latin1')
  })
  await new Promise((resolve) => child.on('close', resolve).on('error', resolve))
  return `ffmpeg ${/^ffmpeg version (\S{1,60})/.exec(said)?.[1] ?? ''}`.trim()
}
