import { type EarlierRecord, type Inquiry, type Saksnummer, saksnummerFrom } from '../domain/inquiry.ts'
import { type EarlierInquiry, earlierOf, otherThan, postKey } from './earlier-inquiry.ts'
import type { Judged } from './restriction-of.ts'
import type { Founders, Store, StoredInquiry } from './store-port.ts'

export type Filing =
  | {
      readonly kind: 'file'
      readonly saksnummer?: Saksnummer
      readonly earlier?: Earlier
      readonly founders?: Founders
    }
  | { readonly kind: 'wait'; readonly id: string }

/** What has been journaled before, with what was decided about it. */
type Earlier = EarlierRecord & Judged

/**
 * Where an inquiry is filed: where a person has said since it came in; else the case it came with; else that of the
 * earlier inquiry it follows; else where the guideline says: a case that it names, or the one that others of the same
 * thread or person share; else a new one. Who has founded a case waits for nobody, so nobody waits in a ring.
 */
export async function filingOf(
  store: Pick<Store, 'inquiries' | 'plans'>,
  { inquiry, corrections, assessment }: Pick<StoredInquiry, 'inquiry' | 'corrections' | 'assessment'>
): Promise<Filing> {
  const chosen = corrections?.filing
  const named = chosen === 'new' ? undefined : (chosen ?? inquiry.caseNumber)
  const earlier = await earlierOf(store, inquiry)
  const record = earlier && earlierFrom(earlier)
  const at = (saksnummer?: Saksnummer, founders?: Founders): Filing => ({
    kind: 'file',
    ...(saksnummer && { saksnummer: numbersOf(saksnummer) }),
    ...(record && { earlier: record }),
    ...(founders && { founders })
  })
  if (named || chosen === 'new') return at(named)
  if (inquiry.follows !== undefined && earlier) return besides(earlier, at)
  const post = { [postKey(inquiry)]: (earlier ?? { inquiry }).inquiry.id }
  if (earlier) return besides(earlier, (saksnummer) => at(saksnummer, post))
  const fixed = assessment?.decisions.caseNumber
  if (fixed) return at(saksnummerFrom(fixed.value), post)
  const { caseKey } = assessment ?? {}
  if (caseKey === undefined) return at(undefined, post)
  const first = await founderOfCase(store, inquiry, caseKey)
  const founders = { ...post, [caseKey]: (first ?? { inquiry }).inquiry.id }
  return first ? besides(first, (saksnummer) => at(saksnummer, founders)) : at(undefined, founders)
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

/** The one that others of the same thread or person are filed beside; nothing when that is this one. */
async function founderOfCase({ inquiries }: Pick<Store, 'inquiries'>, inquiry: Inquiry, caseKey: string) {
  const founder = await inquiries.founderOf(caseKey)
  return otherThan(inquiry, founder, founder ? undefined : await inquiries.firstOfCase(caseKey, inquiry.id))
}
