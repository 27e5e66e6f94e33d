import type { Coverage } from './fonts.ts'
import { graphemesOf, paragraphEnd, type Run, shown } from './graphemes.ts'
import { BREAK_ALWAYS, breakable, breaksByItself, letter, rightToLeft } from './long-words.ts'

/** One line of a text. `gap` is the number of empty lines before it. */
export interface Line {
  readonly runs: readonly Run[]
  readonly rtl: boolean
  readonly gap: number
}

export interface TextRuns {
  /** The whole text on one line. */
  line(text: string): readonly Run[]
  /**
   * Line by line. The first letter shown says which way a line runs; a line without letters runs the way the text does.
   * From the line number `linesMax` on, the line ends are shown as ↵, so that a text of nothing but line ends does not
   * become thousands of pages.
   */
  lines(text: string, rtl: boolean, linesMax: number): readonly Line[]
  /** For metadata: nothing in it that a font, XML or a reader of bidirectional text trips over; cut at `lengthMax`. */
  plain(text: string, lengthMax?: number): string
}

const CODES_IN_BRACKET_MAX = 8
const EMPTY_LINES_MAX = 3
const RUN_LENGTH_MAX = 1000 // UTF-16 units
/** In plain letters. The engine's time grows with the square of it: 100 000 letters in one paragraph take a minute. */
const PARAGRAPH_LENGTH_MAX = 4000
const CODES_IN_LETTERS = 60 // what a bracket costs the engine

/** Words that every text font shows, so that ordinary text is not looked at letter by letter. */
const ordinaryWord = /^[\x21-\x7e\u00a1-\u00ac\u00ae-\u017f]*$/
const lineEnd = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/
/** Makes text from anywhere safe to set: every code point ends up shown in some font, named, or is invisible by nature. */
export function textRuns(coverage: Coverage): TextRuns {
  const line = (text: string): readonly Run[] =>
    inParagraphs(
      joined(wellFormed(text).split(lineEnd).join(' ').replaceAll('\t', '    ').split(/( +)/).flatMap(wordRuns))
    )

  function wordRuns(word: string): readonly Run[] {
    if (word.trim() === '') return [word]
    if (breaksByItself(word)) return [word]
    if (ordinaryWord.test(word)) return breakable([...word])
    return joinedWord(graphemesOf(word).flatMap((one) => shown(one, coverage)))
  }

  return {
    line,
    lines: (text, rtl, linesMax) => {
      const lines: Line[] = []
      let gap = 0
      for (const one of atMost(linesMax, wellFormed(text).split(lineEnd))) {
        const runs = line(one)
        if (runs.every((run) => typeof run === 'string' && run.trim() === '')) gap++
        else {
          lines.push({ runs, rtl: startsRightToLeft(asShown(runs)) ?? rtl, gap: Math.min(gap, EMPTY_LINES_MAX) })
          gap = 0
        }
      }
      return lines
    },
    plain: (text, lengthMax = Number.POSITIVE_INFINITY) => {
      const whole = asShown(line(text))
      const letters = graphemesOf(whole)
      return letters.length > lengthMax ? `${letters.slice(0, lengthMax).join('')}…` : whole
    }
  }
}

/** Whether the first letter is of a script that runs right to left; undefined when there is no letter. */
export function startsRightToLeft(text: string): boolean | undefined {
  const first = letter.exec(text)
  return first ? rightToLeft.test(first[0]) : undefined
}

/** Lines in the text, empty ones too. */
export const lineCount = (text: string): number => text.split(lineEnd).length

const atMost = (linesMax: number, lines: readonly string[]): readonly string[] =>
  lines.length <= linesMax ? lines : [...lines.slice(0, linesMax - 1), lines.slice(linesMax - 1).join(' ↵ ')]

const wellFormed = (text: string): string => text.toWellFormed().normalize('NFC')

/** Joins what belongs together within a word, and lets a long one break. */
function joinedWord(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = []
  let letters: string[] = []
  const endWord = () => {
    if (letters.length > 0) result.push(...breakable(letters))
    letters = []
  }
  for (const run of runs) {
    if (typeof run === 'string') letters.push(run)
    else {
      endWord()
      result.push(run)
    }
  }
  endWord()
  return result
}

/** Joins neighbours of the same kind, so that the template has fewer stretches to set. */
function joined(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = []
  for (const run of runs) {
    const last = result.at(-1)
    const both = last === undefined ? undefined : together(last, run)
    if (both === undefined) result.push(run)
    else result[result.length - 1] = both
  }
  return result
}

function together(left: Run, right: Run): Run | undefined {
  if (typeof left === 'string' || typeof right === 'string') {
    if (typeof left !== 'string' || typeof right !== 'string') return undefined
    return left.length + right.length > RUN_LENGTH_MAX ? undefined : left + right
  }
  if ('emoji' in left && 'emoji' in right) {
    return left.emoji.length > RUN_LENGTH_MAX ? undefined : { emoji: left.emoji + right.emoji }
  }
  if (!('codes' in left && 'codes' in right)) return undefined
  return left.codes.split(' ').length < CODES_IN_BRACKET_MAX ? { codes: `${left.codes} ${right.codes}` } : undefined
}

function inParagraphs(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = []
  let length = 0
  for (const run of runs) {
    const added = typeof run === 'object' && 'codes' in run ? CODES_IN_LETTERS : plainRun(run).length
    if (length > 0 && length + added > PARAGRAPH_LENGTH_MAX) {
      result.push(paragraphEnd, typeof run === 'string' ? run.trimStart() : run)
      length = 0
    } else result.push(run)
    length += added
  }
  return result
}

const asShown = (runs: readonly Run[]): string => runs.map(plainRun).join('')

function plainRun(run: Run): string {
  if (typeof run === 'string') return run
  if ('paragraphEnd' in run) return ''
  if ('emoji' in run) return run.emoji
  return 'pieces' in run ? run.pieces.join('').replaceAll(BREAK_ALWAYS, '') : `[${run.codes}]`
}
