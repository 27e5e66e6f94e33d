import { expect, test, vi } from 'vitest'
import { keepRunning } from '../../src/jobs/keep-running.ts'

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

test('what ends or throws is started again, and each end is told', async () => {
  const ends: unknown[] = []
  let starts = 0
  const running = keepRunning(
    async (signal) => {
      starts += 1
      if (starts === 1) throw new Error('broken')
      if (starts > 2) await untilAborted(signal)
    },
    { firstWaitMs: 1, onEnd: (error, times) => ends.push([error instanceof Error, times]) }
  )
  await vi.waitUntil(() => starts === 3)
  await running.stop(10_000)
  expect(ends).toEqual([
    [true, 1],
    [false, 2]
  ])
  expect(starts).toBe(3)
})

test('a stop while it waits to start again starts nothing', async () => {
  let starts = 0
  const ended = new Promise<void>((resolve) => {
    const start = async () => {
      starts += 1
    }
    const running = keepRunning(start, {
      firstWaitMs: 60_000,
      onEnd: () => resolve(running.stop(10_000))
    })
  })
  await ended
  expect(starts).toBe(1)
})

test('what does not stop when told to is left behind', async () => {
  const running = keepRunning(() => new Promise(() => undefined), { onEnd: () => undefined })
  const since = performance.now()
  await running.stop(50)
  expect(performance.now() - since).toBeLessThan(5_000)
})
