import { isOfThis, receiptMismatches } from '../domain/archive-plan.ts'
import type { Decision } from '../domain/decision.ts'
import { Conflict } from '../domain/errors.ts'
import type { InquiryStatus } from '../domain/inquiry.ts'
import { type JournalpostNumbers, journalpostLabel, type Receipt } from '../domain/receipt.ts'
import { decide, type PersonActionDeps, wrongState } from './decide.ts'
import { findJournalpost, noJournalpost } from './find-journalpost.ts'
import type { ArchiveConnector } from './ports.ts'
import type { StoredInquiry } from './store-port.ts'

export interface ManualDeps extends PersonActionDeps {
  readonly archive: Pick<ArchiveConnector, 'find'>
}

export interface Chosen extends Decision {
  readonly journalpost: JournalpostNumbers
}

type Waiting = StoredInquiry & { readonly status: Extract<InquiryStatus, { state: 'needs-action' | 'in-review' }> }

/**
 * A person says which journalpost in the archive somebody has made of the inquiry by hand. The archive is asked whether
 * it is there, and somebody else must confirm. Throws Conflict: `inquiry-in-wrong-state`, or `may-be-in-archive` when
 * we may have made another; Refused('journalpost-not-found'), Unavailable('archive-unavailable'), NotFound.
 */
export async function proposeHandled(
  deps: ManualDeps,
  id: string,
  { journalpost, ...decision }: Chosen
): Promise<void> {
  const stored = await waiting(deps, id)
  const { receipt, isOurs } = await verified(deps, stored, journalpost)
  const decided = {
    to: { ...stored.status, proposed: { receipt, by: decision.actor } },
    action: 'inquiry.handling-proposed',
    facts: { journalpost: journalpostLabel(receipt) },
    unlessBegun: !isOurs
  } as const
  await decide(deps, stored, decided, decision)
}

/**
 * A second person confirms it, and the archive is asked once more. Throws as above, and Conflict: `nothing-proposed`,
 * or `same-person` for the one who proposed it.
 */
export async function confirmHandled(deps: ManualDeps, id: string, decision: Decision): Promise<void> {
  const stored = await waiting(deps, id)
  const { proposed } = stored.status
  if (!proposed) throw nothingProposed(id)
  if (proposed.by === decision.actor) throw samePerson()
  const { receipt, isOurs } = await verified(deps, stored, proposed.receipt)
  const decided = {
    to: { state: 'handled-manually', receipt, by: proposed.by, confirmedBy: decision.actor },
    action: 'inquiry.handled-manually',
    facts: { journalpost: journalpostLabel(receipt), proposedBy: proposed.by },
    unlessBegun: !isOurs
  } as const
  await decide(deps, stored, decided, decision)
}

/**
 * The archive has several journalposter with our key, and a person says which of them counts. Throws Conflict:
 * `inquiry-in-wrong-state` when there is nothing to choose between, `receipt-mismatch` when it does not hold what was
 * sent; Refused('journalpost-not-found') when it is none of them, NotFound.
 */
export async function chooseRecord(
  deps: PersonActionDeps,
  id: string,
  { journalpost, ...decision }: Chosen
): Promise<void> {
  const stored = await deps.store.inquiries.get(id)
  const { status } = stored
  const hits = status.state === 'needs-action' ? (status.hits ?? []) : []
  if (hits.length === 0) throw nothingToChoose(id)
  const receipt = hits.find((hit) => journalpostLabel(hit) === journalpostLabel(journalpost))
  if (!receipt) throw noJournalpost(journalpost)
  const plan = await deps.store.plans.get(id)
  const mismatches = plan ? receiptMismatches(plan, receipt) : []
  if (mismatches.length > 0) throw notTheSame(receipt, mismatches)
  const decided = {
    to: { state: 'journaled', receipt },
    action: 'inquiry.record-chosen',
    facts: { journalpost: journalpostLabel(receipt), hits: hits.length, files: receipt.files.length }
  } as const
  await decide(deps, stored, decided, decision)
}

async function waiting({ store }: PersonActionDeps, id: string): Promise<Waiting> {
  const stored = await store.inquiries.get(id)
  const { status } = stored
  if (status.state === 'needs-action' || status.state === 'in-review') return { ...stored, status }
  throw wrongState(`Henvendelsen ${id} venter ikke på noen. Bare det som gjør det, kan merkes som håndtert.`)
}

/** The journalpost as the archive shows it now, and whether it is the one that we began. */
async function verified(
  { archive, store, now }: ManualDeps,
  { inquiry }: StoredInquiry,
  journalpost: JournalpostNumbers
) {
  const receipt = await findJournalpost({ archive, now }, inquiry.id, journalpost)
  const plan = await store.plans.get(inquiry.id)
  return { receipt, isOurs: plan !== undefined && isOfThis(plan, receipt) }
}

const nothingProposed = (id: string) =>
  new Conflict('nothing-proposed', `Ingen har foreslått å merke henvendelsen ${id} som håndtert.`)

const samePerson = () =>
  new Conflict('same-person', 'Den som foreslo det, kan ikke bekrefte det selv. Be en annen om å se på den.')

const nothingToChoose = (id: string) => wrongState(`Henvendelsen ${id} har ikke flere journalposter å velge mellom.`)

const notTheSame = (receipt: Receipt, mismatches: readonly string[]) =>
  new Conflict(
    'receipt-mismatch',
    `Journalposten ${journalpostLabel(receipt)} stemmer ikke med det som ble sendt: ${mismatches.join(', ')}. Velg en annen, eller merk henvendelsen som håndtert.`
  )
