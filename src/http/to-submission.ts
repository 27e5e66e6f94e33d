import type { FastifyRequest } from 'fastify'
import type { InquiryInput, PlatformInput } from '../../schemas/inquiry.ts'
import { Refused } from '../domain/errors.ts'
import { type ContextMessage, type InquiryContent, type InquiryEvent, saksnummerFrom } from '../domain/inquiry.ts'
import type { HandedIn, Submission } from '../flow/receive-inquiry.ts'

type MessageInput = Omit<ContextMessage, 'publishedAt' | 'editedAt'> & { publishedAt?: string; editedAt?: string }

/** The body of `POST /v1/inquiries` as platform-neutral content. Throws Refused for an instant that is none. */
export function contentFrom(body: InquiryInput): InquiryContent {
  const { source, externalId, kind, event, context } = body
  return {
    ...messageFrom(body, ''),
    source,
    externalId,
    kind,
    event: eventFrom(event),
    context: {
      parents: (context?.parents ?? []).map((message, n) => messageFrom(message, `/context/parents/${n}`)),
      siblings: (context?.siblings ?? []).map((message, n) => messageFrom(message, `/context/siblings/${n}`))
    },
    media: []
  }
}

function messageFrom(message: MessageInput, at: string): ContextMessage {
  const { externalId, author, text, language, publishedAt, editedAt, permalink } = message
  return {
    author,
    text,
    ...(externalId !== undefined && { externalId }),
    ...(language !== undefined && { language }),
    ...(publishedAt !== undefined && { publishedAt: instant(publishedAt, `${at}/publishedAt`) }),
    ...(editedAt !== undefined && { editedAt: instant(editedAt, `${at}/editedAt`) }),
    ...(permalink !== undefined && { permalink })
  }
}

function eventFrom(event: InquiryInput['event']): InquiryEvent {
  if (!event) return { type: 'created' }
  return event.type === 'edited' ? { type: 'edited', at: instant(event.at, '/event/at') } : event
}

const YEAR_MIN = 1970
const YEAR_MAX = 2199

/** The schema lets through leap seconds and the year 0000; neither is an instant that an archive can hold. */
export function instant(text: string, pointer: string): Date {
  const parsed = new Date(text)
  const year = parsed.getUTCFullYear()
  if (year >= YEAR_MIN && year <= YEAR_MAX) return parsed
  throw new Refused('payload-not-understood', 'Et tidspunkt er ikke gyldig. Rett det og send på nytt.', [
    { pointer, detail: `skal være et tidspunkt mellom ${YEAR_MIN} og ${YEAR_MAX}` }
  ])
}

type MarkedInput = Pick<PlatformInput, 'mark' | 'attachments' | 'caseNumber' | 'note' | 'follows' | 'direction'>

/** A request that brings a submission. */
type Bringing = Pick<FastifyRequest, 'received' | 'body' | 'caller' | 'headers'>

/** What a caller hands in, with the bytes as they came. */
export function submissionFrom(request: Bringing, content: InquiryContent, input: MarkedInput): Submission {
  const { mark, attachments = [], caseNumber, note, follows, direction } = input
  const idempotencyKey = request.headers['idempotency-key']
  const { at, ...marked } = mark
  return {
    content,
    mark: { ...marked, ...(at !== undefined && { at: instant(at, '/mark/at') }) },
    attachments,
    ...(caseNumber !== undefined && { caseNumber: saksnummerFrom(caseNumber) }),
    ...(note !== undefined && { note }),
    ...(follows !== undefined && { follows }),
    ...(direction !== undefined && { direction }),
    ...handedIn(request),
    ...(typeof idempotencyKey === 'string' && { idempotencyKey })
  }
}

/** The bytes and the body as they came, and who brought them. */
export function handedIn({ received, body, caller }: Omit<Bringing, 'headers'>): HandedIn {
  if (!received) throw new Error('A submission came without its bytes.')
  return { received, body, actor: caller.actor }
}
