import { expect, test } from 'vitest'
import { closedAfter, gatePhase } from '../../src/domain/archive-gate.ts'

const at = new Date('2026-11-22T09:00:00Z')
const seconds = (until: Date | undefined) => until && (until.getTime() - at.getTime()) / 1_000

test.each([
  [1, undefined],
  [4, undefined],
  [5, 30],
  [6, 60],
  [9, 480],
  [10, 600],
  [10_000, 600]
])('after %i failures in a row the gate closes for %s seconds', (failures, expected) => {
  expect(seconds(closedAfter(failures, false, at))).toBe(expected)
})

test('an archive that locks us out closes the gate at once', () => {
  expect(seconds(closedAfter(1, true, at))).toBe(30)
})

test.each([
  ['open', {}],
  ['closed', { closedUntil: new Date(at.getTime() + 1) }],
  ['trying', { closedUntil: at }],
  ['paused', { closedUntil: at, paused: { at, by: 'arkivar', reason: 'Oppgradering' } }]
] as const)('a gate is %s', (phase, gate) => {
  expect(gatePhase({ failures: 0, ...gate }, at)).toBe(phase)
})
