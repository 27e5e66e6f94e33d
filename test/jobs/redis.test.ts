import { Cluster, Redis } from 'ioredis'
import { expect, inject, test } from 'vitest'
import { connectRedis } from '../../src/jobs/redis.ts'
import { bodies, expectEachJournaledOnce, postAll, untilJournaled } from '../service/installation.ts'
import { startCluster, startSentinel } from '../support/redis-topologies.ts'
import { freshService } from '../support/setup.ts'

const opened = (url: string) => connectRedis(url, { blocking: false })

test('an address names one Redis, with its database and credentials', () => {
  const redis = opened('rediss://ola:hemmelig@redis.example.org:6380/3') as Redis
  expect(redis).toBeInstanceOf(Redis)
  expect(redis.options).toMatchObject({
    host: 'redis.example.org',
    port: 6380,
    db: 3,
    username: 'ola',
    password: 'hemmelig'
  })
  expect(redis.options.tls).toBeTruthy()
})

test('an address names Sentinels and what they watch', () => {
  const redis = opened('redis+sentinel://:hem%2Fmelig@en.example.org,to.example.org:26380/arkiv') as Redis
  expect(redis.options).toMatchObject({
    sentinels: [
      { host: 'en.example.org', port: 26379 },
      { host: 'to.example.org', port: 26380 }
    ],
    name: 'arkiv',
    password: 'hem/melig'
  })
})

test('an address names nodes of a cluster', () => {
  const cluster = opened('redis+cluster://en.example.org:7000,to.example.org:7001') as Cluster
  expect(cluster).toBeInstanceOf(Cluster)
  expect(cluster.options.enableOfflineQueue).toBe(false)
  cluster.disconnect()
})

if (inject('redisPort')) {
  test('inquiries are journaled by way of a Redis Cluster', async () => {
    const service = await freshService({ REDIS_URL: await startCluster() })
    const { accepted } = await postAll(service, bodies(5))
    await untilJournaled(service, 5, 30_000)
    await service.running.stop()
    await expectEachJournaledOnce(service.env, [...accepted.values()])
  })

  test('inquiries are journaled by way of Sentinel, before and after the master has died', async () => {
    const { url, failOver } = await startSentinel()
    const service = await freshService({ REDIS_URL: url })
    const before = await postAll(service, bodies(5))
    await untilJournaled(service, 5, 30_000)
    await failOver()
    const after = await postAll(service, bodies(5))
    await untilJournaled(service, 10, 50_000)
    await service.running.stop()
    await expectEachJournaledOnce(service.env, [...before.accepted.values(), ...after.accepted.values()])
  }, 120_000)
}
