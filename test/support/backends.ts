import { program } from './programs.ts'
import { postgresPrograms } from './start-postgres.ts'

export interface MissingBackend {
  readonly name: string
  readonly why: string
}

interface AvailableBackend {
  readonly name: string
  readonly setup: string
}

const all = [
  { name: 'embedded', setup: './test/support/setup-embedded.ts', why: undefined },
  {
    name: 'postgres',
    setup: './test/support/setup-postgres.ts',
    why: postgresPrograms() ? undefined : 'PostgreSQL mangler: apt-get install postgresql'
  },
  {
    name: 'redis',
    setup: './test/support/setup-redis.ts',
    why: program('redis-server') ? undefined : 'Redis mangler: apt-get install redis-server'
  }
]

/** The pairs of database and queue that the suites run over, as far as this machine has the programs. */
export const backends: {
  readonly available: readonly AvailableBackend[]
  readonly missing: readonly MissingBackend[]
} = {
  available: all.filter(({ why }) => why === undefined),
  missing: all.flatMap(({ name, why }) => (why === undefined ? [] : [{ name, why }]))
}
