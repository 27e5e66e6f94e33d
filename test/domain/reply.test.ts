import { describe, expect, test } from 'vitest'
import type { Deadline } from '../../src/domain/guideline.ts'
import { answerDueAt, answerWarning, fillReply } from '../../src/domain/reply.ts'
import { arrival } from '../store/arrival.ts'

describe('a reply', () => {
  const text = 'Hei. Skriv til {postmottak}. Saksnummeret er {saksnummer}. Hilsen {kommune}.'

  test('has its fields filled in', () => {
    const fields = { postmottak: 'post@eksempel.no', saksnummer: '2026/412', kommune: 'Eksempel kommune' }
    expect(fillReply(text, fields)).toBe(
      'Hei. Skriv til post@eksempel.no. Saksnummeret er 2026/412. Hilsen Eksempel kommune.'
    )
  })

  test('leaves out the sentence about a case number that cannot be told', () => {
    expect(fillReply(text, { postmottak: 'postmottaket', kommune: 'Eksempel kommune' })).toBe(
      'Hei. Skriv til postmottaket. Hilsen Eksempel kommune.'
    )
  })

  test('does not fill in what a field was filled with', () => {
    expect(fillReply('Hilsen {kommune}.', { kommune: '{saksnummer}' })).toBe('Hilsen {saksnummer}.')
  })
})

test.each([
  [0, undefined],
  [49, undefined],
  [50, 50],
  [69, 50],
  [70, 70],
  [90, 90],
  [99, 90],
  [100, 100],
  [1_000, 100]
])('after %s percent of the time the warning is %s', (percent, warning) => {
  const at = (share: number) => new Date(1_000_000 + share * 1_000)
  expect(answerWarning(at(0), at(100), at(percent))).toBe(warning)
})

test('a deadline is counted in hours or in working days, as the guideline says', () => {
  // A Friday.
  const { inquiry, assessment } = arrival({ receivedAt: new Date('2026-11-27T09:00:00Z') })
  const dueAt = (value: Deadline) =>
    answerDueAt(inquiry, { ...assessment, decisions: { answerWithin: { value, rule: 'otherwise' } } })?.toISOString()
  expect(dueAt({ hours: 24 })).toBe('2026-11-28T09:00:00.000Z')
  expect(dueAt({ workingDays: 2 })).toBe('2026-12-01T15:00:00.000Z')
})
