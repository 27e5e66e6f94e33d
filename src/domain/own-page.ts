import type { Author, ContextMessage, ThreadContext } from './inquiry.ts'

/** An account on a platform that is the municipality's own. It has at least one of the three that tell accounts apart. */
export interface OwnPage {
  /** The channel, as inquiries from it say. */
  readonly source: string
  readonly name: string
  /** The platform's own id of the account. */
  readonly accountId?: string
  readonly handle?: string
  readonly profileUrl?: string
}

/** All of them, as somebody last said. `version` counts how often that was; 0: never. */
export interface OwnPages {
  readonly version: number
  readonly pages: readonly OwnPage[]
  readonly changedAt?: Date
  readonly changedBy?: string
}

/** Whether an author is the municipality itself. A shown name, which anybody can take, counts for nothing. */
export const isOurs = (pages: readonly OwnPage[], source: string, author: Author): boolean =>
  pages.some((page) => page.source === source && isSameAccount(page, author))

/** The thread with what the municipality itself wrote in it marked. */
export function withOurs(
  pages: readonly OwnPage[],
  source: string,
  { parents, siblings }: ThreadContext
): ThreadContext {
  const marked = (message: ContextMessage): ContextMessage =>
    isOurs(pages, source, message.author) ? { ...message, isOurs: true } : message
  return { parents: parents.map(marked), siblings: siblings.map(marked) }
}

/** Of what both sides know, the surest decides: the id, else the handle, else the address of the profile. */
function isSameAccount({ accountId, handle, profileUrl }: OwnPage, author: Author): boolean {
  if (accountId !== undefined && author.id !== undefined) return accountId === author.id
  if (handle !== undefined && author.handle !== undefined) return plainHandle(handle) === plainHandle(author.handle)
  if (profileUrl === undefined || author.profileUrl === undefined) return false
  return plainAddress(profileUrl) === plainAddress(author.profileUrl)
}

const plainHandle = (handle: string): string => handle.trim().replace(/^@/, '').toLowerCase()

/** Without what leads to the same place with or without: the scheme, `www.` or `m.`, a slash at the end, case. */
const plainAddress = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(www\.|m\.)?/, '')
    .replace(/\/+$/, '')
