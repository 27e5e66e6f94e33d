import { type EarlierRecord, type Inquiry, type Saksnummer, saksnummerFrom } from '../domain/inquiry.ts'
import type { Store, StoredInquiry } from './store-port.ts'

export type Filing =
  | { readonly kind: 'file'; readonly saksnummer?: Saksnummer; readonly earlier?: Earlier }
  | { readonly kind: 'wait'; readonly id: string }

/** What has been journaled before, with what was decided about it. */
export type Earlier = EarlierRecord & Pick<StoredInquiry, 'assessment' | 'corrections'>

/**
 * Where an inquiry is filed: where a person has said since it came in; else the case it came with; else that of the
 * earlier inquiry it follows; else where the guideline says: a case that it names, or the one that others of the same
 * thread or person share; else a new one.
 */
export async function filingOf(
  store: Pick<Store, 'inquiries'>,
  { inquiry, corrections, assessment }: Pick<StoredInquiry, 'inquiry' | 'corrections' | 'assessment'>
): Promise<Filing> {
  const chosen = corrections?.filing
  const named = chosen === 'new' ? undefined : (chosen ?? inquiry.caseNumber)
  const earlier = await earlierOf(store, inquiry)
  const record = earlier && earlierFrom(earlier)
  const at = (saksnummer?: Saksnummer): Filing => ({
    kind: 'file',
    ...(saksnummer && { saksnummer: numbersOf(saksnummer) }),
    ...(record && { earlier: record })
  })
  if (named || chosen === 'new') return at(named)
  if (earlier) return besides(earlier, at)
  const fixed = assessment?.decisions.caseNumber
  if (fixed) return at(saksnummerFrom(fixed.value))
  const { caseKey } = assessment ?? {}
  const first = caseKey === undefined ? undefined : await store.inquiries.firstOfCase(caseKey, inquiry.id)
  return first ? besides(first, at) : at()
}

/** In the case of another, once it has one; a dismissed one never will. */
function besides(other: StoredInquiry, at: (saksnummer?: Saksnummer) => Filing): Filing {
  const { receipt } = receiptOf(other)
  if (!receipt && other.status.state !== 'dismissed') return { kind: 'wait', id: other.inquiry.id }
  return at(receipt)
}

const earlierFrom = (stored: StoredInquiry): Earlier => ({
  inquiry: stored.inquiry,
  ...(stored.assessment && { assessment: stored.assessment }),
  ...(stored.corrections && { corrections: stored.corrections }),
  ...receiptOf(stored)
})

const receiptOf = ({ status }: StoredInquiry) => ('receipt' in status ? { receipt: status.receipt } : {})

const numbersOf = ({ saksaar, sakssekvensnummer }: Saksnummer): Saksnummer => ({ saksaar, sakssekvensnummer })

/** The inquiry that somebody said it follows; else the first of the same post that was not dismissed. */
async function earlierOf(
  { inquiries }: Pick<Store, 'inquiries'>,
  inquiry: Inquiry
): Promise<StoredInquiry | undefined> {
  if (inquiry.follows !== undefined) return inquiries.get(inquiry.follows)
  const others = (await inquiries.ofPost(inquiry.source, inquiry.externalId)).filter(
    (other) => other.inquiry.id !== inquiry.id && other.status.state !== 'dismissed'
  )
  return others.find((other) => other.inquiry.id < inquiry.id) ?? others.find(hasGoneAhead)
}

/** Of two that came in the same moment, the later may have been composed before the first was there to be seen. */
const hasGoneAhead = ({ inquiry, status }: StoredInquiry): boolean =>
  status.state !== 'received' && inquiry.caseNumber === undefined
