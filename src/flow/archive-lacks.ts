import { setTimeout as pause } from 'node:timers/promises'
import type { ArchiveConnector } from './ports.ts'
import type { WorkLog } from './run-work.ts'

/** How long whoever asks waits for the answer; it is remembered when it comes. */
const WAITING_MS_MAX = 3_000
/** How long the archive may take to say what it lacks. */
export const LACKING_MS_MAX = 30_000
/** An answer this young is good enough for whoever asks. */
const GOOD_FOR_MS = 60_000

/** What deliveries need and the archive lacks: asked in the background and remembered, since the question is a long one. */
export interface ArchiveLacks {
  /** As it was last answered; nothing before the first answer. */
  known(): readonly string[] | undefined
  /** Asks, unless that was done within the last minute, and waits for the answer a short while. Never throws. */
  ask(): Promise<void>
  /** Leaves a question that is not answered yet. */
  stop(): Promise<void>
}

export interface ArchiveLacksDeps {
  readonly archive: Pick<ArchiveConnector, 'name' | 'lacking'>
  readonly log: Pick<WorkLog, 'warn'>
}

/** Each lack is said once in the log, and again when it has been away. */
export function archiveLacks({ archive, log }: ArchiveLacksDeps): ArchiveLacks {
  let known: readonly string[] | undefined
  let asking: Promise<void> | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let ending = new AbortController()

  async function look(): Promise<void> {
    askedAt = performance.now()
    ending = new AbortController()
    const deadline = setTimeout(() => ending.abort(), LACKING_MS_MAX)
    try {
      const lacking = await archive.lacking(ending.signal)
      for (const what of lacking.filter((one) => !known?.includes(one))) {
        log.warn({ archive: archive.name, lacking: what }, 'the archive lacks something that deliveries need')
      }
      known = lacking
    } catch (err) {
      log.warn({ archive: archive.name, err }, 'the archive did not say what it lacks')
    } finally {
      clearTimeout(deadline)
      asking = undefined
    }
  }

  return {
    known: () => known,
    async ask() {
      if (performance.now() - askedAt >= GOOD_FOR_MS) asking ??= look()
      await Promise.race([asking, pause(WAITING_MS_MAX, undefined, { ref: false })])
    },
    async stop() {
      ending.abort()
    }
  }
}
