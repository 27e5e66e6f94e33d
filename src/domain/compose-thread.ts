import { type Corrections, leftOut, withoutLeftOut } from './corrections.ts'
import type { Attachment, ContextMessage, EarlierRecord, Inquiry, InquiryEvent, LinkedMedia } from './inquiry.ts'
import type { Municipality } from './municipality.ts'
import { norwegianTime } from './norwegian-time.ts'
import { forArchive } from './protected-person.ts'
import { journalpostLabel } from './receipt.ts'
import { type Restriction, screens } from './restriction.ts'
import { withoutNationalIds } from './screening/national-ids.ts'
import type { Fact, ListedFile, ThreadDocument, ThreadImage, ThreadMessage } from './thread-document.ts'
import { type ThreadWords, threadWords } from './thread-words.ts'
import { authorName, channelName, fullTitle, publicTitle } from './titles.ts'

/** What the archive document shows of an inquiry. Pure: the same inquiry gives the same document. */
export function composeThread(
  given: Inquiry,
  municipality: Municipality,
  followed?: EarlierRecord,
  corrections: Corrections = {},
  restriction?: Restriction
): ThreadDocument {
  const { inquiry: whole, earlier, blank } = forArchive({ inquiry: given, earlier: followed }, restriction)
  const words = threadWords[municipality.language]
  const inquiry = withoutLeftOut(whole, corrections)
  const { parents, siblings } = inquiry.context
  const isTitleScreened = restriction !== undefined && screens(restriction, 'titles')
  return {
    title: withoutNationalIds(
      isTitleScreened
        ? blank(corrections.offentligTittel ?? publicTitle(inquiry, municipality.language))
        : (corrections.tittel ?? fullTitle(inquiry, earlier, municipality.language))
    ),
    language: municipality.language,
    inquiryId: inquiry.id,
    municipality: municipality.name,
    channel: channelName(inquiry.source),
    facts: [
      { heading: words.inquiry, facts: inquiryFacts(inquiry, words) },
      { heading: words.mark, facts: markFacts(inquiry, words) },
      { heading: words.archiving, facts: archivingFacts(inquiry, words, earlier) }
    ],
    messages: [
      ...parents.map((parent, depth) => contextMessage(parent, depth)),
      markedMessage(inquiry, leftOut(whole, corrections), words),
      ...siblings.map((sibling) => contextMessage(sibling, parents.length))
    ],
    files: [...(restriction?.protectedPerson ? [] : [receivedFile(inquiry, words)]), ...attachedFiles(inquiry, words)],
    receivedSha256: inquiry.received.sha256,
    dated: inquiry.receivedAt
  }
}

const optional = (label: string, value: string | undefined, href?: string): readonly Fact[] =>
  value === undefined || value === '' ? [] : [{ label, value, ...(href !== undefined && { href }) }]

/** Who wrote, when, and where it stood. */
function inquiryFacts({ source, author, event, ...inquiry }: Inquiry, words: ThreadWords): readonly Fact[] {
  const { permalink, externalId, publishedAt, editedAt } = inquiry
  return [
    { label: words.channel, value: channelName(source) },
    { label: words.author, value: authorName(author) },
    ...optional(words.handle, author.handle),
    ...optional(words.profile, author.profileUrl, author.profileUrl),
    ...optional(words.address, permalink, permalink),
    { label: words.externalId, value: externalId },
    { label: words.published, value: publishedAt ? bothTimes(publishedAt) : words.unknown },
    ...(event.type === 'edited' ? [] : optional(words.edited, editedAt && bothTimes(editedAt))),
    ...optional(words.event, eventShown(event, words))
  ]
}

/** What brought the post here when it is not the first time; nobody has told us who deleted or hid it. */
function eventShown(event: InquiryEvent, words: ThreadWords): string | undefined {
  if (event.type === 'created') return undefined
  return event.type === 'edited' ? `${words.edited} ${bothTimes(event.at)}` : words[event.type]
}

/** Who made it a matter for the municipality, when, and why. */
function markFacts({ mark, note }: Inquiry, words: ThreadWords): readonly Fact[] {
  return [
    { label: words.markedBy, value: mark.by },
    { label: words.markedAt, value: bothTimes(mark.at) },
    { label: words.reason, value: mark.reason },
    ...optional(words.category, mark.category),
    ...optional(words.note, note)
  ]
}

/** How it came here, and what proves that it is the same. */
function archivingFacts(inquiry: Inquiry, words: ThreadWords, earlier?: EarlierRecord): readonly Fact[] {
  const { caseNumber, received } = inquiry
  return [
    { label: words.received, value: bothTimes(inquiry.receivedAt) },
    ...optional(words.receivedBy, inquiry.receivedBy),
    ...optional(words.case, caseNumber && `${caseNumber.saksaar}/${caseNumber.sakssekvensnummer}`),
    ...optional(words.follows, earlier?.receipt && journalpostLabel(earlier.receipt)),
    { label: words.id, value: inquiry.id },
    { label: words.hash, value: received.sha256 },
    ...optional(words.blanked, received.secretsBlanked > 0 ? `${received.secretsBlanked} ${words.secrets}` : undefined)
  ]
}

/** Of a protected person the received data stay with us. */
function receivedFile({ received: { mediaType, size, sha256 } }: Inquiry, words: ThreadWords): ListedFile {
  return { name: words.receivedData, mediaType, size, sha256 }
}

/** As the record numbers them. */
const attachedFiles = ({ attachments }: Inquiry, words: ThreadWords): readonly ListedFile[] =>
  attachments.map((attachment, index) => ({
    name: attachmentName(attachment, index, words),
    mediaType: attachment.mediaType,
    size: attachment.size,
    sha256: attachment.sha256
  }))

const attachmentName = ({ fileName }: Attachment, index: number, words: ThreadWords): string =>
  `${words.attachment} ${index + 1}: ${fileName}`

/** Norwegian time for the reader, UTC for the record. */
const bothTimes = (instant: Date): string => `${norwegianTime(instant)} (${instant.toISOString()})`

function markedMessage(inquiry: Inquiry, missing: readonly Attachment[], words: ThreadWords): ThreadMessage {
  const attachments = inquiry.attachments.map((one, index) => ({ ...one, name: attachmentName(one, index, words) }))
  const isImage = ({ mediaType }: Attachment) => mediaType.startsWith('image/')
  return {
    ...contextMessage(inquiry, inquiry.context.parents.length),
    role: 'marked',
    ...(inquiry.direction === 'outgoing' && { isOurs: true }),
    images: attachments.filter(isImage).map(imageOf),
    notes: [
      ...attachments
        .filter((one) => !isImage(one))
        .map(({ name, mediaType }) => `${name} (${mediaType}), ${words.beside}`),
      ...missing.map(({ fileName, mediaType }) => `${fileName} (${mediaType}), ${words.leftOut}`),
      ...inquiry.media.map((medium) => noteOf(medium, words))
    ]
  }
}

function contextMessage(message: ContextMessage, depth: number): ThreadMessage {
  const { author, text, language, publishedAt, editedAt, permalink, isOurs } = message
  return {
    role: 'context',
    ...(isOurs && { isOurs }),
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

const imageOf = ({ name, sha256, mediaType, size, description }: Attachment & { name: string }): ThreadImage => ({
  sha256,
  mediaType,
  size,
  caption: name,
  altText: description ?? name
})

const noteOf = ({ kind, url, description }: LinkedMedia, words: ThreadWords): string =>
  [`${words[kind]}, ${words.notDelivered}:`, description, url].filter(Boolean).join(' ')
