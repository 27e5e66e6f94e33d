import { expect, test } from 'vitest'
import { Unavailable } from '../../src/domain/errors.ts'
import type { ArchiveConnector, DocumentRenderer } from '../../src/flow/ports.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { plainRenderer } from './installation.ts'
import { type Workbench, workbench } from './workbench.ts'

const DAY_S = 86_400
const planned = [1, 5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600]

/** An archive that is down, and when it was asked. */
function downArchive(): { connector: ArchiveConnector; asked: Date[] } {
  const { connector } = lyingArchive()
  const asked: Date[] = []
  return {
    asked,
    connector: {
      ...connector,
      async submit(_plan, ctx) {
        asked.push(ctx.now())
        return { state: 'failed', error: { kind: 'transient', message: 'Arkivet er nede.' } }
      }
    }
  }
}

const gapsOf = (asked: readonly Date[]) =>
  asked.slice(1).map((at, n) => Math.round((at.getTime() - (asked[n]?.getTime() ?? 0)) / 1_000))

test('an archive that is down is tried after 1 s, 5 s, 30 s … 6 h, and after seven days it is a person’s turn', async () => {
  const { connector, asked } = downArchive()
  const bench = await workbench(connector)
  const id = await bench.receive()
  await bench.runOn()
  const gaps = gapsOf(asked)
  expect(gaps.slice(0, planned.length)).toEqual(planned)
  expect(new Set(gaps.slice(planned.length))).toEqual(new Set([21_600]))
  const wholeS = gaps.reduce((sum, gap) => sum + gap, 0)
  expect(wholeS).toBeGreaterThanOrEqual(7 * DAY_S)
  expect(wholeS).toBeLessThan(7.5 * DAY_S)
  expect(await bench.status(id)).toEqual({
    state: 'needs-action',
    trouble: { code: 'archive-transient', message: 'Arkivet er nede.' }
  })
  const attempts = await bench.store.work.attempts(id)
  expect(attempts.filter(({ task }) => task === 'deliver')).toHaveLength(asked.length)
  expect(attempts.at(-1)).toMatchObject({ task: 'deliver', outcome: 'needs-action' })
})

test('the plan starts over when the work has moved on', async () => {
  const renderer = failingFor((text) => text.includes('Vanskelig'), 3)
  const { connector, asked } = downArchive()
  const bench = await workbench(connector, { renderer })
  await bench.receive({ text: 'Vanskelig side' })
  await bench.runOn({ atMostMs: 60_000 })
  expect(gapsOf(asked).slice(0, 2)).toEqual([1, 5])
})

test('an inquiry that can never be rendered holds nobody up and ends with a person', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector, { renderer: failingFor((text) => text.includes('Gift')) })
  const poison = await bench.receive({ text: 'Gift' })
  const others = await Promise.all(Array.from({ length: 8 }, () => bench.receive()))
  await bench.runOn({ atMostMs: 0 })
  for (const id of others) expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(await bench.status(poison)).toMatchObject({ state: 'received', trouble: { code: 'document-not-rendered' } })
  await bench.runOn()
  expect(await bench.status(poison)).toMatchObject({
    state: 'needs-action',
    trouble: { code: 'document-not-rendered' }
  })
})

test('work that kills every worker is postponed by the plan, and ends with a person', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  const gaps: number[] = []
  while ((await bench.status(id)).state === 'received') {
    await untilDue(bench, id)
    const claimedAt = bench.now()
    // The worker takes it and is never heard of again; the next one finds what it left.
    await bench.store.work.claim(id, 'compose', bench.now(), 20_000)
    bench.pass(20_001)
    await bench.run({ inquiryId: id, task: 'compose' })
    const { work } = await bench.store.inquiries.get(id)
    if (work) gaps.push(Math.round((work.dueAt.getTime() - claimedAt.getTime() - 20_001) / 1_000))
  }
  expect(gaps.slice(0, planned.length)).toEqual(planned)
  expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'worker-gone' } })
})

async function untilDue(bench: Workbench, id: string): Promise<void> {
  const { work } = await bench.store.inquiries.get(id)
  bench.pass(Math.max(0, (work?.dueAt.getTime() ?? 0) - bench.now().getTime()))
}

test('a file that has gone from the file store is for a person, in words', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.run({ inquiryId: id, task: 'compose' })
  expect(await bench.status(id)).toEqual({ state: 'ready' })
  const { blobs } = await workbench(archive.connector)
  await bench.runOn({ outside: { blobs } })
  expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'archive-needs-human' } })
  expect(archive.journalposts(id)).toHaveLength(0)
})

test('a file store that does not answer is waited for', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  const away = async () => {
    throw new Unavailable('files-unavailable', 'Fillageret svarer ikke.')
  }
  const blobs = { put: away, open: away, check: away }
  await bench.runOn({ outside: { blobs }, atMostMs: 30_000 })
  expect(await bench.status(id)).toMatchObject({ state: 'received', trouble: { code: 'files-unavailable' } })
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
})

function failingFor(isPoison: (text: string) => boolean, times = Number.POSITIVE_INFINITY): DocumentRenderer {
  let failed = 0
  return {
    ...plainRenderer,
    async render(document, signal) {
      if (!isPoison(JSON.stringify(document)) || failed >= times) return plainRenderer.render(document, signal)
      failed += 1
      throw new Unavailable('document-not-rendered', 'Arkivdokumentet kunne ikke lages.')
    }
  }
}
