import { type ArchiveError, reactions, troubleFrom } from '../domain/archive-answer.ts'
import type { InquiryStatus, Trouble } from '../domain/inquiry.ts'
import { journalpostLabel, type Receipt } from '../domain/receipt.ts'
import { nextTry } from '../domain/retry-plan.ts'
import { callContext } from './call-archive.ts'
import {
  type Answer,
  askAPerson,
  type DeliverDeps,
  journaled,
  lookUpLater,
  REFUSED_LATER,
  SETTLE_DELAY_MS,
  unknownOutcome,
  writeDown
} from './deliver-record.ts'
import { type Try, tryAgain, WORKER, type WorkDeps } from './run-work.ts'
import { helpAPerson, isSettledByMessages, RECEIPT_LATE } from './settle-by-messages.ts'

const SETTLE_DEADLINE_MS = 60_000

/** Step 4: find out how a send ended, by its receipt or by asking the archive for our own key. */
export const settleRecord =
  (settling: DeliverDeps) =>
  async (deps: WorkDeps, attempt: Try): Promise<void> => {
    const { inquiry, status } = attempt.stored
    const plan = await deps.store.plans.get(inquiry.id)
    if (!plan) throw new Error(`Inquiry ${inquiry.id} is ${status.state} without a plan.`)
    const { messages, hasNew } = await deps.store.messages.hear(settling.archive.name, inquiry.id)
    const deadline = new Date(deps.now().getTime() + SETTLE_DEADLINE_MS)
    const ctx = callContext(
      { store: deps.store, blobs: settling.blobs, now: deps.now },
      { inquiryId: inquiry.id, messages },
      deadline,
      attempt.signal
    )
    const answer = { from: status.state, plan, ...settling }
    switch (status.state) {
      case 'awaiting-receipt':
        return askForReceipt(deps, attempt, status, answer, ctx)
      case 'unknown-outcome':
        if (await isSettledByMessages(deps, attempt, { ...answer, status, hasNew }, ctx)) return
        return lookUp(deps, attempt, status, answer, ctx)
      case 'needs-action':
        return helpAPerson(deps, attempt, { ...answer, status }, ctx)
      default:
        throw new Error(`There is nothing to settle for an inquiry that is ${status.state}.`)
    }
  }

type Open<State> = Extract<InquiryStatus, { state: State }>
type Ctx = ReturnType<typeof callContext>
type Settling = Omit<Answer, 'result'>

async function askForReceipt(
  deps: WorkDeps,
  attempt: Try,
  status: Open<'awaiting-receipt'>,
  answer: Settling,
  ctx: Ctx
): Promise<void> {
  const result = await answer.archive.settle(answer.plan, status.handle, ctx).catch(unknownOutcome)
  if (result.state !== 'accepted') return writeDown(deps, attempt, { ...answer, result })
  // A receipt that never comes is an unknown outcome, never a failure.
  if (deps.now() >= status.giveUpAt) return lookUpLater(deps, attempt, answer, RECEIPT_LATE)
  await waitOn(deps, attempt, status, result.pollAfter)
}

/** Most polls find nothing new, and leave nothing in the log; one that follows a failure clears it away. */
async function waitOn(
  { store, now }: WorkDeps,
  { stored, lease }: Try,
  { state, handle, giveUpAt, trouble }: Open<'awaiting-receipt'>,
  pollAfter: Date
): Promise<void> {
  if (!trouble && lease.tries === 0) return store.work.handBack(stored.inquiry.id, lease.token, pollAfter)
  await store.inquiries.move({
    id: stored.inquiry.id,
    from: state,
    to: { state, handle, giveUpAt },
    at: now(),
    actor: WORKER,
    action: 'inquiry.awaiting-receipt',
    lease: lease.token,
    next: { kind: 'due', dueAt: pollAfter, failed: false }
  })
}

/** One hit is adopted, several are for a person, none lets the delivery go on; an unsure answer keeps it open. */
async function lookUp(
  deps: WorkDeps,
  attempt: Try,
  status: Open<'unknown-outcome'>,
  answer: Settling,
  ctx: Ctx
): Promise<void> {
  const found = await answer.archive.lookup(answer.plan, ctx)
  if (found.state === 'failed') return notLookedUp(deps, attempt, status, found.error)
  const [hit, ...others] = found.state === 'hits' ? found.hits : []
  if (hit && others.length === 0) return journaled(deps, attempt, { ...answer, result: archived(hit) }, hit)
  if (hit) {
    const hits = [hit, ...others]
    return askAPerson(deps, attempt, status.state, severalHits(hits), { hits })
  }
  const { stored, lease, startedAt } = attempt
  if (found.state === 'hits' && !found.complete) {
    // A person who only wanted to know has got the answer there is.
    if (status.onlyAsk) return askAPerson(deps, attempt, status.state, LOOKUP_INCOMPLETE)
    return tryAgain(deps, { id: stored.inquiry.id, status, lease, startedAt }, LOOKUP_INCOMPLETE)
  }
  // Before the archive has had time to settle its no proves nothing, however early somebody made us ask.
  const settledAt = new Date(status.since.getTime() + (answer.settleDelayMs ?? SETTLE_DELAY_MS))
  if (deps.now() < settledAt) return deps.store.work.handBack(stored.inquiry.id, lease.token, settledAt)
  const because = status.because ?? status.trouble
  if (because.code === REFUSED_LATER) return askAPerson(deps, attempt, status.state, because, { forgetSteps: 'lost' })
  if (found.state === 'unsupported') return askAPerson(deps, attempt, status.state, LOOKUP_UNSUPPORTED)
  if (status.onlyAsk) return askAPerson(deps, attempt, status.state, notInArchive(because), { forgetSteps: 'lost' })
  await sendAgain(deps, attempt, because)
}

const archived = (receipt: Parameters<typeof journaled>[3]) => ({ state: 'archived', receipt }) as const

const severalHits = (hits: readonly Receipt[]): Trouble => ({
  code: 'several-hits',
  message: `Arkivet har ${hits.length} journalposter med vår nøkkel: ${hits.map(journalpostLabel).join(', ')}. Velg hvilken som gjelder.`
})

const LOOKUP_INCOMPLETE: Trouble = {
  code: 'lookup-incomplete',
  message:
    'Arkivet fant ingen journalpost, men søket var ikke fullstendig, så den kan finnes likevel. Se i arkivet før du bestemmer noe.'
}

const LOOKUP_UNSUPPORTED: Trouble = {
  code: 'lookup-unsupported',
  message: 'Arkivet kan ikke søkes etter vår nøkkel. Se i arkivet om journalposten finnes.'
}

/** It stays open, and the archive is asked again by the retry plan; unless only a person can put right what failed. */
async function notLookedUp(
  deps: WorkDeps,
  attempt: Try,
  status: Open<'unknown-outcome'>,
  error: ArchiveError
): Promise<void> {
  const trouble = troubleFrom(error)
  if (reactions[error.kind] === 'ask-a-person') return askAPerson(deps, attempt, status.state, trouble)
  const { stored, lease, startedAt } = attempt
  await tryAgain(deps, { id: stored.inquiry.id, status, lease, startedAt }, trouble, error.retryAfterMs)
}

/** The archive has nothing of ours: what was sent is lost, and is sent again by the retry plan. */
async function sendAgain(deps: WorkDeps, attempt: Try, because: Trouble): Promise<void> {
  const { store, now, enqueue } = deps
  const { stored, lease, startedAt } = attempt
  const { state } = stored.status
  const at = now()
  const dueAt = await nextSend(deps, stored.inquiry.id, at)
  if (!dueAt) return askAPerson(deps, attempt, state, because)
  const queued = await store.inquiries.move({
    id: stored.inquiry.id,
    from: state,
    to: { state: 'ready', trouble: because },
    at,
    actor: WORKER,
    action: 'inquiry.try-again',
    facts: { code: 'not-in-archive' },
    lease: lease.token,
    next: { kind: 'due', dueAt, failed: false },
    attempt: { startedAt, outcome: 'done' },
    forgetSteps: 'lost'
  })
  if (queued) enqueue(queued)
}

const notInArchive = (trouble: Trouble): Trouble =>
  trouble.code === 'not-in-archive'
    ? trouble
    : {
        code: 'not-in-archive',
        message: `Arkivet har ingen journalpost for henvendelsen. «Prøv igjen» sender den. Det som var galt: ${trouble.message}`
      }

/** Sends that were lost follow the same plan as other failures, counted since a person last had a say. */
async function nextSend({ store, random }: WorkDeps, id: string, now: Date): Promise<Date | undefined> {
  const attempts = await store.work.attempts(id)
  const lastAsked = attempts.findLastIndex(({ outcome }) => outcome === 'needs-action')
  const lost = attempts.slice(lastAsked + 1).filter(({ outcome }) => outcome === 'unknown-outcome')
  const [first] = lost
  if (!first) return now
  return nextTry({ tries: lost.length, firstFailedAt: first.endedAt, now, jitter: random() })
}
