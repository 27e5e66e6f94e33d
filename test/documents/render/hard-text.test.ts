import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { corpus, hasMaterial } from '../../support/material.ts'
import { letters } from './comes-back.ts'
import { checkOf, claimsPdfA2a, ONLY_BODY, poppler, qpdf, textOf } from './pdf.ts'
import { message, renderer, thread } from './thread-maker.ts'

const { render, close } = renderer()
afterAll(close)

const read = (name: string): string => readFileSync(corpus(`text/${name}`), 'utf8')
// pdftotext drops a hyphen at the end of a line.
const squeezed = (text: string): string => text.replaceAll(/[\s-]+/g, '')

/** How pdftotext gives lam-alef back: it turns right-to-left text around letter by letter, and this one glyph is two. */
const asExtracted = (word: string): string => word.replaceAll(/ل([اأإآ])/g, '$1ل')

/** Each text in every place of the document that holds words from outside. */
const everywhere = (texts: readonly string[]) =>
  thread({
    title: texts.join(' ').slice(0, 200),
    facts: texts.map((value) => ({ heading: value, facts: [{ label: value.slice(0, 20), value, href: value }] })),
    messages: texts.map((text, index) =>
      message({
        role: index === 0 ? 'marked' : 'context',
        depth: index % 8,
        text,
        author: { displayName: text, handle: text, profileUrl: text },
        permalink: text,
        language: text,
        notes: [text]
      })
    ),
    files: texts.map((name) => ({ name, mediaType: name, size: 1, sha256: name }))
  })

test.skipIf(poppler.skip)(poppler.title('Arabic, Sámi and emoji come back out as they went in'), async () => {
  const texts = ['Čáhcesullo – čđŋšŧž ČĐŊŠŦŽ', 'Dette er en prøve på æøå', 'مرحبا بكم في المدينة، سلام', '👍🏽🇳🇴👩‍🚒']
  const text = squeezed(textOf(await render(thread({ messages: texts.map((one) => message({ text: one })) }))))
  for (const one of [texts[0], texts[1]]) expect(text).toContain(squeezed(one ?? ''))
  for (const word of ['مرحبا', 'بكم', 'المدينة', 'سلام']) expect(text).toContain(asExtracted(word))
  for (const emoji of ['👍🏽', '🇳🇴', '👩‍🚒']) expect(text).toContain(emoji)
})

test.skipIf(poppler.skip)(poppler.title('what must not or cannot be shown is named where it stood'), async () => {
  const text = textOf(await render(thread({ messages: [message({ text: 'a\u202Eb\u2066c\u0007d\uE000e𐐔f\uD800g' })] })))
  expect(text).toContain('a[U+202E]b[U+2066]c[U+0007]d[U+E000]e[U+10414]f\uFFFDg')
  expect(text).toContain('står med tegnkoden sin')
})

test('any text at all can stand everywhere', { timeout: 120_000 }, async () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { minLength: 1, maxLength: 6 })
  const canBeSet = async (given: string[]) => claimsPdfA2a(await render(everywhere(given)))
  await fc.assert(fc.asyncProperty(texts, canBeSet), { numRuns: 100 })
})

test.skipIf(poppler.skip)(poppler.title('a flood of lines is run together, and the document says so'), async () => {
  const text = textOf(await render(thread({ messages: [message({ text: 'a\n'.repeat(30_000) })] })))
  expect(text).toContain('linjeskiftene vist som ↵')
})

describe('nothing runs off the page', () => {
  test.skipIf(poppler.skip).each([
    ['brackets', '['],
    ['exclamation marks', '!'],
    ['dashes', '—'],
    ['quotation marks and brackets', '"('],
    ['Chinese full stops', '。'],
    ['named letters between others', '\u0007a'],
    ['named letters alone', '\u0007'],
    ['emoji and exclamation marks', '👍!'],
    ['Arabic letters', 'ب'],
    ['an address of one part', `https://eksempel.no/${'abcdefghij'.repeat(30)}`],
    ['a long address', `https://eksempel.no/${'a-b_c/1.2?x=y&'.repeat(300)}`]
  ])(poppler.title('of a word of nothing but %s'), async (_, text) => {
    const word = text.length > 100 ? text : text.repeat(2000)
    const given = thread({
      messages: [message({ role: 'marked', depth: 6, text: word, author: { handle: word }, notes: [word] })]
    })
    const extracted = letters(textOf(await render(given), ONLY_BODY))
    const times = (found: string) => found.split(letters(word).at(-1) ?? '').length - 1
    expect(times(extracted)).toBeGreaterThanOrEqual(3 * times(letters(word)))
  })
})

test('every place for words from outside takes every kind of word', async () => {
  const texts = [
    '',
    ' ',
    '\0',
    '\n\n',
    '\u202E\u200F',
    '你\u0301',
    '\uD800',
    '#{}[]$\\',
    '👍',
    'שלום',
    'a'.repeat(5000),
    '\t\u00a0\u3000'
  ]
  expect(claimsPdfA2a(await render(everywhere(texts)))).toBe(true)
})

describe.skipIf(!hasMaterial)('the corpus (left out without the shared material)', () => {
  test.skipIf(qpdf.skip)(
    qpdf.title('every naughty string can stand everywhere'),
    async () => {
      const strings: string[] = JSON.parse(read('blns-even.json'))
      const pdf = await render(everywhere(strings))
      expect(claimsPdfA2a(pdf)).toBe(true)
      expect(checkOf(pdf)).toContain('No syntax or stream encoding errors found')
    },
    60_000
  )

  test.each([
    'udhr_nob.xml',
    'udhr_sme.xml',
    'udhr_arb.txt',
    'udhr_ydd.txt',
    'kven-sentences-b.txt',
    'north-sami-sentences-a.txt',
    'emoji-test-no-zwj.txt',
    'twitter-text-extract.yml',
    'utf8tests.txt'
  ])(
    '%s can be set',
    async (name) => {
      expect(claimsPdfA2a(await render(thread({ messages: [message({ role: 'marked', text: read(name) })] })))).toBe(
        true
      )
    },
    60_000
  )

  test.skipIf(poppler.skip)(
    poppler.title('long texts come back out word for word'),
    async () => {
      const names = ['north-sami-sentences-a.txt', 'kven-sentences-b.txt']
      for (const name of names) {
        const lines = read(name)
          .normalize('NFC')
          .split('\n')
          .filter((line) => line.trim() !== '')
          .slice(0, 40)
        const text = squeezed(textOf(await render(thread({ messages: lines.map((line) => message({ text: line })) }))))
        for (const line of lines) expect(text).toContain(squeezed(line))
      }
    },
    60_000
  )

  test.skipIf(poppler.skip)(
    poppler.title('Arabic comes back out word for word'),
    async () => {
      const words = [...new Set(read('udhr_arb.txt').match(/[\u0621-\u064a]{4,}/g))].slice(0, 300)
      const text = textOf(await render(thread({ messages: [message({ language: 'ar', text: words.join('\n') })] })))
      expect(words.filter((word) => !text.includes(asExtracted(word)))).toEqual([])
    },
    60_000
  )
})
