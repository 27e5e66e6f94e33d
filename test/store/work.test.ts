import { expect, test } from 'vitest'
import { allTasks } from '../../src/domain/inquiry.ts'
import type { QueuedWork } from '../../src/flow/store-port.ts'
import { openDatabase } from '../../src/store/database.ts'
import { storeOn } from '../../src/store/index.ts'
import { freshStore } from '../support/setup.ts'
import { AT, arrival } from './arrival.ts'

const LATER = new Date(AT.getTime() + 20_000)
const UNTIL = new Date(AT.getTime() + 80_000)

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
