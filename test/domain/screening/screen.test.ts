import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutNationalIds } from '../../../src/domain/screening/national-ids.ts'
import { hitKinds, hitLabels, screen } from '../../../src/domain/screening/screen.ts'
import { nastyStrings } from '../../support/hard-text.ts'
import { hostileTexts } from '../../support/hostile-texts.ts'
import { markedText } from '../../support/marked-text.ts'
import { tuned } from '../../support/screening-measures.ts'

const found = (text: string, authorName?: string) =>
  screen(text, authorName === undefined ? {} : { authorName }).hits.map(
    ({ kind, start, end }) => `${kind}: ${Array.from(text).slice(start, end).join('')}`
  )

describe('a hit', () => {
  test('is counted in code points, whatever stands before it', () => {
    expect(screen('👩‍👩‍👧‍👦🚌 𝕏 41234567').hits).toEqual([{ kind: 'phone', start: 11, end: 19 }])
    expect(screen('👶 sønnen min').hits).toEqual([{ kind: 'child', start: 2, end: 12 }])
  })

  test('moves by as many code points as are put in front of the text', () => {
    const examples = [...tuned.nb, ...tuned.nn].map((example) => markedText(example).text)
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.array(fc.constantFrom('🚌', '👩‍🚒', '𐍈', '🇳🇴', '\n')),
        (text, front) => {
          const moved = `${front.join('')}\n${text}`
          const by = Array.from(moved).length - Array.from(text).length
          expect(screen(moved).hits).toEqual(
            screen(text).hits.map((hit) => ({ ...hit, start: hit.start + by, end: hit.end + by }))
          )
        }
      ),
      { numRuns: 300 }
    )
  })

  test('lies inside the text, in order, and overlaps none of its own kind', () => {
    const pieces = [...tuned.nb, ...tuned.nn, ...nastyStrings.filter(({ length }) => length < 1_000)]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), (chosen) => {
        const text = chosen.join(' ')
        const { hits } = screen(text)
        expect(hits.every(({ start, end }) => start >= 0 && start < end && end <= Array.from(text).length)).toBe(true)
        expect(hits.map(({ start }) => start)).toEqual(hits.map(({ start }) => start).toSorted((a, b) => a - b))
        for (const kind of hitKinds) {
          const ends = hits.filter((hit) => hit.kind === kind)
          expect(ends.every(({ start }, at) => at === 0 || start >= (ends[at - 1]?.end ?? 0))).toBe(true)
        }
      }),
      { numRuns: 200 }
    )
  })

  test('has a kind that a person has a word for', () => {
    expect(hitKinds).toHaveLength(17)
    expect(new Set(Object.values(hitLabels)).size).toBe(17)
  })
})

describe('a disguise does not help', () => {
  test.each([
    ['zero-width characters', 'barne\u200Bver\u00ADnet', ['child-welfare: barne\u200Bver\u00ADnet']],
    [
      'å as two characters',
      'Magnhild pa\u030A Bla\u030Aveien 7',
      ['third-party-name: Magnhild', 'street-address: Bla\u030Aveien 7']
    ],
    [
      'strokes over every letter',
      'k\u0336r\u0336e\u0336f\u0336t\u0336',
      ['health: k\u0336r\u0336e\u0336f\u0336t\u0336']
    ],
    ['full-width letters', 'ＮＡＶ', ['social-benefits: ＮＡＶ']],
    ['mathematical digits', '𝟒𝟏 𝟐𝟑 𝟒𝟓 𝟔𝟕', ['phone: 𝟒𝟏 𝟐𝟑 𝟒𝟓 𝟔𝟕']]
  ])('%s', (_, text, hits) => {
    expect(found(text)).toEqual(hits)
  })
})

describe('the author', () => {
  test('is no third party, whole or in part, in whatever case', () => {
    const text = 'Hilsen Kari Hansen. Karis hus er rødt, sa Kari til Per Hansen.'
    expect(found(text, 'kari HANSEN')).toEqual(['third-party-name: Per Hansen'])
    expect(found(text)).toContain('third-party-name: Kari Hansen')
  })
})

test.each([
  ['an IBAN', 'NO93 1658 12 72530', ['account-number: NO93 1658 12 72530']],
  ['what is a fødselsnummer is no account number', '1289.68.26857', ['fodselsnummer: 1289.68.26857']],
  ['an account number has no telephone in it', '1658 12 72530', ['account-number: 1658 12 72530']],
  ['a street is not the name of a person', 'Kari Hansens vei 4', ['street-address: Kari Hansens vei 4']]
])('%s', (_, text, hits) => {
  expect(found(text)).toEqual(hits)
})

test.each(hostileTexts.map(({ name, text }) => [name, text] as const))(
  'a text of 100 000 characters of %s takes time in proportion to its length',
  (_, textOf) => {
    const short = textOf(12_500)
    const long = textOf(100_000)
    const run = (text: string) => {
      screen(text)
      withoutNationalIds(text)
    }
    const eightShort = leastCpu(() => {
      for (let time = 0; time < 8; time += 1) run(short)
    })
    // Were it quadratic, the long text would take eight times as much as eight short ones.
    expect(leastCpu(() => run(long))).toBeLessThan(4 * Math.max(eightShort, CPU_NOISE))
  }
)

const CPU_NOISE = 100_000 // microseconds that say nothing

/** Processor time, which does not grow when others use the machine; the least of three, in microseconds. */
function leastCpu(run: () => void): number {
  const each = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    return user + system
  })
  return Math.min(...each)
}
