import type { ContextMessage, InquiryContent, InquiryKind } from '../../../src/domain/inquiry.ts'
import type { Reading } from '../../../src/domain/one-inquiry.ts'
import { type Fields, known } from '../../../src/domain/payload-fields.ts'
import { facebookAddress, readAuthor } from './author.ts'
import { graphMedia } from './graph-media.ts'

const telling = [
  'message',
  'story',
  'created_time',
  'permalink_url',
  'review_text',
  'recommendation_type',
  'attachment',
  'attachments',
  'sticker',
  'comments',
  'message_tags'
]

/** Whether the object has anything that only posts, comments, messages and recommendations have. */
export const isGraphObject = (body: Fields): boolean => telling.some((name) => body.has(name)) || isConversation(body)

const isConversation = (body: Fields): boolean => body.has('snippet') || body.has('message_count')

/** Reads a post, comment, message or recommendation as the Graph API gives it. */
export function readGraphObject(body: Fields): Reading {
  if (isConversation(body))
    return { notInquiry: 'En samtale er ikke en henvendelse; send meldingen det gjelder.', at: body.at }
  const kind = kindOf(body)
  const { externalId, text, author, ...shown } = wordsOf(body, kind)
  if (externalId === undefined) throw body.trouble(kind === 'review' ? 'open_graph_story' : 'id', 'mangler')
  const inquiry: InquiryContent = {
    source: 'facebook',
    externalId,
    kind,
    event: { type: 'created' },
    author,
    text,
    ...shown,
    context: { parents: parentsOf(body), siblings: siblingsOf(body) },
    media: graphMedia(body)
  }
  return { inquiry }
}

const commentOnly = [
  'parent',
  'object',
  'comment_count',
  'can_comment',
  'can_hide',
  'can_remove',
  'can_reply_privately',
  'attachment',
  'user_likes'
]

function kindOf(body: Fields): InquiryKind {
  if (body.has('review_text') || body.has('recommendation_type') || body.has('reviewer')) return 'review'
  if (body.has('to') || /^(m_|mid\.)/.test(body.id('id') ?? '')) return 'message'
  const address = body.text('permalink_url') ?? ''
  return /[?&]comment_id=/.test(address) || commentOnly.some((name) => body.has(name)) ? 'comment' : 'post'
}

/** The words of a Graph object, as an inquiry and a message beside it share them. */
function wordsOf(body: Fields, kind: InquiryKind): ContextMessage {
  const externalId = kind === 'review' ? (body.object('open_graph_story')?.id('id') ?? body.id('id')) : body.id('id')
  return {
    author: readAuthor(body.object(kind === 'review' ? 'reviewer' : 'from')),
    text: body.text('message') ?? body.text('review_text') ?? '',
    ...known({
      externalId,
      publishedAt: body.time('created_time'),
      permalink: facebookAddress(body, 'permalink_url')
    })
  }
}

const PARENTS_MAX = 20
const REPLY_DEPTH_MAX = 3 // Facebook has two levels

/** `object` is the post a comment stands under, `parent` the comment it answers. */
function parentsOf(body: Fields): readonly ContextMessage[] {
  const parents: ContextMessage[] = []
  let parent = body.object('parent')
  for (let depth = 0; parent && depth < PARENTS_MAX; depth++) {
    parents.unshift(wordsOf(parent, 'comment'))
    parent = parent.object('parent')
  }
  const post = body.object('object')
  return (post ? [wordsOf(post, 'post'), ...parents] : parents).filter(hasText)
}

function siblingsOf(body: Fields, depth = 1): readonly ContextMessage[] {
  const comments = body.object('comments')?.list('data') ?? []
  return comments
    .flatMap((comment) => [
      wordsOf(comment, 'comment'),
      ...(depth < REPLY_DEPTH_MAX ? siblingsOf(comment, depth + 1) : [])
    ])
    .filter(hasText)
}

const hasText = ({ text }: ContextMessage): boolean => text.trim() !== ''
