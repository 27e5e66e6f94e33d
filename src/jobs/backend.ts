import { createPostgresBackend, type Processor, Queue, type QueueOptions, Worker, type WorkerOptions } from 'bullmq'
import { checkEviction, connectRedis, REDIS_PREFIX } from './redis.ts'

/** Where BullMQ keeps its queues. */
export type QueueSettings =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string }

export interface JobQueue {
  addBulk(jobs: { name: string; data: unknown; opts: { jobId: string } }[]): Promise<unknown>
  /** Jobs that wait or run. */
  count(): Promise<number>
  close(): Promise<void>
}

export interface JobWorker {
  on(event: 'failed', listener: (job: unknown, error: Error) => void): unknown
  close(): Promise<void>
}

/** One way to make queues and workers, whichever backend holds them. Nothing above `src/jobs` knows which. */
export interface Backend {
  readonly kind: QueueSettings['kind']
  queue(name: string): Promise<JobQueue>
  worker(name: string, run: Processor, options: { readonly concurrency: number }): Promise<JobWorker>
  /** Resolves when the backend answers within 5 s. */
  check(): Promise<void>
  close(): Promise<void>
}

const keepNothing = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const
const SCHEMA = 'bullmq'
const CONNECT_MS_MAX = 15_000

/** Opens the backend and makes sure it can be used. Throws when it does not answer, or is unsuitable. */
export function openBackend(settings: QueueSettings, onError: (error: Error) => void): Promise<Backend> {
  return settings.kind === 'redis' ? redisBackend(settings.url, onError) : postgresBackend(settings.url, onError)
}

async function postgresBackend(url: string, onError: (error: Error) => void): Promise<Backend> {
  const connection = (max: number) => ({
    connectionString: url,
    max,
    schema: SCHEMA,
    migrate: true,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 15_000,
    application_name: 'arkivbro-queue',
    // A connection that breaks between two statements has nobody else to tell, and would end the process.
    onConnect: (client: { on(event: 'error', listener: (error: Error) => void): unknown }) =>
      void client.on('error', onError)
  })
  const queue = (name: string) =>
    ready(
      new Queue(name, { connection: connection(2), defaultJobOptions: keepNothing }, createPostgresBackend),
      onError
    )
  const probe = await queue('probe')
  return {
    kind: 'postgres',
    queue,
    worker: (name, run, { concurrency }) =>
      running(
        new Worker(name, run, { ...workerOptions(concurrency), connection: connection(4) }, createPostgresBackend),
        onError
      ),
    check: async () => void (await withDeadline(probe.getWaitingCount(), 5_000)),
    close: () => probe.close()
  }
}

async function redisBackend(url: string, onError: (error: Error) => void): Promise<Backend> {
  const producing = connectRedis(url, { blocking: false }).on('error', onError)
  const consuming = connectRedis(url, { blocking: true }).on('error', onError)
  try {
    await withDeadline(Promise.all([producing.connect(), consuming.connect()]), CONNECT_MS_MAX)
    await withDeadline(checkEviction(consuming), CONNECT_MS_MAX)
  } catch (error) {
    producing.disconnect()
    consuming.disconnect()
    throw isCutOff(error) ? silence(CONNECT_MS_MAX) : error
  }
  const queueOptions: QueueOptions = { connection: producing, prefix: REDIS_PREFIX, defaultJobOptions: keepNothing }
  return {
    kind: 'redis',
    queue: (name) => ready(new Queue(name, queueOptions), onError),
    worker: (name, run, { concurrency }) =>
      running(
        new Worker(name, run, { ...workerOptions(concurrency), connection: consuming, prefix: REDIS_PREFIX }),
        onError
      ),
    check: async () => void (await withDeadline(producing.ping(), 5_000)),
    async close() {
      producing.disconnect()
      consuming.disconnect()
    }
  }
}

const workerOptions = (concurrency: number): Omit<WorkerOptions, 'connection'> => ({
  concurrency,
  autorun: false,
  runRetryDelay: 1_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
  stalledInterval: 10_000,
  lockDuration: 20_000,
  maxStalledCount: 1_000
})

interface Part {
  on(event: 'error', listener: (error: Error) => void): unknown
  waitUntilReady(): Promise<unknown>
  close(): Promise<void>
}

/**
 * A part that has connected. One that fails to do so keeps that failure for ever: a queue would never take work, and a
 * worker would spin on it. And an `error` event that nobody hears ends the process.
 */
async function ready<T extends Part>(part: T, onError: (error: Error) => void): Promise<T> {
  part.on('error', onError)
  try {
    await withDeadline(part.waitUntilReady(), CONNECT_MS_MAX)
    return part
  } catch (error) {
    part.close().catch(onError)
    throw error
  }
}

async function running<T extends Part & { run(): Promise<void> }>(
  worker: T,
  onError: (error: Error) => void
): Promise<T> {
  await ready(worker, onError)
  worker.run().catch(onError)
  return worker
}

async function withDeadline<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silence(deadlineMs)), deadlineMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const silence = (deadlineMs: number) =>
  Object.assign(new Error(`Køen svarte ikke innen ${deadlineMs} ms.`), { code: 'ETIMEDOUT' })

/** What ioredis says of a connection that it gave up while it was being made. */
const isCutOff = (error: unknown): boolean => error instanceof Error && error.message === 'Connection is closed.'
