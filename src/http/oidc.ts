import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { type Caller, type Role, roles, scopesOf } from '../domain/access.ts'
import { Forbidden, Unauthenticated, Unavailable } from '../domain/errors.ts'

export interface OidcSettings {
  readonly issuer: string
  readonly audience: string
  /** Path of the claim that names the role, such as `roles` or `realm_access.roles`. */
  readonly roleClaim: string
}

const ANSWER_MS_MAX = 5_000
/** Signatures that need a secret shared with the provider are not among them. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/**
 * Checks bearer tokens of the municipality's identity provider: signature by its published keys, issuer, audience, time
 * (RFC 9068, OpenID Connect Discovery 1.0). The provider is asked when the first token comes. Throws Unauthenticated,
 * Forbidden when no role of ours is named, Unavailable when the provider does not answer.
 */
export function oidcCaller(settings: OidcSettings): (token: string) => Promise<Caller> {
  const { issuer, audience, roleClaim } = settings
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined
  return async (token) => {
    keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined
      throw error
    })
    const { payload } = await jwtVerify(token, await keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['exp']
    }).catch(refuse)
    const role = roleIn(claim(payload, roleClaim))
    if (!role || payload.sub === undefined) {
      throw new Forbidden('forbidden', `Innloggingen gir deg ingen rolle i Arkivbro. Rollen leses fra «${roleClaim}».`)
    }
    return { actor: `oidc:${payload.sub}`, role, scopes: scopesOf[role] }
  }
}

async function discover(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  try {
    const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
      redirect: 'error'
    })
    const about: unknown = await answer.json()
    if (!isMetadata(about) || about.issuer !== issuer) throw new Error('The provider describes another issuer.')
    return createRemoteJWKSet(new URL(about.jwks_uri), { timeoutDuration: ANSWER_MS_MAX })
  } catch (cause) {
    throw unavailable(cause)
  }
}

const isMetadata = (value: unknown): value is { issuer: string; jwks_uri: string } =>
  typeof value === 'object' &&
  value !== null &&
  'issuer' in value &&
  'jwks_uri' in value &&
  typeof value.jwks_uri === 'string'

const providersFaults = [errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code]

function refuse(cause: unknown): never {
  // The token is not at fault when the provider does not give its keys, or gives something else.
  const isToken = cause instanceof errors.JOSEError && !providersFaults.includes(cause.code)
  if (!isToken) throw unavailable(cause)
  throw new Unauthenticated('Innloggingen er ikke gyldig eller har gått ut. Logg inn på nytt.', { cause })
}

const unavailable = (cause: unknown) =>
  new Unavailable('identity-provider-unavailable', 'Innloggingstjenesten svarer ikke. Prøv igjen om litt.', { cause })

const claim = (payload: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      payload
    )

/** The role that may most, of those named. */
function roleIn(value: unknown): Role | undefined {
  const named: readonly unknown[] = Array.isArray(value) ? value : [value]
  return roles.findLast((role) => named.includes(role))
}
