import { beforeAll, expect, test } from 'vitest'
import { modelStore } from '../support/model-store/index.ts'
import { liveThrough } from './live-through.ts'
import { wrongs } from './promise.ts'
import { stubTimers } from './timers.ts'

const SEEDS = Number(process.env.SIMULATION_SEEDS ?? 10_000)
const FROM = Number(process.env.SIMULATION_FROM ?? 1)

beforeAll(stubTimers)

const groundOf = () => {
  const store = modelStore()
  return { store, nextDue: store.nextDue }
}

test('in thousands of worlds that go wrong, every mark becomes one journalpost or waits for a person', {
  timeout: 6_000_000
}, async () => {
  const ends = new Map<string, number>()
  for (let seed = FROM; seed < FROM + SEEDS; seed += 1) {
    const ended = await liveThrough(groundOf(), seed)
    expect(wrongs(ended), `seed ${seed}:\n${ended.story.join('\n')}`).toEqual([])
    for (const { state, trouble } of ended.inquiries) {
      const end = trouble === undefined ? state : `${state}, ${trouble}`
      ends.set(end, (ends.get(end) ?? 0) + 1)
    }
  }
  process.stdout.write(`simulation: ${SEEDS} worlds, ${JSON.stringify(Object.fromEntries(ends))}\n`)
})
