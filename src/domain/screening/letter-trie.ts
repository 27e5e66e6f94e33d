/** What is known of words by their letters, in one table: for each node and letter, the next node; 0 is none. */
export interface LetterTrie<T> {
  readonly next: Uint16Array
  readonly values: readonly (readonly T[] | undefined)[]
}

export const ROOT = 1
const NODES_MAX = 0xffff

/** The letters that lists are written with, from 1; whatever else there is in a text is 0. */
const letters = Array.from('abcdefghijklmnopqrstuvwxyzæøåéèêóòôöäüëáàç0123456789')
const WIDTH = letters.length + 1
const numberOf = new Uint8Array(0x180)
for (const [at, letter] of letters.entries()) numberOf[letter.charCodeAt(0)] = at + 1

/** Throws when a key has a letter that no list should have, or when there is too much for the table. */
export function letterTrie<T>(entries: readonly (readonly [key: string, value: T])[]): LetterTrie<T> {
  const rows: number[][] = [[], []]
  const values: (T[] | undefined)[] = []
  for (const [key, value] of entries) {
    let node = ROOT
    for (let at = 0; at < key.length; at += 1) {
      const letter = numberOf[key.charCodeAt(at)] ?? 0
      if (letter === 0) throw new Error(`No letter of a list: ${key}`)
      const row = rows[node] as number[]
      row[letter] ??= rows.push([]) - 1
      node = row[letter]
    }
    const here = values[node] ?? []
    here.push(value)
    values[node] = here
  }
  if (rows.length > NODES_MAX) throw new Error('The lists are too long for one table')
  const next = new Uint16Array(rows.length * WIDTH)
  for (const [node, row] of rows.entries())
    for (const letter in row) next[node * WIDTH + Number(letter)] = row[letter] ?? 0
  return { next, values: Array.from({ length: rows.length }, (_, node) => values[node]) }
}

/** The node after a letter; 0 when there is none, also for what is past the end of a word. */
export const nodeAfter = ({ next }: LetterTrie<unknown>, node: number, code: number): number =>
  code < 0x180 ? (next[node * WIDTH + (numberOf[code] ?? 0)] ?? 0) : 0
