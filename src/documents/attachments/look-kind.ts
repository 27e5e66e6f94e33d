import type { Refused } from '../processes/process-pool.ts'
import type { Failed, Job, ProcessKind } from '../processes/start-process.ts'
import type { FromLookProcess, Look, ToLookProcess } from './look-messages.ts'

export interface LookJob extends Job {
  readonly file: ToLookProcess
}

/** A look came to nothing. Whether it is the file's fault, `why` tells. */
export class LookFailed extends Error {
  override readonly name = 'LookFailed'
  readonly why: Failed | Refused

  constructor(why: Failed | Refused, cause?: unknown) {
    super(`The look ended: ${why}`, { cause })
    this.why = why
  }
}

// A HEIC of 48 million pixels, as phones make them, takes 1.2 GB for some seconds.
const MEMORY_MB = 1_536

/** A process that opens files from outside. Its jobs throw LookFailed. */
export const lookKind: ProcessKind<LookJob, ToLookProcess, FromLookProcess, Look> = {
  name: 'attachment',
  program: { file: new URL('./look-process', import.meta.url), heapMb: 512, memoryMb: MEMORY_MB },
  jobsMax: 100,
  rssMax: 400_000_000,
  begin: ({ file }) => file,
  hear: (message) =>
    message.kind === 'failed'
      ? { kind: 'failed', cause: message.reason }
      : { kind: 'done', result: message.look, rss: message.rss, facts: { outcome: message.look.outcome.kind } },
  failure: (why, cause) => new LookFailed(why, cause)
}
