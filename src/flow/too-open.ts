import { withFindings } from '../domain/assess.ts'
import type { InquiryStatus } from '../domain/inquiry.ts'
import type { Receipt } from '../domain/receipt.ts'
import type { Restriction } from '../domain/restriction.ts'
import { wrongState } from './decide.ts'
import { earlierOf, foundIn } from './earlier-inquiry.ts'
import { restricts } from './restrict-plan.ts'
import type { Judged, RestrictionOf } from './restriction-of.ts'
import type { Store, StoredInquiry } from './store-port.ts'

interface Deps {
  readonly store: Pick<Store, 'inquiries' | 'plans' | 'ledger'>
  readonly restrictionOf: RestrictionOf
}

export type Filed = StoredInquiry & { readonly status: Extract<InquiryStatus, { receipt: Receipt }> }

/** One that is in the archive, and should be restricted there as it is not. */
export interface OpenThere {
  readonly stored: Filed
  readonly restriction: Restriction
}

/** What of an inquiry, as it is judged now, and of all that comes after it, more people see than should. */
export interface TooOpen {
  readonly restriction: Restriction
  /** The inquiry first, then what comes after it. */
  readonly filed: readonly OpenThere[]
  /** What comes after it and has a record, or is about to get one, that is not sent. */
  readonly unsent: readonly StoredInquiry[]
}

/**
 * What should be restricted by an inquiry as it is judged now, and was not before; nothing when it is open. Throws
 * Conflict('inquiry-in-wrong-state') while something that comes after it is on its way to the archive.
 */
export async function tooOpenBy(deps: Deps, stored: StoredInquiry): Promise<TooOpen | undefined> {
  const { store, restrictionOf } = deps
  const earlier = await earlierOf(store, stored.inquiry)
  const found = await foundIn(store, stored.inquiry.id)
  const judged: Judged = {
    ...stored,
    ...(stored.assessment && { assessment: withFindings(stored.assessment, found) }),
    ...(earlier && { earlier })
  }
  const restriction = await restrictionOf(judged)
  if (!restriction) return undefined
  const later = await tooOpenAfter(deps, judged, [stored.inquiry.id])
  const own = isFiled(stored) && !(await isRestricted(store, stored, restriction)) ? [{ stored, restriction }] : []
  return { restriction, filed: [...own, ...later.filed], unsent: later.unsent }
}

/** What comes after an inquiry is as restricted as it is, and so is what comes after that. */
async function tooOpenAfter(
  deps: Deps,
  judged: Judged,
  met: readonly string[]
): Promise<Pick<TooOpen, 'filed' | 'unsent'>> {
  const { store, restrictionOf } = deps
  const { inquiry } = judged
  const filed: OpenThere[] = []
  const unsent: StoredInquiry[] = []
  for (const other of await store.inquiries.related(inquiry)) {
    const { id } = other.inquiry
    if (met.includes(id) || (await earlierOf(store, other.inquiry))?.inquiry.id !== inquiry.id) continue
    const after: Judged = { ...other, earlier: judged }
    const restriction = await restrictionOf(after)
    if (restriction && isFiled(other) && !(await isRestricted(store, other, restriction))) {
      if (other.status.state === 'amending') throw mustArriveFirst(id)
      filed.push({ stored: other, restriction })
    }
    if (restriction && (await isUnderWay(store, other))) throw mustArriveFirst(id)
    if (restriction && (await isBeingMade(store, other))) unsent.push(other)
    const later = await tooOpenAfter(deps, after, [...met, id])
    filed.push(...later.filed)
    unsent.push(...later.unsent)
  }
  return { filed, unsent }
}

/** What has been begun at the archive goes on as it was made; all else is made anew when it is too open. */
async function isUnderWay({ ledger, plans }: Deps['store'], { inquiry, status }: StoredInquiry): Promise<boolean> {
  if (status.state === 'dismissed' || 'receipt' in status) return false
  const plan = await plans.get(inquiry.id)
  if (!plan || plan.record.skjerming) return false
  return status.state === 'sending' || (await ledger.hasSteps(inquiry.id))
}

/** Its record is made open, or is being made, by somebody who may have looked before and not look again. */
async function isBeingMade({ plans }: Deps['store'], { inquiry, status, work }: StoredInquiry): Promise<boolean> {
  if (status.state === 'received') return work?.leasedUntil !== undefined
  return status.state === 'ready' && !(await plans.get(inquiry.id))?.record.skjerming
}

const isFiled = (stored: StoredInquiry): stored is Filed => 'receipt' in stored.status

/** Of a journalpost that somebody else made, nobody knows. */
async function isRestricted(
  { plans }: Deps['store'],
  { inquiry, status }: Filed,
  restriction: Restriction
): Promise<boolean> {
  if (status.state !== 'journaled' && status.state !== 'amending') return false
  const plan = await plans.get(inquiry.id)
  return plan !== undefined && restricts(plan, restriction)
}

const mustArriveFirst = (id: string) =>
  wrongState(
    `Henvendelsen ${id}, som hører til og også skal skjermes, er på vei til arkivet uten det, eller blir skjermet på en annen måte nå. Vent til den er ferdig, og endre kategorien så. Ingenting er endret.`
  )
