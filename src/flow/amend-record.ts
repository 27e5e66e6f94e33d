import { type AmendResult, type ArchiveError, reactions, troubleFrom } from '../domain/archive-answer.ts'
import type { ArchivePlan } from '../domain/archive-plan.ts'
import type { InquiryStatus, Trouble } from '../domain/inquiry.ts'
import { journalpostLabel } from '../domain/receipt.ts'
import { callContext } from './call-archive.ts'
import type { DeliverDeps } from './deliver-record.ts'
import type { ArchiveConnector, CallContext } from './ports.ts'
import { leftToAPerson, type Try, tryAgain, WORKER, type WorkDeps } from './run-work.ts'

const AMEND_DEADLINE_MS = 120_000

type Amending = Extract<InquiryStatus, { state: 'amending' }>

/** After step 4, when something has been decided that the archive must show: make it so, however many tries it takes. */
export const amendRecord =
  ({ archive, blobs }: Pick<DeliverDeps, 'archive' | 'blobs'>) =>
  async (deps: WorkDeps, attempt: Try): Promise<void> => {
    const { store, now } = deps
    const { inquiry, status } = attempt.stored
    const plan = await store.plans.get(inquiry.id)
    if (status.state !== 'amending' || !plan) throw new Error(`Inquiry ${inquiry.id} has nothing to be amended.`)
    const deadline = new Date(now().getTime() + AMEND_DEADLINE_MS)
    // What an earlier change, or an earlier try at this one, has done is no sign of what the archive has now.
    const called = { inquiryId: inquiry.id, work: `endring ${attempt.lease.token}` }
    const ctx = callContext({ store, blobs, now }, called, deadline, attempt.signal)
    const result = await amendAt(archive, plan, status, ctx).finally(ctx.written)
    if (result.state === 'amended') return amended(deps, attempt, archive.name, status)
    return notAmended(deps, attempt, status, result.error)
  }

async function amendAt(
  archive: ArchiveConnector,
  plan: ArchivePlan,
  { receipt }: Amending,
  ctx: CallContext
): Promise<AmendResult> {
  if (archive.amend && receipt.archive === archive.name) return archive.amend(plan, { kind: 'skjerming', receipt }, ctx)
  const message = `Journalposten ${journalpostLabel(receipt)} er i arkivet «${receipt.archive}», og Arkivbro kan ikke endre noe der. Skjerm den i arkivet.`
  return { state: 'failed', error: { kind: 'unsupported', message } }
}

async function amended(
  { store, now, log }: WorkDeps,
  { stored, lease, startedAt }: Try,
  archive: string,
  { state, receipt }: Amending
): Promise<void> {
  const { id } = stored.inquiry
  const at = now()
  await store.inquiries.move({
    ...{ id, from: state, to: { state: 'journaled', receipt, amendedAt: at }, at, actor: archive },
    action: 'inquiry.amended',
    facts: { journalpost: journalpostLabel(receipt) },
    lease: lease.token,
    next: { kind: 'nothing' },
    attempt: { startedAt, outcome: 'done' }
  })
  log.info({ inquiry: id, journalpost: journalpostLabel(receipt), tries: lease.tries + 1 }, 'amended')
}

/** Every step of it is safe to repeat, so what nobody knows the outcome of is tried again too. */
async function notAmended(deps: WorkDeps, attempt: Try, status: Amending, error: ArchiveError): Promise<void> {
  const { stored, lease, startedAt } = attempt
  const trouble = troubleFrom(error)
  if (reactions[error.kind] === 'ask-a-person') return askAPerson(deps, attempt, status, trouble)
  await tryAgain(deps, { id: stored.inquiry.id, status, lease, startedAt }, trouble, error.retryAfterMs)
}

async function askAPerson(
  { store, now }: WorkDeps,
  { stored, lease, startedAt }: Try,
  status: Amending,
  trouble: Trouble
): Promise<void> {
  await store.inquiries.move({
    ...{ id: stored.inquiry.id, from: status.state, at: now(), actor: WORKER },
    ...leftToAPerson(status, trouble, startedAt),
    facts: { code: trouble.code },
    lease: lease.token
  })
}
