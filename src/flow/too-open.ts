import { isDeepStrictEqual } from 'node:util'
import type { ArchivePlan } from '../domain/archive-plan.ts'
import { withFindings } from '../domain/assess.ts'
import { Conflict } from '../domain/errors.ts'
import type { InquiryStatus } from '../domain/inquiry.ts'
import { journalpostLabel, type Receipt } from '../domain/receipt.ts'
import type { Restriction } from '../domain/restriction.ts'
import { wrongState } from './decide.ts'
import { earlierOf, foundIn } from './earlier-inquiry.ts'
import { planSkjerming } from './plan-skjerming.ts'
import type { Judged, RestrictionOf } from './restriction-of.ts'
import type { Store, StoredInquiry } from './store-port.ts'

interface Deps {
  readonly store: Pick<Store, 'inquiries' | 'plans' | 'ledger'>
  readonly restrictionOf: RestrictionOf
}

type Filed = StoredInquiry & { readonly status: Extract<InquiryStatus, { receipt: Receipt }> }

/** What of an inquiry, as it is judged now, and of all that comes after it, more people see than should. */
export interface TooOpen {
  readonly restriction: Restriction
  /** Of what is in the archive: of the inquiry first, then of what comes after it. */
  readonly receipts: readonly Receipt[]
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
  const own = isFiled(stored) && !(await isAsSent(store, stored, restriction)) ? [stored.status.receipt] : []
  return {
    restriction,
    receipts: [...own, ...later.filter(isFiled).map(({ status }) => status.receipt)],
    unsent: later.filter((one) => !isFiled(one))
  }
}

/** What comes after an inquiry is as restricted as it is, and so is what comes after that. */
async function tooOpenAfter(deps: Deps, judged: Judged, met: readonly string[]): Promise<readonly StoredInquiry[]> {
  const { store, restrictionOf } = deps
  const { inquiry } = judged
  const open: StoredInquiry[] = []
  for (const other of await store.inquiries.related(inquiry)) {
    const { id } = other.inquiry
    if (met.includes(id) || (await earlierOf(store, other.inquiry))?.inquiry.id !== inquiry.id) continue
    const after: Judged = { ...other, earlier: judged }
    const restriction = await restrictionOf(after)
    if (restriction && isFiled(other) && !(await isAsSent(store, other, restriction))) open.push(other)
    if (restriction && (await isUnderWay(store, other))) throw mustArriveFirst(id)
    if (restriction && (await isBeingMade(store, other))) open.push(other)
    open.push(...(await tooOpenAfter(deps, after, [...met, id])))
  }
  return open
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
async function isAsSent(
  { plans }: Deps['store'],
  { inquiry, status }: Filed,
  restriction: Restriction
): Promise<boolean> {
  const plan = status.state === 'journaled' ? await plans.get(inquiry.id) : undefined
  return plan !== undefined && restricts(plan, restriction)
}

function restricts({ record }: ArchivePlan, restriction: Restriction): boolean {
  const { journalpost, dokument } = planSkjerming(restriction, record)
  return (
    isDeepStrictEqual(record.skjerming, journalpost) && isDeepStrictEqual(record.dokumenter[0]?.skjerming, dokument)
  )
}

export function mustBeRestricted(category: string, { receipts, restriction }: TooOpen): Conflict {
  const { tilgangsrestriksjon, skjermingshjemmel } = restriction
  const [names, is] = [
    receipts.map(journalpostLabel).join(', '),
    receipts.length === 1 ? 'Journalposten' : 'Journalpostene'
  ]
  return new Conflict(
    'not-restricted-in-archive',
    `${is} ${names} er i arkivet, og Arkivbro kan ikke endre noe der. Med kategorien «${category}» skal dette skjermes. Gjør det i arkivet først, på journalpost, dokumenter og sakstittel: tilgangskode «${tilgangsrestriksjon}», hjemmel «${skjermingshjemmel}». Send så det samme på nytt med "restrictedInArchive": true. Ingenting er endret.`
  )
}

const mustArriveFirst = (id: string) =>
  wrongState(
    `Henvendelsen ${id}, som hører til og også skal skjermes, er på vei til arkivet uten det. Vent til den er journalført, og endre kategorien så. Ingenting er endret.`
  )
