/** How long something that was told to stop may take to do so before it is left behind. */
const STOPPING_MS_MAX = 2_000

export interface Stops {
  readonly deadlineMs: number
  /** Any of them ends it. */
  readonly signals: readonly AbortSignal[]
}

/**
 * Runs something until it ends, its deadline passes or a signal aborts. It is told to stop and, when it does not, left
 * behind after two seconds: this rejects while it may still be running.
 */
export async function runStoppable(run: (signal: AbortSignal) => Promise<void>, stops: Stops): Promise<void> {
  const { deadlineMs, signals } = stops
  const ending = new AbortController()
  // A timer of our own: on Node 20 a signal made by AbortSignal.any may be collected, and its timeout with it.
  const deadline = setTimeout(() => ending.abort(new DOMException('It took too long.', 'TimeoutError')), deadlineMs)
  const stop = () => ending.abort()
  for (const signal of signals) signal.addEventListener('abort', stop)
  if (signals.some(({ aborted }) => aborted)) stop()
  let leaving: NodeJS.Timeout | undefined
  const left = new Promise<never>((_, reject) => {
    const leave = () => {
      leaving = setTimeout(() => reject(ending.signal.reason), STOPPING_MS_MAX)
    }
    if (ending.signal.aborted) leave()
    else ending.signal.addEventListener('abort', leave, { once: true })
  })
  try {
    await Promise.race([run(ending.signal), left])
  } finally {
    clearTimeout(deadline)
    clearTimeout(leaving)
    for (const signal of signals) signal.removeEventListener('abort', stop)
  }
}
