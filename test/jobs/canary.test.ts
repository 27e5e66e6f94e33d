import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { appointMarkers } from '../support/appointed.ts'
import { canary, canaryBody, foundIn, tableText } from '../support/canary.ts'
import { freshService } from '../support/setup.ts'
import { waitFor } from '../support/wait-for.ts'

test('the queue holds ids of inquiries and nothing that anybody wrote', async () => {
  const waiting = await freshService({}, { work: false })
  await appointMarkers(waiting, [canary.name])
  const ids: string[] = []
  for (let n = 0; n < 5; n += 1) {
    ids.push(((await (await waiting.post('/v1/inquiries', canaryBody())).json()) as { id: string }).id)
  }
  const { REDIS_URL, DATABASE_URL = '' } = waiting.env
  const held = () => (REDIS_URL === undefined ? postgresQueue(DATABASE_URL) : redisQueue(REDIS_URL))
  await waitFor(async () => {
    const text = await held()
    return ids.every((id) => text.includes(id))
  }, 'the queue holds the work')
  expect(foundIn(await held())).toEqual([])
})

/** Every row of BullMQ's tables. */
async function postgresQueue(url: string): Promise<string> {
  const db = openDatabase({ url, connectionsMax: 1, onError: () => undefined })
  try {
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'bullmq' and table_type = 'BASE TABLE'`.execute(db)
    const texts = await Promise.all(rows.map(({ name }) => tableText(db, `bullmq.${name}`)))
    return texts.join('\n')
  } finally {
    await db.destroy()
  }
}

/** Every key of a Redis database, with all that it holds. */
async function redisQueue(url: string): Promise<string> {
  const redis = new Redis(url)
  try {
    const readers: Record<string, (key: string) => Promise<unknown>> = {
      string: (key) => redis.get(key),
      hash: (key) => redis.hgetall(key),
      list: (key) => redis.lrange(key, 0, -1),
      set: (key) => redis.smembers(key),
      zset: (key) => redis.zrange(key, '0', '-1'),
      stream: (key) => redis.xrange(key, '-', '+')
    }
    const keys = await redis.keys('*')
    const values = keys.map(async (key) => {
      const kind = await redis.type(key)
      const reader = readers[kind]
      if (!reader) throw new Error(`Redis holds a ${kind}, which this test cannot read.`)
      return [key, await reader(key)]
    })
    return JSON.stringify(await Promise.all(values))
  } finally {
    redis.disconnect()
  }
}
