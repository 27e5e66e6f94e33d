/** How long to wait after each failed try, in seconds; the last wait repeats. */
const WAITS_S = [1, 5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600] as const

/** How long after its first failure a task is tried on, in days. */
export const RETRY_DAYS_MAX = 7

/** The longest wait that another side may ask of us: what it says must not hide an inquiry for ever. */
const RETRY_AFTER_MS_MAX = 86_400_000

export interface FailedTries {
  /** Failed tries so far, this one included. */
  readonly tries: number
  readonly firstFailedAt: Date
  readonly now: Date
  /** Between 0 and 1: spreads tries that failed together. */
  readonly jitter: number
  /** What the other side asked for, such as Retry-After. */
  readonly retryAfterMs?: number
}

/** When to try again, or `undefined` when a person must look: seven days of tries have failed. */
export function nextTry({ tries, firstFailedAt, now, jitter, retryAfterMs }: FailedTries): Date | undefined {
  if (now.getTime() - firstFailedAt.getTime() >= RETRY_DAYS_MAX * 86_400_000) return undefined
  const waitS = WAITS_S[Math.min(tries, WAITS_S.length) - 1] ?? WAITS_S[0]
  const waitMs = waitS * 1_000 * (0.8 + 0.4 * jitter)
  const askedMs = Number.isFinite(retryAfterMs) ? Math.min(retryAfterMs ?? 0, RETRY_AFTER_MS_MAX) : 0
  return new Date(now.getTime() + Math.max(waitMs, askedMs))
}
