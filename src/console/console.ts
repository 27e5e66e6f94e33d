import multipart from '@fastify/multipart'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Scope } from '../domain/access.ts'
import { Unauthenticated } from '../domain/errors.ts'
import { problemFrom } from '../http/problems.ts'
import { actionRoutes } from './action-routes.ts'
import type { ConsoleDeps, Shared } from './console-deps.ts'
import { formRoutes } from './form-routes.ts'
import { openPages, type Pages, sendPage } from './pages.ts'
import { readForms } from './read-posted.ts'
import { bySession, formToken } from './session.ts'
import { showSignIn, signInRoutes } from './sign-in-routes.ts'
import { staticRoutes } from './static-routes.ts'
import { submissionRoutes } from './submission-routes.ts'

/** Nothing from elsewhere, nothing inline, nobody's frame. */
const CONTENT_SECURITY_POLICY = [
  ...["default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:"],
  ...["form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"]
].join('; ')

const FIELDS_MAX = 200
const FILES_MAX = 20
const FIELD_BYTES_MAX = 512 * 1024

/** The form for servicetorget: pages that work without JavaScript, over the same steps as the API. */
export const consolePages =
  (deps: ConsoleDeps): FastifyPluginAsync =>
  async (app) => {
    const pages = await openPages(deps.municipality.name)
    const callerOf = bySession(deps)
    const shared: Shared = {
      deps,
      show: (request, reply, page, facts) => sendPage(reply, pages(page, { ...facts, ...signedInFacts(request) })),
      forThose: (scope) => ({ config: { callerOf, scope }, schema: { hide: true } })
    }
    app.addHook('onRequest', async (_request, reply) => void secured(reply))
    app.decorateRequest('session')
    app.setErrorHandler((error, request, reply) => answerTrouble(pages, error as Error, request, reply))
    readForms(app)
    const limits = { fields: FIELDS_MAX, files: FILES_MAX, parts: FIELDS_MAX + FILES_MAX, fieldSize: FIELD_BYTES_MAX }
    await app.register(multipart, { limits: { ...limits, fileSize: deps.attachmentBytesMax + 1 } })
    await app.register(staticRoutes)
    await app.register(signInRoutes(deps, pages))
    await app.register(formRoutes(shared))
    await app.register(submissionRoutes(shared))
    await app.register(actionRoutes(shared))
  }

const secured = (reply: FastifyReply) =>
  reply.headers({ 'content-security-policy': CONTENT_SECURITY_POLICY, 'cache-control': 'no-store' })

/** Whoever is not signed in may do so at once; everything else that went wrong is told in words. */
function answerTrouble(pages: Pages, error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  secured(reply)
  if (error instanceof Unauthenticated) return showSignIn(pages, request, reply, request.method === 'POST' ? LOST : '')
  const problem = problemFrom(error)
  if (problem.status >= 500) request.log.error({ err: error, request: request.id }, 'request failed')
  const signedIn = request.session ? signedInFacts(request) : {}
  return sendPage(reply.code(problem.status), pages('trouble', { problem, reference: request.id, ...signedIn }))
}

/** What every page needs of whoever is signed in. */
function signedInFacts({ session: { id, label, caller } }: FastifyRequest) {
  const may = (scope: Scope) => caller.scopes.includes(scope)
  return { token: formToken(id), label, maySend: may('inquiries:write'), mayAct: may('inquiries:act') }
}

const LOST =
  'Du er logget ut, så ingenting er lagret. Logg inn under; det skjer i en ny fane. Gå så tilbake til denne, trykk på nettleserens tilbakeknapp, og send på nytt det du hadde skrevet.'
