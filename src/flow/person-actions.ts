import type { AuditAction } from '../domain/audit-event.ts'
import type { Decision } from '../domain/decision.ts'
import { Conflict } from '../domain/errors.ts'
import { type InquiryStatus, needsReview, type Trouble } from '../domain/inquiry.ts'
import { decide, type PersonActionDeps, wrongState } from './decide.ts'
import type { StoredInquiry } from './store-port.ts'

/** Something a person does with one inquiry. Throws Conflict when it is too late or too early for it, NotFound. */
export type PersonAction = (deps: PersonActionDeps, id: string, decision: Decision) => Promise<void>

/** What may already be in the archive is looked up first; what waits for its next try is due now. */
export const retryInquiry: PersonAction = async (deps, id, decision) => {
  const stored = await deps.store.inquiries.get(id)
  const { status } = stored
  if (status.state === 'amend-stopped') {
    const to = { state: 'amending', receipt: status.receipt } as const
    return decide(deps, stored, { to, action: 'inquiry.retried', facts: { code: status.trouble.code } }, decision)
  }
  if (status.state !== 'needs-action' && status.state !== 'in-review') {
    return hurry(deps, stored, 'inquiry.retried', decision)
  }
  if (needsReview(status)) throw mustBeApproved(id)
  const to = await resumeAt(deps, stored, status)
  await decide(deps, stored, { to, action: 'inquiry.retried', facts: { code: status.trouble.code } }, decision)
}

/**
 * The archive is asked now for what it holds. It sends nothing: when the archive has nothing, a person is asked again,
 * and may then correct or dismiss what can no longer be there.
 */
export const askArchive: PersonAction = async (deps, id, decision) => {
  const stored = await deps.store.inquiries.get(id)
  const { status, changedAt: since } = stored
  if (status.state === 'unknown-outcome' || status.state === 'awaiting-receipt') {
    return hurry(deps, stored, 'inquiry.asked', decision)
  }
  if (status.state !== 'needs-action') throw nothingToAsk(id)
  const { trouble } = status
  const to = { state: 'unknown-outcome', since, trouble, onlyAsk: true } as const
  await decide(deps, stored, { to, action: 'inquiry.asked', facts: { code: trouble.code } }, decision)
}

/** Not for the archive. Only what has not been sent can be dismissed: `may-be-in-archive` when something was begun there. */
export const dismissInquiry: PersonAction = async (deps, id, decision) => {
  const stored = await deps.store.inquiries.get(id)
  if (stored.status.state === 'dismissed') throw dismissedBefore(id)
  const { actor: by, reason } = decision
  const to = { state: 'dismissed', reason, by } as const
  await decide(deps, stored, { to, action: 'inquiry.dismissed', unlessBegun: true }, decision)
}

/** Trouble of an inquiry that a person has put on hold. */
const ON_HOLD: Trouble = {
  code: 'on-hold',
  message: 'Henvendelsen er satt på vent. Ingenting sendes før noen slipper den.'
}

export const isOnHold = (status: InquiryStatus): status is Extract<InquiryStatus, { state: 'in-review' }> =>
  status.state === 'in-review' && status.trouble.code === ON_HOLD.code

/** It waits before it is sent, until somebody releases it. What is being sent cannot be held. */
export const holdInquiry: PersonAction = async (deps, id, decision) => {
  const stored = await deps.store.inquiries.get(id)
  const { state } = stored.status
  if (state !== 'received' && state !== 'ready') throw tooLateToHold(id)
  await decide(deps, stored, { to: { state: 'in-review', trouble: ON_HOLD }, action: 'inquiry.held' }, decision)
}

/** What was on hold goes on from where it stood. */
export const releaseInquiry: PersonAction = async (deps, id, decision) => {
  const stored = await deps.store.inquiries.get(id)
  const { status } = stored
  if (!isOnHold(status)) throw notOnHold(id)
  await decide(deps, stored, { to: await resumeAt(deps, stored, status), action: 'inquiry.released' }, decision)
}

/** Somebody has looked at what the guideline wanted looked at, and it may go on. */
export const approveInquiry: PersonAction = async (deps, id, decision) => {
  const stored = await deps.store.inquiries.get(id)
  if (!needsReview(stored.status)) throw nothingToApprove(id)
  const corrections = { ...stored.corrections, isApproved: true } as const
  await decide(deps, stored, { to: { state: 'received' }, action: 'inquiry.approved', corrections }, decision)
}

/** A person has done in the archive what could not be done from here. Nobody can check it. */
export const confirmAmended: PersonAction = async (deps, id, decision) => {
  const stored = await deps.store.inquiries.get(id)
  const { status } = stored
  if (status.state !== 'amend-stopped') throw nothingToConfirm(id)
  const { receipt, trouble } = status
  const to = { state: 'journaled', receipt, amendedAt: deps.now() } as const
  await decide(deps, stored, { to, action: 'inquiry.amended-by-hand', facts: { code: trouble.code } }, decision)
}

async function hurry(
  { store, now, enqueue }: PersonActionDeps,
  { inquiry, work }: StoredInquiry,
  action: AuditAction,
  decision: Decision
): Promise<void> {
  if (!work) throw nothingToRetry(inquiry.id)
  const queued = await store.work.hurry(inquiry.id, { at: now(), action, ...decision })
  if (queued) enqueue(queued)
}

async function resumeAt(
  { store }: PersonActionDeps,
  { inquiry, corrections, changedAt: since }: StoredInquiry,
  { trouble, state }: Extract<InquiryStatus, { state: 'needs-action' | 'in-review' }>
): Promise<InquiryStatus> {
  const hasBegun = await store.ledger.hasSteps(inquiry.id)
  if (state === 'needs-action' && hasBegun) return { state: 'unknown-outcome', since, trouble }
  // A record from before its category was changed may be there still; to make one again is safe until it is being sent.
  const mayBeOld = !hasBegun && corrections?.category !== undefined
  const isComposed = (await store.plans.get(inquiry.id)) && trouble.code !== 'record-not-valid' && !mayBeOld
  return { state: isComposed ? 'ready' : 'received' }
}

const nothingToRetry = (id: string) =>
  wrongState(`Henvendelsen ${id} er ferdigbehandlet. Det er ingenting å prøve igjen.`)

const nothingToAsk = (id: string) =>
  wrongState(`Henvendelsen ${id} har ikke noe uavklart hos arkivet. Det er ingenting å spørre om.`)

/** The first one's name and reason stand. */
const dismissedBefore = (id: string) =>
  wrongState(`Henvendelsen ${id} er avvist fra før. Begrunnelsen som står, gjelder.`)

const tooLateToHold = (id: string) =>
  wrongState(`Henvendelsen ${id} kan ikke settes på vent. Bare det som ikke er på vei til arkivet, kan vente.`)

const notOnHold = (id: string) => wrongState(`Henvendelsen ${id} er ikke satt på vent. Det er ingenting å slippe.`)

const mustBeApproved = (id: string) =>
  new Conflict(
    'review-needed',
    `Henvendelsen ${id} må kontrolleres før den går videre. Velg «godkjenn», «rett og send» eller «avvis».`
  )

const nothingToConfirm = (id: string) =>
  wrongState(`Henvendelsen ${id} står ikke som «Ikke skjermet i arkivet». Det er ingenting å bekrefte.`)

const nothingToApprove = (id: string) =>
  wrongState(`Henvendelsen ${id} venter ikke på kontroll. Det er ingenting å godkjenne.`)
