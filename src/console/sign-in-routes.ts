import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { Unauthenticated } from '../domain/errors.ts'
import { type SignInDeps, signIn, signOut } from '../flow/sign-in.ts'
import { type Pages, sendPage } from './pages.ts'
import { postedFields } from './read-posted.ts'
import { bySession, cookieIn, formToken, isFormToken, SESSION_COOKIE, SIGN_IN_COOKIE, setCookie } from './session.ts'

/** Tries at signing in from one address, in each process. */
const TRIES_MAX = 30
const TRIES_WINDOW_MS = 5 * 60_000
const BODY_BYTES_MAX = 4_096

/** Pages that somebody may be sent to once signed in. */
const OURS = /^\/skjema(\/trenger-handling|\/innsendinger(\/[0-9a-f-]{36})?)?$/
const FIRST = '/skjema'
const FIRST_OF_ARCHIVISTS = '/skjema/trenger-handling'

export const signInRoutes =
  (deps: SignInDeps, pages: Pages): FastifyPluginAsync =>
  async (app) => {
    const open = { config: { open: true }, schema: { hide: true } } as const
    const limited = {
      ...open,
      bodyLimit: BODY_BYTES_MAX,
      config: {
        open: true,
        rateLimit: { max: TRIES_MAX, timeWindow: TRIES_WINDOW_MS, keyGenerator: ({ ip }: FastifyRequest) => ip }
      }
    } as const

    app.get('/login', open, (request, reply) => showSignIn(pages, request, reply.code(200), ''))

    app.post('/login', limited, async (request, reply) => {
      const form = new URLSearchParams(request.body instanceof URLSearchParams ? request.body : '')
      if (!isFormToken(cookieIn(request, SIGN_IN_COOKIE), form.get('token') ?? '')) {
        return showSignIn(pages, request, reply.code(403), TOO_OLD)
      }
      try {
        const { id, maySend } = await signIn(deps, (form.get('key') ?? '').trim())
        setCookie(request, reply, SESSION_COOKIE, id)
        const next = form.get('next') ?? ''
        const first = maySend ? FIRST : FIRST_OF_ARCHIVISTS
        return await reply.redirect(OURS.test(next) && next !== FIRST ? next : first, 303)
      } catch (error) {
        if (!(error instanceof Unauthenticated)) throw error
        return showSignIn(pages, request, reply, error.message)
      }
    })

    const signedIn = { config: { callerOf: bySession(deps) }, schema: { hide: true } }
    app.post('/logout', signedIn, async (request, reply) => {
      if (postedFields(request).isOurs) {
        await signOut(deps, request.session.id)
        setCookie(request, reply, SESSION_COOKIE, '')
      }
      return reply.redirect('/login', 303)
    })
  }

const TOO_OLD = 'Siden hadde stått for lenge, eller nettleseren tar ikke imot informasjonskapsler. Prøv igjen.'

/** The page to sign in on; a page that only those who are signed in see has it in its place. */
export function showSignIn(pages: Pages, request: FastifyRequest, reply: FastifyReply, fault: string): FastifyReply {
  const secret = cookieIn(request, SIGN_IN_COOKIE) ?? randomBytes(32).toString('base64url')
  setCookie(request, reply, SIGN_IN_COOKIE, secret)
  const [path = ''] = request.url.split('?')
  if (path !== '/login') reply.header('www-authenticate', 'Cookie realm="Arkivbro", form-action="/login"')
  const next = OURS.test(path) ? path : FIRST
  const code = reply.statusCode === 200 && (fault !== '' || path !== '/login') ? 401 : reply.statusCode
  return sendPage(
    reply.code(code),
    pages('sign-in', { token: formToken(secret), next, fault, inNewTab: path !== '/login' && fault !== '' })
  )
}
