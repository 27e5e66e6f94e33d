import { expect, test } from 'vitest'
import { localDateTime, norwegianDateTime, readDateTime } from '../../src/noark/xml/moments.ts'

test.each([
  ['in winter', '2026-11-04T07:15:30Z', '2026-11-04T08:15:30+01:00'],
  ['in summer', '2026-07-04T07:15:30Z', '2026-07-04T09:15:30+02:00'],
  ['at the turn of the year', '2026-12-31T23:30:00Z', '2027-01-01T00:30:00+01:00'],
  ['before the clock goes forward', '2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00'],
  ['after the clock went forward', '2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
  ['in the hour that comes twice, first', '2026-10-25T00:30:00Z', '2026-10-25T02:30:00+02:00'],
  ['in the hour that comes twice, then', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00+01:00'],
  ['with milliseconds', '2026-11-04T07:15:30.050Z', '2026-11-04T08:15:30.050+01:00']
])('a moment %s is told in Norwegian time', (_, moment, told) => {
  expect(norwegianDateTime(new Date(moment))).toBe(told)
})

test('every hour of ten years is the same moment when read again', () => {
  let hours = 0
  for (let at = Date.UTC(2020); at < Date.UTC(2030); at += 3_600_000, hours++)
    if (new Date(norwegianDateTime(new Date(at))).getTime() !== at) expect.fail(new Date(at).toISOString())

  expect(hours).toBe(87_672)
})

test('an invalid date is refused', () => {
  expect(() => norwegianDateTime(new Date(Number.NaN))).toThrow(RangeError)
})

test('without an offset it is the time on Norwegian clocks', () => {
  expect(localDateTime(new Date('2026-07-04T07:15:30.050Z'))).toBe('2026-07-04T09:15:30.050')
})

test('every hour of ten years is read as the moment that was written, but for the second of an hour that comes twice', () => {
  const lost: string[] = []
  for (let at = Date.UTC(2020); at < Date.UTC(2030); at += 3_600_000) {
    const moment = new Date(at)
    expect(readDateTime(norwegianDateTime(moment))).toEqual(moment)
    if (readDateTime(localDateTime(moment))?.getTime() !== at) lost.push(moment.toISOString())
  }

  expect(lost).toHaveLength(10)
  expect(lost[6]).toBe('2026-10-25T01:00:00.000Z')
})

test.each(['2026-11-04', '2026-13-04T08:15:30', '2026-11-04T08:15', 'i går', ''])('«%s» is no moment', (text) => {
  expect(readDateTime(text)).toBeUndefined()
})
