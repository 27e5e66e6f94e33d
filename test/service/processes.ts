import { onTestFinished } from 'vitest'
import type { RunningService } from '../support/built-service.ts'
import { type HalfOpenProxy, startHalfOpenProxy } from '../support/half-open-proxy.ts'
import { runService } from '../support/run-service.ts'

/** An API that leaves the work to others, and workers, each in a process of its own. */
export interface Processes {
  readonly api: RunningService
  /** Tells all to stop; gives how each ended. */
  stop(): Promise<readonly (number | NodeJS.Signals)[]>
}

export async function startProcesses(env: NodeJS.ProcessEnv, workers = 2): Promise<Processes> {
  const api = await runService({ ...env, SERVE_WORKS: 'false' })
  const others = await Promise.all(Array.from({ length: workers }, () => runService(env, 'worker')))
  return {
    api,
    stop: async () => (await Promise.all([api, ...others].map((service) => service.stop()))).map(({ code }) => code)
  }
}

/** A proxy that stops when the test ends. */
export async function proxyTo(port: number): Promise<HalfOpenProxy> {
  const proxy = await startHalfOpenProxy(port)
  onTestFinished(proxy.stop)
  return proxy
}
