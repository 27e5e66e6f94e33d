import { expect, test } from 'vitest'
import { latelyRead } from '../../src/flow/lately-read.ts'

function waiting() {
  let resolve: (value: number) => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  const promise = new Promise<number>((resolved, rejected) => {
    resolve = resolved
    reject = rejected
  })
  return { promise, resolve, reject }
}

function setUp() {
  let reads = 0
  let ms = 0
  const answers: ReturnType<typeof waiting>[] = []
  const lately = latelyRead(
    () => {
      reads += 1
      const answer = waiting()
      answers.push(answer)
      return answer.promise
    },
    () => ms
  )
  const answer = (n: number) => answers[n - 1]?.resolve(n)
  return {
    ...{ lately, answer, reads: () => reads },
    fail: (n: number) => answers[n - 1]?.reject(new Error('borte')),
    pass: (more: number) => {
      ms += more
    }
  }
}

test('those who ask in the same second share one reading', async () => {
  const { lately, answer, reads, pass } = setUp()
  const first = lately.get()
  pass(1_000)
  const second = lately.get()
  answer(1)
  expect([await first, await second, await lately.get(), reads()]).toEqual([1, 1, 1, 1])
})

test('its age counts from when the reading began, however late it ended', async () => {
  const { lately, answer, pass } = setUp()
  const first = lately.get()
  pass(1_001)
  const second = lately.get()
  answer(2)
  answer(1)
  expect([await first, await second, await lately.get()]).toEqual([1, 2, 2])
})

test('whoever asks after a change gets what was read after it, also when an earlier reading ends later', async () => {
  const { lately, answer } = setUp()
  const before = lately.get()
  lately.forget()
  const after = lately.get()
  answer(2)
  answer(1)
  expect([await before, await after, await lately.get()]).toEqual([1, 2, 2])
})

test('what cannot be read is said to all who wait, and read again for the next', async () => {
  const { lately, answer, fail } = setUp()
  const both = [lately.get(), lately.get()]
  fail(1)
  for (const one of both) await expect(one).rejects.toThrow('borte')
  const next = lately.get()
  answer(2)
  expect(await next).toBe(2)
})
