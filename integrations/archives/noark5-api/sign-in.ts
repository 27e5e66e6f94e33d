import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import { loginAddressOf } from './addresses.ts'
import { type Dialect, dialects } from './dialects.ts'
import { exchange } from './http.ts'
import { rels } from './rels.ts'
import { isObject, readResource } from './resource.ts'
import type { Settings } from './settings.ts'

/** Proves to the archive who we are. */
export interface SignIn {
  headers(): Promise<Readonly<Record<string, string>>>
  /** The archive no longer believes what `headers` gave: the next call signs in anew. */
  forget(authorization: string | undefined): void
}

/** Tokens are renewed this long before they end, or at half their life when they live shorter. */
const RENEW_BEFORE_MS = 60_000
const LIFE_UNLESS_SAID_SECONDS = 300

interface Token {
  readonly authorization: string
  readonly renewAt: number
}

/** Basic (RFC 7617), or an OAuth 2 token from where the archive says tokens are issued (N5TG 1.1, chapter 4). */
export function signIn(settings: Settings): SignIn {
  const { N5TG_AUTH, N5TG_USER = '', N5TG_PASSWORD = '' } = settings
  if (N5TG_AUTH === 'basic') {
    return { headers: async () => ({ authorization: basic(N5TG_USER, N5TG_PASSWORD) }), forget: () => undefined }
  }
  let token: Token | undefined
  let asking: Promise<Token> | undefined
  return {
    async headers() {
      if (token && Date.now() < token.renewAt) return { authorization: token.authorization }
      // All who need one wait for the same.
      asking ??= askForToken(settings).finally(() => {
        asking = undefined
      })
      token = await asking
      return { authorization: token.authorization }
    },
    forget(authorization) {
      if (token?.authorization === authorization) token = undefined
    }
  }
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

async function askForToken(settings: Settings): Promise<Token> {
  const dialect = dialects[settings.N5TG_DIALECT]
  const { address, headers, parameters } = grant(await tokenEndpoint(settings, dialect), settings, dialect)
  const answer = await read({
    settings,
    method: 'POST',
    url: address,
    headers,
    ...(parameters && { body: async () => parameters.toString() })
  }).catch((error: unknown) => {
    const isRefused = error instanceof ArchiveFailure && ['payload', 'auth'].includes(error.error.kind)
    if (!isRefused) throw error
    const words = 'Innloggingen til arkivet ble avvist. Kontroller brukeren, klienten og hemmelighetene i N5TG_.'
    throw new ArchiveFailure('auth', words)
  })
  if (typeof answer.access_token !== 'string') {
    throw new ArchiveFailure('auth', 'Innloggingen til arkivet ga ikke noe token. Kontroller N5TG_AUTH.')
  }
  const seconds = typeof answer.expires_in === 'number' ? answer.expires_in : LIFE_UNLESS_SAID_SECONDS
  const lifeMs = seconds * 1_000
  return {
    authorization: `Bearer ${answer.access_token}`,
    renewAt: Date.now() + lifeMs - Math.min(RENEW_BEFORE_MS, lifeMs / 2)
  }
}

/** From the root, which anybody may read, to the provider's own description of itself. */
async function tokenEndpoint(settings: Settings, dialect: Dialect): Promise<URL> {
  const base = new URL(settings.N5TG_URL)
  const { links } = readResource(await read({ settings, method: 'GET', url: base }))
  const description = links.get(rels.loginOidc) ?? links.get(rels.loginOauth)
  if (description === undefined) {
    throw new ArchiveFailure('config', 'Arkivet tilbyr ikke innlogging med OpenID Connect. Kontroller N5TG_AUTH.')
  }
  const issuer = (href: string) => loginAddressOf(href, base, settings.N5TG_LOGIN_URL, dialect.namesOtherOrigins)
  const provider = await read({ settings, method: 'GET', url: issuer(description) })
  // nikita 2021 names its token endpoint so.
  const endpoint = provider.token_endpoint ?? provider.authorization_endpoint
  if (typeof endpoint === 'string') return issuer(endpoint)
  throw new ArchiveFailure('config', 'Arkivets innlogging sier ikke hvor tokener utstedes.')
}

function grant(endpoint: URL, settings: Settings, { asksTokenBy }: Dialect) {
  const { N5TG_AUTH, N5TG_CLIENT_ID = '', N5TG_CLIENT_SECRET, N5TG_USER = '', N5TG_PASSWORD = '' } = settings
  const parameters = new URLSearchParams(
    N5TG_AUTH === 'oidc-password'
      ? { grant_type: 'password', username: N5TG_USER, password: N5TG_PASSWORD, client_id: N5TG_CLIENT_ID }
      : { grant_type: 'client_credentials' }
  )
  // RFC 6749 §2.3.1: both are form-encoded before they are joined.
  const headers: Record<string, string> =
    N5TG_CLIENT_SECRET === undefined
      ? {}
      : { authorization: basic(encodeURIComponent(N5TG_CLIENT_ID), encodeURIComponent(N5TG_CLIENT_SECRET)) }
  if (asksTokenBy === 'form') {
    return {
      address: endpoint,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      parameters
    }
  }
  const address = new URL(endpoint)
  for (const [name, value] of parameters) address.searchParams.set(name, value)
  return { address, headers }
}

interface Reading {
  readonly settings: Settings
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: () => Promise<string>
}

/** Not stopped by whoever asks, since others wait for the same answer; it has its own time. */
async function read({ settings, headers = {}, ...request }: Reading): Promise<Record<string, unknown>> {
  const { text } = await exchange({
    ...request,
    headers: { accept: 'application/vnd.noark5+json, application/json', ...headers },
    what: 'innloggingen',
    isWrite: false,
    signal: new AbortController().signal,
    timeoutMs: settings.N5TG_TIMEOUT_SECONDS * 1_000
  })
  const value = parse(text)
  if (!isObject(value)) throw new ArchiveFailure('transient', 'Innloggingen til arkivet svarte noe uforståelig.')
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
