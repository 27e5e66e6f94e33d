import { danger } from './lists/danger.ts'
import { phraseFinder } from './phrase-finder.ts'
import { originalSpan, read, type Span } from './reading.ts'
import { merged } from './spans.ts'
import { wordsOf } from './words.ts'

const find = phraseFinder([['danger', danger]])

/**
 * Where a text has words of acute danger to life, as offsets in code points; empty when there are none. It errs towards
 * finding too much: what it finds is shown to a person and answered with the emergency numbers.
 */
export function hasDangerToLife(text: string): readonly Span[] {
  const reading = read(text)
  return merged(find(wordsOf(reading)).map((span) => originalSpan(reading, span)))
}
