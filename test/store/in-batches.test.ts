import { expect, test } from 'vitest'
import { inBatches } from '../../src/store/in-batches.ts'

/** Batches that end when told to. */
function heldBatches({ itemsMax = 8, bytesMax = 1_000 } = {}) {
  const started: { readonly items: readonly number[]; end(results?: Error): void }[] = []
  const add = inBatches<number, string>({
    run: (items) =>
      new Promise((done, failed) => {
        started.push({ items, end: (error) => (error ? failed(error) : done(items.map((item) => `r${item}`))) })
      }),
    atOnceMax: 2,
    itemsMax,
    bytesMax,
    bytesOf: (item) => item
  })
  return { add, started, sizes: () => started.map(({ items }) => items.length) }
}

test('what comes alone starts at once; what comes while two batches run is gathered, and each gets its own result', async () => {
  const { add, started, sizes } = heldBatches()
  const results = [1, 2, 3, 4, 5, 6, 7].map(add)
  expect(sizes()).toEqual([1, 1])
  started[0]?.end()
  expect(await results[0]).toBe('r1')
  await expect.poll(sizes).toEqual([1, 1, 4])
  for (const batch of [...started]) batch.end()
  await expect.poll(sizes).toEqual([1, 1, 4, 1])
  started[3]?.end()
  expect(await Promise.all(results)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7'])
})

test('a batch keeps within its number of items and of bytes, but a large item goes alone', async () => {
  const few = heldBatches({ itemsMax: 2 })
  for (const item of [1, 2, 3, 4, 5]) void few.add(item)
  few.started[0]?.end()
  await expect.poll(few.sizes).toEqual([1, 1, 2])
  const light = heldBatches({ bytesMax: 100 })
  for (const item of [1, 2, 40, 50, 30, 900]) void light.add(item)
  light.started[0]?.end()
  await expect.poll(light.sizes).toEqual([1, 1, 2])
  light.started[1]?.end()
  await expect.poll(light.sizes).toEqual([1, 1, 2, 1])
  light.started[2]?.end()
  await expect.poll(() => light.started.at(-1)?.items).toEqual([900])
})

test('a batch that fails, fails its own items, and the next goes on', async () => {
  const { add, started, sizes } = heldBatches()
  const results = [1, 2, 3, 4].map((item) => add(item).catch((error: Error) => error.message))
  started[0]?.end(new Error('nei'))
  await expect.poll(sizes).toEqual([1, 1, 2])
  for (const batch of [...started]) batch.end()
  expect(await Promise.all(results)).toEqual(['nei', 'r2', 'r3', 'r4'])
})
