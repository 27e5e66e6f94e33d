import type { ArchivePlan } from '../domain/archive-plan.ts'
import { earlierOf } from './earlier-inquiry.ts'
import type { RestrictionOf } from './restriction-of.ts'
import { type Try, WORKER, type WorkDeps } from './run-work.ts'
import type { Move, StoredInquiry } from './store-port.ts'

export interface RestrictedDeps {
  readonly restrictionOf: RestrictionOf
}

/**
 * Whether something that the inquiry comes after has been restricted since its open record was made. Then the record is
 * made anew, unless it has been begun at the archive: of that, whoever restricts is told.
 */
export async function isRestrictedSince(
  { restrictionOf }: RestrictedDeps,
  { store, now, enqueue }: WorkDeps,
  { stored, lease, startedAt }: Try,
  { record }: ArchivePlan
): Promise<boolean> {
  const { inquiry } = stored
  const earlier = record.skjerming ? undefined : await earlierOf(store, inquiry)
  if (!earlier || !(await restrictionOf({ ...stored, earlier }))) return false
  if (await store.ledger.hasSteps(inquiry.id)) return false
  const queued = await store.inquiries.move({
    ...restrictedSince(stored, now()),
    lease: lease.token,
    attempt: { startedAt, outcome: 'done' }
  })
  if (queued) enqueue(queued)
  return true
}

/** Its record is made anew. */
export const restrictedSince = ({ inquiry, status }: StoredInquiry, at: Date): Move => ({
  id: inquiry.id,
  from: status.state,
  to: { state: 'received' },
  at,
  actor: WORKER,
  action: 'inquiry.try-again',
  facts: { code: 'restricted-since' },
  next: { kind: 'due', dueAt: at, failed: false }
})
