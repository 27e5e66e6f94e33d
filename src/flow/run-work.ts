import { Conflict, ServiceError } from '../domain/errors.ts'
import { type InquiryStatus, type Task, type Trouble, taskIn } from '../domain/inquiry.ts'
import { nextTry } from '../domain/retry-plan.ts'
import type { Clock } from './ports.ts'
import { runStoppable } from './run-stoppable.ts'
import type { Lease, Move, QueuedWork, Store, StoredInquiry } from './store-port.ts'

/** How long a worker may be silent before others may take its work. */
const LEASE_MS = 20_000
const RENEW_MS = 5_000

export const WORKER = 'arkivbro'

export interface WorkDeps {
  readonly store: Store
  readonly now: Clock
  /** Between 0 and 1. */
  readonly random: () => number
  readonly enqueue: (work: QueuedWork) => void
  readonly log: WorkLog
}

export interface WorkLog {
  info(facts: Record<string, unknown>, message: string): void
  warn(facts: Record<string, unknown>, message: string): void
  error(facts: Record<string, unknown>, message: string): void
}

/** One try at one task, while the lease is held. `signal` aborts when the lease is lost or the service stops. */
export interface Try {
  readonly stored: StoredInquiry
  readonly lease: Lease
  readonly startedAt: Date
  readonly signal: AbortSignal
}

export type Step = (deps: WorkDeps, attempt: Try) => Promise<void>

/**
 * Takes a piece of work, runs its step, and sees to it that every end is written down. Safe to call twice, late, or for
 * work that is gone. What a step throws and did not foresee is tried again by the same plan.
 */
export async function runWork(
  deps: WorkDeps,
  step: Step,
  work: { readonly inquiryId: string; readonly task: Task; readonly deadlineMs: number },
  stopped: AbortSignal
): Promise<void> {
  const { store, now } = deps
  const startedAt = now()
  const lease = await store.work.claim(work.inquiryId, work.task, startedAt, LEASE_MS)
  if (!lease) return
  const lost = new AbortController()
  const heartbeat = setInterval(() => {
    const until = new Date(now().getTime() + LEASE_MS)
    store.work.renew(work.inquiryId, lease.token, until).then(
      (held) => held || lost.abort(),
      // The next beat tries again; if none gets through, the lease runs out and every write of ours is refused.
      () => undefined
    )
  }, RENEW_MS)
  try {
    const stored = await store.inquiries.get(work.inquiryId)
    // A person may have dismissed it since the claim; what is no longer for the archive must never reach it.
    if (taskIn(stored.status.state) !== work.task) return
    if (lease.isTakenOver) {
      return await tryAgain(deps, { id: work.inquiryId, status: stored.status, lease, startedAt }, WORKER_GONE)
    }
    // What a step that does not stop writes later is refused, since its lease is gone by then.
    await runStoppable((signal) => step(deps, { stored, lease, startedAt, signal }), {
      deadlineMs: work.deadlineMs,
      signals: [stopped, lost.signal]
    })
  } catch (error) {
    await afterFailure(deps, { id: work.inquiryId, lease, startedAt, stopped }, error)
  } finally {
    clearInterval(heartbeat)
  }
}

/** A worker that dies counts as a failed try, or work that kills every worker would be taken up for ever. */
const WORKER_GONE: Trouble = {
  code: 'worker-gone',
  message: 'Prosessen som arbeidet med henvendelsen, ble borte. Arkivbro prøver igjen av seg selv.'
}

interface Failed {
  readonly id: string
  readonly lease: Lease
  readonly startedAt: Date
  readonly stopped: AbortSignal
}

async function afterFailure(deps: WorkDeps, failed: Failed, error: unknown): Promise<void> {
  const { store, now, log } = deps
  const { id, lease, startedAt, stopped } = failed
  if (error instanceof Conflict) return log.info({ inquiry: id, code: error.code }, 'work was taken over')
  if (stopped.aborted) return store.work.handBack(id, lease.token, now())
  const level = lease.tries >= 2 ? 'error' : 'warn'
  log[level]({ inquiry: id, err: error, tries: lease.tries + 1 }, 'work failed')
  const { status } = await store.inquiries.get(id)
  await tryAgain(deps, { id, status, lease, startedAt }, troubleOf(error)).catch((again: unknown) => {
    if (!(again instanceof Conflict)) throw again
  })
}

const troubleOf = (error: unknown): Trouble =>
  error instanceof ServiceError
    ? { code: error.code, message: error.message }
    : { code: 'unforeseen', message: 'Noe uventet gikk galt. Arkivbro prøver igjen av seg selv.' }

interface Postponed {
  readonly id: string
  readonly status: StoredInquiry['status']
  readonly lease: Lease
  readonly startedAt: Date
  readonly forgetSteps?: Move['forgetSteps']
}

/** Writes down a failed try and when the next one is; leaves it to a person when the plan is used up. */
export async function tryAgain(
  { store, now, random }: WorkDeps,
  { id, status, lease, startedAt, forgetSteps }: Postponed,
  trouble: Trouble,
  retryAfterMs?: number
): Promise<void> {
  const at = now()
  const dueAt = nextTry({
    tries: lease.tries + 1,
    firstFailedAt: lease.firstFailedAt ?? at,
    now: at,
    jitter: random(),
    ...(retryAfterMs !== undefined && { retryAfterMs })
  })
  const from = status.state
  const common = {
    id,
    from,
    at,
    actor: WORKER,
    lease: lease.token,
    facts: { code: trouble.code, tries: lease.tries + 1 },
    ...(forgetSteps && { forgetSteps })
  }
  if (!dueAt) return void (await store.inquiries.move({ ...common, ...leftToAPerson(status, trouble, startedAt) }))
  await store.inquiries.move({
    ...common,
    to: postponed(status, trouble),
    action: 'inquiry.try-again',
    next: { kind: 'due', dueAt, failed: true },
    attempt: { startedAt, outcome: 'try-again', trouble }
  })
}

/** What is journaled stays so, whatever became of a change to it. */
export const leftToAPerson = (
  status: InquiryStatus,
  trouble: Trouble,
  startedAt: Date
): Pick<Move, 'to' | 'action' | 'next' | 'attempt'> => ({
  ...(status.state === 'amending'
    ? { to: { ...status, state: 'amend-stopped', trouble }, action: 'inquiry.amend-stopped' }
    : { to: { state: 'needs-action', trouble }, action: 'inquiry.needs-action' }),
  next: { kind: 'nothing' },
  attempt: { startedAt, outcome: 'needs-action', trouble }
})

/** Where an inquiry waits for its next try. What was being sent is resumed from the ledger, so it is ready again. */
function postponed(status: InquiryStatus, trouble: Trouble): InquiryStatus {
  switch (status.state) {
    case 'received':
    case 'awaiting-receipt':
    case 'amending':
      return { ...status, trouble }
    case 'unknown-outcome':
      return { ...status, trouble, because: status.because ?? status.trouble }
    case 'ready':
    case 'sending':
      return { state: 'ready', trouble }
    default:
      return status
  }
}
