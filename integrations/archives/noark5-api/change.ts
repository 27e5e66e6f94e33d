import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { Resource } from './resource.ts'
import { readAgain, type Work } from './work.ts'

const CHANGES_MAX = 3

/** What reading and changing the object are called to people. */
interface Names {
  readonly read: string
  readonly change: string
}

/**
 * Changes an object as the archive shows it now, and not at all when `toChange` finds nothing to change. One that somebody
 * else has changed in the meantime is read again, three times at most.
 */
export async function changeAsItIs(
  work: Work,
  object: Resource,
  names: Names,
  toChange: (current: Resource) => object | undefined
): Promise<true> {
  const { client, call } = work.entry
  for (let tries = 1; ; tries += 1) {
    const current = await readAgain(work, object, names.read)
    const body = toChange(current)
    if (!body) return true
    try {
      await client.change(current, body, { call, what: names.change })
      return true
    } catch (error) {
      const isStale = error instanceof ArchiveFailure && error.error.kind === 'conflict'
      if (!isStale || tries === CHANGES_MAX) throw error
    }
  }
}
