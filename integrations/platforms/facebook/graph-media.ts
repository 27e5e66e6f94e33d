import type { LinkedMedia } from '../../../src/domain/inquiry.ts'
import type { Fields } from '../../../src/domain/payload-fields.ts'
import { distinct, medium } from './media.ts'

/** What a Graph object shows: attachments of posts, comments and messages, stickers, shared links, and older fields. */
export function graphMedia(body: Fields): readonly LinkedMedia[] {
  const attachments = [...only(body.object('attachment')), ...dataOf(body, 'attachments')]
  const attached = attachments.flatMap(attachmentMedia)
  return distinct([
    ...attached,
    ...medium(body.address('sticker'), 'image', 'Klistremerke'),
    ...dataOf(body, 'shares').flatMap((share) => medium(share.address('link'), 'link', share.text('name'))),
    ...medium(body.address('source'), 'video'),
    ...(attached.length > 0 ? [] : medium(body.address('full_picture') ?? body.address('picture'), 'image')),
    ...medium(body.address('link', 'https://www.facebook.com'), 'link', body.text('name'))
  ])
}

const only = (fields: Fields | undefined): readonly Fields[] => (fields ? [fields] : [])

const dataOf = (body: Fields, name: string): readonly Fields[] => body.object(name)?.list('data') ?? []

function attachmentMedia(attachment: Fields): readonly LinkedMedia[] {
  const parts = dataOf(attachment, 'subattachments')
  if (parts.length > 0) return parts.flatMap(linkedMedia)
  const fileAddress = messageFile(attachment)
  return fileAddress.length > 0 ? fileAddress : linkedMedia(attachment)
}

/** A file in a message: `image_data`, `video_data` or `file_url`, with its name. */
function messageFile(attachment: Fields): readonly LinkedMedia[] {
  const name = attachment.text('name')
  const type = attachment.text('mime_type') ?? ''
  const film = medium(attachment.object('video_data')?.address('url'), 'video', name)
  if (film.length > 0) return film
  const picture = medium(attachment.object('image_data')?.address('url'), 'image', name)
  if (picture.length > 0) return picture
  return medium(attachment.address('file_url'), type.startsWith('audio/') ? 'audio' : 'other', name)
}

/** An attachment of a post or comment. A shared link goes to what is shared, not to Facebook's picture of it. */
function linkedMedia(attachment: Fields): readonly LinkedMedia[] {
  const type = `${attachment.text('media_type') ?? ''} ${attachment.text('type') ?? ''}`
  const shown = attachment.object('media')
  const address = attachment.address('unshimmed_url') ?? attachment.address('url', 'https://www.facebook.com')
  const picture = shown?.object('image')?.address('src')
  const description = attachment.text('description') ?? attachment.text('title')
  if (type.includes('video')) return medium(shown?.address('source') ?? address ?? picture, 'video', description)
  if (/share|link/.test(type)) return medium(address ?? picture, 'link', attachment.text('title') ?? description)
  return picture === undefined ? medium(address, 'link', description) : medium(picture, 'image', description)
}
