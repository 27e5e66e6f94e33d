import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Unavailable } from '../../domain/errors.ts'
import type { ThreadDocument } from '../../domain/thread-document.ts'
import type { FromRenderProcess, PdfaLevel, ToRenderProcess } from './render-messages.ts'

export interface RenderJob {
  readonly document: ThreadDocument
  readonly level: PdfaLevel
  /** Bytes of a picture, undefined when it is too large to show. `signal` aborts when nobody waits for it any longer. */
  readonly openPicture: (sha256: string, signal: AbortSignal) => Promise<Uint8Array | undefined>
  readonly signal?: AbortSignal
}

/** One forked process, for one document at a time. */
export interface RenderProcess {
  /** Throws Unavailable('document-not-rendered'). The process does not survive a job that ends from outside. */
  render(job: RenderJob, timeoutMs: number): Promise<Uint8Array>
  /** Whether it is dead, or has rendered or grown so much that it should be replaced. */
  isWorn(): boolean
  end(): Promise<void>
}

type Log = (facts: Record<string, unknown>, message: string) => void
type Rendered = Extract<FromRenderProcess, { kind: 'rendered' }>

const DOCUMENTS_MAX = 100
const RSS_MAX = 400_000_000 // bytes

/** Starts a process that renders. It knows nothing of the service's environment. */
export function startRenderProcess(log: Log): RenderProcess {
  const child = forkRenderProcess()
  let documents = 0
  let rss = 0
  log({ pid: child.pid }, 'render process started')
  child.on('error', (error) => log({ pid: child.pid, error: error.message }, 'render process failed'))
  child.on('exit', (code, killedBy) => log({ pid: child.pid, code, killedBy, documents }, 'render process ended'))
  const isDead = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  return {
    async render(job, timeoutMs) {
      const startedAt = performance.now()
      const rendered = await converse(child, job, timeoutMs).catch((error: Unavailable) => {
        log({ pid: child.pid, reason: error.message, cause: String(error.cause ?? '') }, 'document not rendered')
        throw error
      })
      documents++
      rss = rendered.rss
      const durationMs = Math.round(performance.now() - startedAt)
      log({ durationMs, pages: rendered.pages, bytes: rendered.pdf.length, rss }, 'document rendered')
      return rendered.pdf
    },
    isWorn: () => isDead() || child.killed || documents >= DOCUMENTS_MAX || rss > RSS_MAX,
    async end() {
      if (isDead()) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
  }
}

/** The compiled file when this one is compiled, else the source, by way of the loader that tests and `npm run dev` use. */
function forkRenderProcess(): ChildProcess {
  const extension = extname(import.meta.url)
  const loader =
    extension === '.ts' ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []
  const fontConfig = join(tmpdir(), `arkivbro-fonts-${randomUUID()}.conf`)
  return fork(fileURLToPath(new URL(`./render-process${extension}`, import.meta.url)), [fontConfig], {
    serialization: 'advanced',
    execArgv: [...loader, '--max-old-space-size=1024'],
    env: { PATH: '/usr/bin:/bin', HOME: homedir(), LANG: 'C.UTF-8', TZ: 'UTC', FONTCONFIG_FILE: fontConfig },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc']
  })
}

/** Hands over the document, answers what the process asks for, and gives what comes of it. */
function converse(child: ChildProcess, job: RenderJob, timeoutMs: number): Promise<Rendered> {
  return new Promise((resolve, reject) => {
    const over = new AbortController()
    const settle = (outcome: Rendered | Unavailable) => {
      over.abort()
      clearTimeout(timer)
      child.off('message', hear).off('exit', died).off('error', died)
      job.signal?.removeEventListener('abort', aborted)
      if (outcome instanceof Unavailable) reject(outcome)
      else resolve(outcome)
    }
    const endWith = (outcome: Unavailable) => {
      child.kill('SIGKILL')
      settle(outcome)
    }
    const tell = (message: ToRenderProcess) => child.send(message, () => {}) // a send that fails is followed by `exit`
    const hear = (message: FromRenderProcess) => {
      if (message.kind === 'rendered') settle(message)
      else if (message.kind === 'failed') settle(notRendered('Arkivdokumentet kunne ikke lages.', message.reason))
      else
        job.openPicture(message.sha256, over.signal).then(
          (bytes) => over.signal.aborted || tell({ kind: 'picture', bytes }),
          (error) =>
            over.signal.aborted || endWith(notRendered('Et bilde til arkivdokumentet lot seg ikke lese.', error))
        )
    }
    const died = () => settle(notRendered('Prosessen som lager arkivdokumentet, stanset.'))
    const aborted = () => endWith(notRendered('Arbeidet med arkivdokumentet ble avbrutt.'))
    const late = () => endWith(notRendered('Arkivdokumentet ble ikke ferdig i tide.'))
    const timer = setTimeout(late, timeoutMs)
    child.on('message', hear).on('exit', died).on('error', died)
    job.signal?.addEventListener('abort', aborted)
    tell({ kind: 'render', document: job.document, level: job.level })
  })
}

const notRendered = (message: string, cause?: unknown): Unavailable =>
  new Unavailable('document-not-rendered', message, cause === undefined ? {} : { cause })
