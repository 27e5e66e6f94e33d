import { expect, test } from 'vitest'
import { dismissInquiry } from '../../src/flow/person-actions.ts'
import { restoreWork } from '../../src/flow/sweep-work.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { type Workbench, workbench } from './workbench.ts'

function restore({ store, now }: Workbench, logged: unknown[] = []): Promise<void> {
  const warn = (facts: unknown) => void logged.push(facts)
  return restoreWork({ store, now, log: { info: () => undefined, warn, error: () => undefined } })
}

const loseWork = ({ db, queued }: Workbench) => {
  queued.splice(0)
  return db.deleteFrom('work_item').execute()
}

test('an inquiry whose work is gone gets it back wherever it stands, with a warning, and is journaled once', async () => {
  const archive = lyingArchive()
  archive.sends.push('timeout-after-commit', 'accepted')
  const bench = await workbench(archive.connector)
  const [unknown, awaiting, ready, received] = [
    await bench.receive(),
    await bench.receive(),
    await bench.receive({ caseNumber: '2025/17' }),
    await bench.receive()
  ]
  for (const inquiryId of [unknown, awaiting, ready]) await bench.run({ inquiryId, task: 'compose' })
  for (const inquiryId of [unknown, awaiting]) await bench.run({ inquiryId, task: 'deliver' })
  await loseWork(bench)
  const logged: unknown[] = []
  await restore(bench, logged)
  expect(logged).toEqual([
    { inquiry: unknown, task: 'settle' },
    { inquiry: awaiting, task: 'settle' },
    { inquiry: ready, task: 'deliver' },
    { inquiry: received, task: 'compose' }
  ])
  // Deliveries to one saksmappe go one at a time, also when the work is new.
  expect(await bench.db.selectFrom('work_item').select('saksmappe').where('inquiry_id', '=', ready).execute()).toEqual([
    { saksmappe: '2025/17' }
  ])
  await bench.runOn()
  for (const id of [unknown, awaiting, ready, received]) {
    expect(await bench.status(id)).toMatchObject({ state: 'journaled' })
    expect(await bench.actions(id)).toContain('inquiry.work-restored')
    expect(archive.journalposts(id)).toHaveLength(1)
  }
})

test('what has its work, waits for a person or is done with is left alone', async () => {
  const archive = lyingArchive()
  const bench = await workbench(archive.connector)
  archive.sends.push({ kind: 'payload', message: 'Nei.' })
  const [waiting, journaled, dismissed] = [await bench.receive(), await bench.receive(), await bench.receive()]
  await dismissInquiry({ ...bench, enqueue: () => undefined }, dismissed, {
    actor: 'arkivar',
    reason: 'Gjelder ikke oss'
  })
  await bench.runOn()
  const open = await bench.receive()
  const logged: unknown[] = []
  await restore(bench, logged)
  await Promise.all(Array.from({ length: 5 }, () => restore(bench, logged)))
  expect(logged).toEqual([])
  expect(await bench.status(waiting)).toMatchObject({ state: 'needs-action' })
  expect(await bench.status(journaled)).toMatchObject({ state: 'journaled' })
  expect((await bench.store.inquiries.get(open)).work?.task).toBe('compose')
})

test('of several processes that find the same lost work, one gives it back', async () => {
  const bench = await workbench(lyingArchive().connector)
  const id = await bench.receive()
  await loseWork(bench)
  await Promise.all(Array.from({ length: 5 }, () => restore(bench)))
  expect((await bench.actions(id)).filter((action) => action === 'inquiry.work-restored')).toHaveLength(1)
})
