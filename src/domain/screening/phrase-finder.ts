import type { PhraseList } from './lists/phrase-list.ts'
import { phraseMatcher } from './phrases.ts'
import type { Span } from './reading.ts'
import type { Word } from './words.ts'

type FoundPhrase<Kind> = Span & { readonly kind: Kind }

/** Finds what the lists tell of, each kind by itself; a telling phrase that shares a word with a harmless one is none. */
export function phraseFinder<Kind>(
  lists: readonly (readonly [Kind, PhraseList])[]
): (words: readonly Word[]) => readonly FoundPhrase<Kind>[] {
  const matcher = phraseMatcher<{ kind: Kind; tells: boolean }>(
    lists.flatMap(([kind, { telling, harmless }]) => [
      [{ kind, tells: true }, telling] as const,
      [{ kind, tells: false }, harmless] as const
    ])
  )
  return (words) => {
    const found = matcher.find(words)
    const harmless = new Map<Kind, Set<number>>()
    for (const { tag, first, last } of found) {
      if (tag.tells) continue
      const places = harmless.get(tag.kind) ?? new Set()
      for (let at = first; at <= last; at += 1) places.add(at)
      harmless.set(tag.kind, places)
    }
    return found
      .filter(({ tag, first, last }) => tag.tells && !touches(harmless.get(tag.kind), first, last))
      .map(({ tag, first, last }) => ({ kind: tag.kind, start: startOf(words, first), end: endOf(words, last) }))
  }
}

function touches(places: ReadonlySet<number> | undefined, first: number, last: number): boolean {
  if (!places) return false
  for (let at = first; at <= last; at += 1) if (places.has(at)) return true
  return false
}

const startOf = (words: readonly Word[], at: number): number => (words[at] as Word).start
const endOf = (words: readonly Word[], at: number): number => (words[at] as Word).end
