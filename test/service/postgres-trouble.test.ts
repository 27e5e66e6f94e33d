import { expect, onTestFinished, test } from 'vitest'
import { freshInstallation } from '../support/run-service.ts'
import { startPostgres } from '../support/start-postgres.ts'
import { bodies, expectEachJournaledOnce, postAll, postUntilTaken, untilJournaled } from './installation.ts'
import { proxyTo, startProcesses } from './processes.ts'

const COUNT = 40

async function ownServer() {
  const server = await startPostgres()
  onTestFinished(() => server.stop())
  return server
}

test.each([
  ['in order', 'SIGINT'],
  ['at once, as in a crash', 'SIGQUIT']
] as const)(
  'a PostgreSQL that ends %s under load and comes back ends no process, and all is journaled once',
  async (_, signal) => {
    const server = await ownServer()
    const env = await freshInstallation({ DATABASE_URL: `${server.url}/postgres`, RENDER_PROCESSES: '1' })
    const { api, stop } = await startProcesses(env)
    let restarted: Promise<void> | undefined
    const each = (answers: number) => {
      if (answers >= COUNT / 2) restarted ??= server.restart(signal)
    }
    const ids = await postUntilTaken(() => api, bodies(COUNT), { each })
    await restarted
    await untilJournaled(api, COUNT)
    expect(await stop()).toEqual([0, 0, 0])
    await expectEachJournaledOnce(env, ids)
  },
  240_000
)

test('connections to PostgreSQL that lead nowhere are left: callers are told to come again, and all is journaled once', async () => {
  const server = await ownServer()
  const proxy = await proxyTo(Number(new URL(server.url).port))
  const env = await freshInstallation({
    DATABASE_URL: `postgres://arkivbro@127.0.0.1:${proxy.port}/postgres`,
    RENDER_PROCESSES: '1'
  })
  const { api, stop } = await startProcesses(env)
  const before = await postUntilTaken(() => api, bodies(COUNT / 2))
  proxy.blackHole()
  const during = await postAll(api, bodies(COUNT / 2))
  expect([during.refused, during.accepted.size]).toEqual([[], 0])
  expect(new Set(during.later)).toEqual(new Set(['database-unavailable']))
  await proxy.pass()
  const after = await postUntilTaken(() => api, [...during.unanswered])
  await untilJournaled(api, COUNT)
  expect(await stop()).toEqual([0, 0, 0])
  await expectEachJournaledOnce(env, [...before, ...after])
}, 240_000)
