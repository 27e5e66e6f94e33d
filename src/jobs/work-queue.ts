import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Value } from 'typebox/value'
import { JobPayload } from '../../schemas/jobs.ts'
import { allTasks, type Task } from '../domain/inquiry.ts'
import type { QueuedWork } from '../flow/store-port.ts'
import { type Backend, type JobQueue, type JobWorker, withDeadline } from './backend.ts'

/** A job is a task, how many run at once, and a function. */
export interface Job {
  readonly task: Task
  readonly concurrency: number
  /** `stopped` aborts when the service will not wait any longer. Writes every outcome down itself. */
  run(inquiryId: string, stopped: AbortSignal): Promise<void>
}

export interface JobLog {
  warn(facts: Record<string, unknown>, message: string): void
  error(facts: Record<string, unknown>, message: string): void
}

/** What comes faster than this is more than workers take, so it is left to the sweep and costs intake nothing. */
const HELD_MAX = 50
const BATCH_MAX = 200
/** Work that comes alone is handed over at once; under load it is gathered, since one call for many costs little more. */
const HAND_OVER_EVERY_MS = 200
/** How long a queue may take to let go of us; nothing that matters is lost with it. */
const LEAVING_MS_MAX = 4_000
const COUNTING_MS_MAX = 2_000

export interface WorkQueue {
  /** Hands work to the queue soon, together with others. What gets lost on the way is found by the sweep. */
  enqueue(work: QueuedWork): void
  enqueueAll(work: readonly QueuedWork[]): Promise<void>
  /** Jobs that wait in the queue. Throws when it does not say so soon. */
  waiting(): Promise<Readonly<Record<Task, number>>>
  close(): Promise<void>
}

export async function openWorkQueue(backend: Backend, log: JobLog): Promise<WorkQueue> {
  const queues = new Map<Task, JobQueue>()
  for (const task of allTasks) queues.set(task, await backend.queue(task))
  let held: QueuedWork[] = []
  let handingOver: Promise<void> | undefined
  let handedOverAt = Number.NEGATIVE_INFINITY

  async function enqueueAll(work: readonly QueuedWork[]): Promise<void> {
    for (const task of allTasks) {
      const jobs = work
        .filter((item) => item.task === task)
        .map(({ jobId, inquiryId }) => ({ name: task, data: { inquiryId }, opts: { jobId } }))
      for (let from = 0; from < jobs.length; from += BATCH_MAX) {
        await queues.get(task)?.addBulk(jobs.slice(from, from + BATCH_MAX))
      }
    }
  }

  async function handOver(): Promise<void> {
    while (held.length > 0) {
      await pause(Math.max(0, handedOverAt + HAND_OVER_EVERY_MS - performance.now()))
      const work = held
      held = []
      handedOverAt = performance.now()
      await enqueueAll(work).catch((err: unknown) =>
        log.warn({ err, lost: work.length }, 'the queue did not take work')
      )
    }
  }

  function start(): void {
    handingOver ??= handOver().finally(() => {
      handingOver = undefined
      if (held.length > 0) start()
    })
  }

  return {
    enqueue(work) {
      if (held.length >= HELD_MAX) return
      held.push(work)
      start()
    },
    enqueueAll,
    async waiting() {
      const counts = [...queues].map(async ([task, queue]) => [task, await queue.count()] as const)
      return Object.fromEntries(await withDeadline(Promise.all(counts), COUNTING_MS_MAX)) as Record<Task, number>
    },
    async close() {
      const closing = async () => {
        await handingOver
        await Promise.all([...queues.values()].map((queue) => queue.close()))
      }
      await atMost(LEAVING_MS_MAX, closing())
    }
  }
}

export interface Workers {
  /** Takes no new work; lets running work finish for `graceMs`, then has it handed back. */
  stop(graceMs: number): Promise<void>
}

export async function startWorkers(backend: Backend, jobs: readonly Job[], log: JobLog): Promise<Workers> {
  const stopped = new AbortController()
  // Every piece of work listens to it.
  setMaxListeners(0, stopped.signal)
  const running = new Set<Promise<void>>()
  const start = (job: Job) => startWorker(backend, { ...job, run: keptIn(running, job) }, stopped.signal, log)
  const workers = await Promise.all(jobs.map(start))
  return {
    async stop(graceMs) {
      const timer = setTimeout(() => stopped.abort(), graceMs)
      const closed = Promise.all(workers.map((worker) => worker.close()))
      // What our work came to stands in the database by then; a queue that is gone is not waited for as long.
      await Promise.race([closed, atMost(graceMs + LEAVING_MS_MAX, Promise.allSettled(running))])
      await atMost(LEAVING_MS_MAX, closed)
      clearTimeout(timer)
    }
  }
}

const keptIn =
  (running: Set<Promise<void>>, job: Job): Job['run'] =>
  (inquiryId, stopped) => {
    const work = job.run(inquiryId, stopped).finally(() => running.delete(work))
    running.add(work)
    return work
  }

async function startWorker(backend: Backend, job: Job, stopped: AbortSignal, log: JobLog): Promise<JobWorker> {
  const worker = await backend.worker(
    job.task,
    async ({ data }) => {
      if (!Value.Check(JobPayload, data)) throw new Error(`A ${job.task} job has a payload that cannot be read.`)
      await job.run(data.inquiryId, stopped)
    },
    { concurrency: job.concurrency }
  )
  // The work is still in the database, so the sweep brings it again.
  worker.on('failed', (_job, err) => log.error({ err, task: job.task }, 'job failed'))
  return worker
}

/** Waits for work, but no longer than this. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
