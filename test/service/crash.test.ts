import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { DidNotStart, type RunningService } from '../support/built-service.ts'
import { chanceOf } from '../support/chance.ts'
import { freshInstallation, isEmbedded, killServerOf, runService } from '../support/run-service.ts'
import { waitFor } from '../support/wait-for.ts'
import {
  bodies,
  expectEachJournaledOnce,
  overview,
  type Posted,
  postAll,
  postUntilTaken,
  untilJournaled
} from './installation.ts'

/** Tests that make sense only where one process owns the database, and only where several can share it. */
type Define = (name: string, run: () => Promise<void>, timeoutMs?: number) => void
const alone: Define = isEmbedded() ? test : () => undefined
/** Takes minutes: `npm run trouble`. */
const apart: Define = isEmbedded() || process.env.TROUBLE === undefined ? () => undefined : test

/** Some moment in the middle, another one each time. */
const between = (least: number, most: number) => least + Math.floor(Math.random() * (most - least))

/** Posts all; after so many answers the service is killed on the spot. */
async function postUntilKilled(
  service: RunningService,
  wanted: Iterable<ReturnType<typeof bodies>[number]>,
  answers: number
): Promise<Posted> {
  let killed: Promise<void> | undefined
  const each = (got: number) => {
    if (got >= answers) killed ??= service.kill()
  }
  const posted = await postAll(service, wanted, { each })
  expect(killed).toBeDefined()
  await killed
  expect(posted.refused).toEqual([])
  return posted
}

test('everything that got 202 is journaled exactly once, though the service is killed twice in the middle', async () => {
  const env = await freshInstallation()
  const wanted = bodies(200)
  const [early, late] = [between(30, 110), between(10, 60)]

  const first = await postUntilKilled(await runService(env), wanted, early)
  expect(first.unanswered.size, `killed after ${early}`).toBeGreaterThan(0)
  const second = await postUntilKilled(await runService(env), first.unanswered, late)
  const service = await runService(env)
  const third = await postAll(service, second.unanswered)
  expect([third.unanswered.size, third.refused]).toEqual([0, []])

  await untilJournaled(service, wanted.length)
  expect(await service.stop()).toMatchObject({ code: 0 })
  const accepted = [first, second, third].flatMap((posted) => [...posted.accepted.values()])
  expect(accepted).toHaveLength(wanted.length)
  await expectEachJournaledOnce(env, accepted)
}, 180_000)

test('told to stop in the middle, the service ends in time with 0, and the next one finishes the work', async () => {
  const env = await freshInstallation({ STOP_SECONDS: '2' })
  const service = await runService(env)
  const posted = await postAll(service, bodies(30))
  await waitFor(async () => (await overview(service)).journaled > 0, 'some are journaled')

  const { code, tookMs } = await service.stop()
  expect(code, service.output()).toBe(0)
  expect(tookMs).toBeLessThan(8_000)

  const next = await runService(env)
  await untilJournaled(next, 30)
  await next.stop()
  await expectEachJournaledOnce(env, [...posted.accepted.values()])
})

alone('a second service on the same data folder is refused in words, and the first goes on', async () => {
  const env = await freshInstallation()
  const first = await runService(env)
  const refusal = await runService(env).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DidNotStart)
  expect(refusal).toMatchObject({
    code: 1,
    message: expect.stringMatching(/er allerede i bruk av .*Stopp den andre tjenesten/)
  })
  const posted = await postAll(first, bodies(3))
  await untilJournaled(first, 3)
  await first.stop()
  await expectEachJournaledOnce(env, [...posted.accepted.values()])
})

alone(
  'when the embedded database dies the service ends with 1, and the next one finishes',
  async () => {
    const env = await freshInstallation({ STOP_SECONDS: '2' })
    const service = await runService(env)
    let killed = false
    const each = (answers: number) => {
      if (answers < 15 || killed) return
      killed = true
      killServerOf(env.DATA_FOLDER ?? '')
    }
    const first = await postAll(service, bodies(30), { each })
    expect(await service.ended, service.output()).toBe(1)
    expect(service.output()).toContain('Den innebygde databasen har stoppet.')

    const next = await runService(env)
    const second = await postAll(next, first.unanswered)
    await untilJournaled(next, 30)
    await next.stop()
    await expectEachJournaledOnce(env, [...first.accepted.values(), ...second.accepted.values()])
  },
  120_000
)

apart(
  'three workers and an API, each killed at any time and replaced, journal all once',
  async () => {
    const seed = Number(process.env.KILLS_SEED ?? Math.floor(Math.random() * 1_000_000))
    process.stdout.write(`kills: KILLS_SEED=${seed}\n`)
    const chance = chanceOf(seed)
    const env = await freshInstallation({ RENDER_PROCESSES: '1' })
    const start = (n: number) => (n === 0 ? runService({ ...env, SERVE_WORKS: 'false' }) : runService(env, 'worker'))
    const processes = await Promise.all([0, 1, 2, 3].map(start))
    const api = () => processes[0] as RunningService
    const ids: string[] = []
    for (const victim of [1, 2, 3, 0, chance.below(4), chance.below(4)]) {
      const posting = postUntilTaken(api, bodies(15))
      await pause(100 + chance.below(600))
      await processes[victim]?.kill()
      processes[victim] = await start(victim)
      ids.push(...(await posting))
    }

    await untilJournaled(api(), ids.length)
    const ends = await Promise.all(processes.map((service) => service.stop()))
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    await expectEachJournaledOnce(env, ids)
  },
  400_000
)
