import type { Span } from './reading.ts'

/** The spans in the order of the text, those that overlap made one. */
export function merged(spans: readonly Span[]): readonly Span[] {
  const whole: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = whole.at(-1)
    if (last && span.start < last.end) {
      whole[whole.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    } else {
      whole.push({ start: span.start, end: span.end })
    }
  }
  return whole
}

/** The spans of `these` that overlap none of `others`; both in the order of the text, the others without overlaps. */
export function apartFrom<T extends Span>(these: readonly T[], others: readonly Span[]): readonly T[] {
  let at = 0
  return these.filter(({ start, end }) => {
    while (at < others.length && (others[at] as Span).end <= start) at += 1
    const next = others[at]
    return !next || next.start >= end
  })
}
