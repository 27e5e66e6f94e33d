import { hasSeamAt, type Reading, type Span } from './reading.ts'

/** Digits that stand together, and what stands between them and the digits before. */
export interface DigitGroup extends Span {
  readonly digits: string
  /** Undefined when something else than a separator stands between, or when there are none before. */
  readonly gap: string | undefined
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

/** Every group of digits, in the order of the text. What cannot be seen ends a group as a blank does. */
export function digitGroups(reading: Reading): readonly DigitGroup[] {
  const groups: DigitGroup[] = []
  for (const run of reading.text.matchAll(/\d+/g)) {
    let from = run.index
    const end = from + run[0].length
    for (let at = from + 1; at <= end; at += 1) {
      if (at < end && !hasSeamAt(reading, at)) continue
      const before = groups.at(-1)
      groups.push({
        start: from,
        end: at,
        digits: reading.text.slice(from, at),
        gap: gapBetween(reading, before, from)
      })
      from = at
    }
  }
  return groups
}

function gapBetween({ text }: Reading, before: DigitGroup | undefined, start: number): string | undefined {
  if (!before || start - before.end > GAP_MAX) return undefined
  const gap = text.slice(before.end, start)
  return separators.test(gap) ? gap : undefined
}

/**
 * All runs of whole groups that have exactly `count` digits together, with at most `gapsMax` visible gaps between them.
 * They may overlap.
 */
export function numbersOf(groups: readonly DigitGroup[], count: number, gapsMax = count): readonly NumberCandidate[] {
  return groups.flatMap((_, from) => {
    const to = endOfNumber(groups, from, count, gapsMax)
    return to === undefined ? [] : [candidate(groups.slice(from, to + 1))]
  })
}

/** The last of the groups that together have so many digits. */
function endOfNumber(groups: readonly DigitGroup[], from: number, count: number, gapsMax: number): number | undefined {
  let left = count
  let gapsLeft = gapsMax
  for (let at = from; at < groups.length; at += 1) {
    const { digits, gap } = groups[at] as DigitGroup
    if (at > from) {
      if (gap === undefined) return undefined
      if (gap !== '') gapsLeft -= 1
    }
    left -= digits.length
    if (left < 0 || gapsLeft < 0) return undefined
    if (left === 0) return at
  }
  return undefined
}

function candidate(groups: readonly DigitGroup[]): NumberCandidate {
  const lengths: number[] = []
  const gaps: string[] = []
  for (const [at, { digits, gap = '' }] of groups.entries()) {
    if (at > 0 && gap !== '') gaps.push(gap)
    lengths.push(digits.length + (at > 0 && gap === '' ? (lengths.pop() ?? 0) : 0))
  }
  return {
    start: groups[0]?.start ?? 0,
    end: groups.at(-1)?.end ?? 0,
    digits: groups.map(({ digits }) => digits).join(''),
    shape: lengths.join('-'),
    gaps
  }
}
