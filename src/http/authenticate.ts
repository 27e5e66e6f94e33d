import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Caller, Scope } from '../domain/access.ts'
import { Forbidden, Unauthenticated } from '../domain/errors.ts'
import { knownKey } from '../flow/known-key.ts'
import { callerBy } from '../flow/sign-in.ts'
import type { KeyStore } from '../flow/store-port.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is calling; there on every route that is not open, once a signed one's body has been read. */
    caller: Caller
  }
  interface FastifyContextConfig {
    /** What the caller must be allowed. A route that names none is for everyone who is known. */
    scope?: Scope
    /** Answers without credentials. The list of such routes is committed and tested. */
    open?: true
    /** Tells who is calling in another way than by credentials; throws Unauthenticated. */
    callerOf?: (request: FastifyRequest) => Promise<Caller>
    /** Answers who has signed the body, and no key. The list of such routes is committed and tested too. */
    signed?: true
  }
}

export interface AuthenticateDeps {
  readonly keys: Pick<KeyStore, 'find'>
  /** Checks a bearer token of the municipality's identity provider; absent when none is set up. */
  readonly oidc?: (token: string) => Promise<Caller>
}

/**
 * Turns everybody away who is not known, on every route but the open ones, before the body is read. API keys come as
 * bearer token or as Basic (the id as user name, the secret as password), so that a browser can show Swagger UI.
 */
export function authenticate(app: FastifyInstance, deps: AuthenticateDeps): void {
  app.decorateRequest('caller')
  // Whoever checks the signature says who is calling. Where nobody has, as of a request without a body, nobody is.
  app.addHook('preValidation', async (request) => {
    if (request.routeOptions.config.signed && !request.caller) throw unsigned()
  })
  app.addHook('onRequest', async (request, reply) => {
    const { open, signed, scope, callerOf = byCredentials(reply, deps) } = request.routeOptions.config
    refuseOtherSites(request)
    if (open) return
    if (signed) {
      if (request.headers[SIGNATURE_HEADER] === undefined) throw unsigned()
      return
    }
    request.caller = await callerOf(request)
    if (scope && !request.caller.scopes.includes(scope)) {
      throw new Forbidden(
        'forbidden',
        `Nøkkelen din mangler tilgangen «${scope}». Be en administrator om en som har den.`
      )
    }
  })
}

/** Browsers send Basic credentials by themselves, so another site must not be able to make them do it. */
function refuseOtherSites(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead || site === undefined || site === 'same-origin' || site === 'none') return
  throw new Forbidden('cross-site-request', 'Endringer kan bare gjøres fra Arkivbros egne sider eller fra et program.')
}

/** By API key or token. Whoever has none is told what to bring. */
const byCredentials =
  (reply: FastifyReply, { keys, oidc }: AuthenticateDeps) =>
  async ({ headers }: FastifyRequest): Promise<Caller> => {
    const token = tokenFrom(headers.authorization)
    if (token !== undefined && token.split('.').length === 3 && oidc) return oidc(token).catch(askingFor(reply))
    const key = token === undefined ? undefined : await knownKey(keys, token)
    return key ? callerBy(key) : askingFor(reply)(refused())
  }

const askingFor = (reply: FastifyReply) => (error: unknown) => {
  if (error instanceof Unauthenticated) {
    reply.header('www-authenticate', 'Basic realm="Arkivbro", charset="UTF-8", Bearer realm="Arkivbro"')
  }
  throw error
}

function tokenFrom(header: string | undefined): string | undefined {
  const [, scheme = '', credentials = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(header ?? '') ?? []
  if (scheme.toLowerCase() === 'bearer') return credentials
  if (scheme.toLowerCase() !== 'basic') return undefined
  const [user = '', password = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':', 2)
  return `${user}.${password}`
}

export const SIGNATURE_HEADER = 'coop-signature'

export const unsigned = () =>
  new Unauthenticated(
    'Signaturen mangler eller er ikke gyldig. Den skal stå i «Coop-Signature», være laget med nøkkelen som er registrert for verktøyet, og gjelde innholdet slik det ble sendt.'
  )

const refused = () =>
  new Unauthenticated('Nøkkelen mangler eller er ikke gyldig. Send den som «Authorization: Bearer id.hemmelighet».')
