import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PersonActionDeps } from '../flow/decide.ts'
import type { LookupDeps } from '../flow/look-up-inquiry.ts'
import type { PreviewDeps } from '../flow/preview-record.ts'
import type { ReplyDeps } from '../flow/reply.ts'
import type { SignInDeps } from '../flow/sign-in.ts'
import type { ReadPostedDeps } from './read-posted.ts'

export type ConsoleDeps = PreviewDeps &
  ReplyDeps &
  PersonActionDeps &
  Omit<LookupDeps, 'blobs'> &
  SignInDeps &
  ReadPostedDeps & { readonly onReceived: (answer: 'new' | 'repeated') => void }

/** What the routes of the pages share. */
export interface Shared {
  readonly deps: ConsoleDeps
  /** Sends a page to somebody who is signed in. */
  readonly show: (request: FastifyRequest, reply: FastifyReply, page: string, facts: object) => FastifyReply
  /** Who a page is for: those who are signed in and may do this. */
  readonly forThose: (scope: PageScope) => ForThose
}

type PageScope = 'inquiries:write' | 'inquiries:read' | 'inquiries:act'

export interface ForThose {
  readonly config: {
    readonly callerOf: (request: FastifyRequest) => Promise<FastifyRequest['caller']>
    readonly scope: PageScope
  }
  readonly schema: { readonly hide: true }
}
