import { beforeEach, expect, test, vi } from 'vitest'
import type { ArchiveConnector } from '../../src/flow/ports.ts'
import type { Store } from '../../src/flow/store-port.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { workbench } from './workbench.ts'

// Heartbeats are the test's to give: a worker that has stalled gives none.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval'] }))

/** A door that a call waits at until the test opens it. */
function door() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let arrive: () => void = () => undefined
  const reached = new Promise<void>((resolve) => {
    arrive = resolve
  })
  return { open: () => open(), reached, pass: () => [arrive(), opened][1] as Promise<void> }
}

function waitingBefore(connector: ArchiveConnector) {
  const { open, reached, pass } = door()
  const submit: ArchiveConnector['submit'] = async (plan, ctx) => {
    await pass()
    return connector.submit(plan, ctx)
  }
  return { open, reached, archive: { ...connector, submit } }
}

test('of twenty workers that reach for the same work at once, one gets it', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  const rendered: unknown[] = []
  const renderer = {
    ...bench.renderer,
    render: async (...args: Parameters<typeof bench.renderer.render>) => {
      rendered.push(args)
      return bench.renderer.render(...args)
    }
  }
  await Promise.all(Array.from({ length: 20 }, () => bench.run({ inquiryId: id, task: 'compose' }, { renderer })))
  expect(rendered).toHaveLength(1)
  await Promise.all(Array.from({ length: 20 }, () => bench.run({ inquiryId: id, task: 'deliver' })))
  expect(archive.calls).toEqual(['submit'])
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
})

test('a worker that comes for work of another task, or not yet due, gets none', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  const at = bench.now()
  expect(await bench.store.work.claim(id, 'deliver', at, 20_000)).toBeUndefined()
  expect(await bench.store.work.claim(id, 'compose', new Date(at.getTime() - 1), 20_000)).toBeUndefined()
  expect(await bench.store.work.claim(id, 'compose', at, 20_000)).toMatchObject({ isTakenOver: false, tries: 0 })
})

test('a worker that stalls past its lease changes nothing any more, and what it sent is found', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.run({ inquiryId: id, task: 'compose' })
  const slow = waitingBefore(archive.connector)
  const stalled = bench.run({ inquiryId: id, task: 'deliver' }, { archive: slow.archive })
  await slow.reached

  bench.pass(21_000)
  await bench.runOn({ atMostMs: 10_000 })
  const before = { status: await bench.status(id), actions: await bench.actions(id) }
  expect(before.status).toMatchObject({ state: 'journaled' })
  slow.open()
  await stalled

  expect({ status: await bench.status(id), actions: await bench.actions(id) }).toEqual(before)
  expect(archive.journalposts(id)).toHaveLength(1)
  expect(bench.log).toContainEqual(expect.objectContaining({ message: 'work was taken over' }))
})

test('a move under a lost lease is refused and leaves neither state, work, attempt nor event', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  const lost = await bench.store.work.claim(id, 'compose', bench.now(), 20_000)
  bench.pass(20_001)
  const held = await bench.store.work.claim(id, 'compose', bench.now(), 20_000)
  expect(held).toMatchObject({ isTakenOver: true })
  const before = await whole(bench.store, id)
  const move = {
    id,
    from: 'received' as const,
    to: { state: 'needs-action' as const, trouble: { code: 'x', message: 'x' } },
    at: bench.now(),
    actor: 'prove',
    action: 'inquiry.needs-action' as const,
    next: { kind: 'nothing' as const },
    attempt: { startedAt: bench.now(), outcome: 'needs-action' as const }
  }
  await expect(bench.store.inquiries.move({ ...move, lease: lost?.token ?? '' })).rejects.toMatchObject({
    code: 'lease-lost'
  })
  expect(await whole(bench.store, id)).toEqual(before)
  expect(await bench.store.work.renew(id, lost?.token ?? '', bench.now())).toBe(false)
  expect(await bench.store.work.renew(id, held?.token ?? '', bench.now())).toBe(true)
})

const whole = async (store: Store, id: string) => [
  await store.inquiries.get(id),
  await store.work.attempts(id),
  await store.audit.about(id)
]

test('a worker that hears that its lease is lost stops what it is doing', async () => {
  const archive = lyingArchive()
  archive.sends.push('hangs')
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.run({ inquiryId: id, task: 'compose' })
  const working = bench.run({ inquiryId: id, task: 'deliver' })
  await vi.waitUntil(() => archive.calls.length > 0)
  bench.pass(20_001)
  await bench.store.work.claim(id, 'deliver', bench.now(), 20_000)
  vi.advanceTimersByTime(5_000)
  await working
  expect(await bench.status(id)).toEqual({ state: 'sending' })
})

test('work under way when the service stops is handed back at once and counts as no failure', async () => {
  const archive = lyingArchive()
  archive.sends.push('hangs')
  const bench = await workbench(archive.connector)
  const id = await bench.receive()
  await bench.run({ inquiryId: id, task: 'compose' })
  const stopping = new AbortController()
  const working = bench.run({ inquiryId: id, task: 'deliver' }, {}, stopping.signal)
  await vi.waitUntil(() => archive.calls.length > 0)
  stopping.abort()
  await working
  const { work } = await bench.store.inquiries.get(id)
  expect(work).toEqual({ task: 'deliver', dueAt: bench.now(), tries: 0 })
  await bench.runOn()
  expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
  expect(archive.journalposts(id)).toHaveLength(1)
})
