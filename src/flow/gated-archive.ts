import type { ArchiveError, ArchiveErrorKind } from '../domain/archive-answer.ts'
import type { ArchiveGate } from '../domain/archive-gate.ts'
import type { DeliveryRate } from '../domain/delivery-rate.ts'
import type { ArchiveConnector, Clock } from './ports.ts'
import type { Step } from './run-work.ts'
import type { GateStore } from './store-port.ts'

/** Failures that are the archive's own, and meet whatever is sent next too. */
const outages: readonly ArchiveErrorKind[] = ['transient', 'rate-limited', 'unknown-outcome']
const lockouts: readonly ArchiveErrorKind[] = ['auth', 'config']

/**
 * A step that works at the archive, taken only while its gate lets it through and, where there is a rate, in its turn;
 * otherwise the work is left for the sweep to bring again. The step's archive tells the gate how its call went.
 */
export const throughGate =
  (archive: ArchiveConnector, step: (gated: ArchiveConnector) => Step, rate?: DeliveryRate): Step =>
  async (deps, attempt) => {
    const { store, now } = deps
    const { stored, lease } = attempt
    const isItsTurn = rate === undefined || (await store.gate.takeTurn(archive.name, rate, now()))
    const gate = isItsTurn ? await store.gate.pass(archive.name, now()) : undefined
    if (!gate) return store.work.handBack(stored.inquiry.id, lease.token, now())
    return step(gatedArchive(archive, gate, { gate: store.gate, now }))(deps, attempt)
  }

interface GateDeps {
  readonly gate: GateStore
  readonly now: Clock
}

/** The archive, telling how each call went. A good answer is news only when the gate knew of failures before it. */
function gatedArchive(archive: ArchiveConnector, { failures }: ArchiveGate, { gate, now }: GateDeps): ArchiveConnector {
  const { name, amend } = archive
  async function told<Result extends { readonly state: string; readonly error?: ArchiveError }>(
    call: Promise<Result>
  ): Promise<Result> {
    const result = await call
    const kind = result.state === 'failed' ? result.error?.kind : undefined
    const isLockedOut = kind !== undefined && lockouts.includes(kind)
    if (isLockedOut || (kind !== undefined && outages.includes(kind))) await gate.failed(name, isLockedOut, now())
    else if (failures > 0) await gate.worked(name, now())
    return result
  }
  return {
    ...archive,
    submit: (plan, ctx) => told(archive.submit(plan, ctx)),
    settle: (plan, handle, ctx) => told(archive.settle(plan, handle, ctx)),
    lookup: (plan, ctx) => told(archive.lookup(plan, ctx)),
    ...(amend && { amend: (plan, amendment, ctx) => told(amend(plan, amendment, ctx)) })
  }
}
