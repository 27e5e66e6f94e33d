import type { Coverage } from './fonts.ts'

/**
 * A stretch of text as the template sets it: plain text, emoji (their own font), pieces of a long word between which a
 * line may break, code points that are named because they cannot or must not be shown, or the end of a paragraph that
 * would be too long for the engine.
 */
export type Run =
  | string
  | { readonly emoji: string }
  | { readonly pieces: readonly string[] }
  | { readonly codes: string }
  | typeof paragraphEnd

/** Ends a paragraph within a line. */
export const paragraphEnd = { paragraphEnd: true } as const

const WINDOW_LENGTH = 1000 // UTF-16 units
const GRAPHEME_LENGTH_MAX = 8 // code points; a pile of marks would grow into the lines above

const graphemes = new Intl.Segmenter('nb', { granularity: 'grapheme' })

// From a string, because the flag is newer than the language level that the compiler is set to.
// biome-ignore lint/complexity/useRegexLiterals: see above
const emojiSequence = new RegExp('^\\p{RGI_Emoji}$', 'v')
const invisible = /^\p{Default_Ignorable_Code_Point}$/u
/** Embeddings, overrides and isolates would reorder what stands beside them; the rest means nothing on paper. */
const neverShown = /^[\p{Cc}\p{Co}\p{Cn}\u202a-\u202e\u2066-\u2069]$/u
const directionMark = /^[\u200e\u200f]$/u
const joiner = /^[\u200c\u200d]$/u

/** What a reader sees as characters. In windows, because the segmenter's time grows with the square of the length. */
export function graphemesOf(text: string): readonly string[] {
  const found: string[] = []
  for (let start = 0; start < text.length; ) {
    const inWindow = Array.from(graphemes.segment(text.slice(start, start + WINDOW_LENGTH)), ({ segment }) => segment)
    // The last one may go on beyond the window, where the next window begins with it.
    if (start + WINDOW_LENGTH < text.length && inWindow.length > 1) inWindow.pop()
    for (const one of inWindow) start += one.length
    found.push(...inWindow)
  }
  return found
}

/** One grapheme as it can be set: in a font, or by the names of its code points; what is invisible by nature is left out. */
export function shown(grapheme: string, { text, emoji }: Coverage): readonly Run[] {
  const all = Array.from(grapheme)
  const inEmojiFont = (one: string) => emoji.has(one.codePointAt(0) ?? 0) || invisible.test(one)
  if (emojiSequence.test(grapheme) && all.every(inEmojiFont)) return [{ emoji: grapheme }]
  if (all.some((one) => neverShown.test(one))) return all.flatMap((one) => named(one))
  if (directionMark.test(grapheme)) return [grapheme]

  const visible = all.filter((one) => !invisible.test(one))
  if (visible.length === 0) return []
  const font = text.find((covered) => visible.every((one) => covered.has(one.codePointAt(0) ?? 0)))
  if (font && visible.length <= GRAPHEME_LENGTH_MAX) {
    return [
      all.filter((one) => !invisible.test(one) || (joiner.test(one) && font.has(one.codePointAt(0) ?? 0))).join('')
    ]
  }
  if (visible.every(inEmojiFont)) {
    return [{ emoji: all.filter((one) => !invisible.test(one) || one === '\u200d').join('') }]
  }
  if (visible.length > 1) return partlyShown(visible, { text, emoji })
  return /^\p{Zs}$/u.test(grapheme) ? [' '] : named(visible.join(''))
}

/** A letter whose marks no font has, or has too many of: the letter with what can be shown, then the names of the rest. */
function partlyShown(visible: readonly string[], coverage: Coverage): readonly Run[] {
  const covers = (start: readonly string[]) =>
    coverage.text.some((covered) => start.every((one) => covered.has(one.codePointAt(0) ?? 0)))
  let length = Math.min(visible.length - 1, GRAPHEME_LENGTH_MAX)
  while (length > 0 && !covers(visible.slice(0, length))) length--
  const rest = visible.slice(length).flatMap(named)
  return length === 0 ? rest : [visible.slice(0, length).join(''), ...rest]
}

const named = (codePoint: string): readonly Run[] =>
  invisible.test(codePoint) && !neverShown.test(codePoint)
    ? []
    : [{ codes: `U+${(codePoint.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` }]
