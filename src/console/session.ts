import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../domain/access.ts'
import { Unauthenticated } from '../domain/errors.ts'
import { type SignedIn, type SignInDeps, signedIn } from '../flow/sign-in.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, with the session's id; there on every page but the one to sign in on. */
    session: SignedIn & { readonly id: string }
  }
}

export const SESSION_COOKIE = 'arkivbro'
/** Held by whoever is about to sign in, so that nobody can sign them in as somebody else. */
export const SIGN_IN_COOKIE = 'arkivbro-innlogging'

/** Who is calling, by the cookie. Throws Unauthenticated. */
export const bySession =
  (deps: SignInDeps) =>
  async (request: FastifyRequest): Promise<Caller> => {
    const id = cookieIn(request, SESSION_COOKIE)
    const found = id === undefined ? undefined : await signedIn(deps, id)
    if (id === undefined || !found) throw new Unauthenticated('Logg inn for å fortsette.')
    request.session = { ...found, id }
    return found.caller
  }

export function cookieIn({ headers }: FastifyRequest, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) || undefined
}

/** Gone when the browser is closed; an empty value has it forgotten at once. */
export function setCookie(request: FastifyRequest, reply: FastifyReply, name: string, value: string): void {
  const secure = isOnThisMachine(request) ? '' : '; Secure'
  const age = value === '' ? '; Max-Age=0' : ''
  reply.header('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure}${age}`)
}

/** Not behind a proxy that ends TLS, whatever address that one has. */
const isOnThisMachine = ({ hostname, headers }: FastifyRequest): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(hostname) && headers['x-forwarded-proto'] !== 'https'

/** What a form of the session must bring along: another site cannot know it. */
export const formToken = (secret: string): string => createHmac('sha256', secret).update('form').digest('base64url')

export function isFormToken(secret: string | undefined, given: string): boolean {
  if (secret === undefined) return false
  const [wanted, got] = [Buffer.from(formToken(secret)), Buffer.from(given)]
  return wanted.length === got.length && timingSafeEqual(wanted, got)
}
