import { expect, test } from 'vitest'
import { deliveryRate, latestTurn, turnsFree } from '../../src/domain/delivery-rate.ts'

/** What the gate does with those that come every `everyMs`: when those that get a turn begin, in ms. */
function begun(perMinuteMax: number, everyMs: number, lastMs: number): readonly number[] {
  const rate = deliveryRate(perMinuteMax)
  const times: number[] = []
  let next: Date | undefined
  for (let ms = 0; ms <= lastMs; ms += everyMs) {
    const at = new Date(ms)
    if (next && next > latestTurn(rate, at)) continue
    times.push(ms)
    next = new Date(Math.max(next?.getTime() ?? 0, ms) + rate.intervalMs)
  }
  return times
}

test.each([1, 2, 7, 60, 600])('%i a minute is never more within any minute, and close to it', (perMinuteMax) => {
  const times = begun(perMinuteMax, 20, 600_000)
  for (const from of times) {
    expect(times.filter((ms) => ms >= from && ms < from + 60_000).length).toBeLessThanOrEqual(perMinuteMax)
  }
  expect(times.length).toBeGreaterThanOrEqual(perMinuteMax * 10 * 0.85)
})

test('as many turns are free as may be taken', () => {
  const rate = deliveryRate(60)
  const at = new Date(0)
  expect(turnsFree(rate, undefined, at)).toBe(6)
  expect(turnsFree(rate, new Date(rate.intervalMs * 5), at)).toBe(1)
  expect(turnsFree(rate, new Date(rate.intervalMs * 6), at)).toBe(0)
})
