import type { InquiryState } from './inquiry.ts'

/** What can be done with many inquiries at once. */
export type BulkKind = 'retry' | 'ask' | 'dismiss' | 'hold' | 'release'

/** Which inquiries: all that fit every part. */
export interface Selection {
  readonly states: readonly InquiryState[]
  /** Code of the trouble they stand with. */
  readonly code?: string
  readonly source?: string
  readonly receivedFrom?: Date
  readonly receivedTo?: Date
}

export interface BulkAction {
  readonly id: string
  readonly kind: BulkKind
  readonly reason: string
  readonly perMinute: number
  readonly madeAt: Date
  readonly madeBy: string
  readonly endedAt?: Date
  readonly cancelledBy?: string
  readonly total: number
  /** How many it has been done to. */
  readonly done: number
  /** How many could not have it done, by the code of the reason. */
  readonly refused: Readonly<Record<string, number>>
}

/** How many are taken at a time, and how long it is between the times, in ms: never more often than each second. */
export function pace(perMinute: number): { readonly atOnce: number; readonly everyMs: number } {
  const atOnce = Math.ceil(perMinute / 60)
  return { atOnce, everyMs: (atOnce * 60_000) / perMinute }
}
