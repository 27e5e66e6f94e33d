import { describe, expect, test } from 'vitest'
import { singleLine, TITLE_LENGTH_MAX, title } from '../../src/noark/titles.ts'
import { corpusStrings, nastyStrings } from '../support/hard-text.ts'
import { hasMaterial } from '../support/material.ts'

describe('a title', () => {
  test.each([
    ['stands on one line', 'a\r\nb\tc\u2028d\u0085e \u00A0 f', 'a b c d e f'],
    ['has nothing at its ends', '  \n a ', 'a'],
    ['has no controls', 'a\u0000b\u0007c\u009Fd', 'abcd'],
    ['runs one way', '\u202Eabc\u202C \u2066d\u2069\u200F', 'abc d'],
    ['hides nothing', 'Ka\u200Bri\uFEFF Ek\u00ADsem\u2060pel', 'Kari Eksempel'],
    ['hides no joiners between Latin letters', 'Ka\u200Dri\u200C E', 'Kari E'],
    ['keeps the joiners of an emoji', 'a 👩‍👩‍👧‍👦 b', 'a 👩‍👩‍👧‍👦 b'],
    ['keeps the joiners of Persian', 'می\u200Cخواهم', 'می\u200Cخواهم'],
    ['keeps Sami letters and marks', 'Čáhcesuolu\u0308 ŋđŧ', 'Čáhcesuolu\u0308 ŋđŧ'],
    ['shows where half a pair was', 'a\uD83Db', 'a\uFFFDb']
  ])('%s', (_, text, shown) => {
    expect(title(text, TITLE_LENGTH_MAX)).toBe(shown)
  })

  test('that is as long as it may be is left whole, and one longer is cut', () => {
    expect(title('x'.repeat(250), TITLE_LENGTH_MAX)).toBe('x'.repeat(250))
    expect(title('x'.repeat(251), TITLE_LENGTH_MAX)).toBe(`${'x'.repeat(249)}…`)
  })

  test('is never cut inside what a reader sees as one sign', () => {
    expect(title('ab👩‍👩‍👧‍👦c', 8)).toBe('ab…')
    expect(title('e\u0301'.repeat(10), 10)).toBe(`${'e\u0301'.repeat(4)}…`)
    expect(title('🇳🇴🇸🇪🇩🇰', 8)).toBe('🇳🇴…')
  })

  test('is cut inside a sign that alone is too long', () => {
    const zalgo = `Z${'\u0351'.repeat(1000)}`

    expect(title(zalgo, TITLE_LENGTH_MAX)).toBe(`${zalgo.slice(0, 249)}…`)
    expect(title(`👩${'\u200D👩'.repeat(100)}`, 8)).toBe('👩\u200D👩\u200D…'.replace('\u200D…', '…'))
  })

  test('has no space before the mark of the cut', () => {
    expect(title('abc def', 5)).toBe('abc…')
  })

  test.each(['', ' \n', '\u0000', '\u200B\u200D', '\u3164', '\u202E\uFEFF', '\u0301'])(
    'without anything to see (%j) is the fallback',
    (text) => {
      expect(title(text, TITLE_LENGTH_MAX, ' Ukjent\navsender ')).toBe('Ukjent avsender')
      expect(title(text, TITLE_LENGTH_MAX, text)).toBe('…')
    }
  )

  test.skipIf(!hasMaterial)('of any text is short, clean, seen, and the same when made again', () => {
    const strings = [...nastyStrings, ...corpusStrings()]
    const lengths = [1, 2, 7, 40, TITLE_LENGTH_MAX]
    for (const text of strings)
      for (const length of lengths) {
        const made = title(text, length)
        const shown = JSON.stringify(text.slice(0, 80))
        expect(made.length, shown).toBeLessThanOrEqual(length)
        expect(made, shown).toMatch(/\S/)
        expect(made, shown).toBe(singleLine(made))
        expect(title(made, length), shown).toBe(made)
      }

    process.stdout.write(`titles: ${strings.length} texts, ${lengths.length} lengths\n`)
  })
})
