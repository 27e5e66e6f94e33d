import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Caller, Scope } from '../domain/access.ts'
import { Forbidden, Unauthenticated } from '../domain/errors.ts'
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
    /** Answers who has signed the body, and no key. The list of such routes is committed and tested too. */
    signed?: true
  }
}

export interface AuthenticateDeps {
  readonly keys: Pick<KeyStore, 'find'>
  /** Checks a bearer token of the municipality's identity provider; absent when none is set up. */
  readonly oidc?: (token: string) => Promise<Caller>
}

/** What a key's id can be; nothing else is looked up. */
const KEY_ID = /^[a-z0-9-]{1,32}$/

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
    const { open, signed, scope } = request.routeOptions.config
    if (open) return
    refuseOtherSites(request)
    if (signed) {
      if (request.headers[SIGNATURE_HEADER] === undefined) throw unsigned()
      return
    }
    try {
      request.caller = await callerOf(request, deps)
    } catch (error) {
      if (error instanceof Unauthenticated) {
        reply.header('www-authenticate', 'Basic realm="Arkivbro", charset="UTF-8", Bearer realm="Arkivbro"')
      }
      throw error
    }
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

async function callerOf(request: FastifyRequest, { keys, oidc }: AuthenticateDeps): Promise<Caller> {
  const token = tokenFrom(request.headers.authorization)
  if (token === undefined) throw refused()
  const dots = token.split('.').length - 1
  if (dots === 2 && oidc) return oidc(token)
  const [id = '', secret = ''] = token.split('.', 2)
  const key = dots === 1 && KEY_ID.test(id) ? await keys.find(id) : undefined
  // Without a key the comparison is made all the same, so that time does not tell which ids exist.
  const matches = equal(digest(secret), Buffer.from(key?.secretSha256 ?? digest('').toString('hex'), 'hex'))
  if (!key || !matches || key.revokedAt) throw refused()
  return { actor: `key:${key.id}`, role: key.role, scopes: key.scopes }
}

function tokenFrom(header: string | undefined): string | undefined {
  const [, scheme = '', credentials = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(header ?? '') ?? []
  if (scheme.toLowerCase() === 'bearer') return credentials
  if (scheme.toLowerCase() !== 'basic') return undefined
  const [user = '', password = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':', 2)
  return `${user}.${password}`
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const equal = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)

export const SIGNATURE_HEADER = 'coop-signature'

export const unsigned = () =>
  new Unauthenticated(
    'Signaturen mangler eller er ikke gyldig. Den skal stå i «Coop-Signature», være laget med nøkkelen som er registrert for verktøyet, og gjelde innholdet slik det ble sendt.'
  )

const refused = () =>
  new Unauthenticated('Nøkkelen mangler eller er ikke gyldig. Send den som «Authorization: Bearer id.hemmelighet».')
