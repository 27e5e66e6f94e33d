import { gatePhase } from '../domain/archive-gate.ts'
import { allTasks, archiveTasks, type Task } from '../domain/inquiry.ts'
import type { Clock } from './ports.ts'
import type { QueuedWork, Store } from './store-port.ts'

/** How long handed-over work is left to the queue before it is handed over again. */
const LEFT_TO_QUEUE_MS = 60_000
const BATCH_MAX = 500

export interface SweepDeps {
  readonly store: Pick<Store, 'work' | 'gate'>
  /** Name of the archive: work for it waits while its gate is closed. */
  readonly archive: string
  readonly now: Clock
  readonly enqueueAll: (work: readonly QueuedWork[]) => Promise<void>
}

/** Hands whatever is due and in nobody's hands to the queue. The queue may have lost everything: this finds it again. */
export async function sweepWork({ store, archive, now, enqueueAll }: SweepDeps): Promise<number> {
  const at = now()
  const until = new Date(at.getTime() + LEFT_TO_QUEUE_MS)
  const phase = gatePhase(await store.gate.look(archive), at)
  const handOver = async (tasks: readonly Task[], limit: number): Promise<number> => {
    const work = await store.work.takeDue(at, until, limit, tasks)
    if (work.length > 0) await enqueueAll(work)
    return work.length
  }
  let swept = phase === 'trying' ? await handOver(archiveTasks, 1) : 0
  const tasks = phase === 'open' ? allTasks : allTasks.filter((task) => !archiveTasks.includes(task))
  for (;;) {
    const count = await handOver(tasks, BATCH_MAX)
    if (count === 0) return swept
    swept += count
  }
}
