/** Whether deliveries to an archive go on. One for each archive, shared by all processes. */
export interface ArchiveGate {
  /** Failures in a row that were the archive's, over all inquiries. */
  readonly failures: number
  /** Nothing is sent before this; then one inquiry tries, and the others wait to see how it went. */
  readonly closedUntil?: Date
  /** When the next delivery has its turn, where they are held under a rate. */
  readonly nextDeliveryAt?: Date
  readonly paused?: { readonly at: Date; readonly by: string; readonly reason: string }
}

export const OPEN_GATE: ArchiveGate = { failures: 0 }

/** `open`: all may try. `trying`: one may. `closed` and `paused`: none. */
export type GatePhase = 'open' | 'trying' | 'closed' | 'paused'

export function gatePhase(gate: ArchiveGate, at: Date): GatePhase {
  if (gate.paused) return 'paused'
  if (!gate.closedUntil) return 'open'
  return gate.closedUntil > at ? 'closed' : 'trying'
}

const FAILURES_BORNE = 5
const CLOSED_MS_FIRST = 30_000
const CLOSED_MS_MAX = 600_000
/** With one try each ten minutes, about a day. */
const FAILURES_STANDING = 150

/** Why deliveries stand still until a person does something. */
export type Standstill = 'pause' | 'outage'

/** Nothing when deliveries go on, or will by themselves. An archive that has failed for a day needs somebody. */
export function standstillOf({ paused, failures }: ArchiveGate): Standstill | undefined {
  if (paused) return 'pause'
  return failures >= FAILURES_STANDING ? 'outage' : undefined
}

/** How long the one that tries may take before another may. */
export const TRYING_MS = 60_000

/**
 * Until when the gate closes after so many failures in a row, if it does. An archive that does not let us in will not
 * let the next in either, so one failure of that kind is enough.
 */
export function closedAfter(failures: number, isLockedOut: boolean, at: Date): Date | undefined {
  const over = failures - (isLockedOut ? 1 : FAILURES_BORNE)
  if (over < 0) return undefined
  return new Date(at.getTime() + Math.min(CLOSED_MS_FIRST * 2 ** Math.min(over, 10), CLOSED_MS_MAX))
}
