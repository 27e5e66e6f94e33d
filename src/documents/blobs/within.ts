/**
 * Runs a call that must end in `ms` milliseconds or when the outer signal aborts. The call gets a signal that says so;
 * it is held here, since a signal made by AbortSignal.any may be collected before its timeout on Node 20.
 */
export async function within<T>(
  ms: number,
  outer: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  outer?.throwIfAborted()
  const controller = new AbortController()
  const stop = () => controller.abort(outer?.reason)
  const timer = setTimeout(() => controller.abort(new Error(`No answer within ${ms} ms`)), ms)
  outer?.addEventListener('abort', stop)
  try {
    return await run(controller.signal)
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', stop)
  }
}
