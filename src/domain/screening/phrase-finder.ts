import type { PhraseList } from './lists/phrase-list.ts'
import { type Found, phraseMatcher } from './phrases.ts'
import type { Span } from './reading.ts'
import type { Word } from './words.ts'

type FoundPhrase<Kind> = Span & { readonly kind: Kind }

interface Tag<Kind> {
  readonly kind: Kind
  readonly tells: boolean
}

/** Finds what the lists tell of, each kind by itself; a telling phrase that shares a word with a harmless one is none. */
export function phraseFinder<Kind>(
  lists: readonly (readonly [Kind, PhraseList])[]
): (words: readonly Word[]) => readonly FoundPhrase<Kind>[] {
  const matcher = phraseMatcher<Tag<Kind>>(
    lists.flatMap(([kind, { telling, harmless }]) => [
      [{ kind, tells: true }, telling] as const,
      [{ kind, tells: false }, harmless] as const
    ])
  )
  return (words) => {
    const found = matcher.find(words)
    const harmless = harmlessPlaces(found)
    return found
      .filter(({ tag, first, last }) => tag.tells && !touches(harmless.get(tag.kind), first, last))
      .map(({ tag, first, last }) => ({
        kind: tag.kind,
        start: (words[first] as Word).start,
        end: (words[last] as Word).end
      }))
  }
}

function harmlessPlaces<Kind>(found: readonly Found<Tag<Kind>>[]): ReadonlyMap<Kind, ReadonlySet<number>> {
  const harmless = new Map<Kind, Set<number>>()
  for (const { tag, first, last } of found) {
    if (tag.tells) continue
    const places = harmless.get(tag.kind) ?? new Set()
    for (let at = first; at <= last; at += 1) places.add(at)
    harmless.set(tag.kind, places)
  }
  return harmless
}

function touches(places: ReadonlySet<number> | undefined, first: number, last: number): boolean {
  if (!places) return false
  for (let at = first; at <= last; at += 1) if (places.has(at)) return true
  return false
}
