import {
  type ArchiveError,
  type ArchiveErrorKind,
  reactions,
  type SubmitResult,
  troubleFrom
} from '../domain/archive-answer.ts'
import { type ArchivePlan, receiptMismatches } from '../domain/archive-plan.ts'
import { StepOutcomeUnknown } from '../domain/errors.ts'
import type { InquiryState, Trouble } from '../domain/inquiry.ts'
import { journalpostLabel, type Receipt } from '../domain/receipt.ts'
import { callContext } from './call-archive.ts'
import { ANSWERED, isAnswered } from './hear-archive.ts'
import type { ArchiveConnector, BlobStore } from './ports.ts'
import { isRestrictedSince, type RestrictedDeps } from './restricted-since.ts'
import { type Try, tryAgain, WORKER, type WorkDeps } from './run-work.ts'
import { skjermingTrouble } from './skjerming-trouble.ts'
import type { Move } from './store-port.ts'

/** How long to let an archive settle before asking it what became of an unclear send. */
export const SETTLE_DELAY_MS = 60_000
const DELIVER_DEADLINE_MS = 300_000

export interface DeliverDeps {
  readonly archive: ArchiveConnector
  readonly blobs: BlobStore
  readonly settleDelayMs?: number
}

/** Step 3: hand the plan to the archive, resuming where an earlier try ended, and write down what the archive said. */
export const deliverRecord =
  (delivering: DeliverDeps & RestrictedDeps) =>
  async (deps: WorkDeps, attempt: Try): Promise<void> => {
    const { store, now } = deps
    const { inquiry, status } = attempt.stored
    const plan = await store.plans.get(inquiry.id)
    if (!plan) throw new Error(`Inquiry ${inquiry.id} is ${status.state} without a plan.`)
    if (await isAnswered(store, delivering.archive, inquiry.id)) {
      // What is to be looked at is here already.
      return lookUpLater(deps, attempt, { from: status.state, settleDelayMs: 0 }, ANSWERED)
    }
    // Composed for an archive that could; the settings may name another now.
    const open = skjermingTrouble(plan, delivering.archive.capabilities.skjerming)
    if (open) return askAPerson(deps, attempt, status.state, open)
    if (status.state === 'ready') {
      if (await isRestrictedSince(delivering, deps, attempt, plan)) return
      await store.inquiries.move({
        id: inquiry.id,
        from: 'ready',
        to: { state: 'sending' },
        at: now(),
        actor: WORKER,
        action: 'inquiry.sending',
        facts: { archive: delivering.archive.name },
        lease: attempt.lease.token,
        next: { kind: 'go-on' }
      })
    }
    const deadline = new Date(now().getTime() + DELIVER_DEADLINE_MS)
    const ctx = callContext(
      { store, blobs: delivering.blobs, now },
      { inquiryId: inquiry.id },
      deadline,
      attempt.signal
    )
    const result = await delivering.archive.submit(plan, ctx).catch(unknownOutcome).finally(ctx.written)
    await writeDown(deps, attempt, { from: 'sending', plan, result, ...delivering })
  }

/** A step that an earlier try left open is an answer too: nobody knows. Other faults go on up. */
export function unknownOutcome(error: unknown): SubmitResult {
  if (!(error instanceof StepOutcomeUnknown)) throw error
  return { state: 'failed', error: { kind: 'unknown-outcome', message: error.message } }
}

export interface Answer {
  readonly from: InquiryState
  readonly plan: ArchivePlan
  readonly result: SubmitResult
  readonly archive: ArchiveConnector
  readonly settleDelayMs?: number
}

/** What the archive said becomes the inquiry's state. Shared by delivering and settling. */
export async function writeDown(deps: WorkDeps, attempt: Try, answer: Answer): Promise<void> {
  const { result } = answer
  switch (result.state) {
    case 'archived':
      return journaled(deps, attempt, answer, result.receipt)
    case 'accepted':
      return accepted(deps, attempt, answer, result)
    case 'failed':
      return failed(deps, attempt, answer, result.error)
  }
}

/** Only a receipt that names every file with its right hash makes an inquiry journaled. */
export async function journaled(deps: WorkDeps, attempt: Try, answer: Answer, receipt: Receipt): Promise<void> {
  const mismatches = receiptMismatches(answer.plan, receipt)
  if (mismatches.length > 0) {
    return askAPerson(deps, attempt, answer.from, {
      code: 'receipt-mismatch',
      message: `Arkivets kvittering stemmer ikke med det som ble sendt: ${mismatches.join(', ')}.`
    })
  }
  const { id } = attempt.stored.inquiry
  await deps.store.inquiries.move({
    id,
    from: answer.from,
    to: { state: 'journaled', receipt },
    at: deps.now(),
    actor: answer.archive.name,
    action: 'inquiry.journaled',
    facts: { journalpost: journalpostLabel(receipt), files: receipt.files.length },
    lease: attempt.lease.token,
    next: { kind: 'nothing' },
    attempt: { startedAt: attempt.startedAt, outcome: 'done' }
  })
  deps.log.info({ inquiry: id, journalpost: journalpostLabel(receipt), tries: attempt.lease.tries + 1 }, 'journaled')
}

async function accepted(
  { store, now, enqueue }: WorkDeps,
  { stored, lease, startedAt }: Try,
  { from, archive }: Answer,
  { handle, pollAfter, giveUpAt }: Extract<SubmitResult, { state: 'accepted' }>
): Promise<void> {
  const queued = await store.inquiries.move({
    id: stored.inquiry.id,
    from,
    to: { state: 'awaiting-receipt', handle, giveUpAt },
    at: now(),
    actor: archive.name,
    action: 'inquiry.awaiting-receipt',
    lease: lease.token,
    next: { kind: 'due', dueAt: pollAfter, failed: false },
    attempt: { startedAt, outcome: 'waiting' }
  })
  if (queued) enqueue(queued)
}

/** Errors by which the archive says no: the step that was begun is not done, and nobody need look for it. */
const refusals: readonly ArchiveErrorKind[] = ['rate-limited', 'auth', 'config', 'payload', 'not-found', 'unsupported']

/** What a no makes us forget. A no to a question for the receipt is about the question. */
const forgottenBy = (from: InquiryState, kind: ArchiveErrorKind): Move['forgetSteps'] =>
  from === 'sending' && refusals.includes(kind) ? 'unfinished' : undefined

/** Trouble of an inquiry that the archive took, and then refused for what it holds. */
export const REFUSED_LATER = 'archive-refused-later'

async function failed(deps: WorkDeps, attempt: Try, answer: Answer, error: ArchiveError): Promise<void> {
  const { stored, lease, startedAt } = attempt
  const trouble = troubleFrom(error)
  // An archive that has taken it may have kept it, whatever it says afterwards.
  if (answer.from !== 'sending' && error.kind === 'payload') {
    return lookUpLater(deps, attempt, answer, { ...trouble, code: REFUSED_LATER })
  }
  const forgetSteps = forgottenBy(answer.from, error.kind)
  switch (reactions[error.kind]) {
    case 'retry':
      return tryAgain(
        deps,
        // The state as it is now: delivering has moved it since it was read.
        {
          id: stored.inquiry.id,
          status: answer.from === 'sending' ? { state: 'sending' } : stored.status,
          lease,
          startedAt,
          forgetSteps
        },
        trouble,
        error.retryAfterMs
      )
    case 'ask-a-person':
      return askAPerson(deps, attempt, answer.from, trouble, { forgetSteps })
    case 'look-up':
      return lookUpLater(deps, attempt, answer, trouble)
  }
}

/** Never sent again blindly: the archive is asked first, after it has had time to settle. */
export async function lookUpLater(
  { store, now, enqueue }: WorkDeps,
  attempt: Try,
  answer: Pick<Answer, 'from' | 'settleDelayMs'>,
  trouble: Trouble
): Promise<void> {
  const at = now()
  const queued = await store.inquiries.move({
    id: attempt.stored.inquiry.id,
    from: answer.from,
    to: { state: 'unknown-outcome', since: at, trouble },
    at,
    actor: WORKER,
    action: 'inquiry.unknown-outcome',
    facts: { code: trouble.code },
    lease: attempt.lease.token,
    next: { kind: 'due', dueAt: new Date(at.getTime() + (answer.settleDelayMs ?? SETTLE_DELAY_MS)), failed: false },
    attempt: { startedAt: attempt.startedAt, outcome: 'unknown-outcome', trouble }
  })
  if (queued) enqueue(queued)
}

export async function askAPerson(
  { store, now }: WorkDeps,
  { stored, lease, startedAt }: Try,
  from: InquiryState,
  trouble: Trouble,
  { forgetSteps, hits }: { readonly forgetSteps?: Move['forgetSteps']; readonly hits?: readonly Receipt[] } = {}
): Promise<void> {
  await store.inquiries.move({
    id: stored.inquiry.id,
    from,
    to: { state: 'needs-action', trouble, ...(hits && { hits }) },
    at: now(),
    actor: WORKER,
    action: 'inquiry.needs-action',
    facts: { code: trouble.code },
    lease: lease.token,
    next: { kind: 'nothing' },
    attempt: { startedAt, outcome: 'needs-action', trouble },
    ...(forgetSteps && { forgetSteps })
  })
}
