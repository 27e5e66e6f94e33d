import { createPublicKey } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import { scopesOf } from '../../src/domain/access.ts'
import { oidcCaller } from '../../src/http/oidc.ts'
import { buildServer } from '../../src/http/server.ts'
import { idleParts } from '../support/api-description.ts'
import { fileService } from './file-service.ts'
import { AUDIENCE, identityProvider } from './identity-provider.ts'

const provider = await identityProvider()
afterAll(() => provider.down())

const service = fileService({ changes: { OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE } })

const overview = (token: string) => service().call('/v1/overview', { headers: { authorization: `Bearer ${token}` } })

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds

/** What a token of an archivist says, when nothing is wrong with it. */
const good = (changes: JWTPayload = {}): JWTPayload => ({
  iss: provider.issuer,
  aud: AUDIENCE,
  sub: 'ola.arkivar',
  iat: inSeconds(-10),
  exp: inSeconds(300),
  roles: ['archivist'],
  ...changes
})

describe('a token that the provider gave', () => {
  test('opens what its role opens, and its owner stands in the audit log', async () => {
    const token = await provider.token({ roles: ['archivist'] })
    expect((await overview(token)).status).toBe(200)
    const authorization = `Bearer ${token}`
    expect((await service().call('/v1/inquiries', { headers: { authorization } })).status).toBe(200)
    expect((await service().call('/v1/keys', { headers: { authorization } })).status).toBe(403)
    const actors = await service()
      .db.selectFrom('audit_event')
      .select('actor')
      .where('action', '=', 'inquiry.listed')
      .execute()
    expect(actors).toEqual([{ actor: 'oidc:prove' }])
  })

  test('is worth the most that one of its roles is', async () => {
    const token = await provider.token({ roles: ['noe-annet', 'moderation', 'admin', 'archivist'] })
    expect((await service().call('/v1/keys', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  })

  test.each([
    ['no role', {}],
    ['roles of other services only', { roles: ['administrator', 'ARCHIVIST', 'admin '] }],
    ['roles that are no list', { roles: { archivist: true } }],
    ['roles in a list in a list', { roles: [['archivist']] }]
  ])('with %s gets 403', async (_, claims) => {
    const response = await overview(await provider.token(claims))
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('«roles»') })
  })

  test('does nothing as Basic, nor behind a key', async () => {
    const token = await provider.token({ roles: ['archivist'] })
    for (const authorization of [`Basic ${Buffer.from(token).toString('base64')}`, `Token ${token}`]) {
      expect((await service().call('/v1/overview', { headers: { authorization } })).status).toBe(401)
    }
  })
})

test('a token that is right in every way opens, so that the refusals below are for what is wrong', async () => {
  expect((await overview(await provider.sign(good()))).status).toBe(200)
  expect((await overview(await provider.sign(good({ aud: ['https://annen.no', AUDIENCE] })))).status).toBe(200)
})

describe('a token', () => {
  const stranger = generateKeyPair('ES256')
  const publicPem = async () =>
    createPublicKey({ key: provider.publicKey as never, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem'
    }) as string
  const hmac = async (secret: string) =>
    new SignJWT(good()).setProtectedHeader({ alg: 'HS256', kid: 'prove-1' }).sign(Buffer.from(secret))

  test.each<[string, () => Promise<string> | string]>([
    ['for another audience', () => provider.sign(good({ aud: 'https://annen.eksempel.no' }))],
    ['for no audience', () => provider.sign(good({ aud: undefined } as never))],
    ['of another issuer', () => provider.sign(good({ iss: 'https://annen.eksempel.no' }))],
    ['of an issuer with one slash more', () => provider.sign(good({ iss: `${provider.issuer}/` }))],
    ['that has expired', () => provider.sign(good({ exp: inSeconds(-1) }))],
    ['that never expires', () => provider.sign(good({ exp: undefined } as never))],
    ['that is not valid yet', () => provider.sign(good({ nbf: inSeconds(60) }))],
    ['without a signature', () => new UnsecuredJWT(good()).encode()],
    ['without a signature, in capitals', () => unsigned('NONE')],
    ['signed with HS256 by the public key as PEM', async () => hmac(await publicPem())],
    ['signed with HS256 by the public key as JWK', () => hmac(JSON.stringify(provider.publicKey))],
    ['signed by a key that the provider never published', () => provider.sign(good(), { kid: 'ukjent' })],
    ['signed by another key under the name of the real one', async () => signedBy((await stranger).privateKey)],
    [
      'that brings its own key',
      async () => signedBy((await stranger).privateKey, await exportJWK((await stranger).publicKey))
    ],
    ['whose roles were changed afterwards', async () => promoted(await provider.sign(good({ roles: ['moderation'] })))],
    ['whose signature is cut short', async () => (await provider.sign(good())).slice(0, -4)],
    ['that is no JSON', () => `${'e30'}.${Buffer.from('ikke json').toString('base64url')}.AAAA`],
    ['of nothing but dots', () => '..']
  ])('%s gets 401', async (_, make) => {
    const response = await overview(await make())
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'unauthenticated' })
    expect(response.headers.get('www-authenticate')).toContain('Bearer')
  })

  test('without an owner gets 403', async () => {
    expect((await overview(await provider.sign(good({ sub: undefined } as never)))).status).toBe(403)
  })

  const unsigned = (alg: string) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${part({ alg, kid: 'prove-1' })}.${part(good())}.`
  }

  const signedBy = (key: CryptoKey, jwk?: object) =>
    new SignJWT(good({ roles: ['admin'] }))
      .setProtectedHeader({ alg: 'ES256', kid: 'prove-1', ...(jwk && { jwk: jwk as never }) })
      .sign(key)

  const promoted = (token: string) => {
    const [header = '', , signature = ''] = token.split('.')
    return `${header}.${Buffer.from(JSON.stringify(good({ roles: ['admin'] }))).toString('base64url')}.${signature}`
  }
})

describe('the role', () => {
  const roleFor = async (roleClaim: string, claims: JWTPayload) =>
    oidcCaller({ issuer: provider.issuer, audience: AUDIENCE, roleClaim })(await provider.token(claims))

  test('is read from where the settings say, also deep inside', async () => {
    const caller = await roleFor('realm_access.roles', { realm_access: { roles: ['offline_access', 'servicetorget'] } })
    expect(caller).toEqual({ actor: 'oidc:prove', role: 'servicetorget', scopes: scopesOf.servicetorget })
  })

  test('may be a word instead of a list', async () => {
    expect(await roleFor('rolle', { rolle: 'archivist' })).toMatchObject({ role: 'archivist' })
  })

  test.each(['realm_access.roles.0.x', 'finnes.ikke', 'constructor.name', '__proto__'])(
    'is nobody’s when there is nothing at %s',
    async (roleClaim) => {
      await expect(roleFor(roleClaim, { realm_access: { roles: ['admin'] } })).rejects.toMatchObject({
        code: 'forbidden'
      })
    }
  )
})

describe('when the provider', () => {
  let caller: ReturnType<typeof oidcCaller> = () => Promise.reject(new Error('Nobody has been met.'))
  const server = buildServer(idleParts({ oidc: (token) => caller(token) }))
  const ask = async (token: string) => {
    const { statusCode, headers, body } = await (await server).inject({
      url: '/docs/json',
      headers: { authorization: `Bearer ${token}` }
    })
    return { statusCode, retryAfter: headers['retry-after'], code: (JSON.parse(body) as { code?: string }).code }
  }
  /** As when the service has just started and has not met the provider. */
  const meet = (issuer = provider.issuer) => {
    caller = oidcCaller({ issuer, audience: AUDIENCE, roleClaim: 'roles' })
  }
  const unavailable = { statusCode: 503, retryAfter: '10', code: 'identity-provider-unavailable' }

  test('is down, the answer is 503; when it is back, the same token opens', async () => {
    const token = await provider.token({ roles: ['archivist'] })
    meet()
    await provider.down()
    expect(await ask(token)).toEqual(unavailable)
    await provider.up()
    expect(await ask(token)).toMatchObject({ statusCode: 200 })
  })

  test('goes down later, tokens that need no new key still open', async () => {
    const token = await provider.token({ roles: ['archivist'] })
    meet()
    expect(await ask(token)).toMatchObject({ statusCode: 200 })
    await provider.down()
    expect(await ask(token)).toMatchObject({ statusCode: 200 })
    await provider.up()
  })

  test.each([404, 500, 503])('answers %i instead of its metadata, the answer is 503', async (status) => {
    meet()
    provider.fail(status)
    expect(await ask(await provider.sign(good()))).toEqual(unavailable)
    provider.fail(undefined)
    expect(await ask(await provider.sign(good()))).toMatchObject({ statusCode: 200 })
  })

  test('gives no keys though it gave its metadata, the token is not blamed', async () => {
    meet()
    provider.fail(500, '/jwks')
    expect(await ask(await provider.sign(good()))).toEqual(unavailable)
    provider.fail(undefined)
    expect(await ask(await provider.sign(good()))).toMatchObject({ statusCode: 200 })
  })

  test('describes another issuer than the one in the settings, it is not believed', async () => {
    const other = provider.issuer.replace('127.0.0.1', 'localhost')
    meet(other)
    expect(await ask(await provider.sign(good({ iss: other })))).toEqual(unavailable)
  })
})

test('the provider publishes the key that the tokens above are signed with', async () => {
  const { keys } = (await (await fetch(`${provider.issuer}/jwks`)).json()) as { keys: { kid: string; x: string }[] }
  expect(keys.map(({ kid, x }) => ({ kid, x }))).toEqual([{ kid: 'prove-1', x: provider.publicKey.x }])
  expect(await importJWK(provider.publicKey)).toBeDefined()
})
