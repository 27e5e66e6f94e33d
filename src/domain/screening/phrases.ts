import { type LetterTrie, letterTrie, nodeAfter, ROOT } from './letter-trie.ts'
import { type Phrase, phrasesIn, type Stem, type Step } from './phrase-notation.ts'
import type { Word } from './words.ts'

/** Finds phrases in a sequence of words, in time proportional to its length. */
export interface PhraseMatcher<Tag> {
  find(words: readonly Word[]): readonly Found<Tag>[]
}

/** A phrase that was found, as places in the sequence of words: from, up to and with. */
export interface Found<Tag> {
  readonly tag: Tag
  readonly first: number
  readonly last: number
}

interface Entry<Tag> {
  readonly tag: Tag
  readonly stem: Stem
  readonly rest: readonly Step[]
}

const SOME_WORDS_MAX = 3

const endings = new Set(
  ` s a as ar ars ane anes arane aranes e es ede en ens ene enes eni er ers ere eren erene ert et ets ete ete i ik
    n na ns ne r t te d de dd dde dt st ste sk ske skt iske isk`.split(/\s+/)
)

/** Makes one matcher of lists of phrases, each with its tag, as `phrase-notation.ts` reads them. */
export function phraseMatcher<Tag>(lists: readonly (readonly [Tag, string])[]): PhraseMatcher<Tag> {
  const entries = lists.flatMap(([tag, list]) => phrasesIn(list).flatMap((phrase) => entriesOf(tag, phrase)))
  const whole = trieOf(entries.filter(({ stem }) => !stem.isLastPart))
  const parts = trieOf(entries.filter(({ stem }) => stem.isLastPart))
  return {
    find: (words) => {
      const found: Found<Tag>[] = []
      for (let at = 0; at < words.length; at += 1) {
        const { lower } = words[at] as Word
        take(whole, words, at, 0, found)
        for (let from = 0; from < lower.length; from += 1) take(parts, words, at, from, found)
      }
      return found
    }
  }
}

const entriesOf = <Tag>(tag: Tag, [first, ...rest]: Phrase): readonly Entry<Tag>[] =>
  first.stems.map((stem) => ({ tag, stem, rest }))

const trieOf = <Tag>(entries: readonly Entry<Tag>[]): LetterTrie<Entry<Tag>> =>
  letterTrie(entries.map((entry) => [entry.stem.letters, entry]))

/** Adds every phrase that begins with the letters of a word from a place in it. */
function take<Tag>(
  trie: LetterTrie<Entry<Tag>>,
  words: readonly Word[],
  at: number,
  from: number,
  found: Found<Tag>[]
): void {
  const word = words[at] as Word
  let node = ROOT
  for (let to = from; to < word.lower.length; to += 1) {
    node = nodeAfter(trie, node, word.lower.charCodeAt(to))
    if (node === 0) return
    const here = trie.values[node]
    if (here === undefined) continue
    for (const { tag, stem, rest } of here) {
      if (!fits(stem, word, from)) continue
      const last = endOf(words, at, rest, 0)
      if (last >= 0) found.push({ tag, first: at, last })
    }
  }
}

const ENDING_MAX = 6

/** Whether the word has the stem at this place, all but the letters being known. */
function fits({ letters, written, after, isCompound }: Stem, word: Word, from: number): boolean {
  if (written !== undefined && !word.written.startsWith(written, from)) return false
  if (isCompound && from > 0 && !canBeFirstPart(word.lower, from)) return false
  const left = word.lower.length - from - letters.length
  if (after === 'anything' || left === 0) return true
  return after === 'inflection' && left <= ENDING_MAX && endings.has(word.lower.slice(-left))
}

/** The first part of a compound is a word: three letters and a vowel at least, which «be-» and «for-» do not make one of. */
function canBeFirstPart(lower: string, length: number): boolean {
  if (length < 3) return false
  const part = lower.slice(Math.max(0, length - 8), length)
  return /[aeiouyæøå]/.test(part) && !(length <= 5 && derived.has(part))
}
const derived = new Set(['for', 'ved', 'til', 'inn', 'opp', 'mis', 'van', 'gjen', 'over', 'under', 'etter', 'sam'])

/** The last word of the phrase whose steps from `step` on follow the word at `at`, the shortest way; -1 if they do not. */
function endOf(words: readonly Word[], at: number, steps: readonly Step[], step: number): number {
  const wanted = steps[step]
  if (wanted === undefined) return at
  if (wanted !== 'some words') {
    const next = words[at + 1]
    return next?.follows && stands(wanted, next) ? endOf(words, at + 1, steps, step + 1) : -1
  }
  for (let skipped = 0; skipped <= SOME_WORDS_MAX; skipped += 1) {
    const last = endOf(words, at + skipped, steps, step + 1)
    if (last >= 0) return last
    if (!words[at + skipped + 1]?.follows) return -1
  }
  return -1
}

const stands = ({ exact, loose }: Exclude<Step, string>, word: Word): boolean =>
  exact.has(word.lower) || loose.some((stem) => standsLoosely(stem, word))

const LOOK_MAX = 60 // letters of a long word that are searched for a last part

function standsLoosely(stem: Stem, word: Word): boolean {
  if (stem.isJoined && !word.isJoined) return false
  if (!stem.isLastPart) return word.lower.startsWith(stem.letters) && fits(stem, word, 0)
  if (stem.after === 'anything') return word.lower.slice(0, LOOK_MAX).includes(stem.letters)
  const from = word.lower.lastIndexOf(stem.letters)
  return from >= 0 && fits(stem, word, from)
}
