import { isDeepStrictEqual } from 'node:util'
import { standstillOf } from '../../src/domain/archive-gate.ts'
import { askingStates, type InquiryState, type InquiryStatus } from '../../src/domain/inquiry.ts'
import type { Receipt, ReceivedFile } from '../../src/domain/receipt.ts'
import type { StoredInquiry } from '../../src/flow/store-port.ts'
import { arrive, changeItsCategory, happenings, letPass, person, wake } from './happenings.ts'
import { someAmendAnswers } from './misleading-archive.ts'
import { withTimers } from './timers.ts'
import { begin, type Ground, quiet, readMail, runJob, sweep, type World, worldOf } from './world.ts'

export interface Ended {
  readonly story: readonly string[]
  /** As they stood when all was well, and nobody had come yet. */
  readonly left: readonly EndedInquiry[]
  readonly inquiries: readonly EndedInquiry[]
}

export interface EndedInquiry {
  readonly id: string
  readonly state: InquiryState
  /** Code of what troubles it. */
  readonly trouble?: string
  /** How many journalposts the archive has for it. */
  readonly held: number
  /** It says once that it is journaled, and its receipt is what the archive has. */
  readonly isTrue: boolean
  /** What is kept from the public by its category is so in the archive. */
  readonly isKept: boolean
  /** It stands on the list «Trenger handling». */
  readonly isListed: boolean
}

const HAPPENINGS_MAX = 40
const TURNS_MAX = 20_000
const ROUNDS_MAX = 2_000
const HEALING_ROUNDS_MAX = 8
/** Longer than any wait of the retry plan. */
const LONG_MS = 9 * 3_600_000
/** Longer than any deadline. */
const DEADLINE_MS = 301_000

/**
 * One seed's world: inquiries come in, time passes, workers, senders, people and sweeps go on by turns that chance gives,
 * processes fail, halt and die, the queue loses and doubles, the archive misleads; then all is well again for long
 * enough. Tells how it went, and how it ended. The same seed has the same story.
 */
export async function liveThrough(
  ground: Ground,
  seed: number,
  open: World['open'] = (connector) => connector
): Promise<Ended> {
  const world = worldOf(ground, seed, open)
  const { story, timers, timerOwners, turns } = world
  const set = (ring: () => void, ms: number, isRepeated: boolean) => {
    const owner = turns.current()
    if (!owner) return undefined
    const id = timers.set(ring, ms, isRepeated)
    timerOwners.set(id, owner)
    return id
  }
  let left: readonly EndedInquiry[] = []
  try {
    await withTimers({ set, clear: timers.clear }, async () => {
      arrive(world)
      await unfold(world, 4 + world.chance.below(HAPPENINGS_MAX))
      await calmDown(world)
      if (world.chance.happens(0.15)) await haveSecondThoughts(world)
      left = await endsOf(world)
      await heal(world)
    })
    if (world.broken.length > 0) throw world.broken[0]
  } catch (error) {
    throw new Error(`Seed ${seed} broke:\n${story.join('\n')}`, { cause: error })
  }
  return { story, left, inquiries: await endsOf(world) }
}

async function endsOf(world: World): Promise<readonly EndedInquiry[]> {
  const listed = await listedIn(world)
  const ends: EndedInquiry[] = []
  for (const stored of await allOf(world)) {
    const { inquiry } = stored
    ends.push({ ...(await endOf(world, stored)), isListed: listed.has(inquiry.id) })
  }
  return ends
}

async function endOf(
  { archive, store }: World,
  { inquiry: { id }, status, assessment }: StoredInquiry
): Promise<Omit<EndedInquiry, 'isListed'>> {
  const held = archive.journalposts(id)
  const journalings = (await store.audit.about(id)).filter(({ action }) => action === 'inquiry.journaled').length
  const isTrue = 'receipt' in status && journalings === 1 && held.every((one) => saysTheSame(one, status.receipt))
  const trouble = troubleIn(status)
  const kept = archive.skjermingOf(id)
  const mustBeKept = assessment?.decisions.restriction?.value != null
  const isKept =
    isDeepStrictEqual(kept, (await store.plans.get(id))?.record.skjerming) && (kept !== undefined || !mustBeKept)
  return { id, state: status.state, held: held.length, isTrue, isKept, ...(trouble !== undefined && { trouble }) }
}

/** Not the numbers: nobody can tell that an archive misleads about those of a saksmappe that it made itself. */
const saysTheSame = (a: Receipt, b: Receipt): boolean =>
  a.journalpostSystemID === b.journalpostSystemID &&
  isDeepStrictEqual([...a.files].sort(byName), [...b.files].sort(byName))

const byName = (a: ReceivedFile, b: ReceivedFile) => (a.referanseDokumentfil < b.referanseDokumentfil ? -1 : 1)

const troubleIn = (status: InquiryStatus) => ('trouble' in status ? status.trouble?.code : undefined)

/** So many things happen, while those who have begun go on by turns, until all have come to their end. */
async function unfold(world: World, count: number): Promise<void> {
  const { alive, chance, story, turns } = world
  let left = count
  for (let given = 0; given < TURNS_MAX; given += 1) {
    await quiet()
    turns.rest()
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

/** Everything works, and the archive tells the truth. */
async function calmDown(world: World): Promise<void> {
  const { archive, story } = world
  for (const answers of [archive.sends, archive.lookups, archive.settles, archive.amendments]) answers.splice(0)
  archive.mailbox?.letters.splice(0)
  story.push('all is well')
  await runOn(world)
}

/** What is in the archive turns out to be something else, and must be restricted there. */
async function haveSecondThoughts(world: World): Promise<void> {
  const { archive, chance, story } = world
  story.push('it turns out to be something else')
  archive.amendments.push(...someAmendAnswers(chance))
  for (let changes = 1 + chance.below(3); changes > 0; changes -= 1) changeItsCategory(world)
  await unfold(world, chance.below(15))
  await calmDown(world)
}

/** A person tries again what waits for one. */
async function heal(world: World): Promise<void> {
  const { archive, now } = world
  for (let round = 0; round < HEALING_ROUNDS_MAX && (await isOpen(world)); round += 1) {
    begin(world, { name: 'person, resume' }, (outside) =>
      outside.store.gate.resume(archive.connector.name, now(), 'prove')
    )
    for (const { inquiry, status } of await allOf(world)) {
      if (status.state === 'needs-action' || status.state === 'amend-stopped') person(world, inquiry.id, 'retry')
      if (status.state === 'in-review') person(world, inquiry.id, 'release')
    }
    await unfold(world, 0)
    await runOn(world)
  }
}

/** Whether there is anything left to do, for the service or for a person. */
async function isOpen(world: World): Promise<boolean> {
  const inquiries = await allOf(world)
  return inquiries.some(
    ({ status, work }) => work || ['needs-action', 'in-review', 'amend-stopped'].includes(status.state)
  )
}

/** One after the other, so that they are told of in one order. */
async function allOf({ ids, store }: World): Promise<readonly StoredInquiry[]> {
  const inquiries: StoredInquiry[] = []
  for (const id of ids) inquiries.push(await store.inquiries.get(id ?? ''))
  return inquiries
}

/** Whether all that has work left to do waits for a person. */
async function onlyWaits(world: World): Promise<boolean> {
  const isStill = await standStill(world)
  const listed = await listedIn(world)
  return (await allOf(world)).every(
    ({ inquiry, status, work }) =>
      // What has heard from the archive is looked at, though a person is asked.
      !work || (listed.has(inquiry.id) && (isStill || status.state !== 'needs-action'))
  )
}

const standStill = async ({ archive, store }: World): Promise<boolean> =>
  standstillOf(await store.gate.look(archive.connector.name)) !== undefined

/** Ids of those on the list «Trenger handling». */
async function listedIn(world: World): Promise<ReadonlySet<string>> {
  const { store } = world
  const asking = askingStates(await standStill(world))
  return new Set((await store.inquiries.find({ asking, limit: 1_000 })).map(({ inquiry }) => inquiry.id))
}

/** Lets time pass from one due time to the next, until nothing is left to do but to wait for a person. */
async function runOn(world: World): Promise<void> {
  const { archive, nextDue, now, queue } = world
  const end = now().getTime() + LONG_MS
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    if (archive.mailbox) readMail(world)
    sweep(world)
    await unfold(world, 0)
    if (queue.waiting() > 0) {
      for (let job = queue.take(0); job; job = queue.take(0)) runJob(world, job)
      await unfold(world, 0)
      continue
    }
    const next = (await nextDue(archive.connector.name))?.getTime()
    if (next === undefined || next > end || (await onlyWaits(world))) return
    letPass(world, Math.max(1, next + 1 - now().getTime()))
  }
  throw new Error('There is always something left to do.')
}
