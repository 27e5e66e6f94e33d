import { describe, expect, test } from 'vitest'
import { publishedAt } from '../../src/console/inquiry-form.ts'

describe('a time as it is written in the form', () => {
  test.each([
    ['2026-11-21T18:42', '2026-11-21T17:42:00.000Z'],
    ['2026-07-01T12:00', '2026-07-01T10:00:00.000Z'],
    ['21.11.2026 18.42', '2026-11-21T17:42:00.000Z'],
    ['1.7.2026 kl. 9:05', '2026-07-01T07:05:00.000Z'],
    ['21.11.2026', '2026-11-20T23:00:00.000Z'],
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z']
  ])('%s is %s', (written, instant) => {
    expect(publishedAt(written)?.toISOString()).toBe(instant)
  })

  test.each(['i går', '31.2.2026', '2026-03-29T02:30', '2026-13-01T00:00', ''])('%j is none', (written) => {
    expect(publishedAt(written)).toBeUndefined()
  })
})
