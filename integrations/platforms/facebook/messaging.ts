import type { InquiryContent } from '../../../src/domain/inquiry.ts'
import type { Reading } from '../../../src/domain/one-inquiry.ts'
import { type Fields, known } from '../../../src/domain/payload-fields.ts'
import { readAuthor } from './author.ts'
import { messengerMedia } from './media.ts'

const refused: Readonly<Record<string, string>> = {
  delivery: 'En leveringskvittering er ikke en henvendelse.',
  read: 'En lesekvittering er ikke en henvendelse.',
  reaction: 'En reaksjon er ikke en henvendelse.',
  postback: 'Et trykk på en knapp er ikke en henvendelse.'
}

/** Whether the object is an event as Messenger puts it in `messaging`. */
export const isMessagingEvent = (body: Fields): boolean => body.has('sender') && body.has('recipient')

/** Reads one Messenger event. `pageId` is that of the page that received the notice, when known. */
export function readMessagingEvent(event: Fields, pageId: string | undefined): Reading {
  const message = event.object('message')
  const edit = event.object('message_edit')
  const sender = event.object('sender')
  const noise = (notInquiry: string): Reading => ({ notInquiry, at: event.at })
  if (!message && !edit) {
    const receipt = Object.keys(refused).find((name) => event.has(name))
    return noise((receipt && refused[receipt]) ?? 'Et varsel fra Messenger uten melding er ikke en henvendelse.')
  }
  if (message?.flag('is_deleted'))
    return noise('Et varsel om en slettet melding har bare id-er, og er ikke en henvendelse.')
  const senderId = sender?.id('id')
  if (message?.flag('is_echo') || (senderId !== undefined && senderId === pageId)) {
    return noise('Meldingen er sendt av kommunens egen side, og er ikke en henvendelse.')
  }
  const at = event.time('timestamp')
  const author = readAuthor(sender)
  if (message) return { inquiry: { ...contentOf(message), author, ...known({ publishedAt: at }) } }
  if (!edit) throw event.trouble('message', 'mangler')
  if (!at) throw event.trouble('timestamp', 'mangler; en endring må ha et tidspunkt')
  return { inquiry: { ...contentOf(edit), author, event: { type: 'edited', at }, editedAt: at } }
}

function contentOf(message: Fields): InquiryContent {
  const externalId = message.id('mid')
  if (externalId === undefined) throw message.trouble('mid', 'mangler')
  return {
    source: 'facebook',
    externalId,
    kind: 'message',
    event: { type: 'created' },
    author: {},
    text: message.text('text') ?? '',
    context: { parents: [], siblings: [] },
    media: messengerMedia(message.list('attachments'))
  }
}
