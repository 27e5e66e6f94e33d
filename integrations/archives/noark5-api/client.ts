import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { CallContext } from '../../../src/flow/ports.ts'
import { addressOf } from './addresses.ts'
import type { Dialect } from './dialects.ts'
import { isAnswer } from './failure.ts'
import { exchange, type HttpAnswer, type HttpBody, type HttpRequest } from './http.ts'
import { listAll } from './lists.ts'
import { type Resource, readResource } from './resource.ts'
import type { SignIn } from './sign-in.ts'

/** Who waits, and how long. */
export type Call = Pick<CallContext, 'signal' | 'deadline' | 'now'>

export interface Client {
  readonly dialect: Dialect
  /** The entry point: all else is found from its rels. */
  root(call: Call): Promise<Resource>
  get(href: string, asked: Asking): Promise<Resource>
  /** Every object of a list, page by page, each once. A single object counts as a list of one. */
  list(href: string, asked: Asking & { readonly filter?: string }): Promise<readonly Resource[]>
  create(href: string, body: object, asked: Asking): Promise<Resource>
  /** Changes an object, unless it has become another version in the meantime. */
  change(resource: Resource, body: object, asked: Asking): Promise<void>
  remove(resource: Resource, asked: Asking): Promise<void>
  /** Any exchange with the archive, signed in. `body` is made anew when the first token was no longer believed. */
  send(request: Sending): Promise<HttpAnswer>
}

export interface Asking {
  readonly call: Call
  /** In bokmål, without anything personal. */
  readonly what: string
}

export interface Sending extends Asking, Pick<HttpRequest, 'method' | 'sink'> {
  readonly href: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: () => Promise<HttpBody>
  /** Beyond what every exchange may take. */
  readonly extraMs?: number
}

const MEDIA_TYPE = 'application/vnd.noark5+json'

/** The wire: rels, pages, versions, sign-in and deadlines. Knows no field of any Noark object. */
export function openClient(base: URL, dialect: Dialect, signIn: SignIn, timeoutMs: number): Client {
  async function sendOnce(sending: Sending): Promise<HttpAnswer> {
    const { href, call, method, what, headers, body, extraMs = 0, sink } = sending
    const authorized = await signIn.headers()
    try {
      return await exchange({
        ...{
          method,
          what,
          isWrite: method !== 'GET',
          signal: call.signal,
          timeoutMs: timeLeft(call, what, timeoutMs + extraMs)
        },
        url: addressOf(href, base, dialect.namesOtherOrigins),
        headers: { accept: MEDIA_TYPE, ...headers, ...authorized },
        ...(body && { body }),
        ...(sink && { sink })
      })
    } catch (error) {
      if (isSignedOut(error)) signIn.forget(authorized.authorization)
      throw error
    }
  }

  /** A server that was started again has forgotten its tokens, so a no may be about the token alone. */
  async function send(sending: Sending): Promise<HttpAnswer> {
    try {
      return await sendOnce(sending)
    } catch (error) {
      if (!isSignedOut(error)) throw error
      return sendOnce(sending)
    }
  }

  const get = async (href: string, asking: Asking) => resourceIn(await send({ ...asking, method: 'GET', href }), asking)

  return {
    dialect,
    send,
    get,
    root: (call) => get(base.href, { call, what: 'inngangen' }),
    list: (href, { filter, ...asking }) =>
      listAll((page) => get(page, asking), { href, filter, dialect, what: asking.what }),
    async create(href, body, asking) {
      return resourceIn(await send({ ...asking, method: 'POST', href, ...json(body, MEDIA_TYPE) }), asking, true)
    },
    async change({ links, etag }, body, asking) {
      const isPatch = dialect.changesBy === 'merge-patch'
      const { headers, ...content } = json(body, isPatch ? 'application/merge-patch+json' : MEDIA_TYPE)
      const method = isPatch ? 'PATCH' : 'PUT'
      await send({ ...asking, method, href: self(links), ...content, headers: { ...headers, ...version(etag) } })
    },
    async remove({ links, etag }, asking) {
      await send({ ...asking, method: 'DELETE', href: self(links), headers: version(etag) })
    }
  }
}

/** Where a rel leads; throws ArchiveFailure when the archive does not offer it to us here. */
export function follow({ links }: Resource, rel: string, what: string): string {
  const href = links.get(rel)
  if (href !== undefined) return href
  throw new ArchiveFailure(
    'auth',
    `Arkivet tilbyr ikke ${what} her. Brukeren til Arkivbro mangler rettigheten, eller saken er avsluttet.`
  )
}

function timeLeft({ deadline, now }: Call, what: string, wantedMs: number): number {
  const leftMs = deadline.getTime() - now().getTime()
  if (leftMs > 0) return Math.min(wantedMs, leftMs)
  throw new ArchiveFailure('transient', `Fristen gikk ut før ${what}. Sendingen prøves igjen av seg selv.`)
}

const isSignedOut = (error: unknown) => isAnswer(error, 401)

const json = (body: object, mediaType: string) => ({
  headers: { 'content-type': mediaType },
  body: async () => JSON.stringify(body)
})

// The standard names no header for it; servers look for the one or the other.
const version = (etag: string | undefined): Record<string, string> =>
  etag === undefined ? {} : { 'if-match': etag, etag }

const self = (links: Resource['links']): string => {
  const href = links.get('self')
  if (href === undefined) throw new ArchiveFailure('needs-human', 'Arkivet svarte med et objekt uten adresse.')
  return href
}

/** `isWrite`: something was made, whatever the answer looks like. */
function resourceIn({ text, headers }: HttpAnswer, { what }: Asking, isWrite = false): Resource {
  try {
    return readResource(JSON.parse(text), headers.etag)
  } catch {
    const kind = isWrite ? 'unknown-outcome' : 'transient'
    throw new ArchiveFailure(kind, `Arkivet svarte noe uforståelig på ${what}. Kontroller N5TG_URL hvis det varer.`)
  }
}
