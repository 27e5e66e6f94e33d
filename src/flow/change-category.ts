import { type Assessment, isEmergency, wantsDeletion } from '../domain/assess.ts'
import { type Corrections, underCategory } from '../domain/corrections.ts'
import type { Decision } from '../domain/decision.ts'
import { Conflict } from '../domain/errors.ts'
import type { InquiryState, InquiryStatus } from '../domain/inquiry.ts'
import { answerDueAt } from '../domain/reply.ts'
import { assessInquiry, unknownCategory } from './assess-inquiry.ts'
import { type Decided, decide, type PersonActionDeps, wrongState } from './decide.ts'
import { isOnHold } from './person-actions.ts'
import { type AmendDeps, type Amended, labelsOf, mustBeRestricted, planAmendments } from './plan-amendment.ts'
import type { ReceiveInquiryDeps } from './receive-inquiry.ts'
import { restrictedSince } from './restricted-since.ts'
import type { RestrictionOf } from './restriction-of.ts'
import type { Move, StoredInquiry } from './store-port.ts'
import { tooOpenBy } from './too-open.ts'

export interface ChangeCategoryDeps
  extends PersonActionDeps,
    Pick<ReceiveInquiryDeps, 'policy'>,
    Pick<AmendDeps, 'archive' | 'limits'> {
  readonly restrictionOf: RestrictionOf
}

export interface CategoryChange extends Decision {
  readonly category: string
  /** They say that what we cannot change in the archive is restricted there as the new category wants. */
  readonly restrictedInArchive?: boolean
}

/**
 * A person moves an inquiry to another category, and the guideline in force judges it again. What is not sent gets a
 * new record, and waits for review if the rules say so; what is in the archive is restricted there when it must be. Throws
 * Conflict: `inquiry-in-wrong-state` when it is too late or too early, `may-be-in-archive` when something
 * was begun there, `not-restricted-in-archive` until somebody says that it is; Refused('category-unknown'), NotFound.
 */
export async function changeCategory(
  deps: ChangeCategoryDeps,
  id: string,
  { category, restrictedInArchive = false, ...decision }: CategoryChange
): Promise<void> {
  const stored = await deps.store.inquiries.get(id)
  const { status } = stored
  const refusal = refusals[status.state]
  if (refusal) throw wrongState(`Henvendelsen ${id} ${refusal}`)
  if (stored.assessment?.category === category)
    throw wrongState(`Henvendelsen ${id} har kategorien «${category}» fra før.`)
  const changed = await judgedAnew(deps, stored, category)
  const tooOpen = await tooOpenBy(deps, { ...stored, ...changed })
  const { ours, byHand } = await planAmendments(deps, tooOpen?.filed ?? [])
  if (tooOpen && byHand.length > 0 && !restrictedInArchive)
    throw mustBeRestricted(category, byHand, tooOpen.restriction)
  const isAbout = ({ stored: { inquiry } }: Amended) => inquiry.id === id
  // Out of the hands of whoever works with them, and only as they were seen: none of them can go out open after this.
  const others = [
    ...(tooOpen?.unsent ?? []).map((other): Move => ({ ...restrictedSince(other, deps.now()), asOf: other.changedAt })),
    ...ours.filter((one) => !isAbout(one)).map((one) => amendedWith(one, id, deps.now(), decision.actor))
  ]
  const decided = decidedFrom(stored, changed, {
    ...(byHand.length > 0 && { restrictedInArchive, journalposts: labelsOf(byHand) }),
    ...(ours.length > 0 && { amends: labelsOf(ours.map(({ to }) => to.receipt)) })
  })
  const { to, plan } = ours.find(isAbout) ?? { to: status }
  const own =
    'receipt' in status
      ? { ...decided, to, ...(plan && { plan }) }
      : { ...decided, to: beforeSending(status), unlessBegun: true }
  await decide(deps, stored, own, decision, others).catch((error: unknown) => {
    const isOvertaken = error instanceof Conflict && error.code === 'inquiry-in-wrong-state' && others.length > 0
    throw isOvertaken ? overtaken(id, others) : error
  })
}

const overtaken = (id: string, others: readonly Move[]) =>
  wrongState(
    `Henvendelsen ${id}, eller noe som hører til den (${others.map((other) => other.id).join(', ')}), ble endret i samme øyeblikk. Ingenting er endret. Hent den på nytt, og prøv igjen.`
  )

/** What comes after the inquiry, and lies open. */
const amendedWith = ({ stored, to, plan }: Amended, because: string, at: Date, actor: string): Move => ({
  ...{ id: stored.inquiry.id, from: stored.status.state, asOf: stored.changedAt, to, plan, at, actor },
  action: 'inquiry.amending',
  facts: { because },
  next: { kind: 'due', dueAt: at, failed: false }
})

/** Where an inquiry stands when it cannot be moved to another category, and what to do about it. */
const refusals: Partial<Record<InquiryState, string>> = {
  sending: 'er på vei til arkivet. Vent til den er journalført, og endre kategorien så.',
  'awaiting-receipt':
    'er sendt, men arkivet har ikke kvittert. Vent, eller velg «spør arkivet nå», og endre kategorien når den er journalført.',
  'unknown-outcome':
    'kan ligge i arkivet, men ingen vet det ennå. Velg «spør arkivet nå», og endre kategorien når det er avklart.',
  amending: 'blir skjermet i arkivet nå. Vent til det er gjort, og endre kategorien så.',
  dismissed: 'er avvist og blir ikke arkivert. Kategorien kan ikke endres.'
}

interface Changed {
  readonly assessment: Assessment
  readonly corrections: Corrections
}

async function judgedAnew({ policy }: ChangeCategoryDeps, stored: StoredInquiry, category: string): Promise<Changed> {
  const { inquiry, status, assessment: before } = stored
  const inForce = await policy()
  if (!Object.hasOwn(inForce.guideline.categories, category)) throw unknownCategory(inForce.guideline, ['/category'])
  const isFiled = 'receipt' in status
  const corrections = correctionsUnder(category, stored.corrections, isFiled)
  const assessment = assessInquiry(inForce, underCategory(inquiry, corrections), before?.crisis)
  if (!isFiled) return { assessment, corrections }
  // The case that it shares, or founded for others, is the one it is filed in.
  const { caseKey: _, ...filed } = assessment
  return { assessment: { ...filed, ...(before?.caseKey !== undefined && { caseKey: before.caseKey }) }, corrections }
}

/**
 * What a person has put right stands, but for what follows from the category: that nothing is restricted, and before it
 * is sent also who has the case, and that somebody has looked.
 */
function correctionsUnder(category: string, before: Corrections = {}, isFiled: boolean): Corrections {
  const { restriction, administrativEnhet, saksansvarlig, isApproved, ...others } = before
  return {
    ...others,
    ...(restriction !== undefined && restriction !== 'open' && { restriction }),
    ...(isFiled && {
      ...(administrativEnhet !== undefined && { administrativEnhet }),
      ...(saksansvarlig !== undefined && { saksansvarlig }),
      ...(isApproved && { isApproved })
    }),
    category
  }
}

/** What somebody has put on hold stays so; else the record is made anew. */
const beforeSending = (status: InquiryStatus): InquiryStatus =>
  isOnHold(status) ? { state: 'in-review', trouble: status.trouble } : { state: 'received' }

function decidedFrom(
  { inquiry, assessment: before }: StoredInquiry,
  { assessment, corrections }: Changed,
  stated: Decided['facts'] = {}
): Omit<Decided, 'to'> {
  const dueAt = answerDueAt(inquiry, assessment)
  const isNow = (is: (one: Assessment | undefined) => boolean) => (is(assessment) && !is(before) ? true : undefined)
  return {
    action: 'inquiry.category-changed',
    facts: {
      ...{ from: before?.category, to: assessment.category, guideline: assessment.guideline },
      ...{ earlierGuideline: before?.guideline, earlierRules: before && rulesOf(before) },
      ...{ emergency: isNow(isEmergency), deletion: isNow(wantsDeletion), ...stated }
    },
    corrections,
    judgement: { assessment, ...(dueAt && { answerDueAt: dueAt }) }
  }
}

/** Which rule had decided what. */
const rulesOf = ({ decisions }: Assessment): string =>
  Object.entries(decisions)
    .map(([field, { rule }]) => `${field}:${rule}`)
    .join(' ')
