import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { Unavailable } from '../../domain/errors.ts'
import { heard } from '../blobs/heard.ts'

/** Looks for viruses in bytes. */
export interface VirusScanner {
  /**
   * `open` may be called more than once. Throws Unavailable('scanner-unavailable') when there is no verdict, for whatever
   * reason, and what `open` and reading throw.
   */
  scan(open: () => Promise<Readable>, signal?: AbortSignal): Promise<Verdict>
}

export type Verdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'infected'; readonly signature: string }
  /** Larger than the scanner's StreamMaxLength. */
  | { readonly kind: 'too-large' }

export interface ClamavDeps {
  /** `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`. */
  readonly url: string
  /** How long the scanner may be silent. */
  readonly silenceMs?: number
}

/**
 * What is waited for before each write, at each attempt, ms. A scanner that answers before all is sent leaves, and the write
 * that meets the closed connection loses its answer: then there is time to hear it before the next write.
 */
const PAUSES_MS = [0, 5, 40, 200] as const
const CHUNK_BYTES_MAX = 1 << 16
const ANSWER_LENGTH_MAX = 4_096

/** Asks a clamd, by the command INSTREAM (clamd(8)): each file over a connection of its own. */
export function clamav({ url, silenceMs = 60_000 }: ClamavDeps): VirusScanner {
  const { protocol, hostname, port, pathname } = new URL(url)
  const address =
    protocol === 'unix:' ? { path: pathname } : { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3310) }
  return {
    async scan(open, signal) {
      for (let attempt = 0; ; attempt += 1) {
        const pace = { silenceMs, pauseMs: PAUSES_MS[attempt] as number }
        try {
          return verdictIn(await ask(() => connect(address), pace, heard(await open()), signal))
        } catch (error) {
          if (!hungUp(error) || signal?.aborted || attempt === PAUSES_MS.length - 1) throw error
        }
      }
    }
  }
}

const hungUp = (error: unknown): boolean =>
  error instanceof Unavailable && /^(EPIPE|ECONNRESET)$/.test((error.cause as NodeJS.ErrnoException).code ?? '')

interface Pace {
  readonly silenceMs: number
  readonly pauseMs: number
}

/** Sends one file over a connection of its own. Gives the answer. */
async function ask(
  dial: () => Socket,
  { silenceMs, pauseMs }: Pace,
  bytes: Readable,
  signal: AbortSignal | undefined
): Promise<string> {
  const socket = dial()
  const stop = () => socket.destroy(new Error('Nobody waits for the verdict any longer'))
  socket.setTimeout(silenceMs, () => socket.destroy(new Error(`Silent for ${silenceMs} ms`)))
  signal?.addEventListener('abort', stop)
  if (signal?.aborted) stop()
  try {
    return await conversation(socket, bytes, pauseMs)
  } finally {
    signal?.removeEventListener('abort', stop)
    socket.destroy()
    bytes.destroy()
  }
}

/** The answer may come before all is sent: clamd stops listening to what is too large. */
async function conversation(socket: Socket, bytes: Readable, pauseMs: number): Promise<string> {
  const answer = answerOf(socket)
  let storage: { readonly error: unknown } | undefined
  const sending = send(socket, bytes, pauseMs).catch((error: unknown) => {
    storage = { error }
    socket.destroy()
  })
  try {
    return await answer
  } catch (cause) {
    await sending
    throw storage ? storage.error : noVerdict(cause)
  }
}

/** Throws only what reading throws; when nobody listens any longer it ends. */
async function send(socket: Socket, bytes: Readable, pauseMs: number): Promise<void> {
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const write = async (chunk: Uint8Array): Promise<boolean> => {
    // Lets what has come be read.
    await (pauseMs === 0 ? new Promise(setImmediate) : pause(pauseMs))
    if (socket.destroyed) return false
    if (!socket.write(chunk)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed])
    return !socket.destroyed
  }
  await write(Buffer.from('zINSTREAM\0'))
  for await (const read of bytes as AsyncIterable<Buffer>) {
    for (let at = 0; at < read.length; at += CHUNK_BYTES_MAX) {
      const chunk = read.subarray(at, at + CHUNK_BYTES_MAX)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(chunk.length)
      // The length may be enough for an answer, and a scanner that leaves with bytes unread resets the connection.
      const parts = pauseMs === 0 ? [Buffer.concat([length, chunk])] : [length, chunk]
      for (const part of parts) if (!(await write(part))) return
    }
  }
  await write(Buffer.alloc(4))
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      if (answer.includes('\0')) resolve(answer.slice(0, answer.indexOf('\0')))
      else if (answer.length > ANSWER_LENGTH_MAX) reject(new Error('The answer has no end'))
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The connection closed without an answer')))
  })
}

function verdictIn(answer: string): Verdict {
  if (answer === 'stream: OK') return { kind: 'clean' }
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (signature !== undefined) return { kind: 'infected', signature: signature.replace(/[^\w.:-]/g, '_').slice(0, 100) }
  if (/size limit exceeded/i.test(answer)) return { kind: 'too-large' }
  throw noVerdict(new Error(`Unexpected answer of ${answer.length} characters`))
}

const noVerdict = (cause: unknown): Unavailable =>
  new Unavailable(
    'scanner-unavailable',
    'Virusskanneren svarer ikke, så vedleggene er ikke åpnet. Arkivbro prøver igjen av seg selv.',
    { cause }
  )
