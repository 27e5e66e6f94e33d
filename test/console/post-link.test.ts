import { describe, expect, test } from 'vitest'
import { readPostLink } from '../../src/console/post-link.ts'

describe('the link to a post', () => {
  test.each([
    ['https://www.facebook.com/eksempel/posts/10?comment_id=20', { source: 'facebook', externalId: '10_20' }],
    [
      'https://m.facebook.com/permalink.php?story_fbid=10&id=3&comment_id=20',
      { source: 'facebook', externalId: '10_20' }
    ],
    ['https://facebook.com/e/posts/10?comment_id=20&reply_comment_id=30', { source: 'facebook', externalId: '10_30' }],
    ['https://www.facebook.com/eksempel/posts/10', { source: 'facebook' }],
    ['https://www.facebook.com/eksempel/posts/pfbid0abc?comment_id=20', { source: 'facebook' }],
    ['https://x.com/kari/status/123', { source: 'x' }],
    ['https://youtu.be/abc', { source: 'youtube' }],
    ['https://norden.social/@kari/1234567890', { source: 'mastodon' }],
    ['https://forum.eksempel.no/trad/1', { source: 'forum.eksempel.no' }]
  ])('%s tells %o', (link, told) => {
    expect(readPostLink(link)).toEqual(told)
  })

  test.each(['', 'ikke en lenke', 'javascript:alert(1)', 'ftp://facebook.com/x', 'https://'])(
    '%j tells nothing',
    (link) => {
      expect(readPostLink(link)).toBeUndefined()
    }
  )
})
