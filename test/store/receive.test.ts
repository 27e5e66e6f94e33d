import { expect, test } from 'vitest'
import { storeOn } from '../../src/store/index.ts'
import { freshStore } from '../support/setup.ts'
import { arrival } from './arrival.ts'

test('two processes that get the same hundred in opposite order keep each once, and neither waits for the other for ever', async () => {
  const { db, store } = await freshStore()
  const other = storeOn(db)
  const there = Array.from({ length: 100 }, (_, n) => arrival({ externalId: `felles-${n}` }))
  const here = there.map(({ inquiry }) => arrival({ externalId: inquiry.externalId })).reverse()
  const receptions = await Promise.all([
    ...there.map((one) => store.inquiries.receive(one)),
    ...here.map((one) => other.inquiries.receive(one))
  ])
  expect(receptions.filter(({ kind }) => kind === 'first')).toHaveLength(100)
  expect(await store.inquiries.find({ limit: 200 })).toHaveLength(100)
})
