import { gatePhase } from '../domain/archive-gate.ts'
import { type DeliveryRate, turnsFree } from '../domain/delivery-rate.ts'
import { allTasks, archiveTasks, type Task } from '../domain/inquiry.ts'
import type { Clock } from './ports.ts'
import { WORKER, type WorkDeps } from './run-work.ts'
import type { QueuedWork, Store } from './store-port.ts'

/** How long handed-over work is left to the queue before it is handed over again. */
const LEFT_TO_QUEUE_MS = 60_000
const BATCH_MAX = 500

export interface SweepDeps {
  readonly store: Pick<Store, 'work' | 'gate'>
  /** Name of the archive: work for it waits while its gate is closed. */
  readonly archive: string
  /** How deliveries are spread, where they are. */
  readonly rate?: DeliveryRate
  readonly now: Clock
  readonly enqueueAll: (work: readonly QueuedWork[]) => Promise<void>
}

/** How many that have lost their work are given it back at a time. */
const RESTORED_MAX = 500

/** Nothing that is open may be without work, whatever has become of it: such an inquiry would stand still for ever. */
export async function restoreWork({ store, now, log }: Pick<WorkDeps, 'now' | 'log'> & Pick<SweepDeps, 'store'>) {
  for (const { id, task } of await store.work.restore(now(), RESTORED_MAX, WORKER)) {
    log.warn({ inquiry: id, task }, 'an inquiry had lost its work and has it back')
  }
}

/** Hands whatever is due and in nobody's hands to the queue. The queue may have lost everything: this finds it again. */
export async function sweepWork({ store, archive, rate, now, enqueueAll }: SweepDeps): Promise<number> {
  const at = now()
  const until = new Date(at.getTime() + LEFT_TO_QUEUE_MS)
  const gate = await store.gate.look(archive)
  const phase = gatePhase(gate, at)
  const handOver = async (tasks: readonly Task[], limit: number): Promise<number> => {
    const work = await store.work.takeDue(at, until, limit, tasks)
    if (work.length > 0) await enqueueAll(work)
    return work.length
  }
  let swept = phase === 'trying' ? await handOver(archiveTasks, 1) : 0
  if (phase === 'open' && rate) {
    const turns = Math.min(turnsFree(rate, gate.nextDeliveryAt, at), BATCH_MAX)
    if (turns > 0) swept += await handOver(['deliver'], turns)
  }
  const left = phase === 'open' ? (rate ? ['deliver'] : []) : archiveTasks
  const tasks = allTasks.filter((task) => !left.includes(task))
  for (;;) {
    const count = await handOver(tasks, BATCH_MAX)
    if (count === 0) return swept
    swept += count
  }
}
