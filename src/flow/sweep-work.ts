import type { Clock } from './ports.ts'
import type { QueuedWork, Store } from './store-port.ts'

/** How long handed-over work is left to the queue before it is handed over again. */
const LEFT_TO_QUEUE_MS = 60_000
const BATCH_MAX = 500

export interface SweepDeps {
  readonly store: Pick<Store, 'work'>
  readonly now: Clock
  readonly enqueueAll: (work: readonly QueuedWork[]) => Promise<void>
}

/** Hands whatever is due and in nobody's hands to the queue. The queue may have lost everything: this finds it again. */
export async function sweepWork({ store, now, enqueueAll }: SweepDeps): Promise<number> {
  const at = now()
  const until = new Date(at.getTime() + LEFT_TO_QUEUE_MS)
  let swept = 0
  for (;;) {
    const work = await store.work.takeDue(at, until, BATCH_MAX)
    if (work.length === 0) return swept
    await enqueueAll(work)
    swept += work.length
  }
}
