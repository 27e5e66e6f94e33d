import type { QueuedWork } from '../../src/flow/store-port.ts'

/** A queue that knows a job by its name as long as it holds it, and that may lose all it holds. */
export interface LosableQueue {
  /** A job whose name it holds already is not taken once more. */
  add(work: QueuedWork): void
  /** Takes out the n-th job that waits; the queue holds its name until it is done. */
  take(n: number): QueuedWork | undefined
  done(work: QueuedWork): void
  /** Gives a job that was taken out to others, since nobody has heard of its worker. */
  giveAgain(work: QueuedWork): void
  waiting(): number
  lose(): void
}

export function losableQueue(): LosableQueue {
  const held = new Set<string>()
  const waiting: QueuedWork[] = []
  return {
    add(work) {
      if (held.has(work.jobId)) return
      held.add(work.jobId)
      waiting.push(work)
    },
    take: (n) => waiting.splice(n, 1)[0],
    done: ({ jobId }) => void held.delete(jobId),
    giveAgain: (work) => void waiting.push(work),
    waiting: () => waiting.length,
    lose() {
      held.clear()
      waiting.splice(0)
    }
  }
}
