import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { type ChildProgram, forkProgram } from './fork-program.ts'

export interface Job {
  /** Aborts when nobody waits for it any longer. */
  readonly signal?: AbortSignal
}

/** One forked process, for one job at a time. */
export interface WorkingProcess<J extends Job, R> {
  /** The process does not survive a job that ends from outside. */
  run(job: J, timeoutMs: number): Promise<R>
  /** Whether it is dead, or has worked or grown so much that it should be replaced. */
  isWorn(): boolean
  end(): Promise<void>
}

/** A kind of process, and the conversation with it. */
export interface ProcessKind<J extends Job, To, From, R> {
  /** In the log: `${name} process started`. */
  readonly name: string
  readonly program: ChildProgram
  readonly jobsMax: number
  readonly rssMax: number // bytes
  /** What starts a job. */
  readonly begin: (job: J) => To
  /** What comes of a message of the process; `over` aborts when its answer is no longer wanted. */
  readonly hear: (message: From, job: J, over: AbortSignal) => Heard<To, R> | Promise<Heard<To, R>>
  /** What a job that came to nothing fails with. */
  readonly failure: (why: Failed, cause?: unknown) => Error
}

/** Why a job came to nothing: the process said so, it died, was too slow or was stopped, or its question had no answer. */
export type Failed = 'failed' | 'died' | 'late' | 'aborted' | 'unanswered'

/** What a message of the process means. `facts` are for the log. */
export type Heard<To, R> =
  | { readonly kind: 'answer'; readonly message: To }
  | { readonly kind: 'failed'; readonly cause: unknown }
  | { readonly kind: 'done'; readonly result: R; readonly rss: number; readonly facts?: Record<string, unknown> }

type Log = (facts: Record<string, unknown>, message: string) => void

/** Starts a process of a kind. */
export function startProcess<J extends Job, To extends object, From, R>(
  kind: ProcessKind<J, To, From, R>,
  log: Log
): WorkingProcess<J, R> {
  const { name } = kind
  const child = forkProgram(kind.program)
  let jobs = 0
  let rss = 0
  log({ pid: child.pid }, `${name} process started`)
  child.on('error', (error) => log({ pid: child.pid, error: error.message }, `${name} process failed`))
  child.on('exit', (code, killedBy) => log({ pid: child.pid, code, killedBy, jobs }, `${name} process ended`))
  const isDead = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  return {
    async run(job, timeoutMs) {
      const startedAt = performance.now()
      const done = await converse(child, kind, job, timeoutMs).catch((error: Error) => {
        log({ pid: child.pid, reason: error.message, cause: String(error.cause ?? '') }, `${name} job failed`)
        throw error
      })
      jobs++
      rss = done.rss
      log({ durationMs: Math.round(performance.now() - startedAt), rss, ...done.facts }, `${name} job done`)
      return done.result
    },
    isWorn: () => isDead() || child.killed || jobs >= kind.jobsMax || rss > kind.rssMax,
    async end() {
      if (isDead()) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
  }
}

type Done<R> = Extract<Heard<never, R>, { kind: 'done' }>

/** Hands over the job, answers what the process asks for, and gives what comes of it. */
function converse<J extends Job, To extends object, From, R>(
  child: ChildProcess,
  kind: ProcessKind<J, To, From, R>,
  job: J,
  timeoutMs: number
): Promise<Done<R>> {
  return new Promise((resolve, reject) => {
    const over = new AbortController()
    const settle = (outcome: Done<R> | Error) => {
      over.abort()
      clearTimeout(timer)
      child.off('message', hear).off('exit', died).off('error', died)
      job.signal?.removeEventListener('abort', aborted)
      if (outcome instanceof Error) reject(outcome)
      else resolve(outcome)
    }
    const endWith = (outcome: Error) => {
      child.kill('SIGKILL')
      settle(outcome)
    }
    const tell = (message: To) => child.send(message, () => {}) // a send that fails is followed by `exit`
    const understand = (heard: Heard<To, R>) => {
      if (over.signal.aborted) return
      if (heard.kind === 'answer') tell(heard.message)
      else settle(heard.kind === 'done' ? heard : kind.failure('failed', heard.cause))
    }
    const hear = (message: From) => {
      const asked = async () => kind.hear(message, job, over.signal)
      asked().then(understand, (error) => over.signal.aborted || endWith(kind.failure('unanswered', error)))
    }
    const died = () => settle(kind.failure('died'))
    const aborted = () => endWith(kind.failure('aborted'))
    const late = () => endWith(kind.failure('late'))
    const timer = setTimeout(late, timeoutMs)
    child.on('message', hear).on('exit', died).on('error', died)
    job.signal?.addEventListener('abort', aborted)
    if (job.signal?.aborted) aborted()
    else tell(kind.begin(job))
  })
}
