import { expect, onTestFinished, test } from 'vitest'
import { DidNotStart } from '../support/built-service.ts'
import { freshInstallation, runService } from '../support/run-service.ts'
import { startRedis } from '../support/start-redis.ts'
import { bodies, expectEachJournaledOnce, postUntilTaken, untilJournaled } from './installation.ts'
import { proxyTo, startProcesses } from './processes.ts'

/** An API and two workers whose way to a Redis of their own leads through a proxy. */
async function onOwnRedis() {
  const redis = await startRedis()
  onTestFinished(() => redis.stop())
  const proxy = await proxyTo(redis.port)
  const env = await freshInstallation({ REDIS_URL: `redis://127.0.0.1:${proxy.port}`, RENDER_PROCESSES: '1' })
  const { api, stop } = await startProcesses(env)
  const ids: string[] = []
  return {
    ...{ redis, proxy },
    post: async (count: number) => void ids.push(...(await postUntilTaken(() => api, bodies(count)))),
    async expectAllJournaled() {
      await untilJournaled(api, ids.length)
      expect(await stop()).toEqual([0, 0, 0])
      await expectEachJournaledOnce(env, ids)
    }
  }
}

test('a Redis that is emptied, killed, stopped and cut off in turn under load costs nothing but time', async () => {
  const { redis, proxy, post, expectAllJournaled } = await onOwnRedis()
  await post(20)
  await redis.command('FLUSHALL')
  await post(20)
  await redis.restart()
  await post(20)
  redis.kill('SIGSTOP')
  await post(20)
  redis.kill('SIGCONT')
  proxy.cut()
  await post(20)
  await proxy.refuse()
  await post(20)
  await proxy.pass()
  await expectAllJournaled()
}, 240_000)

test('connections to Redis that lead nowhere are left, and the work goes on over new ones', async () => {
  const { proxy, post, expectAllJournaled } = await onOwnRedis()
  await post(20)
  proxy.blackHole()
  await post(20)
  await proxy.pass()
  await post(20)
  await expectAllJournaled()
}, 240_000)

test('a service that starts while Redis is silent ends, and says in words that nobody answered', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.stop())
  const env = await freshInstallation({ REDIS_URL: `redis://127.0.0.1:${redis.port}` })
  redis.kill('SIGSTOP')
  const refusal = await runService(env).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DidNotStart)
  expect(refusal).toMatchObject({
    code: 1,
    message: expect.stringMatching(/^Serveren svarte ikke i tide\. Sjekk DATABASE_URL og REDIS_URL.*\(ETIMEDOUT\)$/m)
  })
}, 120_000)
