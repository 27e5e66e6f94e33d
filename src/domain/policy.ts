import type { Guideline } from './guideline.ts'

/** A guideline that was kept, and that never changes. */
export interface KeptGuideline {
  readonly version: number
  readonly guideline: Guideline
}

/** While it goes on, the crisis management speaks for the municipality. */
export interface Crisis {
  readonly id: string
  readonly startedAt: Date
  readonly startedBy: string
  readonly endedAt?: Date
  readonly endedBy?: string
}

/** What inquiries are judged by as they come in. */
export interface Policy extends KeptGuideline {
  readonly crisis?: Crisis
}
