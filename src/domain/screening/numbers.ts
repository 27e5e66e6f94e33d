import { hasSeamAt, type Reading, type Span } from './reading.ts'

/** Digits that stand together, in the order of the text; all groups have the same number of places in each list. */
export interface DigitGroups {
  /** All digits of the text, one after another. */
  readonly digits: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  /** How many digits stand before the group. */
  readonly offsets: readonly number[]
  /** Groups with the same number have nothing but separators between them. */
  readonly chains: readonly number[]
  /** What stands between the group and the one before; empty when that cannot be seen. */
  readonly gaps: readonly string[]
  /** How many gaps can be seen before the group. */
  readonly gapsBefore: readonly number[]
}

/** Groups of digits that together have a given number of digits. */
export interface NumberCandidate extends Span {
  readonly digits: string
  /** How many digits stand together to the eye, such as `4-2-5`. */
  readonly shape: string
  /** What stands between those. */
  readonly gaps: readonly string[]
}

/** People write numbers apart with blanks, dots, hyphens, strokes and the like; not with more than three in a row. */
const separators = /^[\s.\p{Pd}/_·,:*'’()|]{0,3}$/u
const GAP_MAX = 3
const ZERO = 0x30
const NINE = 0x39

/** Every group of digits, in the order of the text. What cannot be seen ends a group as a blank does. */
export function digitGroups(reading: Reading): DigitGroups {
  const { text } = reading
  const starts: number[] = []
  const ends: number[] = []
  const offsets: number[] = []
  const chains: number[] = []
  const gaps: string[] = []
  const gapsBefore: number[] = []
  const pieces: string[] = []
  let [offset, chain, seen] = [0, 0, 0]
  for (let from = nextDigit(text, 0); from < text.length; ) {
    const end = endOfGroup(reading, from)
    const gap = ends.length === 0 ? undefined : gapBetween(text, ends[ends.length - 1] ?? 0, from)
    if (gap === undefined) chain += 1
    if (gap !== '') seen += 1
    starts.push(from)
    ends.push(end)
    offsets.push(offset)
    chains.push(chain)
    gaps.push(gap ?? '')
    gapsBefore.push(seen)
    pieces.push(text.slice(from, end))
    offset += end - from
    from = nextDigit(text, end)
  }
  return { digits: pieces.join(''), starts, ends, offsets, chains, gaps, gapsBefore }
}

const isDigitAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= ZERO && code <= NINE
}

function nextDigit(text: string, from: number): number {
  let at = from
  while (at < text.length && !isDigitAt(text, at)) at += 1
  return at
}

function endOfGroup(reading: Reading, from: number): number {
  let to = from + 1
  while (isDigitAt(reading.text, to) && !hasSeamAt(reading, to)) to += 1
  return to
}

function gapBetween(text: string, from: number, to: number): string | undefined {
  if (to - from > GAP_MAX) return undefined
  const gap = text.slice(from, to)
  return gap === '' || gap === ' ' || gap === '.' || separators.test(gap) ? gap : undefined
}

/**
 * All runs of whole groups that have exactly `count` digits together, with at most `gapsMax` visible gaps between them,
 * and digits that are wanted. They may overlap.
 */
export function numbersOf(
  groups: DigitGroups,
  count: number,
  isWanted: (digits: string) => boolean,
  gapsMax = count
): readonly NumberCandidate[] {
  const { digits, starts, ends, offsets, chains, gapsBefore } = groups
  const found: NumberCandidate[] = []
  let to = 0
  for (let from = 0; from < starts.length; from += 1) {
    const offset = offsets[from] ?? 0
    const end = offset + count
    while (to + 1 < starts.length && (offsets[to + 1] ?? 0) < end) to += 1
    if ((offsets[to] ?? 0) + (ends[to] ?? 0) - (starts[to] ?? 0) !== end || chains[to] !== chains[from]) continue
    if ((gapsBefore[to] ?? 0) - (gapsBefore[from] ?? 0) > gapsMax) continue
    const own = digits.slice(offset, end)
    if (isWanted(own)) found.push(candidate(groups, own, from, to))
  }
  return found
}

function candidate({ starts, ends, gaps }: DigitGroups, digits: string, from: number, to: number): NumberCandidate {
  const lengths: number[] = []
  const seen: string[] = []
  for (let at = from; at <= to; at += 1) {
    const length = (ends[at] ?? 0) - (starts[at] ?? 0)
    const gap = gaps[at] ?? ''
    if (at > from && gap !== '') seen.push(gap)
    lengths.push(length + (at > from && gap === '' ? (lengths.pop() ?? 0) : 0))
  }
  return { start: starts[from] ?? 0, end: ends[to] ?? 0, digits, shape: lengths.join('-'), gaps: seen }
}

const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]

/** Whether the weighted sum of eleven digits is a multiple of 11, as in account numbers and in every national id. */
export function hasCheckDigit(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < weights.length; at += 1) sum += (weights[at] as number) * (digits.charCodeAt(at) - ZERO)
  return sum % 11 === 0
}
