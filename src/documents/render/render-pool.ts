import { Unavailable } from '../../domain/errors.ts'
import { type RenderJob, type RenderProcess, startRenderProcess } from './start-render-process.ts'

export interface RenderPoolDeps {
  readonly processes: number
  readonly timeoutMs: number
  readonly log: (facts: Record<string, unknown>, message: string) => void
}

export interface RenderPool {
  /** Throws Unavailable('document-not-rendered'), also when too many wait already. */
  render(job: RenderJob): Promise<Uint8Array>
  /** Ends every process; whoever waits is told so. */
  close(): Promise<void>
}

interface Waiting {
  readonly job: RenderJob
  readonly done: (pdf: Uint8Array) => void
  readonly failed: (error: unknown) => void
}

interface Seat {
  process: RenderProcess | undefined
  busy: boolean
}

const WAITING_MAX = 200

/** Renders in processes of their own, which are started when first needed and replaced when they are worn or dead. */
export function renderPool({ processes, timeoutMs, log }: RenderPoolDeps): RenderPool {
  const seats = Array.from({ length: processes }, (): Seat => ({ process: undefined, busy: false }))
  const waiting: Waiting[] = []
  let closed = false

  async function work(seat: Seat): Promise<void> {
    seat.busy = true
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (seat.process?.isWorn()) await end(seat)
      seat.process ??= startRenderProcess(log)
      await seat.process.render(next.job, timeoutMs).then(next.done, next.failed)
      if (seat.process?.isWorn()) await end(seat)
    }
    seat.busy = false
  }

  async function end(seat: Seat): Promise<void> {
    const ended = seat.process?.end()
    seat.process = undefined
    await ended
  }

  function enter(job: RenderJob, done: Waiting['done'], failed: Waiting['failed']): void {
    const leave = () => {
      const place = waiting.indexOf(entry)
      if (place >= 0) waiting.splice(place, 1)
      if (place >= 0) failed(new Unavailable('document-not-rendered', 'Arbeidet med arkivdokumentet ble avbrutt.'))
    }
    const forget = () => job.signal?.removeEventListener('abort', leave)
    const entry: Waiting = {
      job,
      done: (pdf) => [forget(), done(pdf)],
      failed: (error) => [forget(), failed(error)]
    }
    job.signal?.addEventListener('abort', leave)
    waiting.push(entry)
    const free = seats.find(({ busy }) => !busy)
    if (free) void work(free)
  }

  return {
    async render(job) {
      const refusal = refusalOf(job, waiting.length, closed)
      if (refusal) throw new Unavailable('document-not-rendered', refusal)
      return await new Promise((done, failed) => enter(job, done, failed))
    },
    async close() {
      closed = true
      for (const { failed } of waiting.splice(0)) failed(new Unavailable('document-not-rendered', stopping))
      await Promise.all(seats.map(end))
    }
  }
}

const stopping = 'Arkivdokumentet ble ikke laget, fordi tjenesten stanser.'

function refusalOf({ signal }: RenderJob, waiting: number, closed: boolean): string | undefined {
  if (closed) return stopping
  if (signal?.aborted) return 'Arbeidet med arkivdokumentet ble avbrutt.'
  return waiting >= WAITING_MAX ? 'For mange arkivdokumenter venter på å bli laget. Prøv igjen senere.' : undefined
}
