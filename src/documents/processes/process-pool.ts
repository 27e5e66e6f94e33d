import type { Job, WorkingProcess } from './start-process.ts'

export interface ProcessPoolDeps<J extends Job, R> {
  /** How many jobs are done at the same time. */
  readonly processes: number
  /** For one job, from when a process takes it. */
  readonly timeoutMs: number
  readonly start: () => WorkingProcess<J, R>
  /** What a job that no process took fails with. */
  readonly refusal: (why: Refused) => Error
}

/** Why no process takes a job: the pool is closing, nobody waits for it any longer, or too many wait already. */
export type Refused = 'stopping' | 'aborted' | 'too-many'

export interface ProcessPool<J extends Job, R> {
  /** Throws what the process or `refusal` makes of it. */
  run(job: J): Promise<R>
  /** Ends every process; whoever waits is told so. */
  close(): Promise<void>
}

interface Waiting<J extends Job, R> {
  readonly job: J
  readonly done: (result: R) => void
  readonly failed: (error: unknown) => void
}

interface Seat<J extends Job, R> {
  process: WorkingProcess<J, R> | undefined
  busy: boolean
}

const WAITING_MAX = 200

/** Works in processes of their own, which are started when first needed and replaced when they are worn or dead. */
export function processPool<J extends Job, R>(deps: ProcessPoolDeps<J, R>): ProcessPool<J, R> {
  const { processes, timeoutMs, start, refusal } = deps
  const seats = Array.from({ length: processes }, (): Seat<J, R> => ({ process: undefined, busy: false }))
  const waiting: Waiting<J, R>[] = []
  let closed = false

  async function work(seat: Seat<J, R>): Promise<void> {
    seat.busy = true
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (seat.process?.isWorn()) await end(seat)
      seat.process ??= start()
      await seat.process.run(next.job, timeoutMs).then(next.done, next.failed)
      if (seat.process?.isWorn()) await end(seat)
    }
    seat.busy = false
  }

  async function end(seat: Seat<J, R>): Promise<void> {
    const ended = seat.process?.end()
    seat.process = undefined
    await ended
  }

  function enter(job: J, done: (result: R) => void, failed: (error: unknown) => void): void {
    const leave = () => {
      const place = waiting.indexOf(entry)
      if (place >= 0) waiting.splice(place, 1)
      if (place >= 0) failed(refusal('aborted'))
    }
    const forget = () => job.signal?.removeEventListener('abort', leave)
    const entry: Waiting<J, R> = {
      job,
      done: (result) => [forget(), done(result)],
      failed: (error) => [forget(), failed(error)]
    }
    job.signal?.addEventListener('abort', leave)
    waiting.push(entry)
    const free = seats.find(({ busy }) => !busy)
    if (free) void work(free)
  }

  return {
    async run(job) {
      const refused = whyRefused(job, waiting.length, closed)
      if (refused) throw refusal(refused)
      return await new Promise((done, failed) => enter(job, done, failed))
    },
    async close() {
      closed = true
      for (const { failed } of waiting.splice(0)) failed(refusal('stopping'))
      await Promise.all(seats.map(end))
    }
  }
}

function whyRefused({ signal }: Job, waiting: number, closed: boolean): Refused | undefined {
  if (closed) return 'stopping'
  if (signal?.aborted) return 'aborted'
  return waiting >= WAITING_MAX ? 'too-many' : undefined
}
