import { expect, test } from 'vitest'
import type { ArchiveErrorKind } from '../../src/domain/archive-answer.ts'
import { dismissInquiry, retryInquiry } from '../../src/flow/person-actions.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { type Workbench, workbench } from './workbench.ts'

const acting = ({ store, now, queued }: Workbench) => ({
  store,
  now,
  enqueue: (work: (typeof queued)[number]) => void queued.push(work)
})
const retry = (bench: Workbench, id: string) => retryInquiry(acting(bench), id, 'arkivar')
const dismiss = (bench: Workbench, id: string) => dismissInquiry(acting(bench), id, 'Privat ytring', 'arkivar')
const failing = (kind: ArchiveErrorKind) => ({ kind, message: 'Arkivet sa nei.' })

test('a retry of what may be in the archive asks the archive first, and adopts what is there', async () => {
  const archive = lyingArchive()
  archive.sends.push('timeout-after-commit')
  archive.lookups.push('incomplete')
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'needs-action' })
  await retry(bench, id)
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(archive.calls).toEqual(['submit', 'lookup', 'lookup'])
  expect(archive.journalposts(id)).toHaveLength(1)
})

test('a retry in the same minute as an unclear send does not send again before the archive has settled', async () => {
  const archive = lyingArchive({ processingMs: 40_000 })
  archive.sends.push('timeout-after-commit')
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn({ atMostMs: 0 })
  expect(await bench.status(id)).toMatchObject({ state: 'unknown-outcome' })
  bench.pass(3_000)
  await retry(bench, id)
  await bench.runOn({ atMostMs: 0 })
  expect(archive.calls).toEqual(['submit', 'lookup'])
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(archive.journalposts(id)).toHaveLength(1)
})

test('a retry of what an archive lost without a trace sends it again', async () => {
  const archive = lyingArchive()
  archive.sends.push(failing('needs-human'))
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn()
  bench.pass(3_600_000)
  await retry(bench, id)
  await bench.runOn({ atMostMs: 0 })
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(archive.calls).toEqual(['submit', 'lookup', 'submit'])
})

test('a retry makes what waits for its next try due now', async () => {
  const archive = lyingArchive()
  archive.sends.push({ ...failing('rate-limited'), retryAfterMs: 3_600_000 })
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn({ atMostMs: 60_000 })
  expect(await bench.status(id)).toMatchObject({ state: 'ready', trouble: { code: 'archive-rate-limited' } })
  await retry(bench, id)
  await bench.runOn({ atMostMs: 0 })
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
})

test('there is nothing to retry when all is done', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  await bench.runOn()
  await expect(retry(bench, id)).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
})

test('what has not been sent can be dismissed, and is then left alone', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.run({ inquiryId: id, task: 'compose' })
  await dismiss(bench, id)
  await bench.runOn()
  expect(await bench.status(id)).toEqual({ state: 'dismissed', reason: 'Privat ytring', by: 'arkivar' })
  expect(archive.calls).toEqual([])
})

test.each(['timeout-after-commit', 'wrong-checksum', failing('needs-human'), failing('transient')] as const)(
  'what may be in the archive after %o cannot be dismissed',
  async (answer) => {
    const archive = lyingArchive()
    archive.sends.push(answer)
    const bench = await workbench(archive.connector)
    const id = await bench.receive()
    await bench.runOn({ atMostMs: 0 })
    const before = await bench.store.inquiries.get(id)
    await expect(dismiss(bench, id)).rejects.toMatchObject({
      code: before.status.state === 'unknown-outcome' ? 'inquiry-in-wrong-state' : 'may-be-in-archive'
    })
    expect(await bench.store.inquiries.get(id)).toEqual(before)
  }
)

test('what the archive has refused in so many words can be dismissed', async () => {
  const archive = lyingArchive({ inOneStep: true })
  archive.sends.push(failing('payload'))
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'archive-payload' } })
  await dismiss(bench, id)
  expect(await bench.status(id)).toMatchObject({ state: 'dismissed' })
})

test('what a person dismisses just after a worker has taken it up never reaches the archive', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.run({ inquiryId: id, task: 'compose' })
  const { inquiries, work } = bench.store
  const claim: typeof work.claim = async (...args) => {
    const lease = await work.claim(...args)
    await dismiss(bench, id)
    return lease
  }
  await bench.run(
    { inquiryId: id, task: 'deliver' },
    { store: { ...bench.store, inquiries, work: { ...work, claim } } }
  )
  expect(await bench.status(id)).toMatchObject({ state: 'dismissed' })
  expect(archive.calls).toEqual([])
})

test('a person who dismisses and a worker who sends at the same moment never both get their way', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  for (let n = 0; n < 25; n += 1) {
    const id = await bench.receive()
    await bench.run({ inquiryId: id, task: 'compose' })
    const [sent, dismissed] = await Promise.allSettled([
      bench.run({ inquiryId: id, task: 'deliver' }),
      dismiss(bench, id)
    ])
    expect(sent.status).toBe('fulfilled')
    const { state } = await bench.status(id)
    expect({ state, sends: archive.journalposts(id).length }).toEqual(
      dismissed.status === 'fulfilled' ? { state: 'dismissed', sends: 0 } : { state: 'journaled', sends: 1 }
    )
  }
  expect(bench.log.filter(({ message }) => message === 'work failed')).toEqual([])
})
