import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Database, openDatabase } from '../../../src/store/database.ts'
import { appointMarkers } from '../appointed.ts'
import { startBuilt } from '../built-service.ts'
import { chanceOf } from '../chance.ts'
import { type Fault, faults, type Mishap } from '../n5tg/faults.ts'
import { serveStandIn } from '../n5tg/serve.ts'
import { heldIn, type Reconciliation, reconcile, toldIn } from '../reconcile.ts'
import { startPostgres } from '../start-postgres.ts'
import { startRedis } from '../start-redis.ts'
import { waitFor } from '../wait-for.ts'
import { postSteadily } from './intake.ts'
import { fillSeats, type Seats } from './seats.ts'
import { type Parts, troubles } from './troubles.ts'

export interface EnduranceOptions {
  readonly count: number
  readonly perSecond: number
  /** How many requests to the archive go well for each that does not. */
  readonly requestsPerMishap: number
  readonly settleSeconds: number
  /** After which it is over, whatever has come of it. */
  readonly secondsMax: number
  readonly seed: number
  readonly tell: (text: string) => void
}

export type Counts = ReadonlyMap<string, number>

export interface Endured {
  readonly reconciliation: Reconciliation
  /** From the first post until the last was taken in. */
  readonly intakeSeconds: number
  /** From the first post until nothing was under way. */
  readonly seconds: number
  /** Of each journaled inquiry, from 202 to journaled. */
  readonly secondsEach: readonly number[]
  readonly states: Counts
  /** Of those that wait for a person, by the code that says why. */
  readonly needsAction: Counts
  readonly mishaps: Counts
  readonly troubles: Counts
  readonly answersOtherThan202: Counts
  readonly requests: number
}

const ADMIN_KEY = 'utholdenhet.9a4c07d1e8b35f62c1d07a9e4b83f5260d1c'
const WORKERS = 3
/** Lies about what it holds are for a person to judge, and are tried beside the connector. */
const lies: readonly Fault[] = ['wrong-checksum', 'duplicate-answer', 'next-ring']
const mishaps: readonly Mishap[] = ['slow', ...faults.filter((fault) => !lies.includes(fault))]

/**
 * The whole service, an API and three workers, with a PostgreSQL and a Redis of its own, delivers to an archive that
 * fails, while each of its parts is killed, stopped or emptied; then what the archive holds is compared with what was
 * promised.
 */
export async function endure(options: EnduranceOptions): Promise<Endured> {
  const chance = chanceOf(options.seed)
  const ends: (() => Promise<unknown>)[] = []
  try {
    const folder = await mkdtemp(join(tmpdir(), 'arkivbro-endurance-'))
    ends.unshift(() => rm(folder, { recursive: true, force: true }))
    const postgres = await startPostgres()
    ends.unshift(postgres.stop)
    const redis = await startRedis()
    ends.unshift(redis.stop)
    const met = counter()
    const mishap = () => (chance.below(options.requestsPerMishap) === 0 ? met.add(chance.oneOf(mishaps)) : undefined)
    const standIn = await serveStandIn({ timeoutSeconds: 4, mishap })
    ends.unshift(standIn.stop)
    const databaseUrl = `${postgres.url}/postgres`
    const env = {
      ...standIn.env,
      ...{ DATABASE_URL: databaseUrl, REDIS_URL: `redis://127.0.0.1:${redis.port}`, DATA_FOLDER: folder, ADMIN_KEY },
      ...{ ARCHIVE: 'noark5-api', PORT: '0', REQUESTS_PER_MINUTE: '1000000', SERVE_WORKS: 'false' },
      SETTLE_SECONDS: String(options.settleSeconds)
    }
    const seats = await fillSeats(1 + WORKERS, (n) => startBuilt(env, n === 0 ? 'serve' : 'worker'))
    ends.unshift(seats.kill)
    await appointMarkers(seats.at(0))
    const db = openDatabase({ url: databaseUrl, connectionsMax: 1, onError: () => undefined })
    ends.unshift(() => db.destroy())
    const run = await runThrough(seats, { redis, postgres, chance }, db, options)
    await seats.stop()
    return {
      ...run,
      reconciliation: reconcile(run.promised, await toldIn(db), heldIn(standIn)),
      ...(await lookBack(db)),
      mishaps: met.counts,
      requests: standIn.requests.length
    }
  } finally {
    for (const end of ends) await end()
  }
}

async function runThrough(
  seats: Seats,
  parts: Pick<Parts, 'redis' | 'postgres' | 'chance'>,
  db: Database,
  options: EnduranceOptions
) {
  const { count, perSecond, secondsMax, tell } = options
  const startedAt = performance.now()
  const seconds = () => (performance.now() - startedAt) / 1_000
  const intake = postSteadily(() => seats.at(0), count, perSecond)
  const { promised, others } = intake
  const happened = counter()
  const atMostMs = secondsMax * 1_000
  for (const { at, what, run } of troubles) {
    await waitFor(() => promised.length >= at * count, `${at * count} are taken in`, { atMostMs })
    tell(`${seconds().toFixed(0)} s: ${promised.length} tatt imot, ${happened.add(what)}`)
    await run({ ...parts, seats: seats.count, replace: seats.replace })
  }
  await intake.done
  const intakeSeconds = seconds()
  tell(`${intakeSeconds.toFixed(0)} s: alle ${promised.length} tatt imot`)
  let told = intakeSeconds
  const isSettled = async () => {
    const open = await underWay(db)
    if (seconds() - told > 30) {
      told = seconds()
      tell(`${told.toFixed(0)} s: ${open} er underveis`)
    }
    return open === 0 || seconds() > secondsMax
  }
  await waitFor(isSettled, 'nothing is under way', { atMostMs, everyMs: 500 })
  return { promised, answersOtherThan202: others, troubles: happened.counts, intakeSeconds, seconds: seconds() }
}

async function underWay(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from work_item`
    .execute(db)
    .catch(() => ({ rows: [] }))
  return rows[0]?.count ?? Number.NaN
}

async function lookBack(db: Database): Promise<Pick<Endured, 'states' | 'needsAction' | 'secondsEach'>> {
  const { rows: states } = await sql<{ state: string; count: number }>`
    select state, count(*)::int from inquiry group by state`.execute(db)
  const { rows: codes } = await sql<{ code: string; count: number }>`
    select status -> 'trouble' ->> 'code' as code, count(*)::int from inquiry where state = 'needs-action'
    group by 1`.execute(db)
  const { rows: waits } = await sql<{ seconds: number }>`
    select extract(epoch from journaled.at - received.at)::float as seconds
    from audit_event received join audit_event journaled using (subject)
    where received.action = 'inquiry.received' and journaled.action = 'inquiry.journaled'`.execute(db)
  return {
    states: new Map(states.map(({ state, count }) => [state, count])),
    needsAction: new Map(codes.map(({ code, count }) => [code, count])),
    secondsEach: waits.map(({ seconds }) => seconds)
  }
}

function counter() {
  const counts = new Map<string, number>()
  return {
    counts,
    add<T extends string>(what: T): T {
      counts.set(what, (counts.get(what) ?? 0) + 1)
      return what
    }
  }
}
