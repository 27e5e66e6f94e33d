import type { Word } from './words.ts'

/**
 * Finds phrases in a sequence of words, in time proportional to its length. A phrase is written as words between blanks:
 *
 *   kreft     this word
 *   kreft~    this word with an ending of inflection: kreften, kreftens
 *   barnever* every word that begins so
 *   *kreft~   also as the last part of a compound: brystkreften; *kreft* anywhere in a word
 *   min|mi    either of the words
 *   -er       this word, joined to the one before with a hyphen
 *   …         up to three words
 *   LO        with these capitals; lower case matches either
 */
export interface PhraseMatcher<Tag> {
  find(words: readonly Word[]): readonly Found<Tag>[]
}

/** A phrase that was found, as places in the sequence of words: from, up to and with. */
export interface Found<Tag> {
  readonly tag: Tag
  readonly first: number
  readonly last: number
}

interface Stem {
  readonly letters: string // in lower case
  /** The letters as they must be written, when that matters. */
  readonly written: string | undefined
  readonly isLastPart: boolean
  readonly isJoined: boolean
  readonly after: 'nothing' | 'inflection' | 'anything'
}

type Step = { readonly stems: readonly Stem[] } | 'some words'

interface Entry<Tag> {
  readonly tag: Tag
  readonly stem: Stem
  readonly rest: readonly Step[]
}

interface Node<Tag> {
  readonly next: Map<string, Node<Tag>>
  readonly entries: Entry<Tag>[]
}

const SOME_WORDS_MAX = 3

const endings = new Set(
  ` s a as ar ars ane anes arane aranes e es ede en ens ene enes eni er ers ere eren erene ert et ets ete ete i ik
    n na ns ne r t te d de dd dde dt st ste sk ske skt iske isk`.split(/\s+/)
)

/** Makes one matcher of lists of phrases, each with its tag; the phrases of a list stand between commas or line breaks. */
export function phraseMatcher<Tag>(lists: readonly (readonly [Tag, string])[]): PhraseMatcher<Tag> {
  const whole = newNode<Tag>()
  const parts = newNode<Tag>()
  for (const [tag, list] of lists) {
    for (const phrase of list.split(/[,\n]/).map((text) => text.trim())) {
      if (phrase === '') continue
      const [first, ...rest] = phrase.split(/\s+/).map(stepOf)
      if (first === undefined || first === 'some words') throw new Error(`A phrase begins with a word: ${phrase}`)
      for (const stem of first.stems) plant(stem.isLastPart ? parts : whole, { tag, stem, rest })
    }
  }
  return { find: (words) => words.flatMap((_, at) => foundAt(words, at, whole, parts)) }
}

const newNode = <Tag>(): Node<Tag> => ({ next: new Map(), entries: [] })

function plant<Tag>(root: Node<Tag>, entry: Entry<Tag>): void {
  let node = root
  for (const letter of entry.stem.letters) {
    const next = node.next.get(letter) ?? newNode<Tag>()
    node.next.set(letter, next)
    node = next
  }
  node.entries.push(entry)
}

function stepOf(text: string): Step {
  return text === '…' ? 'some words' : { stems: text.split('|').map(stemOf) }
}

function stemOf(text: string): Stem {
  const [, before, body = '', after] = /^([*-]?)(.*?)([*~]?)$/.exec(text) ?? []
  const letters = body.toLowerCase()
  return {
    letters,
    written: letters === body ? undefined : body,
    isLastPart: before === '*',
    isJoined: before === '-',
    after: after === '*' ? 'anything' : after === '~' ? 'inflection' : 'nothing'
  }
}

function foundAt<Tag>(words: readonly Word[], at: number, whole: Node<Tag>, parts: Node<Tag>): readonly Found<Tag>[] {
  const word = words[at] as Word
  const found: Found<Tag>[] = []
  const take = (root: Node<Tag>, from: number) => {
    let node: Node<Tag> | undefined = root
    for (let to = from; node; to += 1) {
      for (const { tag, stem, rest } of node.entries) {
        if (!fits(stem, word, from)) continue
        const last = endOf(words, at, rest)
        if (last !== undefined) found.push({ tag, first: at, last })
      }
      node = node.next.get(word.lower.charAt(to))
    }
  }
  take(whole, 0)
  for (let from = 0; from < word.lower.length; from += 1) take(parts, from)
  return found
}

/** Whether the word has the stem at this place, all but the letters being known. */
function fits({ letters, written, after }: Stem, word: Word, from: number): boolean {
  if (written !== undefined && !word.written.startsWith(written, from)) return false
  const left = word.lower.length - from - letters.length
  if (after === 'anything' || left === 0) return true
  return after === 'inflection' && left <= ENDING_MAX && endings.has(word.lower.slice(-left))
}
const ENDING_MAX = 6

/** The last word of the phrase whose other steps follow the word at `at`; the shortest way. */
function endOf(words: readonly Word[], at: number, [step, ...rest]: readonly Step[]): number | undefined {
  if (step === undefined) return at
  if (step !== 'some words') {
    const next = words[at + 1]
    return next?.follows && step.stems.some((stem) => stands(stem, next)) ? endOf(words, at + 1, rest) : undefined
  }
  for (let skipped = 0; skipped <= SOME_WORDS_MAX; skipped += 1) {
    const last = endOf(words, at + skipped, rest)
    if (last !== undefined) return last
    if (!words[at + skipped + 1]?.follows) return undefined
  }
  return undefined
}

const LOOK_MAX = 60 // letters of a long word that are searched for a last part

function stands(stem: Stem, word: Word): boolean {
  if (stem.isJoined && !word.isJoined) return false
  if (!stem.isLastPart) return word.lower.startsWith(stem.letters) && fits(stem, word, 0)
  if (stem.after === 'anything') return word.lower.slice(0, LOOK_MAX).includes(stem.letters)
  const from = word.lower.lastIndexOf(stem.letters)
  return from >= 0 && fits(stem, word, from)
}
