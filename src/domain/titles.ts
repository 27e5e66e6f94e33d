import type { Author, EarlierRecord, Inquiry, InquiryEvent, InquiryKind } from './inquiry.ts'

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

/** Of a channel that we do not know, the name is the caller's word, and could be anything. */
const publicChannelName = (source: string): string => channels[source] ?? 'sosiale medier'

/** The name a person goes by on the platform, handle first only when there is no name. */
export const authorName = (author: Author): string => author.displayName ?? author.handle ?? 'Ukjent avsender'

type Told = Pick<Inquiry, 'kind' | 'event' | 'source' | 'direction'>

/** What it is, without the channel. */
const thing = ({ kind, event, direction }: Told): string =>
  `${events[event.type]}${direction === 'outgoing' ? 'svar' : kinds[kind]}`

/** Made of our own words only, so that it tells neither who wrote nor what: safe for the public journal. */
export const publicTitle = (told: Told): string => capitalised(`${thing(told)} på ${publicChannelName(told.source)}`)

/** For the case worker: names the sender, or the receiver of an answer. The Noark title rules bound and clean it. */
export function fullTitle(inquiry: Inquiry, earlier?: EarlierRecord): string {
  const what = capitalised(`${thing(inquiry)} på ${channelName(inquiry.source)}`)
  if (inquiry.direction !== 'outgoing') return `${what} fra ${authorName(inquiry.author)}`
  return earlier ? `${what} til ${authorName(earlier.inquiry.author)}` : what
}

/** Whether a text consists of words that public titles are made of, such as an author who is called «Facebook». */
export function isPublicWording(text: string): boolean {
  const words = text.toLocaleLowerCase('nb').split(/\s+/).filter(Boolean)
  return words.length > 0 && words.every((word) => publicWords.has(word))
}

const publicWords = new Set(
  [...Object.values(kinds), ...Object.values(events), ...Object.values(channels), 'svar på sosiale medier']
    .join(' ')
    .toLocaleLowerCase('nb')
    .split(/\s+/)
)

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
