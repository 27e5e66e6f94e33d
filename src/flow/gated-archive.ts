import type { ArchiveError, ArchiveErrorKind } from '../domain/archive-answer.ts'
import type { ArchiveConnector, Clock } from './ports.ts'
import type { Step } from './run-work.ts'
import type { GateStore } from './store-port.ts'

export interface GateDeps {
  readonly gate: GateStore
  readonly now: Clock
}

/** Failures that are the archive's own, and meet whatever is sent next too. */
const outages: readonly ArchiveErrorKind[] = ['transient', 'rate-limited', 'unknown-outcome']
const lockouts: readonly ArchiveErrorKind[] = ['auth', 'config']

/** The archive, telling its gate how each call went. */
export function gatedArchive(archive: ArchiveConnector, { gate, now }: GateDeps): ArchiveConnector {
  const { name } = archive
  async function told<Result extends { readonly state: string; readonly error?: ArchiveError }>(
    call: Promise<Result>
  ): Promise<Result> {
    const result = await call
    const kind = result.state === 'failed' ? result.error?.kind : undefined
    const isLockedOut = kind !== undefined && lockouts.includes(kind)
    if (isLockedOut || (kind !== undefined && outages.includes(kind))) await gate.failed(name, isLockedOut, now())
    else await gate.worked(name, now())
    return result
  }
  return {
    ...archive,
    submit: (plan, ctx) => told(archive.submit(plan, ctx)),
    settle: (plan, handle, ctx) => told(archive.settle(plan, handle, ctx)),
    lookup: (plan, ctx) => told(archive.lookup(plan, ctx)),
    find: (wanted, call) => told(archive.find(wanted, call))
  }
}

/** Work at the archive, done only while its gate lets it through; otherwise it is left for the sweep to bring again. */
export const throughGate =
  (archive: Pick<ArchiveConnector, 'name'>, step: Step): Step =>
  async (deps, attempt) => {
    const { store, now } = deps
    const { stored, lease } = attempt
    if (await store.gate.pass(archive.name, now())) return step(deps, attempt)
    await store.work.handBack(stored.inquiry.id, lease.token, now())
  }
