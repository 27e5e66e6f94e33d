import type { InquiryInput } from '../../schemas/inquiry.ts'
import { Conflict } from '../../src/domain/errors.ts'
import { changeCategory } from '../../src/flow/change-category.ts'
import type { PersonActionDeps } from '../../src/flow/decide.ts'
import {
  askArchive,
  dismissInquiry,
  holdInquiry,
  type PersonAction,
  releaseInquiry,
  retryInquiry
} from '../../src/flow/person-actions.ts'
import { restrictionBy } from '../../src/flow/restriction-of.ts'
import { restoreWork } from '../../src/flow/sweep-work.ts'
import { type Outside, receive, standardPolicy } from '../flow/installation.ts'
import { inquiryBody } from '../support/makers.ts'
import { type Fault, faults } from './turns.ts'
import { begin, readMail, runJob, sweep, type World } from './world.ts'

const HOUR_MS = 3_600_000
const AT_ONCE_MAX = 8

/** Something that happens in the world; it has begun when this ends. */
export type Happening = (world: World) => void

const sometimes = ({ chance }: World, probability: number): Fault | undefined =>
  chance.happens(probability) ? chance.oneOf(faults) : undefined

const known = ({ ids }: World): readonly string[] => ids.filter((id) => id !== undefined)

/** A sender who gets no answer sends the same again; one in ten sends it twice in any case. */
export const arrive: Happening = (world) => {
  const { chance, ids, story } = world
  const number = ids.push(undefined)
  const body = bodyOf(world, number)
  story.push(`${number} is sent, ${body.event?.type ?? 'created'} ${body.externalId} ${body.caseNumber ?? ''}`)
  if (body.follows !== undefined) story.push(`  it follows ${ids.indexOf(body.follows) + 1}`)
  send(world, number, body, sometimes(world, 0.3))
  if (chance.happens(0.1)) send(world, number, body)
}

function send(world: World, number: number, body: InquiryInput, fault?: Fault): void {
  const { ids, newId, now, queue } = world
  const onEnd = (end: string) => {
    if (end !== 'done') send(world, number, body)
  }
  begin(world, { name: `sender of ${number}`, onEnd, ...(fault && { fault }) }, async ({ store }) => {
    ids[number - 1] = await receive({ store, now, newId, enqueue: queue.add }, body)
  })
}

function bodyOf(world: World, number: number): InquiryInput {
  const { chance, now, seed } = world
  const post = (n: number) => `verden-${seed}-${n}`
  const [id] = known(world).length > 0 ? [chance.oneOf(known(world))] : []
  const edited = { type: 'edited', at: new Date(now().getTime() + number).toISOString() } as const
  const kinds: readonly Partial<InquiryInput>[] = [
    {},
    { caseNumber: '2025/17' },
    ...(id === undefined ? [] : [{ follows: id }, { follows: id, direction: 'outgoing' } as const]),
    ...(number === 1 ? [] : [{ externalId: post(1 + chance.below(number - 1)), event: edited }])
  ]
  return inquiryBody({ externalId: post(number), permalink: 'https://www.facebook.com/1', ...chance.oneOf(kinds) })
}

const passTime: Happening = (world) => {
  letPass(world, world.chance.oneOf([10, 10, 2_000, 2_000, 21_000, 61_000, HOUR_MS, 9 * HOUR_MS]))
}

/** Timers whose time has come wait for a turn as well; who stands still does not hear them yet. */
export function letPass({ pass, story, timers, turns, timerOwners }: World, ms: number): void {
  pass(ms)
  story.push(`${ms} ms pass`)
  for (const id of timers.due()) {
    const owner = timerOwners.get(id)
    if (owner) turns.later(owner, 'a timer', () => timers.ring(id))
  }
}

const work: Happening = (world) => {
  const { alive, chance, queue } = world
  if (queue.waiting() === 0 || alive.size >= AT_ONCE_MAX) return sweep(world, sometimes(world, 0.1))
  const job = queue.take(chance.below(queue.waiting()))
  if (!job) return
  runJob(world, job, sometimes(world, 0.5))
  if (chance.happens(0.15)) runJob(world, job)
}

const restore: Happening = (world) => {
  const { now, story } = world
  const log = { info: () => undefined, warn: () => story.push('    work is restored'), error: () => undefined }
  begin(world, { name: 'watch' }, ({ store }) => restoreWork({ store, now, log }))
}

const mail: Happening = (world) => {
  const { acknowledged, chance } = world
  // A mailbox may forget that it was told.
  if (chance.happens(0.2)) acknowledged.clear()
  readMail(world, sometimes(world, 0.2))
}

const sweepUp: Happening = (world) => sweep(world, sometimes(world, 0.1))

const loseQueue: Happening = ({ queue, story }) => {
  story.push(`the queue loses ${queue.waiting()} jobs and forgets all names`)
  queue.lose()
}

const press: Happening = (world) => {
  const { chance } = world
  const ids = known(world)
  if (ids.length === 0) return
  person(world, chance.oneOf(ids), chance.oneOf(pressed), sometimes(world, 0.1))
}

const buttons = {
  retry: retryInquiry,
  dismiss: dismissInquiry,
  ask: askArchive,
  hold: holdInquiry,
  release: releaseInquiry
} satisfies Record<string, PersonAction>
type Button = keyof typeof buttons
const pressed: readonly Button[] = ['retry', 'retry', 'retry', 'dismiss', 'ask', 'hold', 'release']

/** A person presses a button; the answer may be that it is too late. */
export const person = (world: World, id: string, button: Button, fault?: Fault): void =>
  decides(world, id, { button, ...(fault && { fault }) }, (deps) => buttons[button](deps, id, DECISION))

const DECISION = { actor: 'prove', reason: 'Fordi' }

function decides(
  world: World,
  id: string,
  { button, fault }: { readonly button: string; readonly fault?: Fault },
  act: (deps: PersonActionDeps, outside: Outside) => Promise<void>
): void {
  const { ids, now, queue, story } = world
  const name = `person, ${button} of ${ids.indexOf(id) + 1}`
  begin(world, { name, ...(fault && { fault }) }, async (outside) => {
    await act({ store: outside.store, now, enqueue: queue.add }, outside).catch((error: unknown) => {
      if (!(error instanceof Conflict)) throw error
      story.push(`    the person is told ${error.code}`)
    })
  })
}

const restrictionOf = restrictionBy(async () => standardPolicy)

/** A person finds that it is something else; nobody gives their word for what the archive has. */
export const changeItsCategory: Happening = (world) => {
  const { archive, chance } = world
  const ids = known(world)
  if (ids.length === 0) return
  const [id, category] = [chance.oneOf(ids), chance.oneOf(['unlawful', 'concern', 'question'])]
  const fault = sometimes(world, 0.1)
  decides(world, id, { button: `change to ${category}`, ...(fault && { fault }) }, (deps) =>
    changeCategory(
      { ...deps, archive: archive.connector, limits: {}, policy: async () => standardPolicy, restrictionOf },
      id,
      { ...DECISION, category }
    )
  )
}

const pauseOrResume: Happening = (world) => {
  const isPause = world.chance.happens(0.5)
  begin(world, { name: isPause ? 'person, pause' : 'person, resume' }, async ({ store }) => {
    const { name } = world.archive.connector
    if (isPause) await store.gate.pause(name, { at: world.now(), by: 'prove', reason: 'Vedlikehold' })
    else await store.gate.resume(name, world.now(), 'prove')
  })
}

/** Wakes one of those who stand still. False when nobody does. */
export function wake({ alive, chance, story }: World): boolean {
  const asleep = [...alive].filter(({ state }) => state === 'asleep')
  if (asleep.length === 0) return false
  const woken = chance.oneOf(asleep)
  woken.state = 'awake'
  story.push(`${woken.name} goes on`)
  return true
}

const wakeOne: Happening = (world) => void wake(world)

const stopService: Happening = ({ alive, chance, stops, story, turns }) => {
  const working = [...alive].filter((actor) => stops.has(actor) && actor.state === 'awake')
  if (working.length === 0) return
  const stopped = chance.oneOf(working)
  story.push(`the service of ${stopped.name} stops`)
  turns.begin(stopped)
  stops.get(stopped)?.abort()
}

export const happenings: readonly Happening[] = [
  ...[arrive, arrive, passTime, passTime, passTime],
  ...[work, work, work, work, work, work, sweepUp, restore, mail],
  ...[loseQueue, press, press, changeItsCategory, pauseOrResume, wakeOne, wakeOne, stopService]
]
