import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadFonts } from '../../../src/documents/render/fonts.ts'
import { textRuns } from '../../../src/documents/render/text-runs.ts'
import { corpusStrings } from '../../support/hard-text.ts'
import { hasMaterial } from '../../support/material.ts'
import { corpusDocuments } from './corpus-documents.ts'
import { claimsPdfA2a } from './pdf.ts'
import { message, pictures, renderer, thread } from './thread-maker.ts'

const { coverage, folders } = loadFonts()
const { line } = textRuns(coverage)
const { render, close } = renderer()
afterAll(close)

const TOGETHER = 2000

/** The letters of a text that are shown by their names. */
const namesIn = (text: string): readonly string[] =>
  line(text).flatMap((run) => (typeof run === 'object' && 'codes' in run ? run.codes.split(' ') : []))

const letterOf = (name: string): string => String.fromCodePoint(Number.parseInt(name.slice(2), 16))

test('every letter that some font has can be set', { timeout: 120_000 }, async () => {
  const all = [...new Set(coverage.text.flatMap((font) => [...font.all()]))].map((one) => String.fromCodePoint(one))
  expect(all.length).toBeGreaterThan(50_000)
  for (let at = 0; at < all.length; at += TOGETHER * 4) {
    const parts = [0, 1, 2, 3].map((part) => all.slice(at + part * TOGETHER, at + (part + 1) * TOGETHER))
    const messages = parts.map((letters) => message({ text: letters.join(' ') }))
    expect(claimsPdfA2a(await render(thread({ messages })))).toBe(true)
  }
})

test.each([
  ['Tigrinya', 'ሰላም'],
  ['Hebrew and Yiddish', 'שלום ייִדיש'],
  ['Thai', 'สวัสดี'],
  ['Tamil', 'வணக்கம்'],
  ['Punjabi', 'ਸਤ ਸ੍ਰੀ ਅਕਾਲ'],
  ['Chinese', '你好，世界。'],
  ['Japanese', 'こんにちは・ツ'],
  ['Korean', '안녕하세요'],
  ['Ukrainian', 'Привіт'],
  ['Kurdish', 'سڵاو'],
  ['Lule Sámi', 'Buoris, ájádus ŋ']
])('%s is shown', (_, text) => {
  expect(namesIn(text)).toEqual([])
})

test('every font may be embedded: it comes with the SIL Open Font Licence', () => {
  expect(folders.length).toBeGreaterThan(25)
  const licences = folders.map((folder) => readFileSync(join(folder, '..', 'LICENSE_FONT'), 'utf8'))
  for (const licence of licences) expect(licence).toMatch(/SIL OPEN FONT LICENSE Version 1\.1/i)
})

describe.skipIf(!hasMaterial)('the corpus [needs the shared corpus]', () => {
  test('has few letters that no font shows, none of a script that is written in Norway', () => {
    const documents = corpusDocuments(pictures().image).flatMap(({ document }) => document.messages)
    const texts = [...corpusStrings(), ...documents.flatMap(({ text, author }) => [text, author.displayName ?? ''])]
    const named = [...new Set(texts.flatMap(namesIn))].sort()
    const unshown = named.filter((name) => !/^[\p{C}]$/u.test(letterOf(name)))
    process.stdout.write(`\n${named.length} tegn vises med tegnkoden. Ikke styretegn: ${unshown.join(' ')}\n`)
    const written =
      /[\p{Script=Latin}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Ethiopic}\p{Script=Thai}\p{Script=Tamil}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Greek}\p{Emoji_Presentation}]/u
    expect(unshown.filter((name) => written.test(letterOf(name)) && name !== 'U+FDFD')).toEqual([])
  })
})
