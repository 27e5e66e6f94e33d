import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutNationalIds } from '../../../src/domain/screening/national-ids.ts'
import { screen } from '../../../src/domain/screening/screen.ts'

/** What is added to the day and to the month: ordinary, D-number, and the synthetic ones of NAV and of Tenor. */
const populations = [
  { day: 0, month: 0, kind: 'fodselsnummer' },
  { day: 0, month: 40, kind: 'fodselsnummer' },
  { day: 0, month: 80, kind: 'fodselsnummer' },
  { day: 40, month: 0, kind: 'd-number' },
  { day: 40, month: 40, kind: 'd-number' },
  { day: 40, month: 80, kind: 'd-number' }
] as const

const two = (number: number): string => String(number).padStart(2, '0')
const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0)

/** The two check digits as Skatteetaten defines them; undefined for the serial numbers that have none. */
function withCheckDigits(nine: string): string | undefined {
  const first = (11 - (weighted(nine, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11
  const second = (11 - (weighted(`${nine}${first}`, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return first === 10 || second === 10 ? undefined : `${nine}${first}${second}`
}

const nationalId = fc
  .tuple(
    fc.constantFrom(...populations),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 0, max: 99 }),
    fc.integer({ min: 0, max: 999 })
  )
  .map(([{ day, month, kind }, d, m, year, serial]) => {
    const digits = withCheckDigits(`${two(d + day)}${two(m + month)}${two(year)}${String(serial).padStart(3, '0')}`)
    return { kind, digits }
  })
  .filter((id): id is { kind: 'fodselsnummer' | 'd-number'; digits: string } => id.digits !== undefined)

const gap = fc.constantFrom(
  '',
  ' ',
  '.',
  '-',
  '–',
  '/',
  '_',
  '\u00A0',
  '\u202F',
  '\u200B',
  '\u2060',
  '\u00AD',
  '\uFEFF',
  ' - ',
  '\u200B \u200B',
  '\u20E3'
)
const otherDigits = fc.constantFrom(
  '0123456789',
  '０１２３４５６７８９',
  '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗',
  '𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿',
  '٠١٢٣٤٥٦٧٨٩',
  '०१२३४५६७८९'
)

const written = fc
  .tuple(nationalId, fc.array(gap, { minLength: 10, maxLength: 10 }), otherDigits)
  .map(([{ kind, digits }, gaps, forms]) => {
    const form = Array.from(forms)
    const signs = Array.from(digits, (digit) => form[Number(digit)] ?? digit)
    return { kind, digits, text: signs.map((sign, at) => `${sign}${gaps[at] ?? ''}`).join('') }
  })

/** Text that no digit of ours grows together with. */
const before = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })).map((text) => `${text} nr: `)
const after = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })).map((text) => ` x${text}`)
const lengthOf = (text: string): number => Array.from(text).length

test('every fødselsnummer and D-number is found where it stands, however it is written, in whatever text', () => {
  fc.assert(
    fc.property(before, written, after, (left, { kind, text }, right) => {
      const start = lengthOf(left)
      const hits = screen(`${left}${text}${right}`).hits.filter((hit) => hit.kind === kind)
      const lastDigit = lengthOf(text.replace(/(?:\u200B|\u2060|\u00AD|\uFEFF|\u20E3)+$/u, ''))
      expect(
        hits.some((hit) => hit.start <= start && hit.end >= start + lastDigit && hit.end <= start + lengthOf(text))
      ).toBe(true)
    }),
    { numRuns: 2_000 }
  )
})

test('every fødselsnummer and D-number is blanked, the text around it stays, and a second time changes nothing', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^\P{N}*$/u),
      written,
      fc.stringMatching(/^\P{N}*$/u),
      (left, { text, digits }, right) => {
        const blanked = withoutNationalIds(`${left}x ${text} x${right}`)
        expect(blanked.startsWith(`${left}x [fjernet]`)).toBe(true)
        expect(blanked.endsWith(` x${right}`)).toBe(true)
        expect(blanked.normalize('NFKC').replace(/\D/g, '')).not.toContain(digits)
        expect(withoutNationalIds(blanked)).toBe(blanked)
      }
    ),
    { numRuns: 1_000 }
  )
})

test('a number with one digit changed is no fødselsnummer, unless the new check digits are right too', () => {
  let missed = 0
  fc.assert(
    fc.property(nationalId, fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 9 }), ({ digits }, at, by) => {
      const changed = `${digits.slice(0, at)}${(Number(digits[at]) + by) % 10}${digits.slice(at + 1)}`
      if (withoutNationalIds(changed) === changed) missed += 1
    }),
    { numRuns: 1_000 }
  )
  expect(missed).toBeGreaterThan(650) // the check digits that are valid from 2032 make four of eleven right
})

describe('blanking', () => {
  test.each([
    ['scan_01817012345.pdf', 'scan_01817012345.pdf'],
    ['scan_12896826857.pdf', 'scan_[fjernet].pdf'],
    ['fnr12896826857side2', 'fnr[fjernet]side2'],
    ['12896826857 og 158746-14901', '[fjernet] og [fjernet]'],
    ['2024-12896826857', '2024-[fjernet]'],
    ['5 12896826857', '5 [fjernet]'],
    ['912896826857', '912896826857'],
    ['Journalpost 2024/12345 🚌', 'Journalpost 2024/12345 🚌'],
    ['', '']
  ])('%s becomes %s', (given, blanked) => {
    expect(withoutNationalIds(given)).toBe(blanked)
  })
})
