import type { Run } from './graphemes.ts'

/** Any letter, and one of a script that runs right to left. */
export const letter = /\p{L}/u
export const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Rohg}]/u

/** Between two of these a line breaks at a space; not before a ! or after a [ (Unicode line breaking, UAX #14). */
const breaksAtSpace = /[\p{L}\p{N}#&*<=>@^_`~]\p{M}*$/u
/** A zero-width space breaks everywhere, but comes along when text is copied; so only where nothing else would. */
export const BREAK_ALWAYS = '\u200b'

const WORD_LENGTH_MAX = 30 // graphemes; longer words may break anywhere
const PIECE_LENGTH = 4 // graphemes
const PIECE_LENGTH_MAX = 24 // graphemes
const PIECES_IN_RUN_MAX = 100
const ordinaryAddress = /^https?:\/\/[\w!#$%&*+,./:;=?@~-]{1,2000}$/
const ADDRESS_PART_LENGTH_MAX = 24 // letters, or digits, or signs

/**
 * The engine breaks an address where letters, digits and signs meet, as readers expect; never within a part. Such an
 * address stays one string, since of one in pieces each piece would get an annotation of its own in the PDF.
 */
export const breaksByItself = (word: string): boolean =>
  ordinaryAddress.test(word) &&
  (word.match(/[a-z]+|\d+|[^a-z\d]+/gi) ?? []).every((part) => part.length <= ADDRESS_PART_LENGTH_MAX)

/** A word, given as its graphemes; in pieces between which a line may break, when it is long. */
export function breakable(letters: readonly string[]): readonly Run[] {
  if (letters.length < WORD_LENGTH_MAX) return [letters.join('')]
  const pieces = inPieces(letters)
  const runs: Run[] = []
  for (let at = 0; at < pieces.length; at += PIECES_IN_RUN_MAX) {
    runs.push({ pieces: pieces.slice(at, at + PIECES_IN_RUN_MAX) })
  }
  return runs
}

/** Letters that join are kept together as far as they go: a break in a word of theirs would change their shape. */
function inPieces(letters: readonly string[]): readonly string[] {
  const joins = letters.some((one) => rightToLeft.test(one))
  const lengthMin = joins ? PIECE_LENGTH_MAX : PIECE_LENGTH
  const pieces = ['']
  let length = 0
  for (const [index, one] of letters.entries()) {
    const next = letters[index + 1]
    pieces[pieces.length - 1] += one
    length++
    if (next === undefined) break
    const breaksWell = breaksAtSpace.test(one) && breaksAtSpace.test(next)
    const isLongEnough = length >= lengthMin || (joins && !letter.test(one))
    if (!(isLongEnough && breaksWell) && length < PIECE_LENGTH_MAX) continue
    if (!breaksWell) pieces[pieces.length - 1] += BREAK_ALWAYS
    pieces.push('')
    length = 0
  }
  return pieces
}
