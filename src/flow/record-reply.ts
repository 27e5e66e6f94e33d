import { type HandedIn, type Received, type ReceiveInquiryDeps, receiveInquiry } from './receive-inquiry.ts'
import type { ReplyDeps } from './reply.ts'

/** Where an answer was given; outside the platform anybody may have given it. */
export type ReplyChannel = 'platform' | 'email' | 'letter' | 'phone' | 'in-person'

const reasons: Record<ReplyChannel, string> = {
  platform: 'Svar gitt til den som skrev.',
  email: 'Svar gitt på e-post til den som skrev.',
  letter: 'Svar gitt i brev til den som skrev.',
  phone: 'Svar gitt på telefon til den som skrev.',
  'in-person': 'Svar gitt ved oppmøte til den som skrev.'
}

/** An answer that somebody has given, as they tell it. */
export interface GivenReply {
  readonly by: string
  readonly channel?: ReplyChannel
  readonly at: Date
  readonly text: string
  readonly language: 'nb' | 'nn'
  /** The platform's own id of the answer. Absent: it was given where there is none, and once. */
  readonly externalId?: string
  readonly permalink?: string
}

/**
 * Keeps the municipality's answer to an inquiry: journaled as outgoing in the same saksmappe, as surely as anything that
 * comes in. Throws NotFound, Refused, Unavailable.
 */
export async function recordReply(
  deps: ReceiveInquiryDeps & ReplyDeps,
  id: string,
  { by, at, text, language, externalId, permalink, channel = 'platform' }: GivenReply,
  { actor, received, body }: HandedIn
): Promise<Received> {
  const { inquiry } = await deps.store.inquiries.get(id)
  const { source, kind, author, context, publishedAt } = inquiry
  return receiveInquiry(deps, {
    content: {
      ...{ source, kind, text, language, publishedAt: at },
      externalId: externalId ?? `${inquiry.externalId}#svar`,
      event: { type: 'created' },
      author: { displayName: deps.municipality.name },
      ...(permalink !== undefined && { permalink }),
      context: {
        parents: [
          ...context.parents,
          {
            ...{ author, text: inquiry.text, externalId: inquiry.externalId },
            ...(inquiry.language !== undefined && { language: inquiry.language }),
            ...(publishedAt && { publishedAt }),
            ...(inquiry.permalink !== undefined && { permalink: inquiry.permalink })
          }
        ],
        siblings: []
      },
      media: []
    },
    mark: { by, reason: reasons[channel], at },
    right: channel === 'platform' ? 'reply' : 'answer-elsewhere',
    attachments: [],
    follows: id,
    direction: 'outgoing',
    isProvisional: true,
    ...{ received, body, actor }
  })
}
