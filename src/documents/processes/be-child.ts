import { Worker } from 'node:worker_threads'

/**
 * What every process that the service forks does: it goes when the service goes, within a second, and leaves signals to
 * the whole process group to the service, which lets its work finish or ends it.
 */
export function beChild(): void {
  process.on('disconnect', () => process.exit())
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => {})
  endWithParent()
}

/** In words, for the service's log. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Long work holds the event loop, so that `disconnect` is not heard before it is done. This thread hears it. */
function endWithParent(): void {
  const watch = `const { workerData } = require('node:worker_threads')
    setInterval(() => { if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL') }, 1000)`
  new Worker(watch, { eval: true, workerData: process.ppid, env: {}, execArgv: [] }).unref()
}
