import { describe, expect, test } from 'vitest'
import { facebook } from '../../../integrations/platforms/facebook/index.ts'
import { mastodon } from '../../../integrations/platforms/mastodon/index.ts'
import { Refused } from '../../../src/domain/errors.ts'
import type { PlatformNormaliser } from '../../../src/flow/ports.ts'
import { corpus, hasMaterial } from '../../support/material.ts'
import { outcome, payloadsIn } from './payloads.ts'

/** What becomes of each file: kind and event of what was taken in, `without words` when only the flow can judge it. */
function table(platform: PlatformNormaliser, folder: string): Record<string, string> {
  const rows = payloadsIn(corpus(folder)).map(({ name, payload }) => {
    const answer = outcome(platform, payload)
    if (answer instanceof Refused) {
      expect(answer.message, name).toContain('tatt imot')
      return [name.slice(0, -5), answer.code]
    }
    const isEmpty = answer.text === '' && answer.media.length === 0
    return [name.slice(0, -5), `${answer.kind} ${answer.event.type}${isEmpty ? ' without words' : ''}`]
  })
  return Object.fromEntries(rows)
}

describe.skipIf(!hasMaterial)(
  'of payloads seen in the wild (skipped when the material is not beside the project)',
  () => {
    test('Facebook Graph objects become what they are', () => {
      expect(table(facebook, 'facebook/graph')).toEqual({
        'api-unicode': 'payload-not-understood',
        'chatwoot-post-content': 'payload-not-understood',
        'sns-comments-comments_info': 'several-inquiries',
        'sns-comments-comments_p1': 'payload-not-understood',
        'sns-conversations-cvs_info': 'not-an-inquiry',
        'sns-messages-messages_info': 'several-inquiries',
        'sns-models-comment': 'comment created',
        'sns-posts-single_post_data': 'post created',
        'v2_1-feed-got': 'several-inquiries',
        'v2_11-message-with-sticker': 'message created',
        'v2_2-comment_canHide': 'comment created',
        'v2_5-messages-with-attachments': 'several-inquiries',
        'v2_9-comment-messagetags': 'post created without words',
        'v2_9-comment-permalink': 'post created',
        'v5_0-post-with-comment': 'post created without words',
        'v7_0-message-eu': 'message created without words'
      })
    })

    test('Facebook webhooks become what they are', () => {
      expect(table(facebook, 'facebook/webhook')).toEqual({
        'chatwoot-message-text': 'message created',
        'feed-comment-add-211': 'not-an-inquiry',
        'feed-comment-add-with-photo': 'not-an-inquiry',
        'feed-comment-edited-25': 'not-an-inquiry',
        'feed-comment-edited-with-video': 'not-an-inquiry',
        'feed-comment-unhide': 'not-an-inquiry',
        'feed-like-add-25': 'not-an-inquiry',
        'feed-photo-add-message': 'not-an-inquiry',
        'feed-post-add-25': 'post created',
        'feed-post-hide': 'post hidden',
        'feed-share-add-25': 'not-an-inquiry',
        'feed-status-add-25': 'not-an-inquiry',
        'feed-status-edited-25': 'not-an-inquiry',
        'mention-comment-add': 'comment created',
        'mention-post-add-real': 'post created',
        'messaging-message-basic-echo': 'not-an-inquiry',
        'messaging-message-isdeleted': 'not-an-inquiry',
        'messaging-message-location-attachment': 'message created',
        'messaging-message-media-attachment': 'payload-not-understood',
        'messaging-message-nlp-phone': 'message created',
        'messaging-message-quickreply': 'message created',
        'messaging-message-reply-2': 'message created',
        'messaging-postback-basic': 'not-an-inquiry',
        'messaging-read-basic': 'not-an-inquiry',
        'ratings-comment-remove-25': 'not-an-inquiry',
        'ratings-rating-add-25': 'review created',
        'ratings-rating-remove-25': 'not-an-inquiry'
      })
    })

    test('Mastodon entities become what they are', () => {
      expect(table(mastodon, 'mastodon')).toEqual({
        '4j-context': 'not-an-inquiry',
        '4j-notifications': 'not-an-inquiry',
        'docs-admin-webhooks-1': 'not-an-inquiry',
        'docs-entities-Context-1': 'not-an-inquiry',
        'docs-entities-MediaAttachment-2': 'not-an-inquiry',
        'docs-entities-MediaAttachment-4': 'not-an-inquiry',
        'docs-entities-Notification-1': 'payload-not-understood',
        'docs-entities-Poll-1': 'not-an-inquiry',
        'docs-entities-Quote-1': 'not-an-inquiry',
        'docs-entities-StatusEdit-1': 'payload-not-understood',
        'docs-methods-statuses-8': 'post created',
        'docs-methods-streaming-3': 'comment created',
        'granary-object': 'payload-not-understood',
        'granary-status': 'post created',
        'kit-Notifications': 'not-an-inquiry',
        'kit-RequestError': 'not-an-inquiry',
        'kit-StatusWithoutNull': 'not-an-inquiry',
        'kit-Timeline': 'several-inquiries',
        'py-test_media_post_multiple-4': 'post created',
        'py-test_notifications_mentions_only-1': 'post created',
        'py-test_status_delete_media-6': 'not-an-inquiry',
        'py-test_status_edit-2': 'post edited',
        'py-test_status_edit-5': 'payload-not-understood',
        'py-test_status_missing-0': 'not-an-inquiry',
        'py-test_status_post_Content_warning-private_-0': 'message created',
        'py-test_status_post_with_quote-1': 'post created'
      })
    })
  }
)
