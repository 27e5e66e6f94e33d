import { type BulkAction, type BulkKind, pace, type Selection } from '../domain/bulk-action.ts'
import type { Decision } from '../domain/decision.ts'
import { ServiceError } from '../domain/errors.ts'
import type { PersonActionDeps } from './decide.ts'
import {
  askArchive,
  dismissInquiry,
  holdInquiry,
  type PersonAction,
  releaseInquiry,
  retryInquiry
} from './person-actions.ts'
import type { BulkOrder, BulkStore, StoredInquiry, TakenBulk } from './store-port.ts'

/** Longer than any few inquiries take: after this somebody else goes on where a process has died. */
const WORKING_MS_MAX = 60_000
const SAMPLE_MAX = 10

const personActions: Record<BulkKind, PersonAction> = {
  retry: retryInquiry,
  ask: askArchive,
  dismiss: dismissInquiry,
  hold: holdInquiry,
  release: releaseInquiry
}

export interface BulkDeps extends PersonActionDeps {
  readonly bulk: BulkStore
}

export interface BulkPreview {
  readonly count: number
  /** The oldest of them. */
  readonly sample: readonly StoredInquiry[]
}

/** What a selection holds now. Whoever looks is written down. */
export async function previewBulk(
  { bulk, store, now }: BulkDeps,
  selection: Selection,
  actor: string
): Promise<BulkPreview> {
  const preview = await bulk.preview(selection, SAMPLE_MAX)
  const facts = { count: preview.sample.length, states: selection.states.join(' '), source: selection.source }
  await store.audit.append({ at: now(), actor, action: 'inquiry.listed', subject: 'inquiries', facts })
  return preview
}

/** Begins to do it, to exactly those that fit now. Throws Conflict('selection-changed') when they are not so many. */
export const startBulk = ({ bulk, now }: BulkDeps, order: BulkOrder): Promise<BulkAction> => bulk.start(order, now())

/** Those that have not been taken are left as they are. Throws NotFound, Conflict('bulk-action-ended'). */
export const cancelBulk = ({ bulk, now }: BulkDeps, id: string, decision: Decision): Promise<BulkAction> =>
  bulk.cancel(id, now(), decision)

/** Does the next few of each action whose time it is. Safe in several processes: one at a time works on an action. */
export async function runBulk(deps: BulkDeps): Promise<void> {
  const { bulk, now } = deps
  const at = now()
  for (const taken of await bulk.take(at, new Date(at.getTime() + WORKING_MS_MAX))) {
    const { atOnce, everyMs } = pace(taken.perMinute)
    const ids = await bulk.left(taken.id, atOnce)
    for (const id of ids) await bulk.keepOutcome(taken.id, id, await outcomeOf(deps, taken, id))
    await bulk.putBack(taken.id, now(), new Date(at.getTime() + everyMs))
  }
}

/** `done`, or the code of why it could not be. What nobody foresaw is tried again. */
async function outcomeOf(
  deps: PersonActionDeps,
  { kind, madeBy: actor, reason }: TakenBulk,
  id: string
): Promise<string> {
  try {
    await personActions[kind](deps, id, { actor, reason })
    return 'done'
  } catch (error) {
    if (error instanceof ServiceError) return error.code
    throw error
  }
}
