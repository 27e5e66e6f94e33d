import { type ArchiveError, reactions, type SubmitResult } from '../../../../src/domain/archive-answer.ts'
import { receiptMismatches } from '../../../../src/domain/archive-plan.ts'
import { StepOutcomeUnknown } from '../../../../src/domain/errors.ts'
import type { Receipt } from '../../../../src/domain/receipt.ts'
import type { ArchiveConnector } from '../../../../src/flow/ports.ts'
import { callContext, type StepLedger } from '../../../support/call-context.ts'
import type { MadePlan } from '../../../support/plan-maker.ts'

const TRIES_MAX = 12

/** How a plan came to rest: journaled, or on a person's list. */
export type Rest = { readonly receipt: Receipt } | { readonly error: ArchiveError }

/**
 * Takes a plan to its rest as the flow does: its reactions to each kind of error, its ledger, its look-ups, and its
 * waiting for the archive to settle, for which the stand-in says when that is.
 */
export async function takeToRest(
  connector: ArchiveConnector,
  { plan, files }: MadePlan,
  settled: () => Promise<void>
): Promise<Rest> {
  const ledger: StepLedger = new Map()
  const ctx = callContext(files, { ledger })
  const atRest = (receipt: Receipt): Rest => {
    const mismatches = receiptMismatches(plan, receipt)
    return mismatches.length === 0 ? { receipt } : { error: { kind: 'needs-human', message: mismatches.join(', ') } }
  }
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const result = await connector.submit(plan, ctx).catch(unclear)
    if (result.state === 'archived') return atRest(result.receipt)
    if (result.state === 'accepted') throw new Error('This archive answers at once.')
    const { error } = result
    const reaction = reactions[error.kind]
    if (reaction === 'ask-a-person') return { error }
    if (error.kind === 'rate-limited') forgetUnfinished(ledger)
    if (reaction === 'retry') continue
    await settled()
    const found = await connector.lookup(plan, ctx)
    if (found.state === 'unsupported') throw new Error('This archive can be searched.')
    if (found.state === 'failed') {
      if (reactions[found.error.kind] === 'ask-a-person') return found
      continue
    }
    const [hit, ...others] = found.hits
    if (others.length > 0) return { error: { kind: 'needs-human', message: 'several hits' } }
    if (hit) return atRest(hit)
    if (!forgetUnfinished(ledger)) ledger.clear()
  }
  throw new Error(`Not at rest after ${TRIES_MAX} tries.`)
}

function unclear(error: unknown): Extract<SubmitResult, { state: 'failed' }> {
  if (!(error instanceof StepOutcomeUnknown)) throw error
  return { state: 'failed', error: { kind: 'unknown-outcome', message: error.message } }
}

function forgetUnfinished(ledger: StepLedger): boolean {
  const unfinished = [...ledger].filter(([, step]) => !step.done)
  for (const [name] of unfinished) ledger.delete(name)
  return unfinished.length > 0
}
