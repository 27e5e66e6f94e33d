import { xmlText } from './xml-text.ts'

/** Longest tittel (M020) and offentligTittel (M025) sent to an archive, in UTF-16 code units. */
export const TITLE_LENGTH_MAX = 250

// Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width and bidi marks, bidi embeddings, overrides and
// isolates, word joiner and invisible operators, byte order mark, interlinear annotation, tag characters.
const hidden =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu

// Joiners carry meaning inside an emoji, and between letters of the scripts that join. Elsewhere they hide.
const joined =
  '[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}' +
  '\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Mong}]'
const idleJoiners = new RegExp(`(?<!${joined})[\\u200C\\u200D]|[\\u200C\\u200D](?!${joined})`, 'gu')

const control = /(?![\t\n\v\f\r\u0085])\p{Cc}/gu

/** Something to see: neither white space, mark, format character nor one of the letters that are drawn as nothing. */
const visible = /[^\s\p{Cc}\p{Cf}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u

const graphemes = new Intl.Segmenter('nb', { granularity: 'grapheme' })

/** The text on one line: white space collapsed, controls, bidi controls and zero-width characters gone. */
export function singleLine(text: string): string {
  return xmlText(text.replace(control, ''))
    .replace(hidden, '')
    .replace(idleJoiners, '')
    .replace(/[\s\u0085]+/gu, ' ')
    .trim()
}

/**
 * A tittel of at most `maxLength` UTF-16 code units on one line, cut between graphemes with «…». `fallback` stands in
 * when nothing visible is left of the text.
 */
export function title(text: string, maxLength: number, fallback = '…'): string {
  const line = [text, fallback].map(singleLine).find((candidate) => visible.test(candidate)) ?? '…'
  return line.length <= maxLength ? line : `${singleLine(beginning(line, maxLength - 1))}…`
}

/** As many whole graphemes as fit; when not even the first does, as many code points of it. */
function beginning(line: string, maxLength: number): string {
  let end = 0
  for (const { index, segment } of graphemes.segment(line)) {
    if (index + segment.length > maxLength) break
    end = index + segment.length
  }
  return end > 0 ? line.slice(0, end) : line.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '')
}
