import type { Author, InquiryContent, InquiryEvent, InquiryKind } from './inquiry.ts'

const kinds: Record<InquiryKind, string> = {
  post: 'innlegg',
  comment: 'kommentar',
  message: 'melding',
  review: 'anmeldelse'
}

/** Which gender the kind's word has decides the form of the adjective: «slettet innlegg», «slettet kommentar» are alike. */
const events: Record<InquiryEvent['type'], string> = {
  created: '',
  edited: 'endret ',
  deleted: 'slettet ',
  hidden: 'skjult '
}

const channels: Readonly<Record<string, string>> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  mastodon: 'Mastodon',
  threads: 'Threads',
  linkedin: 'LinkedIn',
  youtube: 'YouTube',
  x: 'X',
  bluesky: 'Bluesky',
  tiktok: 'TikTok'
}

/** The channel's own name when we know it, else as given. */
export const channelName = (source: string): string => channels[source] ?? source

/** The name a person goes by on the platform, handle first only when there is no name. */
export const authorName = (author: Author): string => author.displayName ?? author.handle ?? 'Ukjent avsender'

/** Without anything that tells who wrote or what: safe for the public journal. */
export function publicTitle({ kind, event, source }: Pick<InquiryContent, 'kind' | 'event' | 'source'>): string {
  return capitalised(`${events[event.type]}${kinds[kind]} på ${channelName(source)}`)
}

/** For the case worker: names the sender. Not bounded or cleaned; the Noark title rules do that. */
export const fullTitle = (content: InquiryContent): string =>
  `${publicTitle(content)} fra ${authorName(content.author)}`

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
