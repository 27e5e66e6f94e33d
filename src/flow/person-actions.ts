import { Conflict } from '../domain/errors.ts'
import type { InquiryStatus } from '../domain/inquiry.ts'
import type { Clock } from './ports.ts'
import type { QueuedWork, Store } from './store-port.ts'

export interface PersonActionDeps {
  readonly store: Store
  readonly now: Clock
  readonly enqueue: (work: QueuedWork) => void
}

/**
 * A person says: try again. What may already be in the archive is looked up first; what waits for its next try is due
 * now. Throws Conflict when there is nothing to try, NotFound.
 */
export async function retryInquiry(deps: PersonActionDeps, id: string, actor: string): Promise<void> {
  const { store, now, enqueue } = deps
  const { status, work, changedAt } = await store.inquiries.get(id)
  const at = now()
  if (status.state !== 'needs-action' && status.state !== 'in-review') {
    if (!work) throw nothingToRetry(id)
    const queued = await store.work.hurry(id, at, actor)
    if (queued) enqueue(queued)
    return
  }
  const queued = await store.inquiries.move({
    id,
    from: status.state,
    to: await resumeAt(deps, id, status, changedAt),
    at,
    actor,
    action: 'inquiry.retried',
    facts: { code: status.trouble.code },
    next: { kind: 'due', dueAt: at, failed: false }
  })
  if (queued) enqueue(queued)
}

async function resumeAt(
  { store }: PersonActionDeps,
  id: string,
  { trouble, state }: Extract<InquiryStatus, { state: 'needs-action' | 'in-review' }>,
  since: Date
): Promise<InquiryStatus> {
  if (state === 'needs-action' && (await store.ledger.hasSteps(id))) {
    return { state: 'unknown-outcome', since, trouble }
  }
  return (await store.plans.get(id)) && trouble.code !== 'record-not-valid' ? { state: 'ready' } : { state: 'received' }
}

/**
 * A person says: not for the archive. Only what has not been sent can be dismissed. Throws Conflict: `may-be-in-archive`
 * when something was begun there, `inquiry-in-wrong-state` when it is too late.
 */
export async function dismissInquiry(
  { store, now }: PersonActionDeps,
  id: string,
  reason: string,
  actor: string
): Promise<void> {
  const { status } = await store.inquiries.get(id)
  if (status.state === 'dismissed') throw dismissedBefore(id)
  await store.inquiries.move({
    id,
    from: status.state,
    to: { state: 'dismissed', reason, by: actor },
    at: now(),
    actor,
    action: 'inquiry.dismissed',
    next: { kind: 'nothing' },
    unlessBegun: true
  })
}

const nothingToRetry = (id: string) =>
  new Conflict('inquiry-in-wrong-state', `Henvendelsen ${id} er ferdigbehandlet. Det er ingenting å prøve igjen.`)

/** The first one's name and reason stand. */
const dismissedBefore = (id: string) =>
  new Conflict('inquiry-in-wrong-state', `Henvendelsen ${id} er avvist fra før. Begrunnelsen som står, gjelder.`)
