/** A word of a phrase, as a list writes it. */
export interface Stem {
  readonly letters: string // in lower case
  /** The letters as they must be written, when that matters. */
  readonly written: string | undefined
  readonly isLastPart: boolean
  /** Whether what stands before the last part must look like a word. */
  readonly isCompound: boolean
  readonly isJoined: boolean
  readonly after: 'nothing' | 'inflection' | 'anything'
}

interface Choice {
  readonly stems: readonly Stem[]
  /** Of the stems, those that are a word and no more. */
  readonly exact: ReadonlySet<string>
  readonly loose: readonly Stem[]
}

/** What may stand at a place of a phrase. */
export type Step = Choice | 'some words'

export type Phrase = readonly [Choice, ...Step[]]

/**
 * Reads a list of phrases, which stand between commas or line breaks. A phrase is written as words between blanks:
 *
 *   kreft     this word
 *   kreft~    this word with an ending of inflection: kreften, kreftens
 *   barnever* every word that begins so
 *   *kreft~   also as the last part of a compound: brystkreften; *kreft* anywhere in a word
 *   +kreft~   the same, when the first part looks like a word: not in «bekreftet»
 *   min|mi    either of the words
 *   -er       this word, joined to the one before with a hyphen
 *   …         up to three words
 *   LO        with these capitals; lower case matches either
 *
 * Throws when a phrase begins with «…».
 */
export function phrasesIn(list: string): readonly Phrase[] {
  return list
    .split(/[,\n]/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      const [first, ...rest] = text.split(/\s+/).map(stepOf)
      if (first === undefined || first === 'some words') throw new Error(`A phrase begins with a word: ${text}`)
      return [first, ...rest]
    })
}

function stepOf(text: string): Step {
  if (text === '…') return 'some words'
  const stems = text.split('|').map(stemOf)
  const isExact = (stem: Stem) =>
    stem.written === undefined && !stem.isLastPart && !stem.isJoined && stem.after === 'nothing'
  return {
    stems,
    exact: new Set(stems.filter(isExact).map(({ letters }) => letters)),
    loose: stems.filter((stem) => !isExact(stem))
  }
}

function stemOf(text: string): Stem {
  const [, before, body = '', after] = /^([*+-]?)(.*?)([*~]?)$/.exec(text) ?? []
  const letters = body.toLowerCase()
  return {
    letters,
    written: letters === body ? undefined : body,
    isLastPart: before === '*' || before === '+',
    isCompound: before === '+',
    isJoined: before === '-',
    after: after === '*' ? 'anything' : after === '~' ? 'inflection' : 'nothing'
  }
}
