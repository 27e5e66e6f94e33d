import { expect, test } from 'vitest'
import { afterWorkingDays } from '../../src/domain/working-days.ts'

const after = (from: string, count: number) => afterWorkingDays(new Date(from), count).toISOString()

test.each([
  ['one day, from a Monday morning, is Tuesday at four', '2026-11-23T08:00:00Z', 1, '2026-11-24T15:00:00.000Z'],
  ['late on a Monday counts as Monday', '2026-11-23T22:30:00Z', 1, '2026-11-24T15:00:00.000Z'],
  ['past midnight in Norway it is Tuesday, whatever UTC says', '2026-11-23T23:30:00Z', 1, '2026-11-25T15:00:00.000Z'],
  ['a weekend does not count', '2026-11-27T09:00:00Z', 1, '2026-11-30T15:00:00.000Z'],
  ['what comes on a Saturday has the Monday as its first day', '2026-11-28T09:00:00Z', 1, '2026-11-30T15:00:00.000Z'],
  [
    'summer time ends in between, and the day still ends at four',
    '2026-10-23T08:00:00Z',
    1,
    '2026-10-26T15:00:00.000Z'
  ],
  ['in summer four is two in UTC', '2026-06-15T08:00:00Z', 3, '2026-06-18T14:00:00.000Z'],
  ['over Easter 2026 no day from 2 to 6 April counts', '2026-04-01T09:00:00Z', 1, '2026-04-07T14:00:00.000Z'],
  [
    '1 May and 17 May do not count, nor Kristi himmelfartsdag and 2. pinsedag',
    '2026-04-30T09:00:00Z',
    14,
    '2026-05-22T14:00:00.000Z'
  ],
  ['2. pinsedag of 2026 is 25 May', '2026-05-22T09:00:00Z', 1, '2026-05-26T14:00:00.000Z'],
  ['Christmas does not count, but Christmas Eve does', '2026-12-23T09:00:00Z', 2, '2026-12-28T15:00:00.000Z'],
  ['New Year’s Day does not count', '2025-12-31T09:00:00Z', 1, '2026-01-02T15:00:00.000Z'],
  ['a year of working days', '2026-01-01T12:00:00Z', 253, '2026-12-31T15:00:00.000Z']
])('%s', (_, from, count, end) => {
  expect(after(from, count)).toBe(end)
})

test.each([
  [2024, '04-01'],
  [2025, '04-21'],
  [2026, '04-06'],
  [2027, '03-29'],
  [2038, '04-26'],
  [2285, '03-23']
])('2. påskedag of %s is %s, and does not count', (year, day) => {
  const sunday = new Date(Date.parse(`${year}-${day}T00:00Z`) - 86_400_000)
  const tuesday = new Date(sunday.getTime() + 2 * 86_400_000).toISOString().slice(0, 10)
  expect(after(`${sunday.toISOString().slice(0, 10)}T09:00Z`, 1).slice(0, 10)).toBe(tuesday)
})
