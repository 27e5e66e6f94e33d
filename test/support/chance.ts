/** A number between 0 and 1, the same row of them for the same seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface Chance {
  /** True with this probability. */
  happens(probability: number): boolean
  below(count: number): number
  oneOf<T>(items: readonly T[]): T
}

/** Everything that is left to chance, the same for the same seed. */
export function chanceOf(seed: number): Chance {
  const next = numbersFrom(seed)
  const below = (count: number) => Math.floor(next() * count)
  return {
    happens: (probability) => next() < probability,
    below,
    oneOf: (items) => items[below(items.length)] as (typeof items)[number]
  }
}
