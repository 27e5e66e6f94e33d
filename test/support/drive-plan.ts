import { expect, vi } from 'vitest'
import type { ArchivePlan } from '../../src/domain/archive-plan.ts'
import { StepOutcomeUnknown } from '../../src/domain/errors.ts'
import type { ReceiptHandle } from '../../src/domain/inquiry.ts'
import type { Receipt } from '../../src/domain/receipt.ts'
import type { ArchiveConnector, CallContext } from '../../src/flow/ports.ts'
import { toArkivmelding } from '../../src/noark/arkivmelding.ts'
import { Crash, callContext, type StepLedger } from './call-context.ts'
import { type PlanChanges, planMaker } from './plan-maker.ts'

const TRIES_MAX = 10

/** A plan, and what its calls are told, with the arkivmelding that belongs to it. */
export function sent(changes: PlanChanges = {}) {
  const { plan, files } = planMaker(changes)
  const recordXml = toArkivmelding(plan)
  return { plan, ctx: (given: Parameters<typeof callContext>[1] = {}) => callContext(files, { recordXml, ...given }) }
}

/** Drives a plan as the worker does: tries again, settles what was accepted, looks up what is unclear. */
export async function archived(
  connector: ArchiveConnector,
  plan: ArchivePlan,
  ctx: CallContext,
  ledger?: StepLedger
): Promise<Receipt> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const result = await connector.submit(plan, ctx).catch(unclear)
    if (result === 'unclear') {
      const found = await foundIn(connector, plan, ctx)
      if (found) return found
      // The archive has proven that it holds nothing: the worker starts over.
      ledger?.clear()
    } else if (result.state === 'archived') return result.receipt
    else if (result.state === 'accepted') return settled(connector, plan, result.handle, ctx)
    else if (!['transient', 'conflict', 'rate-limited', 'unknown-outcome', 'duplicate'].includes(result.error.kind)) {
      throw new Error(`${result.error.kind}: ${result.error.message}`)
    } else if (['unknown-outcome', 'duplicate'].includes(result.error.kind)) {
      const found = await foundIn(connector, plan, ctx)
      if (found) return found
    }
  }
  throw new Error(`Not archived in ${TRIES_MAX} tries.`)
}

/** Asks for the receipt of something accepted until it comes. */
async function settled(connector: ArchiveConnector, plan: ArchivePlan, handle: ReceiptHandle, ctx: CallContext) {
  const asked = async () => {
    const result = await connector.settle(plan, handle, ctx)
    if (result.state === 'failed') throw new Error(`${result.error.kind}: ${result.error.message}`)
    return result.state === 'archived' ? result.receipt : undefined
  }
  return vi.waitUntil(asked, { timeout: 10_000 })
}

async function foundIn(connector: ArchiveConnector, plan: ArchivePlan, ctx: CallContext): Promise<Receipt | undefined> {
  const result = await connector.lookup(plan, ctx)
  if (result.state !== 'hits') throw new Error(`The lookup says ${JSON.stringify(result)}.`)
  expect(result.hits.length).toBeLessThanOrEqual(1)
  return result.hits[0]
}

function unclear(error: unknown): 'unclear' {
  if (error instanceof StepOutcomeUnknown) return 'unclear'
  throw error
}

/** Lets so many moments pass, and the process fall over at the next. */
export function crashAfter(moments: number): (moment: string) => void {
  let passed = 0
  return (moment) => {
    passed += 1
    if (passed > moments) throw new Crash(moment)
  }
}
