import { reactions, type SubmitResult } from '../domain/archive-answer.ts'
import { receiptMismatches } from '../domain/archive-plan.ts'
import type { InquiryStatus, Trouble } from '../domain/inquiry.ts'
import { type Answer, askAPerson, unknownOutcome, writeDown } from './deliver-record.ts'
import { ANSWERED } from './hear-archive.ts'
import type { CallContext } from './ports.ts'
import type { Try, WorkDeps } from './run-work.ts'

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
  const result = await settle(answer, status.since, ctx)
  if (!isWeighty(result, answer, hasNew || status.trouble.code === ANSWERED.code)) return false
  await writeDown(deps, attempt, { ...answer, result })
  return true
}

/** A whole receipt always is. Anything else is weighed when it is news: the archive is asked after that. */
function isWeighty(result: SubmitResult, { plan, status }: Unclear<'unknown-outcome'>, isNews: boolean): boolean {
  switch (result.state) {
    case 'archived':
      return isNews || receiptMismatches(plan, result.receipt).length === 0
    case 'accepted':
      return !status.onlyAsk && (isNews || status.trouble.code !== RECEIPT_LATE.code)
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
  const { state, trouble } = answer.status
  const result = await settle(answer, attempt.stored.changedAt, ctx)
  const isRefused = result.state === 'failed' && reactions[result.error.kind] === 'ask-a-person'
  if (isRefused) {
    const { kind, message } = result.error
    return askAPerson(deps, attempt, state, { code: `archive-${kind}`, message })
  }
  const mustWait = result.state === 'failed' && reactions[result.error.kind] === 'retry'
  if (result.state === 'archived' || mustWait) return writeDown(deps, attempt, { ...answer, result })
  await askAPerson(deps, attempt, state, trouble)
}

/** The handle is lost, or never was; what we let travel with the plan is not. */
const settle = ({ archive, plan }: Omit<Answer, 'result'>, sentAt: Date, ctx: CallContext): Promise<SubmitResult> =>
  archive.settle(plan, { correlation: plan.planId, sentAt }, ctx).catch(unknownOutcome)
