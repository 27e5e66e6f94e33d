import { setTimeout as pause } from 'node:timers/promises'

const WAIT_MS_FIRST = 1_000
const WAIT_MS_MAX = 60_000

export interface KeepRunningOptions {
  /** Told each time it ends, with how many times in a row it has ended sooner than the longest wait. */
  readonly onEnd: (error: unknown, timesInARow: number) => void
  readonly firstWaitMs?: number
}

/**
 * Runs something that should go on for ever, and starts it again when it ends or throws, after waits that double up to a
 * minute. `stop` aborts its signal and resolves when it has ended, or after `graceMs`: it is left behind then.
 */
export function keepRunning(
  run: (signal: AbortSignal) => Promise<void>,
  { onEnd, firstWaitMs = WAIT_MS_FIRST }: KeepRunningOptions
): { stop(graceMs: number): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const running = (async () => {
    for (let ended = 1; ; ended += 1) {
      const startedAt = performance.now()
      const error: unknown = await run(signal).catch((thrown: unknown) => thrown)
      if (signal.aborted) return
      if (performance.now() - startedAt > WAIT_MS_MAX) ended = 1
      onEnd(error, ended)
      await pause(Math.min(firstWaitMs * 2 ** (ended - 1), WAIT_MS_MAX), undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
    }
  })()
  return {
    async stop(graceMs) {
      stopping.abort()
      const waiting = new AbortController()
      const late = pause(graceMs, undefined, { signal: waiting.signal }).catch(() => undefined)
      await Promise.race([running, late])
      waiting.abort()
    }
  }
}
