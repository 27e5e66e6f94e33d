import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { filesOf } from '../src/domain/archive-plan.ts'
import { deliverRecord } from '../src/flow/deliver-record.ts'
import { gatedArchive, throughGate } from '../src/flow/gated-archive.ts'
import type { ArchiveConnector } from '../src/flow/ports.ts'
import { runWork, type WorkDeps } from '../src/flow/run-work.ts'
import { sweepWork } from '../src/flow/sweep-work.ts'
import { type Backend, openBackend, type QueueSettings } from '../src/jobs/backend.ts'
import { openWorkQueue, startWorkers } from '../src/jobs/work-queue.ts'
import { openLog } from '../src/log.ts'
import { startRedis } from '../test/support/start-redis.ts'
import { waitFor } from '../test/support/wait-for.ts'
import { type Bench, median } from './measure.ts'
import { makeWaiting, onError, startDatabase } from './waiting-inquiries.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 5)
const INQUIRIES = Number(process.env.N ?? 2_000)
const JOBS = Number(process.env.J ?? 10_000)
/** As many at once as the settings allow, for both. */
const AT_ONCE = Number(process.env.AT_ONCE ?? 64)
const RATIO_MIN = 0.15

/**
 * Inquiries journaled a second, from the sweep that hands them over until the last receipt is kept, beside BullMQ jobs
 * that do nothing: same queue, same concurrency, turn by turn, with jobs added while they are worked off. On Redis and
 * on the PostgreSQL backend.
 */
export const delivery: Bench = async (tell) => {
  const redis = await startRedis()
  const folder = await mkdtemp(join(tmpdir(), 'arkivbro-bench-'))
  const database = await startDatabase(join(folder, 'postgres'))
  try {
    const onRedis = await rounds(database, { kind: 'redis', url: `redis://127.0.0.1:${redis.port}` }, tell)
    if (process.env.ONLY) { await database.stop(); await redis.stop(); process.exit(0) }
    const onPostgres = await rounds(database, { kind: 'postgres', url: database.url }, tell)
    const value = median(onRedis.map(ratio))
    const postgres = median(onPostgres.map(ratio))
    return {
      name: 'delivery',
      value,
      unit: 'ratio to bare BullMQ jobs that do nothing, on Redis',
      bar: `>= ${RATIO_MIN}, on PostgreSQL too`,
      ok: value >= RATIO_MIN && postgres >= RATIO_MIN,
      more: {
        perSecond: median(onRedis.map(({ ours }) => ours)),
        barePerSecond: median(onRedis.map(({ bare }) => bare)),
        postgres,
        postgresPerSecond: median(onPostgres.map(({ ours }) => ours)),
        postgresBarePerSecond: median(onPostgres.map(({ bare }) => bare)),
        atOnce: AT_ONCE
      }
    }
  } finally {
    await database.stop()
    await redis.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

type Database = Awaited<ReturnType<typeof startDatabase>>

interface Round {
  readonly ours: number
  readonly bare: number
}

const ratio = ({ ours, bare }: Round): number => ours / bare

async function rounds(database: Database, queue: QueueSettings, tell: (text: string) => void): Promise<Round[]> {
  const backend = await openBackend(queue, onError)
  try {
    const done: Round[] = []
    for (let n = 0; n <= ROUNDS; n += 1) {
      await makeWaiting(database.db, INQUIRIES)
      const round = { bare: await bare(backend), ours: await ours(database, backend) }
      // The first warms up.
      if (n === 0) continue
      done.push(round)
      tell(
        `${queue.kind} ${n}: ${round.ours.toFixed(0)}/s mot ${round.bare.toFixed(0)}/s, forhold ${ratio(round).toFixed(3)}`
      )
    }
    return done
  } finally {
    await backend.close()
  }
}

async function bare(backend: Backend): Promise<number> {
  const queue = await backend.queue('bare')
  let done = 0
  const worker = await backend.worker('bare', async () => void (done += 1), { concurrency: AT_ONCE })
  const since = performance.now()
  const cpu = process.cpuUsage()
  for (let n = 0; n < JOBS; n += 200) {
    await queue.addBulk(
      Array.from({ length: 200 }, (_, i) => ({
        name: 'bare',
        data: { n: n + i },
        opts: { jobId: `${since}_${n + i}` }
      }))
    )
  }
  await waitFor(() => done === JOBS, 'all jobs are done', { everyMs: 2 })
  console.log('bare cpu ms/job', (process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1000 / JOBS)
  const perSecond = JOBS / ((performance.now() - since) / 1_000)
  await worker.close()
  await queue.close()
  return perSecond
}

async function ours({ db, store }: Database, backend: Backend): Promise<number> {
  const log = openLog('warn')
  const queue = await openWorkQueue(backend, log)
  const now = () => new Date()
  let done = 0
  const deps: WorkDeps = {
    ...{ store, now, random: Math.random, enqueue: queue.enqueue },
    log: {
      ...log,
      warn: log.warn.bind(log),
      error: log.error.bind(log),
      info: (_facts, message) => void (message === 'journaled' ? (done += 1) : console.log(message))
    }
  }
  const blobs = { open: () => Promise.reject(new Error('Nothing is read.')) }
  const delivering = { archive: gatedArchive(standIn, { gate: store.gate, now }), blobs: blobs as never }
  const step = throughGate(standIn, deliverRecord(delivering))
  const workers = await startWorkers(
    backend,
    [
      {
        task: 'deliver',
        concurrency: AT_ONCE,
        run: (inquiryId, stopped) => runWork(deps, step, { inquiryId, task: 'deliver', deadlineMs: 300_000 }, stopped)
      }
    ],
    log
  )
  const since = performance.now()
  const cpu = process.cpuUsage()
  await sweepWork({ store, archive: standIn.name, now, enqueueAll: queue.enqueueAll })
  await waitFor(() => done === INQUIRIES, 'all inquiries are journaled', { everyMs: 2, atMostMs: 120_000 }).catch(
    async (e) => {
      console.log(
        done,
        (
          await sql`select state, task, (lease is null) l, enqueued, due_at, count(*) from inquiry left join work_item on inquiry_id = id group by 1,2,3,4,5`.execute(
            db
          )
        ).rows,
        (await sql`select code, message, count(*) from attempt group by 1,2`.execute(db)).rows
      )
      throw e
    }
  )
  console.log('ours cpu ms/inquiry', (process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1000 / INQUIRIES)
  const perSecond = INQUIRIES / ((performance.now() - since) / 1_000)
  await workers.stop(1_000)
  await queue.close()
  const { rows } = await sql<{
    open: number
  }>`select count(*)::int as open from inquiry where state <> 'journaled'`.execute(db)
  if (rows[0]?.open !== 0) throw new Error(`${rows[0]?.open} inquiries are not journaled.`)
  return perSecond
}

let sequence = 0

/** An archive that answers at once. Its steps are those of a small connector: the case, the files, the record. */
const standIn: ArchiveConnector = {
  name: 'stand-in',
  capabilities: { deliveriesAtOnceMax: AT_ONCE, titleLengthMax: 250 },
  health: async () => ({ state: 'up', message: 'Arkivet svarer.' }),
  lacking: async () => [],
  lookup: async () => ({ state: 'unsupported' }),
  settle: async () => ({ state: 'failed', error: { kind: 'not-found', message: 'Ukjent.' } }),
  async submit(plan, ctx) {
    const sakssekvensnummer = await ctx.step('saksmappe', async () => (sequence += 1))
    const files = await ctx.step(
      'filer',
      async () =>
        filesOf(plan).map(({ referanseDokumentfil, sha256, filstoerrelse: size }) => ({
          referanseDokumentfil,
          sha256,
          size
        })),
      { safeToRepeat: true }
    )
    const journalpostnummer = await ctx.step('journalfør', async () => 1, { safeToRepeat: true })
    return {
      state: 'archived',
      receipt: {
        ...{ archive: 'stand-in', saksaar: 2026, sakssekvensnummer, journalpostnummer, files },
        saksmappeSystemID: plan.planId,
        journalpostSystemID: plan.record.systemID,
        arkivertDato: ctx.now()
      }
    }
  }
}
