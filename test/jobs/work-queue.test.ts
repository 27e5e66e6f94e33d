import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { expect, inject, onTestFinished, test } from 'vitest'
import type { QueuedWork } from '../../src/flow/store-port.ts'
import { type Backend, openBackend, type QueueSettings } from '../../src/jobs/backend.ts'
import { REDIS_PREFIX } from '../../src/jobs/redis.ts'
import { type Job, openWorkQueue, startWorkers } from '../../src/jobs/work-queue.ts'
import { openDatabase } from '../../src/store/database.ts'
import { freshEnvironment } from '../support/setup.ts'
import { startRedis } from '../support/start-redis.ts'
import { waitFor } from '../support/wait-for.ts'

type Said = { readonly level: string; readonly message: string }

function listening() {
  const said: Said[] = []
  const say = (level: string) => (_facts: unknown, message: string) => void said.push({ level, message })
  return { said, log: { warn: say('warn'), error: say('error') } }
}

async function freshSettings(): Promise<QueueSettings> {
  const { DATABASE_URL = '', REDIS_URL } = await freshEnvironment()
  return REDIS_URL === undefined ? { kind: 'postgres', url: DATABASE_URL } : { kind: 'redis', url: REDIS_URL }
}

async function freshBackend(settings?: QueueSettings): Promise<Backend> {
  const backend = await openBackend(settings ?? (await freshSettings()), () => undefined)
  onTestFinished(() => backend.close())
  return backend
}

const piece = (changes: Partial<QueuedWork> = {}): QueuedWork => {
  const inquiryId = randomUUID()
  return { inquiryId, task: 'compose', jobId: `${inquiryId}_1_0`, ...changes }
}

/** The backend, telling how many calls its queues got. */
function counting(backend: Backend): { backend: Backend; calls: () => number } {
  let calls = 0
  const queue: Backend['queue'] = async (name) => {
    const own = await backend.queue(name)
    return {
      addBulk: (jobs) => {
        calls += 1
        return own.addBulk(jobs)
      },
      count: () => own.count(),
      close: () => own.close()
    }
  }
  return { backend: { ...backend, queue }, calls: () => calls }
}

test('work that comes in a burst is handed over in few calls, all of it', async () => {
  const { backend, calls } = counting(await freshBackend())
  const queue = await openWorkQueue(backend, listening().log)
  for (let n = 0; n < 40; n += 1) queue.enqueue(piece())
  const jobs = await backend.queue('compose')
  await waitFor(async () => (await jobs.count()) === 40, 'all is in the queue')
  expect(calls()).toBeLessThan(4)
  await jobs.close()
  await queue.close()
})

test('the same piece of work handed over again is one job', async () => {
  const backend = await freshBackend()
  const queue = await openWorkQueue(backend, listening().log)
  const [once, twice] = [piece(), piece()]
  await queue.enqueueAll([once, twice, twice])
  await queue.enqueueAll([once])
  const jobs = await backend.queue('compose')
  expect(await jobs.count()).toBe(2)
  await jobs.close()
  await queue.close()
})

test('a job holds the inquiry’s id and nothing else', async () => {
  const settings = await freshSettings()
  const queue = await openWorkQueue(await freshBackend(settings), listening().log)
  const work = piece()
  await queue.enqueueAll([{ ...work, text: 'Naboens hund' } as QueuedWork])
  expect(await dataOf(settings, work.jobId)).toEqual({ inquiryId: work.inquiryId })
  await queue.close()
})

/** What the queue's own storage holds for a job. */
async function dataOf({ kind, url }: QueueSettings, jobId: string): Promise<unknown> {
  if (kind === 'redis') {
    const redis = new Redis(url)
    const data = await redis.hget(`${REDIS_PREFIX}:compose:${jobId}`, 'data').finally(() => redis.disconnect())
    return JSON.parse(data ?? 'null')
  }
  const db = openDatabase({ url, connectionsMax: 1, onError: () => undefined })
  const { rows } = await sql<{ data: unknown }>`select data from bullmq.job where id = ${jobId}`.execute(db)
  await db.destroy()
  const data = rows[0]?.data
  return typeof data === 'string' ? JSON.parse(data) : data
}

test('a job with something else in it is not run, and the queue goes on', async () => {
  const backend = await freshBackend()
  const ran: string[] = []
  const { log, said } = listening()
  const jobs = await backend.queue('compose')
  const good = piece()
  await jobs.addBulk([{ name: 'compose', data: { text: 'Hei' }, opts: { jobId: 'x' } }])
  await jobs.addBulk([{ name: 'compose', data: { inquiryId: good.inquiryId }, opts: { jobId: good.jobId } }])
  const workers = await startWorkers(backend, [job((id) => void ran.push(id))], log)
  await waitFor(() => ran.length > 0, 'the good job has run')
  await workers.stop(1_000)
  await jobs.close()
  expect(ran).toEqual([good.inquiryId])
  expect(said).toContainEqual({ level: 'error', message: 'job failed' })
})

const job = (run: (id: string, stopped: AbortSignal) => Promise<void> | void): Job => ({
  task: 'compose',
  concurrency: 2,
  run: async (id, stopped) => run(id, stopped)
})

test('workers that stop let work finish for a while, then tell it to stop, and take no more', async () => {
  const backend = await freshBackend()
  const queue = await openWorkQueue(backend, listening().log)
  const ended: string[] = []
  let started = 0
  const untilTold = (_id: string, stopped: AbortSignal) =>
    new Promise<void>((done) => {
      started += 1
      stopped.addEventListener('abort', () => done(void ended.push('told')))
    })
  const workers = await startWorkers(backend, [job(untilTold)], listening().log)
  await queue.enqueueAll(Array.from({ length: 5 }, () => piece()))
  await waitFor(() => started === 2, 'two run')
  const since = performance.now()
  await workers.stop(300)
  expect(performance.now() - since).toBeGreaterThan(290)
  expect(ended).toEqual(['told', 'told'])
  await queue.close()
})

test('workers whose work does not stop are left after some seconds', async () => {
  const backend = await freshBackend()
  const queue = await openWorkQueue(backend, listening().log)
  let started = false
  const deaf = () => {
    started = true
    return new Promise<void>(() => undefined)
  }
  const workers = await startWorkers(backend, [job(deaf)], listening().log)
  await queue.enqueueAll([piece()])
  await waitFor(() => started, 'it runs')
  const since = performance.now()
  await workers.stop(100)
  expect(performance.now() - since).toBeLessThan(10_000)
  await queue.close()
})

if (inject('redisPort')) {
  test('a Redis that is gone holds nobody up, and gets what comes after it is back', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const backend = await freshBackend({ kind: 'redis', url: `redis://127.0.0.1:${redis.port}` })
    const { log, said } = listening()
    const queue = await openWorkQueue(backend, log)
    const jobs = await backend.queue('compose')
    redis.kill('SIGKILL')
    const since = performance.now()
    for (let n = 0; n < 20_000; n += 1) queue.enqueue(piece())
    expect(performance.now() - since).toBeLessThan(1_000)
    await waitFor(() => said.some(({ level }) => level === 'warn'), 'the loss is told')
    await redis.restart()
    const after = async () => {
      await queue.enqueueAll([piece()]).catch(() => undefined)
      return (await jobs.count().catch(() => 0)) > 0
    }
    await waitFor(after, 'the queue takes work again')
    await jobs.close()
    await queue.close()
  })
}
