import { expect, test } from 'vitest'
import { allTasks } from '../../src/domain/inquiry.ts'
import type { QueuedWork } from '../../src/flow/store-port.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storeOn } from '../../src/store/index.ts'
import { freshStore } from '../support/setup.ts'
import { AT, arrival } from './arrival.ts'

const after = (ms: number) => new Date(AT.getTime() + ms)
const LATER = after(20_000)
const UNTIL = after(80_000)
const OTHER_TOKEN = '00000000-0000-4000-8000-000000000000'

test('three sweepers at once hand each piece of due work over once', async () => {
  const { store, url } = await freshStore()
  const ids = new Set<string>()
  for (let n = 0; n < 300; n += 1) {
    const one = arrival()
    ids.add(one.inquiry.id)
    await store.inquiries.receive(one)
  }
  const databases = [1, 2, 3].map(() => openDatabase({ url, connectionsMax: 1, onError: () => undefined }))
  const sweep = async (db: (typeof databases)[number]) => {
    const taken: QueuedWork[] = []
    for (;;) {
      const work = await storeOn(db).work.takeDue(LATER, UNTIL, 17, allTasks)
      if (work.length === 0) return taken
      taken.push(...work)
    }
  }
  const taken = await Promise.all(databases.map(sweep))
  await Promise.all(databases.map((db) => db.destroy()))
  const all = taken.flat().map(({ inquiryId }) => inquiryId)
  expect(all).toHaveLength(300)
  expect(new Set(all)).toEqual(ids)
})

test('work handed over again keeps its job’s name for a while, and then gets another', async () => {
  const { store } = await freshStore()
  await store.inquiries.receive(arrival())
  const names: string[] = []
  for (let n = 0; n < 12; n += 1) {
    const at = after(20_000 + n * 60_001)
    const [work] = await store.work.takeDue(at, new Date(at.getTime() + 60_000), 10, allTasks)
    names.push(work?.jobId ?? '')
  }
  const changes = names.filter((name, n) => name !== names[n - 1])
  expect(changes).toEqual([...new Set(names)])
  expect(changes).toHaveLength(4)
})

test('a hurried piece of work gets a name that no queue holds', async () => {
  const { store } = await freshStore()
  const one = arrival()
  const reception = await store.inquiries.receive(one)
  const hurried = await store.work.hurry(one.inquiry.id, { at: AT, actor: 'arkivar', action: 'inquiry.retried' })
  expect(hurried?.jobId).not.toBe(reception.kind === 'first' && reception.queued.jobId)
})

test('work that is held is not handed over until its holder has been silent too long, and then at once', async () => {
  const { store } = await freshStore()
  const one = arrival()
  await store.inquiries.receive(one)
  await store.work.takeDue(LATER, after(3_600_000), 10, allTasks)
  const lease = await store.work.claim(one.inquiry.id, 'compose', LATER, 20_000)
  expect(lease).toMatchObject({ isTakenOver: false })
  expect(await store.work.takeDue(after(39_000), UNTIL, 10, allTasks)).toEqual([])
  expect(await store.work.claim(one.inquiry.id, 'compose', after(39_000), 20_000)).toBeUndefined()
  expect(await store.work.takeDue(after(40_001), UNTIL, 10, allTasks)).toHaveLength(1)
  expect(await store.work.claim(one.inquiry.id, 'compose', after(40_001), 20_000)).toMatchObject({ isTakenOver: true })
})

test('work handed back is due again when the one who gave it back says', async () => {
  const { store } = await freshStore()
  const one = arrival()
  await store.inquiries.receive(one)
  const lease = await store.work.claim(one.inquiry.id, 'compose', AT, 20_000)
  await store.work.handBack(one.inquiry.id, OTHER_TOKEN, AT)
  expect((await store.inquiries.get(one.inquiry.id)).work?.leasedUntil).toEqual(LATER)
  await store.work.handBack(one.inquiry.id, lease?.token ?? '', after(5_000))
  expect(await store.work.takeDue(after(4_999), UNTIL, 10, allTasks)).toEqual([])
  expect(await store.work.takeDue(after(5_000), UNTIL, 10, allTasks)).toHaveLength(1)
})
