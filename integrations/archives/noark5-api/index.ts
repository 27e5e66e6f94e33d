import { ArchiveFailure, answering } from '../../../src/domain/archive-failure.ts'
import type { ArchivePlan } from '../../../src/domain/archive-plan.ts'
import type { ArchiveConnector, ArchiveHealth, CallContext } from '../../../src/flow/ports.ts'
import { TITLE_LENGTH_MAX } from '../../../src/noark/titles.ts'
import { amendSkjerming } from './amend.ts'
import { type Call, type Client, openClient } from './client.ts'
import { deliver, findJournaled, findNumbered, NAME } from './deliver.ts'
import { type Dialect, dialects } from './dialects.ts'
import { type Entrance, entrance } from './entrance.ts'
import { inTurn } from './in-turn.ts'
import { keysOf } from './keys.ts'
import { type Expectations, lackingIn } from './self-check.ts'
import { missingIn, pairsIn, Settings } from './settings.ts'
import { signIn } from './sign-in.ts'
import type { Work } from './work.ts'

const SLOW_MS = 2_000
const HEALTH_MS = 10_000
const CHECK_MS = 60_000

/** An archive that is reached over the national Noark 5 tjenestegrensesnitt (N5TG 1.1), or nikita's ways of it. */
export const noark5Api = {
  name: NAME,
  settings: Settings,
  missing: missingIn,
  open(settings: Settings): ArchiveConnector {
    const dialect = dialects[settings.N5TG_DIALECT]
    const { N5TG_FILE_MB_MAX: largest } = settings
    const timeoutMs = settings.N5TG_TIMEOUT_SECONDS * 1_000
    const client = openClient(new URL(settings.N5TG_URL), dialect, signIn(settings), timeoutMs)
    const expected = expectations(settings)
    const way = entrance(client)
    const work = (plan: ArchivePlan, ctx: CallContext) => workOf(client.dialect, way, expected, plan, ctx)
    const asking = async <T extends { readonly state: string }>(run: () => Promise<T>) => {
      const answer = await answering(run)
      if (answer.state === 'failed') way.forget()
      return answer
    }
    const waiting = inTurn()
    const skjerming = expected.codes.tilgangsrestriksjoner.size > 0
    const canAmend = skjerming && dialect.changesSkjerming
    return {
      name: NAME,
      capabilities: {
        deliveriesAtOnceMax: dialect.deliveriesAtOnceMax,
        titleLengthMax: TITLE_LENGTH_MAX,
        skjerming,
        ...(canAmend && { amends: ['skjerming'] }),
        ...(largest !== undefined && { fileBytesMax: largest * 1_048_576 })
      },
      health: (signal) => health(client, signal),
      lacking: (signal) => lackingIn(client, within(signal, CHECK_MS), expected),
      lookup: (plan, ctx) =>
        asking(async () => ({ state: 'hits', hits: await findJournaled(await work(plan, ctx)), complete: true })),
      find: (wanted, call) =>
        asking(async () => ({
          state: 'hits',
          hits: await findNumbered((await way.enter(call)).entry, wanted),
          complete: true
        })),
      submit: (plan, ctx) =>
        asking(() =>
          waiting(caseName(plan), async () => ({ state: 'archived', receipt: await deliver(await work(plan, ctx)) }))
        ),
      settle: (plan, _handle, ctx) =>
        asking(async () => {
          const [receipt, ...others] = await findJournaled(await work(plan, ctx))
          if (receipt && others.length === 0) return { state: 'archived', receipt }
          throw new ArchiveFailure('unknown-outcome', 'Arkivet har ingen journalpost for denne henvendelsen.')
        }),
      ...(canAmend && {
        amend: (plan, { receipt }, ctx) =>
          asking(() =>
            waiting(caseName(plan), async () => {
              await amendSkjerming(await work(plan, ctx), receipt)
              return { state: 'amended' }
            })
          )
      })
    }
  }
} as const

function expectations(settings: Settings): Expectations {
  const { N5TG_KLASSE: klasseID, N5TG_KLASSIFIKASJONSSYSTEM: klassifikasjonssystem } = settings
  return {
    arkivdel: settings.N5TG_ARKIVDEL,
    ...(klasseID !== undefined && {
      klasse: { klasseID, ...(klassifikasjonssystem !== undefined && { klassifikasjonssystem }) }
    }),
    codes: {
      dokumenttyper: pairsIn(settings.N5TG_DOKUMENTTYPER),
      formater: pairsIn(settings.N5TG_FORMATER),
      merknadstype: settings.N5TG_MERKNADSTYPE,
      tilgangsrestriksjoner: pairsIn(settings.N5TG_TILGANGSRESTRIKSJONER),
      ...(settings.N5TG_METADATA !== undefined && { ownMetadata: settings.N5TG_METADATA })
    }
  }
}

async function workOf(
  dialect: Dialect,
  way: Entrance,
  expected: Expectations,
  plan: ArchivePlan,
  ctx: CallContext
): Promise<Work> {
  const entered = await way.enter(ctx)
  return {
    ...{ ...entered, plan, ctx, dialect, codes: expected.codes, keys: keysOf(plan) },
    place: { arkivdel: expected.arkivdel, ...(expected.klasse && { klasse: expected.klasse }) },
    made: new WeakSet()
  }
}

/** One writer for each saksmappe: numbers within it are given one by one. */
const caseName = ({ casePolicy, externalKey }: ArchivePlan): string =>
  casePolicy.mode === 'new'
    ? externalKey.caseKey
    : `${casePolicy.saksnummer.saksaar}/${casePolicy.saksnummer.sakssekvensnummer}`

const within = (signal: AbortSignal, ms: number): Call => ({
  signal,
  deadline: new Date(Date.now() + ms),
  now: () => new Date()
})

async function health(client: Client, signal: AbortSignal): Promise<ArchiveHealth> {
  const startedAt = performance.now()
  try {
    await client.root(within(signal, HEALTH_MS))
  } catch (error) {
    if (!(error instanceof ArchiveFailure)) throw error
    return { state: 'down', message: error.error.message }
  }
  const isSlow = performance.now() - startedAt > SLOW_MS
  return isSlow
    ? { state: 'slow', message: 'Arkivet svarer, men bruker lang tid.' }
    : { state: 'up', message: 'Arkivet svarer.' }
}
