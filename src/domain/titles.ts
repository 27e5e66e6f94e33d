import {
  type Author,
  type EarlierRecord,
  type Inquiry,
  type InquiryEvent,
  type InquiryKind,
  isLetter
} from './inquiry.ts'
import type { Municipality } from './municipality.ts'

/** In which of the written languages of Norway. */
type Language = Municipality['language']

const kinds: Record<Language, Record<InquiryKind, string>> = {
  nb: { post: 'innlegg', comment: 'kommentar', message: 'melding', review: 'anmeldelse' },
  nn: { post: 'innlegg', comment: 'kommentar', message: 'melding', review: 'omtale' }
}

/** Which gender the kind's word has decides the form of the adjective: «slettet innlegg», «slettet kommentar» are alike. */
const events: Record<Language, Record<InquiryEvent['type'], string>> = {
  nb: { created: '', edited: 'endret ', deleted: 'slettet ', hidden: 'skjult ' },
  nn: { created: '', edited: 'endra ', deleted: 'sletta ', hidden: 'skjult ' }
}

/** Channels that we know, by what they are called in `source`. */
export const channels: Readonly<Record<string, string>> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  mastodon: 'Mastodon',
  threads: 'Threads',
  linkedin: 'LinkedIn',
  youtube: 'YouTube',
  x: 'X',
  bluesky: 'Bluesky',
  tiktok: 'TikTok',
  email: 'e-post',
  letter: 'brev'
}

/** `source` of what came by a channel that nobody named. */
export const OTHER_CHANNEL = 'other'

/** The channel's own name when we know it, else as given. */
export const channelName = (source: string): string =>
  channels[source] ?? (source === OTHER_CHANNEL ? 'sosiale medier' : source)

/** Of a channel that we do not know, the name is the caller's word, and could be anything. */
const publicChannelName = (source: string, language: Language): string =>
  channels[source] ?? (language === 'nn' ? 'sosiale medium' : 'sosiale medier')

/** The name a person goes by on the platform, handle first only when there is no name. */
export const authorName = (author: Author): string => author.displayName ?? author.handle ?? 'Ukjent avsender'

type Told = Pick<Inquiry, 'kind' | 'event' | 'source' | 'direction'>

/** What it is, without the channel. */
const thing = ({ kind, event, direction }: Told, language: Language): string =>
  `${events[language][event.type]}${direction === 'outgoing' ? 'svar' : kinds[language][kind]}`

/** A letter is called by what it came as. */
const onChannel = (told: Told, channel: string, language: Language): string =>
  isLetter(told.source) && told.direction === 'incoming' ? channel : `${thing(told, language)} på ${channel}`

/** Made of our own words only, so that it tells neither who wrote nor what: safe for the public journal. */
export const publicTitle = (told: Told, language: Language = 'nb'): string =>
  capitalised(onChannel(told, publicChannelName(told.source, language), language))

/** For the case worker: names the sender, or the receiver of an answer. The Noark title rules bound and clean it. */
export function fullTitle(inquiry: Inquiry, earlier?: EarlierRecord, language: Language = 'nb'): string {
  const what = capitalised(onChannel(inquiry, channelName(inquiry.source), language))
  const from = language === 'nn' ? 'frå' : 'fra'
  if (inquiry.direction !== 'outgoing') return `${what} ${from} ${authorName(inquiry.author)}`
  return earlier ? `${what} til ${authorName(earlier.inquiry.author)}` : what
}

/** Whether a text consists of words that public titles are made of, such as an author who is called «Facebook». */
export function isPublicWording(text: string): boolean {
  const words = text.toLocaleLowerCase('nb').split(/\s+/).filter(Boolean)
  return words.length > 0 && words.every((word) => publicWords.has(word))
}

const publicWords = new Set(
  [kinds.nb, kinds.nn, events.nb, events.nn, channels]
    .flatMap((words) => Object.values(words))
    .concat('svar på sosiale medier medium')
    .join(' ')
    .toLocaleLowerCase('nb')
    .split(/\s+/)
)

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
