/** A stretch that is marked in an example, in code points of the text without marks. */
export interface Mark {
  readonly kind: string
  readonly start: number
  readonly end: number
}

/** Reads `Ring [[phone|41 23 45 67]]` as the text that stands there and what is marked in it; `crime+danger` is two kinds. */
export function markedText(example: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const marks: Mark[] = []
  let text = ''
  let from = 0
  for (const { 0: whole, 1: kind = '', 2: words = '', index } of example.matchAll(
    /\[\[([a-z+-]+)\|(.*?)\]\](?!\])/gu
  )) {
    text += example.slice(from, index)
    const start = lengthOf(text)
    text += words
    for (const one of kind.split('+')) marks.push({ kind: one, start, end: lengthOf(text) })
    from = index + whole.length
  }
  return { text: text + example.slice(from), marks }
}

const lengthOf = (text: string): number => Array.from(text).length
