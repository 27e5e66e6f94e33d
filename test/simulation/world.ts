import { setImmediate } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { keepMessage } from '../../src/flow/hear-archive.ts'
import type { ArchiveConnector, BlobStore, CallContext } from '../../src/flow/ports.ts'
import { runWork, type WorkDeps } from '../../src/flow/run-work.ts'
import type { Move, QueuedWork, Store } from '../../src/flow/store-port.ts'
import { sweepWork } from '../../src/flow/sweep-work.ts'
import { type Outside, plainPreparer, plainRenderer, stepFor } from '../flow/installation.ts'
import { throughCalls } from '../flow/through-calls.ts'
import { type Chance, chanceOf } from '../support/chance.ts'
import { type LosableQueue, losableQueue } from './job-queue.ts'
import { type LeaseWatch, leaseWatch } from './lease-watch.ts'
import { memoryBlobs } from './memory-blobs.ts'
import { type Misleading, misleadingArchive } from './misleading-archive.ts'
import { type Timers, timersOn } from './timers.ts'
import { type Actor, type Fault, seededTurns, type Turns } from './turns.ts'

/** Where a world keeps what lasts. */
export interface Ground {
  readonly store: Store
  /** When some work can be taken next, as far as is known now. */
  nextDue(archive: string): Promise<Date | undefined>
}

export interface World extends Ground {
  readonly seed: number
  readonly chance: Chance
  readonly archive: Misleading
  /** The connector as a process opens it. */
  readonly open: (connector: ArchiveConnector) => ArchiveConnector
  /** Names of the messages that somebody has acknowledged. */
  readonly acknowledged: Set<string>
  readonly blobs: BlobStore
  readonly turns: Turns
  readonly watch: LeaseWatch
  readonly timers: Timers
  readonly timerOwners: Map<number, Actor>
  readonly queue: LosableQueue
  now(): Date
  pass(ms: number): void
  newId(): string
  /** Inquiries by the number that the story gives them, from 0. */
  readonly ids: (string | undefined)[]
  /** Those who have begun and neither ended nor died. */
  readonly alive: Set<Actor>
  /** Telling workers that the service stops. */
  readonly stops: Map<Actor, AbortController>
  readonly story: string[]
  /** What nobody foresaw. */
  readonly broken: unknown[]
  begun: number
}

const START_MS = Date.parse('2026-11-22T09:00:00Z')

export function worldOf(ground: Ground, seed: number, open: World['open']): World {
  const chance = chanceOf(seed)
  let time = START_MS
  const now = () => new Date(time)
  const random = () => Uint8Array.from({ length: 16 }, () => chance.below(256))
  return {
    ...ground,
    ...{ seed, chance, now, open, begun: 0 },
    ...{
      archive: misleadingArchive(chance),
      blobs: memoryBlobs(),
      queue: losableQueue(),
      turns: seededTurns(),
      watch: leaseWatch()
    },
    ...{
      timers: timersOn(now),
      timerOwners: new Map(),
      acknowledged: new Set(),
      ids: [],
      alive: new Set(),
      stops: new Map(),
      story: [],
      broken: []
    },
    newId: () => uuidv7({ msecs: time, random: random(), seq: chance.below(2 ** 31) }),
    pass: (ms) => {
      time += ms
    }
  }
}

/** Ends when everybody who was given a turn has come to the next call, or to the end. */
export const quiet = (): Promise<void> => setImmediate()

export interface Begun {
  readonly name: string
  readonly fault?: Fault
  /** When it has ended well, failed, or died. */
  readonly onEnd?: (end: 'done' | 'failed' | 'died') => void
}

/** Somebody begins to do something, and goes on when there are turns for it. */
export function begin(
  world: World,
  { name, fault, onEnd = () => undefined }: Begun,
  live: (outside: Outside, actor: Actor) => Promise<void>
): void {
  const { alive, broken, chance, story, turns } = world
  world.begun += 1
  const actor: Actor = {
    name: `${world.begun} ${name}`,
    ...(fault && { fate: { n: 1 + chance.below(16), fault } }),
    calls: 0,
    state: 'awake',
    onDeath() {
      alive.delete(actor)
      story.push(`  ${actor.name} is dead`)
      onEnd('died')
    }
  }
  const end = (how: 'done' | 'failed') => {
    if (actor.state === 'dead') return
    alive.delete(actor)
    onEnd(how)
  }
  alive.add(actor)
  turns.begin(actor)
  story.push(`${actor.name} begins${actor.fate ? `, and ${fault} its call ${actor.fate.n}` : ''}`)
  live(outsideOf(world, actor), actor).then(
    () => end('done'),
    (error: unknown) => {
      if (actor.hit === undefined) broken.push(error)
      end('failed')
    }
  )
}

/** All that is outside, as an actor meets it: each call waits for a turn. */
function outsideOf({ archive, blobs, broken, open, store, turns, watch }: World, actor: Actor): Outside {
  const { connector } = archive
  const { amend } = connector
  const inTurns = (ctx: CallContext): CallContext => ({
    ...ctx,
    step: <T>(name: string, run: () => Promise<T>, options?: object) =>
      // The turn gives back what the wire gave.
      ctx.step(name, () => turns.call(actor, `the archive, ${name}`, run) as never, options) as Promise<T>
  })
  const wired: ArchiveConnector = {
    ...connector,
    submit: (plan, ctx) => connector.submit(plan, inTurns(ctx)),
    ...(amend && { amend: (plan, amendment, ctx) => amend(plan, amendment, inTurns(ctx)) })
  }
  const own = { store, archive: open(wired), blobs, renderer: plainRenderer, preparer: plainPreparer }
  return throughCalls(own, (name, run, args) => {
    const watched = async () => {
      const result = await run()
      const wrong = watch(name, args, result)
      if (wrong !== undefined) broken.push(new Error(wrong))
      return result
    }
    return turns.call(actor, told(name, args), name.startsWith('store.') ? watched : run)
  })
}

function told(name: string, args: readonly unknown[]): string {
  if (name !== 'store.inquiries.move') return name
  const { from, to } = args[0] as Move
  return `${name}, from ${from} to ${to.state}`
}

export function runJob(world: World, job: QueuedWork, fault?: Fault): void {
  const { now, chance, queue, stops, story, ids } = world
  const number = ids.indexOf(job.inquiryId) + 1
  const say = (level: string) => (facts: Record<string, unknown>, message: string) =>
    void story.push(`    ${level}: ${message} ${String(facts.code ?? facts.err ?? '')}`)
  const done = (end: 'done' | 'failed' | 'died') => {
    // A queue may give the job of a worker that is gone to another, or keep its name for ever.
    if (end !== 'died') queue.done(job)
    else if (chance.happens(0.5)) queue.giveAgain(job)
  }
  begin(world, { name: `worker, ${job.task} of ${number}`, onEnd: done, ...(fault && { fault }) }, (outside, actor) => {
    const stopped = new AbortController()
    stops.set(actor, stopped)
    const deps: WorkDeps = {
      store: outside.store,
      now,
      random: () => chance.below(1_000) / 1_000,
      enqueue: queue.add,
      log: { info: say('info'), warn: say('warn'), error: say('error') }
    }
    const work = { inquiryId: job.inquiryId, task: job.task, deadlineMs: 300_000 }
    return runWork(deps, stepFor(job.task, outside), work, stopped.signal)
  })
}

export function sweep(world: World, fault?: Fault): void {
  const { archive, now, queue } = world
  const enqueueAll = async (work: readonly QueuedWork[]) => {
    for (const job of [...work].sort((a, b) => (a.inquiryId < b.inquiryId ? -1 : 1))) queue.add(job)
  }
  begin(world, { name: 'sweep', ...(fault && { fault }) }, async ({ store }) => {
    await sweepWork({ store, archive: archive.connector.name, now, enqueueAll })
  })
}

/** Somebody reads what the archive has written, and acknowledges each message when it is kept. */
export function readMail(world: World, fault?: Fault): void {
  const { acknowledged, archive, now } = world
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  begin(world, { name: 'reader of mail', ...(fault && { fault }) }, async ({ store }) => {
    const keep = keepMessage({ store, archive: archive.connector.name, now, log })
    for (const message of archive.mailbox?.written ?? []) {
      if (acknowledged.has(message.remoteId)) continue
      await keep(message)
      acknowledged.add(message.remoteId)
    }
  })
}
