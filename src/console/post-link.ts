/** What the link to a post tells. */
export interface PostLink {
  /** The channel; the host's own name when we know no channel there. */
  readonly source: string
  /** The platform's id of the words, where the link names them and nothing around them. */
  readonly externalId?: string
}

const hosts: Readonly<Record<string, string>> = {
  'facebook.com': 'facebook',
  'fb.com': 'facebook',
  'instagram.com': 'instagram',
  'threads.net': 'threads',
  'threads.com': 'threads',
  'linkedin.com': 'linkedin',
  'youtube.com': 'youtube',
  'youtu.be': 'youtube',
  'x.com': 'x',
  'twitter.com': 'x',
  'bsky.app': 'bluesky',
  'tiktok.com': 'tiktok'
}

/** Reads the link to a post; nothing when it is no web address. */
export function readPostLink(link: string): PostLink | undefined {
  const address = link.trim()
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return undefined
  const url = new URL(address)
  const host = url.hostname.replace(/^(www|m|web|mobile|nb-no)\./, '')
  const source = hosts[host] ?? (isStatus(url) ? 'mastodon' : host.slice(0, 60))
  const externalId = source === 'facebook' ? facebookComment(url) : undefined
  return { source, ...(externalId !== undefined && { externalId }) }
}

/** What addresses of posts look like on any Mastodon server. */
const isStatus = ({ pathname }: URL): boolean => /^\/@[^/]+\/\d+\/?$/.test(pathname)

/** Only a link to a comment: one to a post is often to the municipality's own, which many comment on. */
function facebookComment({ pathname, searchParams }: URL): string | undefined {
  const post = /\/posts\/(\d+)\/?$/.exec(pathname)?.[1] ?? searchParams.get('story_fbid')
  const comment = searchParams.get('reply_comment_id') ?? searchParams.get('comment_id')
  return post && comment && /^\d+$/.test(`${post}${comment}`) ? `${post}_${comment}` : undefined
}
