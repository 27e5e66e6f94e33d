import type { LinkedMedia } from '../../../src/domain/inquiry.ts'
import { type Fields, known } from '../../../src/domain/payload-fields.ts'

/** One linked medium, or none when there is no address. */
export const medium = (
  url: string | undefined,
  kind: LinkedMedia['kind'],
  description?: string
): readonly LinkedMedia[] =>
  url === undefined ? [] : [{ url, kind, ...known({ description: description?.trim() || undefined }) }]

/** Each address once, as it first came. */
export function distinct(media: readonly LinkedMedia[]): readonly LinkedMedia[] {
  const seen = new Set<string>()
  return media.filter(({ url }) => !seen.has(url) && seen.add(url))
}

/** What a webhook change about a post or comment shows: `photo`, `photos`, `video`, `link`. */
export function changeMedia(value: Fields): readonly LinkedMedia[] {
  return distinct([
    ...medium(value.address('photo'), 'image'),
    ...value.addresses('photos').flatMap((photo) => medium(photo, 'image')),
    ...medium(value.address('video'), 'video'),
    ...medium(value.address('link'), value.text('item') === 'photo' ? 'image' : 'link')
  ])
}

const messengerKinds: Readonly<Record<string, LinkedMedia['kind']>> = {
  image: 'image',
  video: 'video',
  reel: 'video',
  ig_reel: 'video',
  audio: 'audio',
  fallback: 'link',
  share: 'link',
  template: 'link'
}

/** What a Messenger message carries: files by address, shared links, places. */
export const messengerMedia = (attachments: readonly Fields[]): readonly LinkedMedia[] =>
  distinct(
    attachments.flatMap((attachment) => {
      const type = attachment.text('type') ?? ''
      const payload = attachment.object('payload')
      const title = attachment.text('title') ?? payload?.text('title')
      if (type === 'location') return place(payload?.object('coordinates'), title)
      const kind = Object.hasOwn(messengerKinds, type) ? messengerKinds[type] : undefined
      return medium(payload?.address('url') ?? attachment.address('url'), kind ?? 'other', title)
    })
  )

/** A place on the map as a `geo:` address (RFC 5870), which needs nobody's map service. */
function place(coordinates: Fields | undefined, title: string | undefined): readonly LinkedMedia[] {
  const lat = coordinates?.number('lat')
  const long = coordinates?.number('long')
  if (lat === undefined || long === undefined) return []
  return medium(`geo:${lat},${long}`, 'link', `Posisjon ${lat}, ${long}${title ? ` (${title})` : ''}`)
}
