import type { Reading, Span } from './reading.ts'

/** A word or a number, and where it stands in the reading. */
export interface Word extends Span {
  readonly written: string
  readonly lower: string
  /** Whether only a blank, a hyphen, a comma or the like stands between this and the word before. */
  readonly follows: boolean
  /** Whether only a hyphen stands between. */
  readonly isJoined: boolean
  /** Whether it begins with a capital letter and is not written in capitals throughout, unless it is one letter. */
  readonly isCapitalised: boolean
}

const GAP_MAX = 3
const CAPITALS_LOOK = 40 // letters

/** The words and numbers of a text, in order. Letters and digits are words of their own: «8-åring» is two. */
export function wordsOf(reading: Reading): readonly Word[] {
  const { text } = reading
  const words: Word[] = []
  for (let start = 0; start < text.length; ) {
    const sort = sortAt(text, start)
    const end = endOfSort(text, start, sort)
    if (sort !== OTHER) words.push(wordAt(reading, start, end, words.at(-1)))
    start = end
  }
  return words
}

function endOfSort(text: string, start: number, sort: number): number {
  let end = start + unitsAt(text, start)
  if (sort === OTHER) return end
  while (end < text.length && sortAt(text, end) === sort) end += unitsAt(text, end)
  return end
}

function wordAt({ text, lower }: Reading, start: number, end: number, before: Word | undefined): Word {
  return {
    written: text.slice(start, end),
    lower: lower.slice(start, end),
    start,
    end,
    follows: before !== undefined && follows(text, before, start),
    isJoined: before !== undefined && start - before.end === 1 && dashes.includes(text.charAt(start - 1)),
    isCapitalised: isCapitalised(text, lower, start, end)
  }
}

const dashes = '-\u2010\u2011\u2012\u2013\u2014\u2015'

/** A full stop belongs to an ordinal («2. klasse») or an initial; else it ends what the words say together. */
function follows(text: string, before: Word, start: number): boolean {
  if (start - before.end > GAP_MAX) return false
  let hasStop = false
  for (let at = before.end; at < start; at += 1) {
    const sign = text.charAt(at)
    if (sentenceEnds.includes(sign)) return false
    if (sign === '.') hasStop = true
  }
  return !hasStop || isOrdinalOrInitial(before.written)
}

const sentenceEnds = '!?;:\n\r'
const isOrdinalOrInitial = (written: string): boolean => /^\d{1,2}$|^\p{L}$/u.test(written)

function isCapitalised(text: string, lower: string, start: number, end: number): boolean {
  if (text.charCodeAt(start) === lower.charCodeAt(start)) return false
  if (end - start === 1) return true
  const look = Math.min(end, start + CAPITALS_LOOK)
  for (let at = start + 1; at < look; at += 1) if (text.charCodeAt(at) === lower.charCodeAt(at)) return true
  return false
}

const OTHER = 0
const LETTER = 1
const DIGIT = 2

const latin = Uint8Array.from({ length: 0x180 }, (_, code) => sortOf(String.fromCharCode(code)))

function sortOf(character: string): number {
  if (/\p{L}/u.test(character)) return LETTER
  return /\d/.test(character) ? DIGIT : OTHER
}

/** Whether a letter, a digit or something else stands at a place. */
function sortAt(text: string, at: number): number {
  return latin[text.charCodeAt(at)] ?? sortOf(String.fromCodePoint(text.codePointAt(at) ?? 0))
}

const unitsAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
