import { hitKinds, screen } from '../../src/domain/screening/screen.ts'
import { danger } from '../domain/screening/examples/danger.ts'
import { heldOut as heldOutFirst } from '../domain/screening/examples/held-out.ts'
import { heldOutLater } from '../domain/screening/examples/held-out-later.ts'
import type { Examples } from '../domain/screening/examples/marked.ts'
import * as matters from '../domain/screening/examples/matters.ts'
import * as numbers from '../domain/screening/examples/numbers.ts'
import * as people from '../domain/screening/examples/people.ts'
import { posts } from '../domain/screening/examples/posts.ts'
import { untidy } from '../domain/screening/examples/untidy.ts'
import { type Mark, markedText } from './marked-text.ts'

/** What is measured: every kind of hit, and danger to life. */
export const measuredKinds = [...hitKinds, 'danger'] as const
export type MeasuredKind = (typeof measuredKinds)[number]

/** How many marks there are, how many of them were found, how many hits there were, and how many of them were right. */
export interface Counts {
  readonly marked: number
  readonly met: number
  readonly found: number
  readonly right: number
}

export const recall = ({ marked, met }: Counts): number => (marked === 0 ? 1 : met / marked)
export const precision = ({ found, right }: Counts): number => (found === 0 ? 1 : right / found)

/** A hit or a mark that has no counterpart. */
interface Miss {
  readonly kind: string
  readonly what: 'missed' | 'wrong'
  readonly words: string
  readonly text: string
}

const all: readonly Examples[] = [
  ...Object.values(numbers),
  ...Object.values(people),
  ...Object.values(matters),
  danger,
  posts,
  untidy
]

/** The examples that the detectors were made with. */
export const tuned: Examples = { nb: all.flatMap(({ nb }) => nb), nn: all.flatMap(({ nn }) => nn) }

/** The examples that changed nothing in the detectors. */
export const heldOut: Examples = {
  nb: [...heldOutFirst.nb, ...heldOutLater.nb],
  nn: [...heldOutFirst.nn, ...heldOutLater.nn]
}

/** What is found in the examples against what is marked, by overlap. Every kind is looked for in every example. */
export function measure(examples: readonly string[]): ReadonlyMap<MeasuredKind, Counts> {
  const looked = examples.map(lookedAt)
  return new Map(measuredKinds.map((kind) => [kind, total(looked.map(({ marks, hits }) => counts(kind, marks, hits)))]))
}

/** Everything that was missed or wrongly found, for whoever tunes. */
export const misses = (examples: readonly string[]): readonly Miss[] =>
  examples.map(lookedAt).flatMap(({ text, marks, hits }) => [
    ...without(marks, hits).map((mark) => ({
      kind: mark.kind,
      what: 'missed' as const,
      words: wordsAt(text, mark),
      text
    })),
    ...without(hits, marks).map((hit) => ({
      kind: hit.kind,
      what: 'wrong' as const,
      words: wordsAt(text, hit),
      text
    }))
  ])

function lookedAt(example: string) {
  const { text, marks } = markedText(example)
  const { hits, danger } = screen(text)
  return { text, marks, hits: [...hits, ...danger.map((span) => ({ kind: 'danger', ...span }))] }
}

function counts(kind: MeasuredKind, marks: readonly Mark[], hits: readonly Mark[]): Counts {
  const marked = marks.filter((mark) => mark.kind === kind)
  const found = hits.filter((hit) => hit.kind === kind)
  return {
    marked: marked.length,
    met: marked.length - without(marked, found).length,
    found: found.length,
    right: found.length - without(found, marked).length
  }
}

const without = (these: readonly Mark[], others: readonly Mark[]): readonly Mark[] =>
  these.filter((one) => !others.some((other) => other.kind === one.kind && overlap(one, other)))
const overlap = (a: Mark, b: Mark): boolean => a.start < b.end && b.start < a.end
const wordsAt = (text: string, { start, end }: Mark): string => Array.from(text).slice(start, end).join('')

const total = (parts: readonly Counts[]): Counts =>
  parts.reduce(
    (sum, { marked, met, found, right }) => ({
      marked: sum.marked + marked,
      met: sum.met + met,
      found: sum.found + found,
      right: sum.right + right
    }),
    { marked: 0, met: 0, found: 0, right: 0 }
  )
