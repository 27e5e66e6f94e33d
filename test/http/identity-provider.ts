import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { Provider } from 'oidc-provider'

export interface IdentityProvider {
  readonly issuer: string
  /** The public key, as the provider publishes it. */
  readonly publicKey: JWK
  /** An access token (RFC 9068) that the provider itself has given to a client, with these claims. */
  token(claims: JWTPayload): Promise<string>
  /** A token that the provider's own key has signed, whatever it says. */
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>
  /** Answers with this status, until told otherwise; at addresses with `part` in them. */
  fail(status: number | undefined, part?: string): void
  /** Hangs up, and comes back at the same address. */
  down(): Promise<void>
  up(): Promise<void>
}

export const AUDIENCE = 'https://arkivbro.eksempel.no'
const SECRET = 'prove-hemmelighet-som-er-lang-nok'

/** A real OpenID Connect provider on a port of its own. */
export async function identityProvider(): Promise<IdentityProvider> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const signing = { kid: 'prove-1', alg: 'ES256', use: 'sig' }
  let answer: RequestListener = () => undefined
  let failing: { readonly status: number; readonly part: string } | undefined
  let claims: JWTPayload = {}
  const server = createServer((request, response) => {
    if (failing && request.url?.includes(failing.part)) response.writeHead(failing.status).end('{}')
    else answer(request, response)
  })
  const listen = (port: number) =>
    new Promise<void>((listening) => void server.listen(port, '127.0.0.1', () => listening()))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), ...signing }] },
    clients: [
      {
        client_id: 'prove',
        client_secret: SECRET,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: 'ES256'
      }
    ],
    extraTokenClaims: () => claims,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'arkivbro',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'ES256' } }
        })
      }
    }
  })
  answer = provider.callback()

  return {
    issuer,
    publicKey: { ...(await exportJWK(publicKey)), ...signing },
    async token(wanted) {
      claims = wanted
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`prove:${SECRET}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'arkivbro', resource: AUDIENCE })
      })
      const answer = (await response.json()) as { access_token?: string }
      if (answer.access_token === undefined) throw new Error(`The provider gave no token: ${JSON.stringify(answer)}`)
      return answer.access_token
    },
    sign: (wanted, header = {}) =>
      new SignJWT(wanted)
        .setProtectedHeader({ alg: 'ES256', kid: signing.kid, typ: 'at+jwt', ...header })
        .sign(privateKey),
    fail(status, part = '/') {
      failing = status === undefined ? undefined : { status, part }
    },
    down: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
    up: () => listen(port)
  }
}
