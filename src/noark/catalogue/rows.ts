import type { ObjectName } from './object-names.ts'
import type { ValueType } from './value-types.ts'

/**
 * What one element is, the same in every dialect: its M-number in Noark 5 v5.5 (else in Fiks Arkiv V1), what it holds,
 * what it means, and whether a deposit leaves it out (Noark 5 kap. 120).
 */
export type ElementRow = readonly [
  m: `M${number}` | '–',
  holds: ValueType | 'code' | ObjectName,
  meaning: string,
  delivery?: 'not-delivered'
]

export type ElementRows = Readonly<Record<string, ElementRow>>
