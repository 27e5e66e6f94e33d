import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Store } from '../../src/flow/store-port.ts'
import type { Database } from '../../src/store/database.ts'
import { liveThrough } from '../simulation/live-through.ts'
import { stubTimers } from '../simulation/timers.ts'
import type { Ground } from '../simulation/world.ts'
import { modelStore } from '../support/model-store/index.ts'
import { freshStore } from '../support/setup.ts'
import { wrapped } from './through-calls.ts'
import { nextDue } from './workbench.ts'

const SEEDS = Number(process.env.SIMULATION_SEEDS ?? 60)
const FROM = Number(process.env.SIMULATION_FROM ?? 1)

beforeAll(stubTimers)

/** A store that tells what it was asked and what it answered, but for the lease's own words. */
function telling({ store, nextDue: next }: Ground): { readonly ground: Ground; readonly answers: string[] } {
  const answers: string[] = []
  const tell = async (name: string, run: () => unknown, args: readonly unknown[]) => {
    try {
      const result = await run()
      answers.push(`${name} ${said(args)} gives ${said(Array.isArray(result) ? inOrder(result) : result)}`)
      return result
    } catch (error) {
      answers.push(`${name} ${said(args)} throws ${String(error instanceof Error && 'code' in error && error.code)}`)
      throw error
    }
  }
  return { ground: { store: wrapped(store, 'store', tell), nextDue: next }, answers }
}

/** A lease is named by chance that is not the world's. */
const LEASE = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g
const said = (value: unknown): string => JSON.stringify(plain(value)).replace(LEASE, '…')

/** The same for the same values, in whatever order their parts come. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value ?? null
  if (value instanceof Date) return value.toISOString()
  const parts = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(parts.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, plain(part)]))
}

/** What is handed over at once comes in no order. */
const inOrder = (items: readonly unknown[]) =>
  items.every((item) => typeof item === 'object' && item !== null && 'jobId' in item) ? items.map(said).sort() : items

async function lifeOn(ground: Ground, seed: number) {
  const { ground: heard, answers } = telling(ground)
  const { story, inquiries } = await liveThrough(heard, seed)
  const left = await Promise.all(inquiries.map(({ id }) => whole(ground.store, id)))
  return { story, inquiries, answers, left: left.map(said) }
}

const whole = async (store: Store, id: string) => [
  await store.inquiries.get(id),
  await store.plans.get(id),
  await store.work.attempts(id),
  await store.audit.about(id)
]

/** What the last world has left open is nobody's business in the next. */
async function leaveBehind(db: Database): Promise<void> {
  await sql`delete from work_item`.execute(db)
  await sql`truncate archive_message restart identity`.execute(db)
  await sql`delete from archive_gate`.execute(db)
  await sql`update inquiry set state = 'dismissed'`.execute(db)
}

test('on PostgreSQL and on the model the same worlds go the same way, answer by answer', {
  timeout: 1_200_000
}, async () => {
  const { db, store } = await freshStore()
  await sql`alter role current_user set synchronous_commit = off`.execute(db)
  let answered = 0
  for (let seed = FROM; seed < FROM + SEEDS; seed += 1) {
    await leaveBehind(db)
    const real = await lifeOn({ store, nextDue: (archive) => nextDue(db, archive) }, seed)
    const model = modelStore()
    const modelled = await lifeOn({ store: model, nextDue: model.nextDue }, seed)
    expect(modelled, `seed ${seed}`).toEqual(real)
    answered += real.answers.length
  }
  expect(answered).toBeGreaterThan(SEEDS * 50)
})
