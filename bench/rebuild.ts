import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sweepWork } from '../src/flow/sweep-work.ts'
import { openBackend } from '../src/jobs/backend.ts'
import { repeat } from '../src/jobs/repeat.ts'
import { openWorkQueue } from '../src/jobs/work-queue.ts'
import { openLog } from '../src/log.ts'
import { startRedis } from '../test/support/start-redis.ts'
import { waitFor } from '../test/support/wait-for.ts'
import type { Bench } from './measure.ts'
import { makeWaiting, onError, startDatabase } from './waiting-inquiries.ts'

const OPEN = 100_000
const S_MAX = 60
const SWEEP_MS = 1_000

/**
 * A hundred thousand open inquiries that the queue holds, and then FLUSHALL right after they were handed over: the time
 * until the sweep, every second as in the service, has brought each of them back.
 */
export const rebuild: Bench = async (tell) => {
  const folder = await mkdtemp(join(tmpdir(), 'arkivbro-bench-'))
  const redis = await startRedis()
  const { db, store, stop } = await startDatabase(join(folder, 'postgres'))
  const backend = await openBackend({ kind: 'redis', url: `redis://127.0.0.1:${redis.port}` }, onError)
  const queue = await openWorkQueue(backend, openLog('warn'))
  const deliveries = await backend.queue('deliver')
  const sweep = () => sweepWork({ store, archive: 'stand-in', now: () => new Date(), enqueueAll: queue.enqueueAll })
  try {
    await makeWaiting(db, OPEN)
    const since = performance.now()
    await sweep()
    const handOver = (performance.now() - since) / 1_000
    tell(`overlevert første gang: ${handOver.toFixed(1)} s`)
    const flushedAt = performance.now()
    await redis.command('FLUSHALL')
    const sweeping = repeat(SWEEP_MS, sweep, (error) => onError(error as Error))
    const isBack = async () => (await deliveries.count()) === OPEN
    await waitFor(isBack, 'everything is back in the queue', { everyMs: 100, atMostMs: 300_000 })
    const seconds = (performance.now() - flushedAt) / 1_000
    await sweeping.stop()
    tell(`tilbake i køen: ${seconds.toFixed(1)} s`)
    return {
      name: 'rebuild',
      value: seconds,
      unit: `s until ${OPEN} open inquiries are back in an emptied queue`,
      bar: `< ${S_MAX}`,
      ok: seconds < S_MAX,
      more: { handOver }
    }
  } finally {
    await deliveries.close()
    await queue.close()
    await backend.close()
    await stop()
    await redis.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
