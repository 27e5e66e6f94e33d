import type { RunningService } from '../built-service.ts'
import type { Chance } from '../chance.ts'
import type { StartedPostgres } from '../start-postgres.ts'
import type { StartedRedis } from '../start-redis.ts'

export interface Parts {
  /** The API, then the workers. */
  readonly processes: RunningService[]
  start(n: number): Promise<RunningService>
  readonly redis: StartedRedis
  readonly postgres: StartedPostgres
  readonly chance: Chance
}

/** Something bad that happens to a part when this share of the inquiries has been taken in. */
export interface Trouble {
  readonly at: number
  readonly what: string
  run(parts: Parts): Promise<void>
}

const killed = async ({ processes, start }: Parts, n: number) => {
  await processes[n]?.kill()
  processes[n] = await start(n)
}
const aWorker = (at: number): Trouble => ({
  at,
  what: 'en arbeider drept',
  run: (parts) => killed(parts, 1 + parts.chance.below(parts.processes.length - 1))
})

const all: readonly Trouble[] = [
  ...[0.08, 0.16, 0.24, 0.32, 0.4, 0.48, 0.56, 0.64, 0.72, 0.8, 0.88].map(aWorker),
  { at: 0.96, what: 'API-et drept', run: (parts) => killed(parts, 0) },
  { at: 0.2, what: 'Redis tømt', run: async ({ redis }) => void (await redis.command('FLUSHALL')) },
  { at: 0.36, what: 'Redis stanset', run: async ({ redis }) => redis.kill('SIGSTOP') },
  { at: 0.38, what: 'Redis i gang igjen', run: async ({ redis }) => redis.kill('SIGCONT') },
  { at: 0.52, what: 'Redis drept og startet', run: ({ redis }) => redis.restart() },
  { at: 0.68, what: 'Redis tømt', run: async ({ redis }) => void (await redis.command('FLUSHALL')) },
  { at: 0.6, what: 'PostgreSQL startet på nytt', run: ({ postgres }) => postgres.restart('SIGINT') },
  { at: 0.76, what: 'PostgreSQL falt og startet', run: ({ postgres }) => postgres.restart('SIGQUIT') }
]

/** All that happens, in order. */
export const troubles = all.toSorted((a, b) => a.at - b.at)
