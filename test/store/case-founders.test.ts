import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { storeOn } from '../../src/store/index.ts'
import { freshStore } from '../support/setup.ts'
import { AT, arrival } from './arrival.ts'

const PROCESSES = 4
const EACH = 25

test('of a hundred that want to found the same two saksmapper from four processes at once, one does, and the others are told', async () => {
  const { url } = await freshStore()
  const stores = Array.from({ length: PROCESSES }, () => {
    const db = openDatabase({ url, connectionsMax: 2, onError: () => undefined })
    onTestFinished(() => db.destroy())
    return storeOn(db)
  })
  const freezes = stores.flatMap((store) =>
    Array.from({ length: EACH }, async (_, n) => {
      const { inquiry, assessment, ...rest } = arrival()
      const { id } = inquiry
      await store.inquiries.receive({ inquiry, assessment: { ...assessment, caseKey: 'thread facebook 1' }, ...rest })
      const keys = n % 2 === 0 ? ['post facebook 1', 'thread facebook 1'] : ['thread facebook 1', 'post facebook 1']
      return () =>
        store.inquiries.move({
          ...{ id, from: 'received', to: { state: 'ready' }, at: AT, actor: 'prove', action: 'inquiry.composed' },
          founders: Object.fromEntries(keys.map((key) => [key, id])),
          next: { kind: 'due', dueAt: AT, failed: false }
        })
    })
  )
  const ready = await Promise.all(freezes)
  const frozen = await Promise.allSettled(ready.map((freeze) => freeze()))
  const refused = frozen.filter((one) => one.status === 'rejected')
  expect(refused).toHaveLength(PROCESSES * EACH - 1)
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'case-founded' })
  const [one] = await (stores[0] as (typeof stores)[0]).inquiries.find({ states: ['ready'], limit: 10 })
  for (const key of ['post facebook 1', 'thread facebook 1']) {
    expect((await stores[0]?.inquiries.founderOf(key))?.inquiry.id).toBe(one?.inquiry.id)
  }
})
