import { expect, test } from 'vitest'
import type { ArchiveErrorKind } from '../../src/domain/archive-answer.ts'
import { askArchive, dismissInquiry, holdInquiry, releaseInquiry, retryInquiry } from '../../src/flow/person-actions.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { type Workbench, workbench } from './workbench.ts'

const acting = ({ store, now, queued }: Workbench) => ({
  store,
  now,
  enqueue: (work: (typeof queued)[number]) => void queued.push(work)
})
const decision = { actor: 'arkivar', reason: 'Privat ytring' }
const retry = (bench: Workbench, id: string) => retryInquiry(acting(bench), id, decision)
const dismiss = (bench: Workbench, id: string) => dismissInquiry(acting(bench), id, decision)
const ask = (bench: Workbench, id: string) => askArchive(acting(bench), id, decision)
const hold = (bench: Workbench, id: string) => holdInquiry(acting(bench), id, decision)
const release = (bench: Workbench, id: string) => releaseInquiry(acting(bench), id, decision)
const failing = (kind: ArchiveErrorKind) => ({ kind, message: 'Arkivet sa nei.' })

test('a retry of what may be in the archive asks the archive first, and adopts what is there', async () => {
  const archive = lyingArchive()
  archive.sends.push('timeout-after-commit')
  archive.lookups.push({ kind: 'auth', message: 'Nei.' })
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

test('a person who only asks has nothing sent, and may dismiss what the archive does not have', async () => {
  const archive = lyingArchive({ inOneStep: true })
  archive.sends.push(failing('needs-human'))
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn()
  await expect(dismiss(bench, id)).rejects.toMatchObject({ code: 'may-be-in-archive' })
  bench.pass(3_600_000)
  await ask(bench, id)
  await bench.runOn()
  const asked = await bench.status(id)
  expect(asked).toMatchObject({ state: 'needs-action', trouble: { code: 'not-in-archive' } })
  bench.pass(3_600_000)
  await ask(bench, id)
  await bench.runOn()
  expect(await bench.status(id)).toEqual(asked)
  expect(archive.calls).toEqual(['submit', 'lookup', 'lookup'])
  await dismiss(bench, id)
  expect(await bench.status(id)).toMatchObject({ state: 'dismissed' })
})

test('a person who only asks in the same minute as an unclear send waits for the archive to settle', async () => {
  const archive = lyingArchive({ processingMs: 40_000 })
  archive.sends.push(failing('needs-human'), 'timeout-after-commit')
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn({ atMostMs: 0 })
  await ask(bench, id)
  await bench.runOn({ atMostMs: 0 })
  expect(await bench.status(id)).toMatchObject({ state: 'unknown-outcome' })
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'needs-action', trouble: { code: 'not-in-archive' } })
})

test('a person who only asks has what is there adopted', async () => {
  const archive = lyingArchive()
  archive.sends.push('timeout-after-commit')
  archive.lookups.push(failing('auth'))
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn()
  await ask(bench, id)
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(await bench.actions(id)).toContain('inquiry.asked')
})

test('a person who asks makes the next look for a receipt due now', async () => {
  const archive = lyingArchive({ usually: 'accepted', pollMs: 600_000, giveUpMs: 3_600_000 })
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.runOn({ atMostMs: 0 })
  expect(await bench.status(id)).toMatchObject({ state: 'awaiting-receipt' })
  await ask(bench, id)
  await bench.runOn({ atMostMs: 0 })
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
})

test.each(['compose', 'deliver'] as const)('what is held before %s is not sent until it is released', async (task) => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  if (task === 'deliver') await bench.run({ inquiryId: id, task: 'compose' })
  await hold(bench, id)
  await bench.runOn({ atMostMs: 3_600_000 })
  expect(await bench.status(id)).toMatchObject({ state: 'in-review', trouble: { code: 'on-hold' } })
  expect(archive.calls).toEqual([])
  await release(bench, id)
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
})

test('a person who holds and a worker who sends at the same moment never both get their way', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  for (let n = 0; n < 25; n += 1) {
    const id = await bench.receive()
    await bench.run({ inquiryId: id, task: 'compose' })
    const [, held] = await Promise.allSettled([bench.run({ inquiryId: id, task: 'deliver' }), hold(bench, id)])
    const { state } = await bench.status(id)
    expect({ state, sends: archive.journalposts(id).length }).toEqual(
      held.status === 'fulfilled' ? { state: 'in-review', sends: 0 } : { state: 'journaled', sends: 1 }
    )
  }
})

test('what is done cannot be held, released or asked about', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  await bench.runOn()
  for (const act of [hold, release, ask]) {
    await expect(act(bench, id)).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
  }
})

test('a decision about an inquiry that has changed since it was read is refused', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  const { changedAt } = await bench.store.inquiries.get(id)
  await hold(bench, id)
  bench.pass(1_000)
  await release(bench, id)
  const late = bench.store.inquiries.move({
    ...{ id, from: 'received', asOf: changedAt, at: bench.now(), actor: 'arkivar', action: 'inquiry.held' },
    to: { state: 'in-review', trouble: { code: 'on-hold', message: 'Vent.' } },
    next: { kind: 'nothing' }
  })
  await expect(late).rejects.toMatchObject({ code: 'inquiry-in-wrong-state' })
})

test('the reason stands beside the event, as it was written', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  await holdInquiry(acting(bench), id, { actor: 'arkivar', reason: 'Vi må «ringe» først \u{1F642}' })
  const events = await bench.store.audit.about(id)
  expect(events.at(-1)).toMatchObject({ action: 'inquiry.held', reason: 'Vi må «ringe» først \u{1F642}' })
})
