import { norwegianMinute } from '../domain/norwegian-time.ts'
import type { ReplyChannel } from '../flow/record-reply.ts'
import type { Reply } from '../flow/reply.ts'
import type { Fault } from './faults.ts'
import { publishedAt } from './inquiry-form.ts'
import type { Posted } from './read-posted.ts'

/** That the answer was given, as somebody tells it. */
export interface ReplyForm {
  readonly by: string
  readonly channel: string
  readonly at: string
  readonly text: string
  readonly language: string
  readonly link: string
}

/** What was most likely answered: the words that were proposed, now. */
export const emptyReply = (reply: Reply | undefined, now: Date): ReplyForm => ({
  ...{ by: '', channel: 'platform', at: norwegianMinute(now), link: '', language: reply?.language ?? 'nb' },
  text: reply?.words?.[reply.language] ?? ''
})

export const replyFormFrom = ({ value }: Posted): ReplyForm => ({
  ...{ by: value('by'), channel: value('channel'), at: value('at'), text: value('text') },
  ...{ language: value('language'), link: value('link') }
})

const channels: Record<ReplyChannel, string> = {
  platform: 'Der innlegget står',
  email: 'På e-post',
  letter: 'I brev',
  phone: 'På telefon',
  'in-person': 'Ved oppmøte'
}

/** Where an answer may have been given, as fields to choose among. */
export const channelChoices = (chosen: string) =>
  Object.entries(channels).map(([value, text]) => ({ value, text, isChosen: value === chosen }))

/** The body of `POST /v1/inquiries/{id}/reply`, and what keeps it from being one. */
export function replyBody({ by, channel, at, text, language, link }: ReplyForm): {
  readonly body: object
  readonly faults: readonly Fault[]
} {
  const moment = publishedAt(at)
  const body = {
    ...{ by, channel, text, language },
    ...(moment && { at: moment.toISOString() }),
    ...(link.trim() !== '' && { permalink: link.trim() })
  }
  const faults = moment ? [] : [{ field: 'at', text: 'Tidspunktet finnes ikke. Skriv det slik: 21.11.2026 18.42.' }]
  return { body, faults }
}
