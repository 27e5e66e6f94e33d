import type { InquiryState } from '../../src/domain/inquiry.ts'
import { happenings, letPass, person, wake } from './happenings.ts'
import { withTimers } from './timers.ts'
import { begin, type Ground, quiet, runJob, sweep, type World, worldOf } from './world.ts'

export interface Ended {
  readonly story: readonly string[]
  readonly inquiries: readonly EndedInquiry[]
}

export interface EndedInquiry {
  readonly id: string
  readonly state: InquiryState
  /** Code of what troubles it. */
  readonly trouble?: string
  /** How many journalposts the archive has for it. */
  readonly held: number
}

const HAPPENINGS_MAX = 24
const TURNS_MAX = 20_000
/** Longer than any wait of the retry plan. */
const LONG_MS = 9 * 3_600_000
/** Longer than any deadline. */
const DEADLINE_MS = 301_000

/**
 * One seed's world: inquiries come in, time passes, workers, senders, people and sweeps go on by turns that chance gives,
 * processes fail, halt and die, the queue loses and doubles, the archive misleads; then all is well again for long
 * enough. Tells how it went, and how it ended. The same seed has the same story.
 */
export async function liveThrough(ground: Ground, seed: number): Promise<Ended> {
  const world = worldOf(ground, seed)
  const { archive, ids, story, timers, timerOwners, turns } = world
  const set = (ring: () => void, ms: number, isRepeated: boolean) => {
    const id = timers.set(ring, ms, isRepeated)
    const owner = turns.current()
    if (owner) timerOwners.set(id, owner)
    return id
  }
  try {
    await withTimers({ set, clear: timers.clear }, async () => {
      await unfold(world, 2 + world.chance.below(HAPPENINGS_MAX))
      await heal(world)
    })
    if (world.broken.length > 0) throw world.broken[0]
  } catch (error) {
    throw new Error(`Seed ${seed} broke:\n${story.join('\n')}`, { cause: error })
  }
  const inquiries = ids.map(async (id = '') => {
    const { status } = await ground.store.inquiries.get(id)
    const trouble = 'trouble' in status ? status.trouble?.code : undefined
    const held = archive.journalposts(id).length
    return { id, state: status.state, held, ...(trouble !== undefined && { trouble }) }
  })
  return { story, inquiries: await Promise.all(inquiries) }
}

/** So many things happen, while those who have begun go on by turns, until all have come to their end. */
async function unfold(world: World, count: number): Promise<void> {
  const { alive, chance, story, turns } = world
  let left = count
  for (let given = 0; given < TURNS_MAX; given += 1) {
    await quiet()
    const ready = turns.ready()
    if (left > 0 && (ready === 0 || chance.happens(0.1))) {
      left -= 1
      chance.oneOf(happenings)(world)
    } else if (ready > 0) story.push(await turns.give(chance.below(ready)))
    else if (alive.size === 0) return
    else if (!wake(world)) letPass(world, DEADLINE_MS)
  }
  throw new Error('This world does not come to an end.')
}

/** Everything works, the archive tells the truth, and a person tries again what waits for one. */
async function heal(world: World): Promise<void> {
  const { archive, ids, now, store, story } = world
  for (const answers of [archive.sends, archive.lookups, archive.settles]) answers.splice(0)
  story.push('all is well')
  for (let round = 0; round < 4; round += 1) {
    begin(world, { name: 'person, resume' }, (outside) =>
      outside.store.gate.resume(archive.connector.name, now(), 'prove')
    )
    for (const id of ids) {
      if (id !== undefined && (await store.inquiries.get(id)).status.state === 'needs-action') person(world, id, 'retry')
    }
    await unfold(world, 0)
    await runOn(world)
  }
}

/** Lets time pass from one due time to the next, until nothing is left to do. */
async function runOn(world: World): Promise<void> {
  const { archive, nextDue, now, queue } = world
  const end = now().getTime() + LONG_MS
  for (;;) {
    sweep(world)
    await unfold(world, 0)
    if (queue.waiting() > 0) {
      for (let job = queue.take(0); job; job = queue.take(0)) runJob(world, job)
      await unfold(world, 0)
      continue
    }
    const next = (await nextDue(archive.connector.name))?.getTime()
    if (next === undefined || next > end) return
    letPass(world, Math.max(1, next + 1 - now().getTime()))
  }
}
