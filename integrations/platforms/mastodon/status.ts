import type { Author, ContextMessage, InquiryContent, InquiryKind, LinkedMedia } from '../../../src/domain/inquiry.ts'
import type { Reading } from '../../../src/domain/one-inquiry.ts'
import { type Fields, known } from '../../../src/domain/payload-fields.ts'
import { htmlToText } from '../../../src/domain/plain-text.ts'

/** Reads a Status, with the Context that says what stands around it when somebody fetched it. */
export function readStatus(status: Fields, context?: Fields): Reading {
  if (status.has('reblog')) return { notInquiry: 'En deling av andres innlegg er ikke en henvendelse.', at: status.at }
  if (!status.has('content')) throw status.trouble('content', 'mangler; send hele innlegget (Status)')
  const { externalId, ...words } = wordsOf(status)
  if (externalId === undefined) throw status.trouble('id', 'mangler')
  const { editedAt } = words
  const inquiry: InquiryContent = {
    source: 'mastodon',
    externalId,
    kind: kindOf(status),
    event: editedAt ? { type: 'edited', at: editedAt } : { type: 'created' },
    ...words,
    context: contextOf(status, context),
    media: status.list('media_attachments').flatMap(mediumFrom)
  }
  return { inquiry }
}

/** Posts to followers only count as messages: like those to the mentioned only, they are not for everyone to read. */
function kindOf(status: Fields): InquiryKind {
  const visibility = status.text('visibility')
  if (visibility === 'direct' || visibility === 'private') return 'message'
  return status.id('in_reply_to_id') === undefined ? 'post' : 'comment'
}

/** `uri` is the same on every server; `id` holds on one only, and stands in when somebody has cut the Status down. */
function wordsOf(status: Fields): ContextMessage {
  return {
    author: authorOf(status),
    text: textOf(status),
    ...known({
      externalId: status.id('uri') ?? status.id('id'),
      language: languageOf(status),
      publishedAt: status.time('created_at'),
      editedAt: status.time('edited_at'),
      permalink: status.address('url')
    })
  }
}

function authorOf(status: Fields): Author {
  const account = status.object('account')
  if (!account) return {}
  return known({
    id: account.id('id'),
    displayName: account.text('display_name')?.trim() || undefined,
    handle: handleOf(account),
    profileUrl: account.address('url')
  })
}

/** `acct` is without the server for those who live on the server that was asked. */
function handleOf(account: Fields): string | undefined {
  const acct = (account.text('acct') ?? account.text('username'))?.trim()
  if (!acct || acct.includes('@')) return acct || undefined
  const home = account.address('url') ?? account.address('uri')
  return home === undefined ? acct : `${acct}@${new URL(home).host}`
}

/** A BCP 47 tag; what is not one is left out. */
function languageOf(status: Fields): string | undefined {
  const language = status.text('language') ?? ''
  return /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(language) ? language : undefined
}

/** All the words of a post: the content warning, the content, and what a poll lets people choose. */
function textOf(status: Fields): string {
  const warning = status.text('spoiler_text')?.trim() ?? ''
  const content = htmlToText(status.text('content') ?? '')
  const options = status.object('poll')?.list('options') ?? []
  const choices = options.map((option) => `– ${option.text('title') ?? ''}`)
  return [
    ...(warning === '' ? [] : [`Innholdsadvarsel: ${warning}`]),
    ...(content === '' ? [] : [content]),
    ...(choices.length === 0 ? [] : [['Avstemning:', ...choices].join('\n')])
  ].join('\n\n')
}

const kinds: Readonly<Record<string, LinkedMedia['kind']>> = {
  image: 'image',
  gifv: 'video',
  video: 'video',
  audio: 'audio'
}

/** `url` is missing while the server works on the file, or when it keeps no copy. */
function mediumFrom(file: Fields): readonly LinkedMedia[] {
  const type = file.text('type') ?? ''
  const url = file.address('url') ?? file.address('remote_url') ?? file.address('preview_url')
  const description = file.text('description')?.trim() || undefined
  if (url === undefined) return []
  return [{ url, kind: (Object.hasOwn(kinds, type) ? kinds[type] : undefined) ?? 'other', ...known({ description }) }]
}

/** A quoted post comes before the thread, so that the last parent is what the post answers. */
function contextOf(status: Fields, context: Fields | undefined): InquiryContent['context'] {
  const ancestors = context?.list('ancestors') ?? []
  const descendants = context?.list('descendants') ?? []
  return { parents: [...quotedBy(status), ...ancestors].flatMap(beside), siblings: descendants.flatMap(beside) }
}

/** Since 4.4 the quoted post is in `quote.quoted_status`; other servers put it in `quote` itself. */
function quotedBy(status: Fields): readonly Fields[] {
  const quote = status.object('quote')
  if (!quote) return []
  const quoted = quote.object('quoted_status') ?? (quote.has('content') ? quote : undefined)
  return quoted ? [quoted] : []
}

/** A post around the marked one. Those without words are left out; they are in the payload. */
function beside(status: Fields): readonly ContextMessage[] {
  const words = wordsOf(status)
  return words.text.trim() === '' ? [] : [words]
}
