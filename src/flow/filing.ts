import type { Corrections } from '../domain/corrections.ts'
import type { EarlierRecord, Inquiry, Saksnummer } from '../domain/inquiry.ts'
import type { Store, StoredInquiry } from './store-port.ts'

export type Filing =
  | { readonly kind: 'file'; readonly saksnummer?: Saksnummer; readonly earlier?: EarlierRecord }
  | { readonly kind: 'wait'; readonly id: string }

/**
 * Where an inquiry is filed: where a person has said since it came in; else the case it came with; else that of the
 * earlier inquiry it follows; else a new one.
 */
export async function filingOf(
  store: Pick<Store, 'inquiries'>,
  inquiry: Inquiry,
  chosen?: Corrections['filing']
): Promise<Filing> {
  const caseNumber = chosen === 'new' ? undefined : (chosen ?? inquiry.caseNumber)
  const earlier = await earlierOf(store, inquiry)
  const receipt = earlier && 'receipt' in earlier.status ? earlier.status.receipt : undefined
  if (earlier && !receipt && !caseNumber && chosen !== 'new' && earlier.status.state !== 'dismissed') {
    return { kind: 'wait', id: earlier.inquiry.id }
  }
  const saksnummer = caseNumber ?? (chosen === 'new' ? undefined : receipt)
  return {
    kind: 'file',
    ...(saksnummer && {
      saksnummer: { saksaar: saksnummer.saksaar, sakssekvensnummer: saksnummer.sakssekvensnummer }
    }),
    ...(earlier && { earlier: { inquiry: earlier.inquiry, ...(receipt && { receipt }) } })
  }
}

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
