import { withFindings } from '../domain/assess.ts'
import type { Inquiry } from '../domain/inquiry.ts'
import type { Store, StoredInquiry } from './store-port.ts'

/** What an inquiry comes after, and what that comes after in turn. */
export interface EarlierInquiry extends StoredInquiry {
  readonly earlier?: EarlierInquiry
}

type Reading = Pick<Store, 'inquiries' | 'plans'>

/**
 * The inquiry that somebody said it follows; else the first of the same post that was not dismissed. Of each is told
 * what was decided once its attachments had been looked at.
 */
export async function earlierOf(
  store: Reading,
  inquiry: Inquiry,
  met: readonly string[] = [inquiry.id]
): Promise<EarlierInquiry | undefined> {
  const before = await nextBefore(store, inquiry)
  // Of two that came in the same moment, each may come after the other.
  if (!before || met.includes(before.inquiry.id)) return undefined
  const { assessment } = before
  const found = assessment && assessment.onFindings.length > 0 ? await foundIn(store, before.inquiry.id) : []
  const earlier = await earlierOf(store, before.inquiry, [...met, before.inquiry.id])
  return {
    ...before,
    ...(assessment && { assessment: withFindings(assessment, found) }),
    ...(earlier && { earlier })
  }
}

/** What was found in the attachments of an inquiry when its record was made. */
export async function foundIn({ plans }: Pick<Store, 'plans'>, id: string): Promise<readonly string[]> {
  const plan = await plans.get(id)
  return (plan?.record.dokumenter ?? []).flatMap(({ findings = [] }) => findings.map(({ kind }) => kind))
}

async function nextBefore({ inquiries }: Reading, inquiry: Inquiry): Promise<StoredInquiry | undefined> {
  if (inquiry.follows !== undefined) return inquiries.get(inquiry.follows)
  const ofPost = await inquiries.ofPost(inquiry.source, inquiry.externalId, inquiry.id)
  const others = ofPost.filter(({ status }) => status.state !== 'dismissed')
  if (others.length === 0) return undefined
  const lower = others.find((other) => other.inquiry.id < inquiry.id)
  return otherThan(inquiry, await inquiries.founderOf(postKey(inquiry)), lower)
}

/** What all inquiries about one post share. */
export const postKey = ({ source, externalId }: Inquiry) => `post ${source} ${externalId}`

/** Who has founded the case; else who is to. What follows this one waits for it, whatever their ids say. */
export function otherThan({ id }: Inquiry, founder?: StoredInquiry, next?: StoredInquiry): StoredInquiry | undefined {
  if (founder) return founder.inquiry.id === id ? undefined : founder
  return next?.inquiry.follows === id ? undefined : next
}
