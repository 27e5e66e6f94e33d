import { expect, test } from 'vitest'
import type { ArchiveConnector } from '../../src/flow/ports.ts'
import { lyingArchive, type SendAnswer } from '../support/lying-archive.ts'
import { type Workbench, workbench } from './workbench.ts'

const down: SendAnswer = { kind: 'transient', message: 'Arkivet svarte ikke.' }
const lockedOut: SendAnswer = { kind: 'auth', message: 'Arkivet slipper oss ikke inn.' }
const ARCHIVE = lyingArchive().connector.name

async function received(bench: Workbench, count: number): Promise<readonly string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push(await bench.receive())
  return ids
}

const statesOf = (bench: Workbench, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await bench.status(id)).state))

const gateEvents = async ({ store }: Workbench) =>
  (await store.audit.about(`archive:${ARCHIVE}`)).map(({ action }) => action)

test('an archive that is down is tried by few, and gets everything when it is back', async () => {
  const archive = lyingArchive()
  archive.sends.push(...Array.from({ length: 8 }, () => down))
  const bench = await workbench(archive.connector)
  const ids = await received(bench, 40)
  await bench.runDue()
  await bench.runDue()
  expect(archive.calls.filter((call) => call === 'submit')).toHaveLength(5)
  await bench.runOn()
  expect(new Set(await statesOf(bench, ids))).toEqual(new Set(['journaled']))
  // Each of the eight failures is looked into before it is sent again.
  expect(archive.calls.filter((call) => call === 'submit').length).toBeLessThanOrEqual(40 + 8 + 8)
  const events = await gateEvents(bench)
  expect(events.filter((event) => event === 'archive.closed')).toHaveLength(4)
  expect(events.at(-1)).toBe('archive.opened')
})

test('an archive that locks us out costs one inquiry its place in the line, not all of them', async () => {
  const archive = lyingArchive()
  archive.sends.push(lockedOut)
  const bench = await workbench(archive.connector)
  const ids = await received(bench, 20)
  await bench.runDue()
  await bench.runDue()
  const states = await statesOf(bench, ids)
  expect(states.filter((state) => state === 'needs-action')).toHaveLength(1)
  expect(states.filter((state) => state === 'ready')).toHaveLength(19)
  await bench.runOn()
  expect((await statesOf(bench, ids)).filter((state) => state === 'journaled')).toHaveLength(19)
})

test('what an archive refuses for its own sake does not close the gate for others', async () => {
  const archive = lyingArchive()
  archive.sends.push(...Array.from({ length: 12 }, (): SendAnswer => ({ kind: 'payload', message: 'Nei.' })))
  const bench = await workbench(archive.connector)
  const ids = await received(bench, 15)
  await bench.runOn()
  const states = await statesOf(bench, ids)
  expect(states.filter((state) => state === 'needs-action')).toHaveLength(12)
  expect(await gateEvents(bench)).toEqual([])
})

test('while a person has paused deliveries, inquiries are made ready and none is sent; then all are', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  const paused = { at: bench.now(), by: 'arkivar', reason: 'Oppgradering' }
  await bench.store.gate.pause(ARCHIVE, paused)
  const ids = await received(bench, 5)
  await bench.runDue()
  bench.pass(3_600_000)
  await bench.runDue()
  expect(new Set(await statesOf(bench, ids))).toEqual(new Set(['ready']))
  expect(archive.calls).toEqual([])
  expect(await bench.store.gate.look(ARCHIVE)).toEqual({ failures: 0, paused })
  await bench.store.gate.resume(ARCHIVE, bench.now(), 'arkivar')
  await bench.runOn()
  expect(new Set(await statesOf(bench, ids))).toEqual(new Set(['journaled']))
  expect(await gateEvents(bench)).toEqual(['archive.paused', 'archive.resumed'])
})

test('of all that come when the gate is to be tried, one is let through', async () => {
  const bench = await workbench(lyingArchive().connector)
  await bench.store.gate.failed(ARCHIVE, true, bench.now())
  const pass = () => bench.store.gate.pass(ARCHIVE, bench.now())
  expect(await pass()).toBeUndefined()
  bench.pass(30_000)
  const passed = await Promise.all(Array.from({ length: 20 }, pass))
  expect(passed.filter(Boolean)).toHaveLength(1)
})

test('deliveries to one saksmappe go one at a time, those to others beside them', async () => {
  const archive = lyingArchive()
  const going = new Map<string, number>()
  let most = 0
  let all = 0
  const watched: ArchiveConnector = {
    ...archive.connector,
    async submit(plan, ctx) {
      const saksmappe = plan.casePolicy.mode === 'existing' ? plan.casePolicy.saksnummer.sakssekvensnummer : 0
      const count = (going.get(`${saksmappe}`) ?? 0) + 1
      going.set(`${saksmappe}`, count)
      most = Math.max(most, count)
      all = Math.max(
        all,
        [...going.values()].reduce((sum, one) => sum + one, 0)
      )
      await new Promise((done) => setImmediate(done))
      const result = await archive.connector.submit(plan, ctx)
      going.set(`${saksmappe}`, count - 1)
      return result
    }
  }
  const bench = await workbench(watched)
  const ids: string[] = []
  for (let n = 0; n < 24; n += 1) ids.push(await bench.receive({ caseNumber: `2025/${(n % 3) + 1}` }))
  for (const inquiryId of ids) await bench.run({ inquiryId, task: 'compose' })
  bench.queued.splice(0)
  for (let round = 0; round < 40; round += 1) {
    await Promise.all(ids.map((inquiryId) => bench.run({ inquiryId, task: 'deliver' })))
    bench.pass(1_000)
  }
  expect(new Set(await statesOf(bench, ids))).toEqual(new Set(['journaled']))
  expect(most).toBe(1)
  expect(all).toBeGreaterThan(1)
})
