import { type EarlierRecord, type Saksnummer, saksnummerFrom } from '../domain/inquiry.ts'
import { type EarlierInquiry, earlierOf } from './earlier-inquiry.ts'
import type { Judged } from './restriction-of.ts'
import type { Store, StoredInquiry } from './store-port.ts'

export type Filing =
  | { readonly kind: 'file'; readonly saksnummer?: Saksnummer; readonly earlier?: Earlier }
  | { readonly kind: 'wait'; readonly id: string }

/** What has been journaled before, with what was decided about it. */
type Earlier = EarlierRecord & Judged

/**
 * Where an inquiry is filed: where a person has said since it came in; else the case it came with; else that of the
 * earlier inquiry it follows; else where the guideline says: a case that it names, or the one that others of the same
 * thread or person share; else a new one.
 */
export async function filingOf(
  store: Pick<Store, 'inquiries' | 'plans'>,
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

const earlierFrom = ({ inquiry, assessment, corrections, earlier, status }: EarlierInquiry): Earlier => ({
  inquiry,
  ...(assessment && { assessment }),
  ...(corrections && { corrections }),
  ...(earlier && { earlier }),
  ...receiptOf({ status })
})

const receiptOf = ({ status }: Pick<StoredInquiry, 'status'>) =>
  'receipt' in status ? { receipt: status.receipt } : {}

const numbersOf = ({ saksaar, sakssekvensnummer }: Saksnummer): Saksnummer => ({ saksaar, sakssekvensnummer })
