import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { folderBlobStore } from '../src/documents/blobs/folder-blob-store.ts'
import { deliverRecord } from '../src/flow/deliver-record.ts'
import { throughGate } from '../src/flow/gated-archive.ts'
import { runWork, type WorkDeps } from '../src/flow/run-work.ts'
import { sweepWork } from '../src/flow/sweep-work.ts'
import { type Backend, openBackend, type QueueSettings } from '../src/jobs/backend.ts'
import { type Job, openWorkQueue, startWorkers } from '../src/jobs/work-queue.ts'
import { openLog } from '../src/log.ts'
import { startRedis } from '../test/support/start-redis.ts'
import { waitFor } from '../test/support/wait-for.ts'
import { type Bench, median } from './measure.ts'
import { standInArchive } from './stand-in-archive.ts'
import { makeWaiting, onError, type StartedDatabase, startDatabase } from './waiting-inquiries.ts'

const ROUNDS = 3
const RATIO_MIN = 0.15
/** As many as the settings allow, for both. */
const AT_ONCE = 256
const HANDED_OVER_AT_ONCE = 200

/** How much of each a round has, so that both take some seconds. */
const amounts = { redis: { inquiries: 3_000, jobs: 10_000 }, postgres: { inquiries: 500, jobs: 1_000 } }

/**
 * Inquiries journaled a second, from the sweep that hands them over until the last receipt is kept, beside BullMQ jobs
 * that do nothing: the same queue, concurrency and process, turn by turn, each handed over while it is worked off. On
 * Redis, and on BullMQ's PostgreSQL backend.
 */
export const delivery: Bench = async (tell) => {
  const folder = await mkdtemp(join(tmpdir(), 'arkivbro-bench-'))
  const redis = await startRedis()
  const database = await startDatabase(join(folder, 'postgres'))
  try {
    const onRedis = await rounds(database, { kind: 'redis', url: `redis://127.0.0.1:${redis.port}` }, tell)
    const onPostgres = await rounds(database, { kind: 'postgres', url: database.url }, tell)
    return {
      name: 'delivery',
      value: onRedis.ratio,
      unit: 'ratio to bare BullMQ jobs that do nothing, on Redis',
      bar: `>= ${RATIO_MIN}, on the PostgreSQL backend too`,
      ok: onRedis.ratio >= RATIO_MIN && onPostgres.ratio >= RATIO_MIN,
      more: {
        perSecond: onRedis.ours,
        barePerSecond: onRedis.bare,
        postgresRatio: onPostgres.ratio,
        postgresPerSecond: onPostgres.ours,
        postgresBarePerSecond: onPostgres.bare,
        atOnce: AT_ONCE
      }
    }
  } finally {
    await database.stop()
    await redis.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Rounds {
  readonly ratio: number
  readonly ours: number
  readonly bare: number
}

async function rounds(
  database: StartedDatabase,
  settings: QueueSettings,
  tell: (text: string) => void
): Promise<Rounds> {
  const { inquiries, jobs } = amounts[settings.kind]
  const backend = await openBackend(settings, onError)
  const all: Rounds[] = []
  try {
    // The first warms up.
    for (let round = 0; round <= ROUNDS; round += 1) {
      await makeWaiting(database.db, inquiries)
      const bare = jobs / (await secondsFor(() => runBare(backend, jobs)))
      const ours = inquiries / (await secondsFor(() => deliverAll(database, backend, inquiries)))
      if (round === 0) continue
      all.push({ ours, bare, ratio: ours / bare })
      tell(
        `${settings.kind}, runde ${round}: ${ours.toFixed(0)}/s mot ${bare.toFixed(0)}/s, forhold ${(ours / bare).toFixed(3)}`
      )
    }
  } finally {
    await backend.close()
  }
  const middle = (of: keyof Rounds) => median(all.map((round) => round[of]))
  return { ratio: middle('ratio'), ours: middle('ours'), bare: middle('bare') }
}

/** From when `start` has made ready until what it gives has come to its end; stopping is not counted. */
async function secondsFor(start: () => Promise<Load>): Promise<number> {
  const { run, stop } = await start()
  const since = performance.now()
  await run()
  const seconds = (performance.now() - since) / 1_000
  await stop()
  return seconds
}

interface Load {
  run(): Promise<void>
  stop(): Promise<void>
}

async function runBare(backend: Backend, count: number): Promise<Load> {
  const queue = await backend.queue('bare')
  let done = 0
  const nothing = async () => {
    done += 1
  }
  const worker = await backend.worker('bare', nothing, { concurrency: AT_ONCE })
  const batch = () =>
    Array.from({ length: HANDED_OVER_AT_ONCE }, () => {
      const jobId = crypto.randomUUID()
      return { name: 'bare', data: { inquiryId: jobId }, opts: { jobId } }
    })
  return {
    async run() {
      for (let added = 0; added < count; added += HANDED_OVER_AT_ONCE) await queue.addBulk(batch())
      await waitFor(() => done >= count, 'all jobs are done', waiting)
    },
    async stop() {
      await worker.close()
      await queue.close()
    }
  }
}

const waiting = { everyMs: 2, atMostMs: 300_000 }

async function deliverAll({ db, store }: StartedDatabase, backend: Backend, count: number): Promise<Load> {
  const log = openLog('warn')
  const queue = await openWorkQueue(backend, log)
  const archive = standInArchive(AT_ONCE)
  const now = () => new Date()
  let journaled = 0
  const deps: WorkDeps = {
    ...{ store, now, random: Math.random, enqueue: queue.enqueue },
    log: {
      info: (_, message) => {
        if (message === 'journaled') journaled += 1
      },
      warn: log.warn.bind(log),
      error: log.error.bind(log)
    }
  }
  // The stand-in reads no files.
  const blobs = folderBlobStore({ folder: join(tmpdir(), 'arkivbro-bench-files') })
  const step = throughGate(archive, (gated) =>
    deliverRecord({ archive: gated, blobs, restrictionOf: async () => undefined })
  )
  const job: Job = {
    task: 'deliver',
    concurrency: AT_ONCE,
    run: (inquiryId, stopped) => runWork(deps, step, { inquiryId, task: 'deliver', deadlineMs: 300_000 }, stopped)
  }
  const workers = await startWorkers(backend, [job], log)
  return {
    async run() {
      await sweepWork({ store, archive: archive.name, now, enqueueAll: queue.enqueueAll })
      await waitFor(() => journaled >= count, 'all inquiries are journaled', waiting)
    },
    async stop() {
      await workers.stop(1_000)
      await queue.close()
      const { rows } = await sql<{ open: number }>`
        select count(*)::int as open from inquiry where state <> 'journaled'`.execute(db)
      if (rows[0]?.open !== 0) throw new Error(`${rows[0]?.open} inquiries are not journaled.`)
    }
  }
}
