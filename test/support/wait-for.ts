import { setTimeout as pause } from 'node:timers/promises'

/** Waits until something is so, looking often; throws with `what` when it takes too long. */
export async function waitFor(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  { atMostMs = 30_000, everyMs = 20 } = {}
): Promise<void> {
  const deadline = performance.now() + atMostMs
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Waited ${atMostMs} ms in vain until ${what}.`)
    await pause(everyMs)
  }
}
