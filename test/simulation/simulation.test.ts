import { beforeAll, expect, test, vi } from 'vitest'
import type { ArchivePlan } from '../../src/domain/archive-plan.ts'
import type { ArchiveConnector } from '../../src/flow/ports.ts'
import { modelStore } from '../support/model-store/index.ts'
import { liveThrough } from './live-through.ts'
import { wrongs } from './promise.ts'
import { stubTimers } from './timers.ts'

const SEEDS = Number(process.env.SIMULATION_SEEDS ?? 10_000)
const FROM = Number(process.env.SIMULATION_FROM ?? 1)

// Whether a record is valid is tried elsewhere, and would take more time here than all the rest.
vi.mock('../../src/noark/checked-arkivmelding.ts', () => ({
  checkedArkivmelding: ({ planId }: ArchivePlan) => ({ xml: `<arkivmelding>${planId}</arkivmelding>`, faults: [] })
}))

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
    const wrong = [...wrongs(ended.left).map((one) => `before anybody came, ${one}`), ...wrongs(ended.inquiries)]
    if (wrong.length > 0) expect.fail(`Seed ${seed}: ${wrong.join('; ')}\n${ended.story.join('\n')}`)
    for (const { state, trouble } of ended.inquiries) {
      const end = trouble === undefined ? state : `${state}, ${trouble}`
      ends.set(end, (ends.get(end) ?? 0) + 1)
    }
  }
  process.stdout.write(`simulation: ${SEEDS} worlds, ${JSON.stringify(Object.fromEntries(ends))}\n`)
})

test('a world is lived through again in the same way, turn by turn', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    expect(await liveThrough(groundOf(), seed)).toEqual(await liveThrough(groundOf(), seed))
  }
})

/** Sends whatever it is told to, and never looks at what it has begun before. */
const blind = (connector: ArchiveConnector): ArchiveConnector => ({
  ...connector,
  submit: (plan, ctx) => connector.submit(plan, { ...ctx, step: (_name, run) => run() })
})

test('a connector that sends past the ledger is found out', async () => {
  const wrong: string[] = []
  for (let seed = 1; seed <= 200; seed += 1)
    wrong.push(...wrongs((await liveThrough(groundOf(), seed, blind)).inquiries))
  expect(wrong).toContainEqual(expect.stringContaining('a double'))
})
