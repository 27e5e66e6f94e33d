import type { Decision } from '../domain/decision.ts'
import { Conflict } from '../domain/errors.ts'
import { workingStates } from '../domain/inquiry.ts'
import type { Clock } from './ports.ts'
import type { Move, QueuedWork, Store, StoredInquiry } from './store-port.ts'

export interface PersonActionDeps {
  readonly store: Store
  readonly now: Clock
  readonly enqueue: (work: QueuedWork) => void
}

export type Decided = Pick<Move, 'to' | 'action' | 'facts' | 'unlessBegun' | 'corrections' | 'judgement' | 'plan'>

/**
 * Moves an inquiry by a person's decision, if it still stands as they saw it, and others with it. What comes next is due
 * now.
 */
export async function decide(
  { store, now, enqueue }: PersonActionDeps,
  { inquiry, status, changedAt }: StoredInquiry,
  decided: Decided,
  { actor, reason }: Decision,
  others: readonly Move[] = []
): Promise<void> {
  const at = now()
  const own: Move = {
    ...decided,
    id: inquiry.id,
    from: status.state,
    asOf: changedAt,
    at,
    actor,
    reason,
    next: workingStates.includes(decided.to.state) ? { kind: 'due', dueAt: at, failed: false } : { kind: 'nothing' }
  }
  const { move, moveAll } = store.inquiries
  for (const queued of others.length === 0 ? [await move(own)] : await moveAll([own, ...others])) {
    if (queued) enqueue(queued)
  }
}

export const wrongState = (message: string) => new Conflict('inquiry-in-wrong-state', message)
