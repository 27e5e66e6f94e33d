import type { Attachment, ContextMessage, EarlierRecord, Inquiry, LinkedMedia } from './inquiry.ts'
import type { Municipality } from './municipality.ts'
import { norwegianTime } from './norwegian-time.ts'
import { journalpostLabel } from './receipt.ts'
import type { Fact, ThreadDocument, ThreadImage, ThreadMessage } from './thread-document.ts'
import { authorName, channelName, fullTitle } from './titles.ts'

interface Words {
  readonly [label: string]: string
}

const bokmaal = {
  channel: 'Kanal',
  author: 'Skrevet av',
  handle: 'Brukernavn',
  profile: 'Profil',
  address: 'Sto på',
  externalId: 'Plattformens id',
  published: 'Publisert',
  edited: 'Endret',
  event: 'Hendelse',
  received: 'Mottatt',
  follows: 'Hører til journalpost',
  markedBy: 'Merket av',
  markedAt: 'Merket',
  reason: 'Begrunnelse',
  category: 'Kategori',
  note: 'Merknad',
  hash: 'SHA-256 av mottatte data',
  unknown: 'ikke oppgitt av plattformen',
  created: 'Publisert',
  deleted: 'Slettet',
  hidden: 'Skjult',
  notDelivered: 'ikke levert til arkivet',
  image: 'Bilde',
  video: 'Film',
  audio: 'Lyd',
  link: 'Lenke',
  other: 'Medium'
} satisfies Words

const nynorsk: typeof bokmaal = {
  ...bokmaal,
  author: 'Skrive av',
  address: 'Stod på',
  markedBy: 'Merkt av',
  markedAt: 'Merkt',
  reason: 'Grunngjeving',
  received: 'Motteke',
  follows: 'Høyrer til journalpost',
  edited: 'Endra',
  hash: 'SHA-256 av mottekne data',
  unknown: 'ikkje oppgitt av plattforma',
  deleted: 'Sletta',
  hidden: 'Skjult',
  notDelivered: 'ikkje levert til arkivet',
  event: 'Hending'
}

/** What the archive document shows of an inquiry. Pure: the same inquiry gives the same document. */
export function composeThread(inquiry: Inquiry, municipality: Municipality, earlier?: EarlierRecord): ThreadDocument {
  const words = municipality.language === 'nn' ? nynorsk : bokmaal
  const { parents, siblings } = inquiry.context
  return {
    title: fullTitle(inquiry, earlier),
    language: municipality.language,
    inquiryId: inquiry.id,
    municipality: municipality.name,
    channel: channelName(inquiry.source),
    facts: factsOf(inquiry, words, earlier),
    messages: [
      ...parents.map((parent, depth) => contextMessage(parent, depth)),
      markedMessage(inquiry, words),
      ...siblings.map((sibling) => contextMessage(sibling, parents.length))
    ],
    files: inquiry.attachments.map(({ fileName, mediaType, size, sha256 }) => ({
      name: fileName,
      mediaType,
      size,
      sha256
    })),
    receivedSha256: inquiry.received.sha256,
    dated: inquiry.receivedAt
  }
}

function factsOf(inquiry: Inquiry, words: typeof bokmaal, earlier?: EarlierRecord): readonly Fact[] {
  const { author, event, mark, permalink, publishedAt } = inquiry
  const optional = (label: string, value: string | undefined, href?: string): Fact[] =>
    value === undefined || value === '' ? [] : [{ label, value, ...(href !== undefined && { href }) }]
  const editedAt = inquiry.editedAt ?? (event.type === 'edited' ? event.at : undefined)
  return [
    { label: words.channel, value: channelName(inquiry.source) },
    { label: words.author, value: authorName(author) },
    ...optional(words.handle, author.handle),
    ...optional(words.profile, author.profileUrl, author.profileUrl),
    ...optional(words.address, permalink, permalink),
    { label: words.externalId, value: inquiry.externalId },
    ...(event.type === 'created' || event.type === 'edited' ? [] : [{ label: words.event, value: words[event.type] }]),
    { label: words.published, value: publishedAt ? bothTimes(publishedAt) : words.unknown },
    ...(editedAt ? [{ label: words.edited, value: bothTimes(editedAt) }] : []),
    ...optional(words.follows, earlier?.receipt && journalpostLabel(earlier.receipt)),
    { label: words.received, value: bothTimes(inquiry.receivedAt) },
    { label: words.markedBy, value: mark.by },
    { label: words.markedAt, value: bothTimes(mark.at) },
    { label: words.reason, value: mark.reason },
    ...optional(words.category, mark.category),
    ...optional(words.note, inquiry.note),
    { label: words.hash, value: inquiry.received.sha256 }
  ]
}

/** Norwegian time for the reader, UTC for the record. */
const bothTimes = (instant: Date): string => `${norwegianTime(instant)} (${instant.toISOString()})`

function markedMessage(inquiry: Inquiry, words: typeof bokmaal): ThreadMessage {
  return {
    ...contextMessage(inquiry, inquiry.context.parents.length),
    role: 'marked',
    images: inquiry.attachments.filter(({ mediaType }) => mediaType.startsWith('image/')).map(imageOf),
    notes: inquiry.media.map((medium) => noteOf(medium, words))
  }
}

function contextMessage(message: ContextMessage, depth: number): ThreadMessage {
  const { author, text, language, publishedAt, editedAt, permalink } = message
  return {
    role: 'context',
    depth,
    author,
    text,
    ...(language !== undefined && { language }),
    ...(publishedAt && { publishedAt }),
    ...(editedAt && { editedAt }),
    ...(permalink !== undefined && { permalink }),
    images: [],
    notes: []
  }
}

const imageOf = ({ sha256, mediaType, size, fileName, description }: Attachment): ThreadImage => ({
  sha256,
  mediaType,
  size,
  caption: fileName,
  altText: description ?? fileName
})

const noteOf = ({ kind, url, description }: LinkedMedia, words: typeof bokmaal): string =>
  [`${words[kind]}, ${words.notDelivered}:`, description, url].filter(Boolean).join(' ')
