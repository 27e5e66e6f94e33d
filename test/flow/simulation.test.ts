import { sql } from 'kysely'
import { beforeEach, expect, inject, test, vi } from 'vitest'
import { lyingArchive } from '../support/lying-archive.ts'
import { type Ended, liveThrough } from './simulation.ts'
import { workbench } from './workbench.ts'

/** The queue and the kind of PostgreSQL play no part here, so one project lives through most of the worlds. More of them: SIMULATION_SEEDS. */
const isMain = inject('redisPort') === undefined && inject('databaseServer').includes('host=')
const SEEDS = Number(process.env.SIMULATION_SEEDS ?? (isMain ? 400 : 40))
const FROM = Number(process.env.SIMULATION_FROM ?? 1)

// A process that dies in the middle stops its heartbeat too; these live on in the same process.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval'] }))

/** What is wrong with how a world ended: every mark is one journalpost, or stands where a person sees it. */
function wrongs({ inquiries }: Ended): readonly string[] {
  const somebodyIsAsked = inquiries.some(({ state }) => state === 'needs-action')
  return inquiries.flatMap(({ state, waits, held }, index) => {
    const which = `${index + 1} is ${state} and the archive holds ${held}`
    if (held > 1) return [`${which}: a double`]
    if (state === 'journaled' && held === 1) return []
    if (state === 'dismissed' && held === 0) return []
    if (waits && somebodyIsAsked && held === 0) return []
    return state === 'needs-action' ? [] : [which]
  })
}

test('in hundreds of worlds that go wrong, every mark becomes one journalpost or waits for a person', {
  timeout: 600_000
}, async () => {
  const bench = await workbench(lyingArchive().connector)
  await sql`alter role current_user set synchronous_commit = off`.execute(bench.db)
  const ends = new Map<string, number>()
  for (let seed = FROM; seed < FROM + SEEDS; seed += 1) {
    const ended = await liveThrough(bench, seed).catch((error: unknown) => {
      throw new Error(`Seed ${seed} broke.`, { cause: error })
    })
    expect(wrongs(ended), `seed ${seed}:\n${ended.story.join('\n')}`).toEqual([])
    for (const { state } of ended.inquiries) ends.set(state, (ends.get(state) ?? 0) + 1)
  }
  process.stdout.write(`simulation: ${SEEDS} worlds, ${JSON.stringify(Object.fromEntries(ends))}\n`)
})
