import type { InquiryInput } from '../../schemas/inquiry.ts'
import type { ArchiveErrorKind } from '../../src/domain/archive-answer.ts'
import { Conflict } from '../../src/domain/errors.ts'
import type { InquiryState } from '../../src/domain/inquiry.ts'
import { dismissInquiry, retryInquiry } from '../../src/flow/person-actions.ts'
import type { QueuedWork } from '../../src/flow/store-port.ts'
import { type Chance, chanceOf } from '../support/chance.ts'
import {
  type LookupAnswer,
  type LyingArchive,
  lyingArchive,
  type SendAnswer,
  type SettleAnswer
} from '../support/lying-archive.ts'
import { faults, faulty } from './outside-faults.ts'
import type { Workbench } from './workbench.ts'

const error = (kind: ArchiveErrorKind) => ({ kind, message: 'Nei.' })
const sendAnswers: readonly SendAnswer[] = [
  ...(['archived', 'archived', 'accepted', 'accepted', 'swallowed', 'timeout-after-commit'] as const),
  ...([
    'timeout-before-commit',
    'wrong-checksum',
    'missing-file',
    'other-journalpost',
    'other-case',
    'throws'
  ] as const),
  ...(['transient', 'rate-limited', 'conflict', 'auth', 'config', 'payload', 'duplicate', 'not-found'] as const).map(
    error
  )
]
const lookupAnswers: readonly LookupAnswer[] = [
  ...(['truth', 'truth', 'incomplete', 'unsupported', 'throws'] as const),
  ...(['transient', 'auth', 'not-found'] as const).map(error)
]
const settleAnswers: readonly SettleAnswer[] = [
  ...(['truth', 'wrong-checksum', 'throws'] as const),
  ...(['transient', 'auth', 'payload', 'unknown-outcome'] as const).map(error)
]

export interface Ended {
  readonly story: readonly string[]
  /** `held`: how many journalposts the archive has for it. `waits`: for the one that it follows. */
  readonly inquiries: readonly { readonly state: InquiryState; readonly waits: boolean; readonly held: number }[]
}

const decision = { actor: 'prove', reason: 'Gjelder ikke oss' }
const STEPS_MAX = 14
const HOUR_MS = 3_600_000

/**
 * One seed's world: inquiries come in, time passes, workers and processes fail, the queue loses and doubles, the archive
 * misleads, and people press buttons; then all is well again for long enough. Tells how it went, and how it ended.
 */
export async function liveThrough(bench: Workbench, seed: number): Promise<Ended> {
  const chance = chanceOf(seed)
  const archive = misleading(chance)
  const world: World = { bench, chance, archive, ids: [], story: [] }
  await bench.store.gate.resume(archive.connector.name, bench.now(), 'prove')
  await arrive(world)
  const steps = 1 + chance.below(STEPS_MAX)
  for (let step = 0; step < steps; step += 1) await chance.oneOf(happenings)(world)
  await heal(world)
  const inquiries = await Promise.all(
    world.ids.map(async (id) => {
      const status = await bench.status(id)
      const waits = 'trouble' in status && status.trouble?.code === 'waits-for-first'
      return { state: status.state, waits, held: archive.journalposts(id).length }
    })
  )
  return { story: world.story, inquiries }
}

interface World {
  readonly bench: Workbench
  readonly chance: Chance
  readonly archive: LyingArchive
  readonly ids: string[]
  readonly story: string[]
}

function misleading(chance: Chance): LyingArchive {
  const archive = lyingArchive({
    usually: chance.oneOf(['archived', 'accepted']),
    processingMs: chance.oneOf([0, 0, 5_000, 50_000]),
    inOneStep: chance.happens(0.5),
    pollMs: 30_000,
    giveUpMs: 300_000
  })
  const some = <Answer>(answers: readonly Answer[]) =>
    Array.from({ length: chance.below(7) }, () => chance.oneOf(answers))
  archive.sends.push(...some(sendAnswers))
  archive.lookups.push(...some(lookupAnswers))
  archive.settles.push(...some(settleAnswers))
  return archive
}

const happenings: readonly ((world: World) => Promise<void>)[] = [
  arrive,
  arrive,
  passTime,
  passTime,
  work,
  work,
  work,
  workInFaultyProcess,
  workInFaultyProcess,
  workInFaultyProcess,
  loseQueue,
  press,
  pauseOrResume
]

async function arrive({ bench, chance, ids, story }: World): Promise<void> {
  const [earlier] = ids
  const post = earlier && (await bench.store.inquiries.get(earlier)).inquiry.externalId
  const kinds: readonly Partial<InquiryInput>[] = [
    {},
    { caseNumber: '2025/17' },
    ...(earlier === undefined ? [] : [{ follows: earlier }, { follows: earlier, direction: 'outgoing' } as const]),
    ...(post === undefined
      ? []
      : [
          {
            externalId: post,
            event: { type: 'edited', at: new Date(bench.now().getTime() + ids.length).toISOString() }
          } as const
        ])
  ]
  const kind = chance.oneOf(kinds)
  ids.push(await bench.receive(kind))
  story.push(`${ids.length} arrives ${JSON.stringify(kind)}`)
}

async function passTime({ bench, chance, story }: World): Promise<void> {
  const ms = chance.oneOf([10, 2_000, 61_000, HOUR_MS, 9 * HOUR_MS])
  bench.pass(ms)
  story.push(`${ms} ms pass`)
}

async function taken({ bench }: World): Promise<readonly QueuedWork[]> {
  await bench.sweep()
  return bench.queued.splice(0)
}

async function work(world: World): Promise<void> {
  const { bench, chance, archive, story } = world
  for (const job of await taken(world)) {
    const twice = chance.happens(0.2)
    story.push(`${job.task}${twice ? ', by two workers' : ''}`)
    const runs = Array.from({ length: twice ? 2 : 1 }, () => bench.run(job, { archive: archive.connector }))
    await Promise.all(runs)
  }
}

async function workInFaultyProcess(world: World): Promise<void> {
  const { bench, chance, archive, story } = world
  for (const job of await taken(world)) {
    const fault = chance.oneOf(faults)
    const { outside, hit, dead } = faulty({ ...bench, archive: archive.connector }, 1 + chance.below(12), fault)
    const running = bench.run(job, outside).catch((reason: unknown) => {
      if (hit() === undefined) throw reason
    })
    await Promise.race([running, dead])
    story.push(`${job.task}, and the process ${fault} ${hit() ?? 'nothing'}`)
  }
}

async function loseQueue(world: World): Promise<void> {
  const lost = await taken(world)
  world.story.push(`the queue loses ${lost.length}`)
}

async function press({ bench, chance, ids, story }: World): Promise<void> {
  const id = chance.oneOf(ids)
  const deps = { store: bench.store, now: bench.now, enqueue: (job: QueuedWork) => void bench.queued.push(job) }
  const isRetry = chance.happens(0.7)
  const pressed = isRetry ? retryInquiry(deps, id, decision) : dismissInquiry(deps, id, decision)
  const outcome = await pressed.then(
    () => 'done',
    (reason: unknown) => {
      if (reason instanceof Conflict) return reason.code
      throw reason
    }
  )
  story.push(`a person presses ${isRetry ? 'retry' : 'dismiss'} on ${ids.indexOf(id) + 1}: ${outcome}`)
}

async function pauseOrResume({ bench, chance, archive, story }: World): Promise<void> {
  const { name } = archive.connector
  const pause = chance.happens(0.5)
  if (pause) await bench.store.gate.pause(name, { at: bench.now(), by: 'prove', reason: 'Vedlikehold' })
  else await bench.store.gate.resume(name, bench.now(), 'prove')
  story.push(pause ? 'deliveries are paused' : 'deliveries are resumed')
}

/** Longer than any wait of the retry plan. */
const LONG_MS = 9 * HOUR_MS

/** Everything works, the archive tells the truth, and a person tries again what waits for one. */
async function heal({ bench, archive, ids, story }: World): Promise<void> {
  for (const answers of [archive.sends, archive.lookups, archive.settles]) answers.splice(0)
  const deps = { store: bench.store, now: bench.now, enqueue: (job: QueuedWork) => void bench.queued.push(job) }
  story.push('all is well')
  for (let round = 0; round < 4; round += 1) {
    await bench.store.gate.resume(archive.connector.name, bench.now(), 'prove')
    for (const id of ids) {
      if ((await bench.status(id)).state === 'needs-action') await retryInquiry(deps, id, decision)
    }
    bench.queued.splice(0)
    await bench.runOn({ outside: { archive: archive.connector }, atMostMs: LONG_MS })
  }
}
