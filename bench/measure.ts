/** What a benchmark found, against its bar. */
export interface Measured {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly bar: string
  readonly ok: boolean
  /** Other numbers of the same run. */
  readonly more?: Readonly<Record<string, number>>
}

export type Bench = (tell: (text: string) => void) => Promise<Measured>

/** The last line of every benchmark: one JSON object. */
export const closing = ({ name, value, unit, bar, ok, more }: Measured): string =>
  JSON.stringify({ name, value: rounded(value), unit, bar, ok, ...(more && { more: eachRounded(more) }) })

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000
const eachRounded = (more: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(more).map(([key, value]) => [key, rounded(value)]))

/** The value below which `share` of them lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
