/**
 * A text as the detectors read it: invisible characters and loose marks gone, letters and digits of other forms made
 * plain, å composed. Every place in it knows which code points of the original it stands for.
 */
export interface Reading {
  readonly text: string
  /** The same in lower case, unit for unit. */
  readonly lower: string
  /** For each UTF-16 unit of `text`, the code points of the original that it stands for: from, and up to. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** A stretch of a text; `end` is the first place after it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Marks upon one letter that are looked at; the others are passed over, however many there are. */
const MARKS_MAX = 4
/** A character that stands for more letters than this, such as a whole Arabic phrase, is left as it is. */
const EXPANDED_MAX = 4

/** Reads a text in one pass. */
export function read(original: string): Reading {
  const pieces: string[] = []
  const starts = new Uint32Array(original.length * EXPANDED_MAX)
  const ends = new Uint32Array(original.length * EXPANDED_MAX)
  let length = 0
  let point = 0
  const forms = new Map<string, string>()
  const formOf = (cluster: string): string => {
    const form = forms.get(cluster) ?? plainForm(cluster)
    forms.set(cluster, form)
    return form
  }
  const put = (plain: string, from: number, each: number) => {
    pieces.push(plain)
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts[length] = from + each * unit
      ends[length] = each === 0 ? point : from + unit + 1
      length += 1
    }
  }
  for (let at = 0; at < original.length; ) {
    const runEnd = plainRunEnd(original, at)
    const from = point
    if (runEnd > at) {
      point += runEnd - at
      put(original.slice(at, runEnd), from, 1)
      at = runEnd
    } else {
      const { text, size, points } = clusterAt(original, at)
      point += points
      put(formOf(text), from, 0)
      at += size
    }
  }
  const text = pieces.join('')
  return { text, lower: inLowerCase(text), starts: starts.subarray(0, length), ends: ends.subarray(0, length) }
}

/** Where the characters end that stand for themselves and have no mark upon them. */
function plainRunEnd(original: string, from: number): number {
  let to = from
  while (to < original.length && isPlain(original.charCodeAt(to))) to += 1
  return to > from && to < original.length && isMark(original.charAt(to)) ? to - 1 : to
}

/** Printable ASCII, line breaks, tabs, and Latin letters that compatibility leaves alone. */
const isPlain = (code: number): boolean =>
  (code >= 0x20 && code <= 0x7e) || code === 0x0a || code === 0x09 || (code >= 0xc0 && code <= 0x12f)

/** A character with the marks upon it, how many units and code points they are; further marks count and are left out. */
function clusterAt(original: string, at: number): { text: string; size: number; points: number } {
  let text = characterAt(original, at)
  let size = text.length
  let points = 1
  for (let next = characterAt(original, at + size); isMark(next); next = characterAt(original, at + size)) {
    if (points <= MARKS_MAX) text += next
    size += next.length
    points += 1
  }
  return { text, size, points }
}

const characterAt = (text: string, at: number): string =>
  at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : ''

/** Letters that become longer in lower case stay as they are. */
function inLowerCase(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return text.replace(/./gsu, (letter) => {
    const low = letter.toLowerCase()
    return low.length === letter.length ? low : letter
  })
}

/** The code points of the original that a stretch of the reading stands for. */
export const originalSpan = ({ starts, ends }: Reading, { start, end }: Span): Span => ({
  start: starts[start] ?? 0,
  end: ends[end - 1] ?? 0
})

/** Whether something invisible stood between a place and the one before it. */
export const hasSeamAt = ({ starts, ends }: Reading, at: number): boolean => at > 0 && starts[at] !== ends[at - 1]

const LATIN_MARKS_FROM = 0x300

const isMark = (character: string): boolean => character.charCodeAt(0) >= LATIN_MARKS_FROM && /\p{M}/u.test(character)

/** Zero-width and directional characters, soft hyphens, controls that are no blanks, and letters that show nothing. */
const unseenLetter = /[\u115F\u1160\u2800\u3164\uFFA0]/
const unseen = /[\p{Cf}\u115F\u1160\u2800\u3164\uFFA0]|(?!\s)\p{Cc}/gu

function plainForm(cluster: string): string {
  const normal = cluster.normalize('NFKC')
  if (normal === cluster && /^\p{L}$/u.test(cluster) && !unseenLetter.test(cluster)) return cluster
  const composed = normal.replace(/\p{M}/gu, '').replace(unseen, '')
  if (composed.length > EXPANDED_MAX) return cluster
  return composed.replace(/[^\P{Nd}0-9]/gu, (digit) => String(digitValue(digit)))
}

/** Unicode keeps the ten digits of a script together, so a digit is worth as many as there are before it. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let before = 0
  while (before < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1
  return before
}
