import { reactions, type SubmitResult, troubleFrom } from '../domain/archive-answer.ts'
import { receiptMismatches } from '../domain/archive-plan.ts'
import type { InquiryStatus, Trouble } from '../domain/inquiry.ts'
import { type Answer, askAPerson, unknownOutcome, writeDown } from './deliver-record.ts'
import { ANSWERED } from './hear-archive.ts'
import type { CallContext } from './ports.ts'
import { type Try, WORKER, type WorkDeps } from './run-work.ts'

/** Trouble of an inquiry that waited for its receipt in vain. */
export const RECEIPT_LATE: Trouble = { code: 'receipt-late', message: 'Kvitteringen kom ikke innen fristen.' }

interface Unclear<State> extends Omit<Answer, 'result'> {
  readonly status: Extract<InquiryStatus, { state: State }>
}

/** Settles an unknown outcome by what the archive has sent of itself. False when the archive must be asked all the same. */
export async function isSettledByMessages(
  deps: WorkDeps,
  attempt: Try,
  answer: Unclear<'unknown-outcome'> & { readonly hasNew: boolean },
  ctx: CallContext
): Promise<boolean> {
  if (ctx.messages.length === 0) return false
  const { status, hasNew } = answer
  const isAnswered = because(status).code === ANSWERED.code
  const result = await settle(answer, status.since, ctx)
  if (!isWeighty(result, answer, hasNew || isAnswered)) return false
  await writeDown(deps, attempt, { ...answer, result })
  return true
}

/** Why nobody knows how it ended. */
const because = (status: Extract<InquiryStatus, { state: 'unknown-outcome' }>): Trouble =>
  status.because ?? status.trouble

/** A whole receipt always is. Anything else is weighed when it is news: the archive is asked after that. */
function isWeighty(result: SubmitResult, { plan, status }: Unclear<'unknown-outcome'>, isNews: boolean): boolean {
  switch (result.state) {
    case 'archived':
      return isNews || receiptMismatches(plan, result.receipt).length === 0
    case 'accepted':
      return !status.onlyAsk && (isNews || because(status).code !== RECEIPT_LATE.code)
    case 'failed': {
      const reaction = reactions[result.error.kind]
      return reaction === 'retry' || (reaction === 'ask-a-person' && isNews)
    }
  }
}

/** What a person is asked about stays with them, unless the archive has sent a receipt or told them what is wrong. */
export async function helpAPerson(
  deps: WorkDeps,
  attempt: Try,
  answer: Unclear<'needs-action'>,
  ctx: CallContext
): Promise<void> {
  const { status, plan } = answer
  if (ctx.messages.length === 0) return leaveWithThem(deps, attempt, status)
  const result = await settle(answer, attempt.stored.changedAt, ctx)
  const reaction = result.state === 'failed' ? reactions[result.error.kind] : undefined
  const isWhole = result.state === 'archived' && receiptMismatches(plan, result.receipt).length === 0
  // A proposal to judge, or journalposter to choose among, are not taken from them.
  const isBetterTold = !status.proposed && !status.hits && (result.state === 'archived' || reaction === 'ask-a-person')
  if (!isWhole && reaction !== 'retry' && !isBetterTold) return leaveWithThem(deps, attempt, status)
  if (result.state !== 'failed' || reaction === 'retry') return writeDown(deps, attempt, { ...answer, result })
  await askAPerson(deps, attempt, status.state, troubleFrom(result.error))
}

const leaveWithThem = async (
  { store, now }: WorkDeps,
  { stored, lease }: Try,
  status: Unclear<'needs-action'>['status']
): Promise<void> =>
  void (await store.inquiries.move({
    id: stored.inquiry.id,
    from: status.state,
    to: status,
    at: now(),
    actor: WORKER,
    action: 'inquiry.needs-action',
    facts: { code: status.trouble.code },
    lease: lease.token,
    next: { kind: 'nothing' }
  }))

/** The handle is lost, or never was; what we let travel with the plan is not. */
const settle = ({ archive, plan }: Omit<Answer, 'result'>, sentAt: Date, ctx: CallContext): Promise<SubmitResult> =>
  archive.settle(plan, { correlation: plan.planId, sentAt }, ctx).catch(unknownOutcome)
