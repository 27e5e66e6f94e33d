import { describe, expect, test } from 'vitest'
import { loadFonts } from '../../../src/documents/render/fonts.ts'
import { startsRightToLeft, textRuns } from '../../../src/documents/render/text-runs.ts'

const { line, lines, plain } = textRuns(loadFonts().coverage)

describe('a line of text', () => {
  test.each([
    ['ordinary words', 'Hei på deg, čđŋšŧž!', ['Hei på deg, čđŋšŧž!']],
    ['letters and marks apart', 'a\u030angstro\u0308m', ['ångström']],
    ['emoji, in their own font', 'Bra 👍🏽👩‍🚒!', ['Bra ', { emoji: '👍🏽👩‍🚒' }, '!']],
    ['a heart that is text and one that is emoji', '❤ ❤\ufe0f', ['❤ ', { emoji: '❤\ufe0f' }]],
    ['letters that no font has, in one bracket', '𐐔𐐇 a', [{ codes: 'U+10414 U+10407' }, ' a']],
    ['direction overrides, by name', 'a\u202eb', ['a', { codes: 'U+202E' }, 'b']],
    ['control characters, by name', 'a\u0000b', ['a', { codes: 'U+0000' }, 'b']],
    ['half a surrogate pair, as the sign for that', 'a\ud800b', ['a\ufffdb']],
    ['joiners in Persian, which tell words apart', 'می\u200cخواهم', ['می\u200cخواهم']],
    ['invisible characters that do nothing, not at all', 'a\u200b\u00ad\ufeffb', ['ab']],
    ['line ends, as spaces', 'a\r\nb\u2028c', ['a b c']]
  ])('holds %s', (_, text, runs) => {
    expect(line(text)).toEqual(runs)
  })

  test('lets a long word break, and loses nothing of it', () => {
    const [run] = line('abcdefghij'.repeat(5))
    expect(run).toMatchObject({ pieces: expect.arrayContaining(['abcd', 'efgh']) })
    expect(plain('abcdefghij'.repeat(5))).toBe('abcdefghij'.repeat(5))
  })

  test('does not take letters that join apart before they must be', () => {
    const [run] = line('كلمة_كلمة_كلمة_كلمة_كلمة_كلمة_كلمة')
    expect(run).toMatchObject({ pieces: ['كلمة_', 'كلمة_', 'كلمة_', 'كلمة_', 'كلمة_', 'كلمة_', 'كلمة'] })
  })

  test('names the marks of a pile that would cover the lines above', () => {
    expect(plain(`o${'\u0301'.repeat(12)}`).match(/U\+0301/g)).toHaveLength(4) // of 12: one is part of ó, seven more are shown
  })

  test('finds characters that lie across a window of the segmenter', () => {
    const flags = '🇳🇴'.repeat(700)
    expect(plain(`a${flags}`)).toBe(`a${flags}`)
    expect(line(`a${flags}`).every((run) => typeof run === 'string' || 'emoji' in run || 'paragraphEnd' in run)).toBe(
      true
    )
  })
})

describe('lines of text', () => {
  test('keep their order, their gaps and their own direction', () => {
    expect(lines('Hei\n\nمرحبا\n123', false, 100)).toEqual([
      { runs: ['Hei'], rtl: false, gap: 0 },
      { runs: ['مرحبا'], rtl: true, gap: 1 },
      { runs: ['123'], rtl: false, gap: 0 }
    ])
  })

  test('run together with a sign between them when there are too many', () => {
    const found = lines('a\n'.repeat(100), false, 10)
    expect(found).toHaveLength(10)
    expect(JSON.stringify(found.at(-1)).match(/↵/g)).toHaveLength(91)
  })
})

test('metadata is cut between characters, with a sign that it was', () => {
  expect(plain('👩‍🚒👩‍🚒👩‍🚒', 2)).toBe('👩‍🚒👩‍🚒…')
})

test('the first letter decides the direction', () => {
  expect(startsRightToLeft('1. ‏«שלום»')).toBe(true)
  expect(startsRightToLeft('— hei שלום')).toBe(false)
  expect(startsRightToLeft('123 !')).toBeUndefined()
})
