import type { Attachment, Author, ContextMessage, EarlierRecord, Inquiry } from './inquiry.ts'
import type { Restriction } from './restriction.ts'

/** What stands where there was something that leads to a protected person. */
const BLANKED = '[skjermet]'

/** An inquiry, and the one it follows. */
interface Followed {
  readonly inquiry: Inquiry
  readonly earlier?: EarlierRecord | undefined
}

type Blank = (text: string) => string

interface ForArchive extends Followed {
  /** Does the same with other words about them, such as a title that somebody has corrected. */
  readonly blank: Blank
}

/**
 * The two as they may leave us. Of a protected person neither handle, profile, addresses on the web, ids of the
 * platform nor names of files go along, and known contact data are blanked in every text. The name stays, since a
 * record says who wrote; it is screened.
 */
export function forArchive({ inquiry, earlier }: Followed, restriction?: Restriction): ForArchive {
  const { protectedPerson } = restriction ?? {}
  if (!protectedPerson) return { inquiry, earlier, blank: (text) => text }
  const blank = blanking([inquiry, ...(earlier ? [earlier.inquiry] : [])], protectedPerson.contact)
  return {
    inquiry: inquiryForArchive(inquiry, blank),
    earlier: earlier && { ...earlier, inquiry: inquiryForArchive(earlier.inquiry, blank) },
    blank
  }
}

function inquiryForArchive(inquiry: Inquiry, blank: Blank): Inquiry {
  const { permalink: _, note, media, mark, context, attachments, ...rest } = inquiry
  const inContext = (message: ContextMessage) => contextForArchive(message, blank)
  return {
    ...rest,
    externalId: BLANKED,
    author: authorForArchive(inquiry.author, blank),
    text: blank(inquiry.text),
    ...(note !== undefined && { note: blank(note) }),
    context: { parents: context.parents.map(inContext), siblings: context.siblings.map(inContext) },
    media: media.map(({ kind, description }) => ({
      ...{ kind, url: BLANKED },
      ...(description !== undefined && { description: blank(description) })
    })),
    mark: { ...mark, reason: blank(mark.reason) },
    attachments: attachments.map((attachment) => attachmentForArchive(attachment, blank))
  }
}

function contextForArchive({ author, text, ...message }: ContextMessage, blank: Blank): ContextMessage {
  const { permalink: _, externalId: __, ...rest } = message
  return { ...rest, author: authorForArchive(author, blank), text: blank(text) }
}

/** Some platforms show the handle, or an e-mail address, where others show a name. */
function authorForArchive({ displayName, handle }: Author, blank: Blank): Author {
  const isHandle = displayName?.toLocaleLowerCase('nb') === handle?.toLocaleLowerCase('nb')
  if (displayName === undefined || isHandle || /[@/]/.test(displayName)) return {}
  return { displayName: blank(displayName) }
}

const attachmentForArchive = ({ fileName, description, ...attachment }: Attachment, blank: Blank): Attachment => ({
  ...attachment,
  fileName: `vedlegg${/\.[a-z0-9]{1,5}$/i.exec(fileName)?.[0] ?? ''}`,
  ...(description !== undefined && { description: blank(description) })
})

/** Blanks the contact data wherever they stand, and every word that names a profile of the thread or leads to a post. */
function blanking(inquiries: readonly Inquiry[], contact: readonly string[]): Blank {
  const given = contact.map((one) => one.trim()).filter((one) => one !== '')
  // The longest first, so that no end of one stays because its beginning was another.
  const known = given.toSorted((a, b) => b.length - a.length).map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const messages = inquiries.flatMap((one) => [one, ...one.context.parents, ...one.context.siblings])
  const handles = telling(messages.map(({ author }) => author.handle))
  const leading = telling(
    messages.flatMap(({ author, permalink, externalId }) => [author.profileUrl, permalink, externalId])
  )
  const leads = (word: string) =>
    leading.some((one) => bare(word).includes(one)) || handles.some((handle) => namesHandle(word, handle))
  return (text) => {
    const without = known.length === 0 ? text : text.replace(new RegExp(known.join('|'), 'giu'), BLANKED)
    return without.replace(/\S+/gu, (word) => (leads(word) ? BLANKED : word))
  }
}

/** A handle of letters alone may be a name like any other, unless something about the word says that it is a handle. */
const namesHandle = (word: string, handle: string): boolean =>
  bare(word).includes(handle) && (/[^\p{L}]/u.test(handle) || /[@/]/.test(word))

/** Those that say something: shorter ones stand in words that have nothing to do with them. */
const telling = (texts: readonly (string | undefined)[]): readonly string[] =>
  texts.flatMap((text) => (text === undefined ? [] : [bare(text)])).filter((text) => text.length >= 3)

const bare = (text: string): string =>
  text
    .toLocaleLowerCase('nb')
    .replace(/^https?:\/\/(www\.)?|^@/, '')
    .replace(/[/.,;:!?)]+$/, '')
