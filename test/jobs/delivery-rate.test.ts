import { expect, onTestFinished, test } from 'vitest'
import type { DeliveryRate } from '../../src/domain/delivery-rate.ts'
import { deliverRecord } from '../../src/flow/deliver-record.ts'
import { throughGate } from '../../src/flow/gated-archive.ts'
import type { ArchiveConnector } from '../../src/flow/ports.ts'
import { runWork, type WorkDeps } from '../../src/flow/run-work.ts'
import { sweepWork } from '../../src/flow/sweep-work.ts'
import { openBackend, type QueueSettings } from '../../src/jobs/backend.ts'
import { repeat } from '../../src/jobs/repeat.ts'
import { type Job, openWorkQueue, startWorkers } from '../../src/jobs/work-queue.ts'
import { type Workbench, workbench } from '../flow/workbench.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { freshEnvironment } from '../support/setup.ts'
import { waitFor } from '../support/wait-for.ts'

const rate: DeliveryRate = { atOnceMax: 2, intervalMs: 500 }
const COUNT = 8
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const now = () => new Date()

/** Workers and a sweep, as a process has them. */
async function startProcess({ store, blobs }: Workbench, archive: ArchiveConnector, settings: QueueSettings) {
  const backend = await openBackend(settings, () => undefined)
  onTestFinished(() => backend.close())
  const queue = await openWorkQueue(backend, quiet)
  onTestFinished(() => queue.close())
  const deps: WorkDeps = { store, now, random: Math.random, enqueue: queue.enqueue, log: quiet }
  const step = throughGate(
    archive,
    (gated) => deliverRecord({ archive: gated, blobs, restrictionOf: async () => undefined }),
    rate
  )
  const deliver: Job = {
    task: 'deliver',
    concurrency: 4,
    run: (inquiryId, stopped) => runWork(deps, step, { inquiryId, task: 'deliver', deadlineMs: 30_000 }, stopped)
  }
  const workers = await startWorkers(backend, [deliver], quiet)
  onTestFinished(() => workers.stop(1_000))
  const sweep = repeat(
    100,
    () => sweepWork({ store, archive: archive.name, rate, now, enqueueAll: queue.enqueueAll }),
    () => undefined
  )
  onTestFinished(() => sweep.stop())
}

test('the workers of two processes together keep deliveries under the rate', async () => {
  const { connector, journalposts } = lyingArchive()
  const begun: number[] = []
  const archive: ArchiveConnector = {
    ...connector,
    submit(plan, ctx) {
      begun.push(performance.now())
      return connector.submit(plan, ctx)
    }
  }
  const bench = await workbench(archive)
  const ids: string[] = []
  for (let n = 0; n < COUNT; n += 1) ids.push(await bench.receive())
  for (const inquiryId of ids) await bench.run({ inquiryId, task: 'compose' })
  const { DATABASE_URL = '', REDIS_URL } = await freshEnvironment()
  const settings: QueueSettings =
    REDIS_URL === undefined ? { kind: 'postgres', url: DATABASE_URL } : { kind: 'redis', url: REDIS_URL }
  for (let n = 0; n < 2; n += 1) await startProcess(bench, archive, settings)

  const areJournaled = async () => (await bench.store.inquiries.counts([])).byState.journaled === COUNT
  await waitFor(areJournaled, 'all are journaled', { atMostMs: 50_000, everyMs: 100 })
  for (const id of ids) expect(journalposts(id)).toHaveLength(1)
  // One interval less than the turns are apart, since a turn is taken a little before the archive is called.
  const spreadMs = (COUNT - rate.atOnceMax - 1) * rate.intervalMs
  expect(Math.max(...begun) - Math.min(...begun)).toBeGreaterThanOrEqual(spreadMs)
})
