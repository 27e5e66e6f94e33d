import { onTestFinished } from 'vitest'
import { type StandIn, type StandInOptions, serveStandIn } from './serve.ts'

/** A stand-in archive that stops when the test ends. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const standIn = await serveStandIn(options)
  onTestFinished(standIn.stop)
  return standIn
}
