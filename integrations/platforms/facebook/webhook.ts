import type { ContextMessage, InquiryEvent, InquiryKind } from '../../../src/domain/inquiry.ts'
import type { Reading } from '../../../src/domain/one-inquiry.ts'
import { type Fields, known } from '../../../src/domain/payload-fields.ts'
import { facebookAddress, readAuthor } from './author.ts'
import { changeMedia } from './media.ts'
import { readMessagingEvent } from './messaging.ts'

/** What is known about the page a notice came to. */
export interface NoticePage {
  readonly id: string | undefined
  /** When Facebook sent the notice. */
  readonly noticedAt: Date | undefined
}

const kinds: Readonly<Record<string, InquiryKind>> = {
  comment: 'comment',
  post: 'post',
  status: 'post',
  photo: 'post',
  video: 'post',
  share: 'post',
  rating: 'review'
}

const events: Readonly<Record<string, InquiryEvent['type']>> = {
  add: 'created',
  edit: 'edited',
  edited: 'edited',
  update: 'edited',
  hide: 'hidden'
}

const refusedVerbs: Readonly<Record<string, string>> = {
  remove: 'Et varsel om sletting har bare id-er, og er ikke en henvendelse.',
  delete: 'Et varsel om sletting har bare id-er, og er ikke en henvendelse.',
  unhide: 'Et varsel om at noe vises igjen er ikke en henvendelse.'
}

const refusedItems: Readonly<Record<string, string>> = {
  like: 'Et likerklikk er ikke en henvendelse.',
  reaction: 'En reaksjon er ikke en henvendelse.'
}

/** Reads one change in a webhook entry: `{ field, value }`. */
export function readChange(change: Fields, page: NoticePage): Reading {
  const field = change.text('field') ?? ''
  const value = change.object('value')
  if (!value) throw change.trouble('value', 'mangler')
  if (field === 'messages' || field === 'message_edits') return readMessagingEvent(value, page.id)
  if (field !== 'feed' && field !== 'mention' && field !== 'ratings')
    return noise(change, `Et varsel av typen «${short(field)}» er ikke en henvendelse.`)
  return readValue(value, page)
}

function readValue(value: Fields, page: NoticePage): Reading {
  const item = value.text('item') ?? ''
  const verb = value.text('verb') ?? ''
  const kind = own(kinds, item)
  const type = own(events, verb)
  if (!kind) return noise(value, own(refusedItems, item) ?? `Et varsel om «${short(item)}» er ikke en henvendelse.`)
  if (!type) return noise(value, own(refusedVerbs, verb) ?? `Et varsel om «${short(verb)}» er ikke en henvendelse.`)
  if (isByPage(value, page))
    return noise(value, 'Innlegget er skrevet av kommunens egen side, og er ikke en henvendelse.')
  const event = eventOf(type, value, page)
  const { parents, permalink } = standingUnder(value, kind)
  return {
    inquiry: {
      source: 'facebook',
      externalId: idOf(value, kind),
      kind,
      event,
      author: readAuthor(value.object('from'), value.text('sender_name') ?? value.text('reviewer_name')),
      text: value.text('message') ?? value.text('review_text') ?? '',
      ...known({ permalink, publishedAt: value.time('created_time') }),
      ...(event.type === 'edited' && { editedAt: event.at }),
      context: { parents, siblings: [] },
      media: changeMedia(value)
    }
  }
}

const noise = (part: Fields, notInquiry: string): Reading => ({ notInquiry, at: part.at })

const short = (name: string): string => name.slice(0, 40)

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** `sender_id` is what `from.id` was called before Graph API 2.11. */
function isByPage(value: Fields, page: NoticePage): boolean {
  const writer = value.object('from')?.id('id') ?? value.id('sender_id')
  return writer !== undefined && writer === page.id
}

/**
 * An edit is told from the next one by its time. `created_time` may be that of the post, the same for every edit, so the
 * time of the notice goes first: a second edit must never pass for the first.
 */
function eventOf(type: InquiryEvent['type'], value: Fields, page: NoticePage): InquiryEvent {
  if (type !== 'edited') return { type }
  const at = value.time('edited_time') ?? page.noticedAt ?? value.time('created_time')
  if (!at) throw value.trouble('created_time', 'mangler; en endring må ha et tidspunkt')
  return { type, at }
}

function idOf(value: Fields, kind: InquiryKind): string {
  const name = kind === 'comment' ? 'comment_id' : kind === 'review' ? 'open_graph_story_id' : 'post_id'
  const id = value.id(name)
  if (id === undefined) throw value.trouble(name, 'mangler')
  return id
}

/** `post` is the post itself in a notice about a post, and what a comment stands under in one about a comment. */
function standingUnder(value: Fields, kind: InquiryKind): { parents: ContextMessage[]; permalink: string | undefined } {
  const post = value.object('post')
  const ownAddress = facebookAddress(value, 'permalink_url')
  const permalink = post && facebookAddress(post, 'permalink_url')
  if (kind !== 'comment') return { parents: [], permalink: ownAddress ?? permalink }
  const text = post?.text('message') ?? ''
  if (!post || text.trim() === '') return { parents: [], permalink: ownAddress }
  const parent: ContextMessage = {
    author: readAuthor(post.object('from')),
    text,
    ...known({ externalId: post.id('id'), permalink, publishedAt: post.time('created_time') })
  }
  return { parents: [parent], permalink: ownAddress }
}
