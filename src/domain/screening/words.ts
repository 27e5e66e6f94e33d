import type { Reading, Span } from './reading.ts'

/** A word or a number, and where it stands in the reading. */
export interface Word extends Span {
  readonly written: string
  readonly lower: string
  /** Whether only a blank, a hyphen, a comma or the like stands between this and the word before. */
  readonly follows: boolean
  /** Whether only a hyphen stands between. */
  readonly isJoined: boolean
}

const GAP_MAX = 3

/** The words and numbers of a text, in order. Letters and digits are words of their own: «8-åring» is two. */
export function wordsOf({ text, lower }: Reading): readonly Word[] {
  const words: Word[] = []
  for (const { 0: written, index } of text.matchAll(/\p{L}+|\d+/gu)) {
    const before = words.at(-1)
    const end = index + written.length
    words.push({
      written,
      lower: lower.slice(index, end),
      start: index,
      end,
      follows: follows(text, before, index),
      isJoined: isJoined(text, index)
    })
  }
  return words
}

const isJoined = (text: string, start: number): boolean =>
  /[\p{L}\d]\p{Pd}$/u.test(text.slice(Math.max(0, start - 3), start))

/** A full stop belongs to an ordinal («2. klasse») or an initial; else it ends what the words say together. */
function follows(text: string, before: Word | undefined, start: number): boolean {
  if (!before || start - before.end > GAP_MAX) return false
  const gap = text.slice(before.end, start)
  if (/[!?;:\n\r]/.test(gap)) return false
  return !gap.includes('.') || /^\d{1,2}$|^\p{L}$/u.test(before.written)
}

/** Whether a word begins with a capital letter and is not written in capitals throughout, unless it is one letter. */
export const isCapitalised = ({ written }: Word): boolean => /^\p{Lu}(?:$|.*\p{Ll})/u.test(written.slice(0, WORD_LOOK))
const WORD_LOOK = 40 // letters
