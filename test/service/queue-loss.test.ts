import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, inject, onTestFinished, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { UnsuitableRedis } from '../../src/jobs/redis.ts'
import { openLog } from '../../src/log.ts'
import { startService } from '../../src/service.ts'
import { openDatabase } from '../../src/store/database.ts'
import { freshEnvironment, freshService, type StartedService } from '../support/setup.ts'
import { type StartedRedis, startRedis } from '../support/start-redis.ts'
import { bodies, expectEachJournaledOnce, postAll, untilJournaled } from './installation.ts'

const isRedis = inject('redisPort') > 0
const COUNT = 100
/** What the intake may take to answer while its queue is silent; the queue's own deadline is many times that. */
const QUICK_MS = 2_000

/** Posts a hundred inquiries and does something to the queue when some are in. Answers must come at once all the while. */
async function postThrough(service: StartedService, disturb: () => Promise<void>): Promise<readonly string[]> {
  let disturbing: Promise<void> | undefined
  const each = (answers: number) => {
    if (answers >= COUNT / 2) disturbing ??= disturb()
  }
  const slowest = { ms: 0 }
  const post: StartedService['post'] = async (...args) => {
    const since = performance.now()
    const response = await service.post(...args)
    slowest.ms = Math.max(slowest.ms, performance.now() - since)
    return response
  }
  const posted = await postAll({ post }, bodies(COUNT), { each, atOnce: 8 })
  await disturbing
  expect([posted.unanswered.size, posted.refused]).toEqual([0, []])
  expect(slowest.ms).toBeLessThan(QUICK_MS)
  return [...posted.accepted.values()]
}

async function expectAllJournaled(service: StartedService, ids: readonly string[]): Promise<void> {
  await untilJournaled(service, ids.length)
  await service.running.stop()
  await expectEachJournaledOnce(service.env, ids)
}

async function ownRedis(settings: readonly string[] = []): Promise<StartedRedis> {
  const redis = await startRedis(settings)
  onTestFinished(() => redis.stop())
  return redis
}

if (isRedis) {
  const onRedis = (redis: StartedRedis) => freshService({ REDIS_URL: `redis://127.0.0.1:${redis.port}` })

  test('a Redis that is emptied in the middle loses nothing', async () => {
    const redis = await ownRedis()
    const service = await onRedis(redis)
    const ids = await postThrough(service, async () => void (await redis.command('FLUSHALL')))
    await redis.command('FLUSHALL')
    await expectAllJournaled(service, ids)
  }, 150_000)

  test('a Redis that dies and comes back empty in the middle loses nothing', async () => {
    const redis = await ownRedis()
    const service = await onRedis(redis)
    const ids = await postThrough(service, () => redis.restart())
    await expectAllJournaled(service, ids)
  }, 150_000)

  test('a Redis that falls silent for some seconds delays the archive, not the intake', async () => {
    const redis = await ownRedis()
    const service = await onRedis(redis)
    const ids = await postThrough(service, async () => {
      redis.kill('SIGSTOP')
      void pause(6_000).then(() => redis.kill('SIGCONT'))
    })
    await expectAllJournaled(service, ids)
  }, 150_000)

  test('a service whose Redis has gone still stops in time', async () => {
    const redis = await ownRedis()
    const service = await freshService({ REDIS_URL: `redis://127.0.0.1:${redis.port}`, STOP_SECONDS: '1' })
    await postAll(service, bodies(5))
    redis.kill('SIGKILL')
    const since = performance.now()
    await service.running.stop()
    expect(performance.now() - since).toBeLessThan(11_000)
  })

  test('a Redis that may throw keys away is refused at the start, in words', async () => {
    const redis = await ownRedis(['--maxmemory-policy', 'allkeys-lru'])
    const env = await freshEnvironment({ REDIS_URL: `redis://127.0.0.1:${redis.port}` })
    const starting = startService({ config: loadConfig(env), env, log: openLog('silent'), api: true, work: true })
    await expect(starting).rejects.toThrow(UnsuitableRedis)
    await expect(starting).rejects.toThrow('maxmemory-policy «allkeys-lru»')
    await expect(starting).rejects.toThrow('Sett maxmemory-policy til noeviction')
  })
} else {
  test('a queue whose rows are deleted in the middle loses nothing', async () => {
    const service = await freshService()
    const db = openDatabase({ url: service.env.DATABASE_URL ?? '', connectionsMax: 1, onError: () => undefined })
    onTestFinished(() => db.destroy())
    let deleted = 0n
    const deleteJobs = async () => {
      const { numAffectedRows = 0n } = await sql`delete from bullmq.job`.execute(db)
      deleted += numAffectedRows
    }
    const ids = await postThrough(service, deleteJobs)
    await deleteJobs()
    expect(deleted).toBeGreaterThan(0n)
    await expectAllJournaled(service, ids)
  }, 150_000)
}
