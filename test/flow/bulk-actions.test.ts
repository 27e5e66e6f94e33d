import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import type { BulkKind, Selection } from '../../src/domain/bulk-action.ts'
import { cancelBulk, previewBulk, runBulk, startBulk } from '../../src/flow/bulk-actions.ts'
import { bulkStore } from '../../src/store/bulk-store.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { type Workbench, workbench } from './workbench.ts'

const acting = ({ store, db, now, queued }: Workbench) => ({
  store,
  bulk: bulkStore(db),
  now,
  enqueue: (work: (typeof queued)[number]) => void queued.push(work)
})
const stuck: Selection = { states: ['needs-action'], code: 'archive-auth' }
const decision = { actor: 'arkivar', reason: 'Passordet er rettet' }

async function withStuck(count: number) {
  const archive = lyingArchive({ inOneStep: true })
  const bench = await workbench(archive.connector)
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    archive.sends.push({ kind: 'auth', message: 'Feil passord.' })
    ids.push(await bench.receive())
    await bench.store.gate.resume(archive.connector.name, bench.now(), 'prove')
    await bench.runOn({ atMostMs: 0 })
  }
  await bench.store.gate.resume(archive.connector.name, bench.now(), 'prove')
  return { archive, bench, ids }
}

const start = (bench: Workbench, count: number, changes: { kind?: BulkKind; perMinute?: number } = {}) =>
  startBulk(acting(bench), {
    id: uuidv7(),
    kind: 'retry',
    selection: stuck,
    perMinute: 120,
    count,
    ...decision,
    ...changes
  })

/** As the service does each second, until it has ended. */
async function runToEnd(bench: Workbench, id: string): Promise<number> {
  let seconds = 0
  for (; !(await bulkStore(bench.db).get(id)).endedAt; seconds += 1) {
    await runBulk(acting(bench))
    bench.pass(1_000)
  }
  return seconds
}

test('a bulk action does the same to all that were selected, at its pace, each with its reason', async () => {
  const { archive, bench, ids } = await withStuck(5)
  const other = await bench.receive()
  const { count, sample } = await previewBulk(acting(bench), stuck, 'arkivar')
  expect({ count, ids: sample.map(({ inquiry }) => inquiry.id) }).toEqual({ count: 5, ids })
  const { id } = await start(bench, count)
  expect(await runToEnd(bench, id)).toBe(3)
  expect(await bulkStore(bench.db).get(id)).toMatchObject({ total: 5, done: 5, refused: {} })
  expect(await bench.actions(other)).not.toContain('inquiry.retried')
  await bench.runOn()
  for (const one of ids) {
    expect(await bench.status(one)).toMatchObject({ state: 'journaled' })
    const events = await bench.store.audit.about(one)
    expect(events.find(({ action }) => action === 'inquiry.retried')).toMatchObject(decision)
    expect(archive.journalposts(one)).toHaveLength(1)
  }
  const about = await bench.store.audit.about(`bulk:${id}`)
  expect(about.map(({ action }) => action)).toEqual(['bulk.started', 'bulk.ended'])
  expect(about[0]).toMatchObject({ ...decision, facts: { kind: 'retry', count: 5, perMinute: 120 } })
})

test('what cannot be done to one is counted by why, and does not stop the others', async () => {
  const { bench } = await withStuck(3)
  const { id } = await start(bench, 3, { kind: 'hold' })
  await runToEnd(bench, id)
  expect(await bulkStore(bench.db).get(id)).toMatchObject({ done: 0, refused: { 'inquiry-in-wrong-state': 3 } })
})

test('nothing is done when the selection is no longer what was shown', async () => {
  const { bench, ids } = await withStuck(2)
  await expect(start(bench, 3)).rejects.toMatchObject({ code: 'selection-changed' })
  await runBulk(acting(bench))
  expect(await bulkStore(bench.db).latest(10)).toEqual([])
  for (const id of ids) expect(await bench.actions(id)).not.toContain('inquiry.retried')
})

test('what has not been taken when it is cancelled is left alone', async () => {
  const { bench, ids } = await withStuck(3)
  const { id } = await start(bench, 3, { perMinute: 60 })
  await runBulk(acting(bench))
  const cancelled = await cancelBulk(acting(bench), id, { actor: 'kari', reason: 'Vi venter' })
  expect(cancelled).toMatchObject({ done: 1, total: 3, cancelledBy: 'kari', endedAt: bench.now() })
  bench.pass(60_000)
  await runBulk(acting(bench))
  const retried = await Promise.all(ids.map(async (one) => (await bench.actions(one)).includes('inquiry.retried')))
  expect(retried).toEqual([true, false, false])
  await expect(cancelBulk(acting(bench), id, decision)).rejects.toMatchObject({ code: 'bulk-action-ended' })
})

test('two processes never work on the same action at once, and one that dies is followed by another', async () => {
  const { bench } = await withStuck(4)
  const { id } = await start(bench, 4, { perMinute: 60 })
  await Promise.all([runBulk(acting(bench)), runBulk(acting(bench))])
  expect(await bulkStore(bench.db).get(id)).toMatchObject({ done: 1 })
  bench.pass(1_000)
  await bulkStore(bench.db).take(bench.now(), new Date(bench.now().getTime() + 60_000))
  await runBulk(acting(bench))
  expect(await bulkStore(bench.db).get(id)).toMatchObject({ done: 1 })
  bench.pass(60_000)
  await runToEnd(bench, id)
  expect(await bulkStore(bench.db).get(id)).toMatchObject({ done: 4 })
})

test('a slow pace is kept between the times, and not by doing parts of an inquiry', async () => {
  const { bench } = await withStuck(2)
  const { id } = await start(bench, 2, { perMinute: 2 })
  expect(await runToEnd(bench, id)).toBe(31)
})
