import crypto from 'node:crypto'
import { request } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type Role, roles, type Scope, scopes, scopesOf } from '../../src/domain/access.ts'
import type { KeyStore } from '../../src/flow/store-port.ts'
import { believedKeys } from '../../src/http/believed-keys.ts'
import { openLog } from '../../src/log.ts'
import { startService } from '../../src/service.ts'
import { storeOn } from '../../src/store/index.ts'
import { callerOf } from '../support/caller.ts'
import { ADMIN_KEY } from '../support/setup.ts'
import { fileService } from './file-service.ts'
import { filled, type Route, routesOf } from './routes-of.ts'

/** Whoever adds a line here opens a door. */
const OPEN = [
  'GET /health/live',
  'GET /login',
  'GET /skjema/skjema.css',
  'GET /skjema/skjema.js',
  'HEAD /health/live',
  'HEAD /login',
  'HEAD /skjema/skjema.css',
  'HEAD /skjema/skjema.js',
  'POST /login'
]
/** And here: each answers whoever has signed the body, and takes no key. */
const SIGNED = ['POST /v1/callbacks/moderation/:client']

const service = fileService()

let routes: Promise<readonly Route[]> | undefined

/** All routes of a whole service, as it starts; HEAD and those of plugins too. */
function allRoutes(): Promise<readonly Route[]> {
  routes ??= routesOf(async () => (await another()).stop())
  return routes
}

/** One more process on the same installation. */
const another = () => {
  const { config, env } = service()
  return startService({ config, env, log: openLog('silent'), api: true, work: false })
}

/** Routes that a key's scopes open. The pages are for those who are signed in. */
const keyRoutes = async () => (await allRoutes()).filter(({ url, scope }) => scope && !url.startsWith('/skjema'))

const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${service().address}${path}`, { method, headers, redirect: 'manual' })

describe('who is not known', () => {
  test('gets 401 on every route but the few that are open', async () => {
    const routes = await allRoutes()
    expect(routes.length).toBeGreaterThan(40)
    const asked = await Promise.all(routes.map(async (route) => ({ route, status: await statusOf(route, {}) })))
    const open = asked.filter(({ status }) => status !== 401).map(({ route }) => `${route.method} ${route.url}`)
    expect(open.sort()).toEqual(OPEN)
  })

  test.each(['OPTIONS', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'])(
    'is not even told by %s whether there is something at an address',
    async (method) => {
      for (const path of ['/', '/v1', '/v1/nothing', '/v1/inquiries', '/docs', '/metrics', '/admin', '/.env', '//']) {
        expect(await statusOf({ method, url: path }, {}), `${method} ${path}`).toBe(401)
      }
    }
  )

  test.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['a scheme alone', 'Bearer'],
    ['another scheme', `Digest ${ADMIN_KEY}`],
    ['the key without a scheme', ADMIN_KEY],
    ['a key with something behind it', `Bearer ${ADMIN_KEY} x`],
    ['a key with a dot too many', `Bearer ${ADMIN_KEY}.x`],
    ['the id alone', `Bearer ${ADMIN_KEY.split('.')[0]}`],
    ['an id with an empty secret', `Bearer ${ADMIN_KEY.split('.')[0]}.`],
    ['another secret', `Bearer ${ADMIN_KEY.slice(0, -1)}0`],
    ['the secret in other case', `Bearer ${ADMIN_KEY.toUpperCase()}`],
    ['another id', `Bearer annen.${ADMIN_KEY.split('.')[1]}`],
    ['no id', `Bearer .${ADMIN_KEY.split('.')[1]}`],
    ['an id that no database takes', basic('\u0000', 'x')],
    ['an id of SQL', basic(`' or true --`, 'x')],
    ['something that is not base64', 'Basic %%%'],
    ['Basic without a colon', `Basic ${Buffer.from('prove').toString('base64')}`],
    ['a JSON web token where no provider is set up', `Bearer ${'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'}`],
    ['a very long key', `Bearer prove.${'a'.repeat(8_000)}`]
  ])('gets 401 with %s', async (_, authorization) => {
    const response = await ask('GET', '/v1/overview', authorization === undefined ? {} : { authorization })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm="Arkivbro".*Bearer realm="Arkivbro"$/)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(await response.json()).toMatchObject({ code: 'unauthenticated', status: 401 })
  })

  test('is turned away before the body is read', async () => {
    const response = await fetch(`${service().address}/v1/inquiries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '['.repeat(900_000)
    })
    expect(response.status).toBe(401)
  })

  test('cannot tell from the work that is done whether an id exists', async () => {
    const compared: (readonly [number, number])[] = []
    const real = crypto.timingSafeEqual
    crypto.timingSafeEqual = (a, b) => {
      compared.push([a.byteLength, b.byteLength])
      return real(a, b)
    }
    syncBuiltinESMExports()
    onTestFinished(() => {
      crypto.timingSafeEqual = real
      syncBuiltinESMExports()
    })
    for (const key of ['finnes-ikke.hemmelig', `prove.${'x'.repeat(40)}`, 'UGYLDIG ID.x']) {
      await ask('GET', '/v1/overview', { authorization: basic(key.split('.')[0] ?? '', 'hemmelig') })
    }
    expect(compared).toEqual([
      [32, 32],
      [32, 32],
      [32, 32]
    ])
  })
})

describe('a key', () => {
  test('opens as bearer token and as Basic, in any case of the scheme', async () => {
    const [id = '', secret = ''] = ADMIN_KEY.split('.')
    for (const authorization of [
      `Bearer ${ADMIN_KEY}`,
      `bearer ${ADMIN_KEY}`,
      basic(id, secret),
      basic(id, secret).replace('Basic', 'BASIC')
    ]) {
      expect((await ask('GET', '/v1/overview', { authorization })).status, authorization.slice(0, 6)).toBe(200)
    }
  })

  test.each(roles)('of the role %s has what the role has, no more and no less', async (role) => {
    const { key } = await made({ label: 'Prøve', role })
    expect(key).toMatchObject({ role, scopes: scopesOf[role] })
  })

  test('can be given less than its role, and never more', async () => {
    const less = await made({ label: 'Prøve', role: 'servicetorget', scopes: ['inquiries:write'] })
    expect(less.key.scopes).toEqual(['inquiries:write'])
    const more = await made({ label: 'Prøve', role: 'moderation', scopes: ['keys:manage', 'inquiries:read'] })
    expect(more.key.scopes).toEqual(['inquiries:read'])
    const nothing = await made({ label: 'Prøve', role: 'moderation', scopes: [] })
    expect(nothing.key.scopes).toEqual([])
    expect((await callerOf(service().address, nothing.token).call('/v1/inquiries')).status).toBe(403)
  })

  test('shows its secret once; the database has only its hash', async () => {
    const { key, token } = await made({ label: 'Hemmelig prøve', role: 'archivist' })
    const secret = token.split('.')[1] ?? ''
    expect(secret).toHaveLength(43)
    const list = await (await service().call('/v1/keys')).text()
    expect(list).toContain(key.id)
    expect(list).not.toContain(secret)
    const rows = await sql<{ row: string }>`select api_key::text as row from api_key`.execute(service().db)
    const events = await sql<{ row: string }>`select audit_event::text as row from audit_event`.execute(service().db)
    const kept = [...rows.rows, ...events.rows].map(({ row }) => row).join('\n')
    expect(kept).toContain(crypto.createHash('sha256').update(secret).digest('hex'))
    expect(kept).not.toContain(secret)
    expect(events.rows.filter(({ row }) => row.includes('key.made') && row.includes(key.id))).toHaveLength(1)
  })

  test('opens nothing from the moment it is revoked, as often as it was used before', async () => {
    const { key, token } = await made({ label: 'Prøve', role: 'servicetorget' })
    const { call } = callerOf(service().address, token)
    expect((await call('/v1/overview')).status).toBe(200)
    expect((await service().call(`/v1/keys/${key.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await call('/v1/overview')).status).toBe(401)
    const again = await service().call(`/v1/keys/${key.id}`, { method: 'DELETE' })
    expect(again.status).toBe(404)
    expect(await again.json()).toMatchObject({ code: 'key-not-found' })
    const listed = (await (await service().call('/v1/keys')).json()) as { keys: { id: string; revokedAt?: string }[] }
    expect(listed.keys.find(({ id }) => id === key.id)?.revokedAt).toMatch(/^\d{4}-/)
  })

  test('that another process revokes opens nothing five seconds later', async () => {
    let at = new Date('2026-11-22T12:00:00Z')
    const [here, there] = [1, 2].map(() => believedKeys(storeOn(service().db).keys, () => at)) as [KeyStore, KeyStore]
    const { key } = await made({ label: 'Prøve', role: 'servicetorget' })
    expect(await here.find(key.id)).not.toHaveProperty('revokedAt')
    expect(await there.find(key.id)).not.toHaveProperty('revokedAt')
    await here.revoke(key.id, at, 'prøve')
    expect(await here.find(key.id)).toHaveProperty('revokedAt')
    at = new Date(at.getTime() + 5_000)
    expect(await there.find(key.id)).toHaveProperty('revokedAt')
  })

  test('that is revoked while it is looked up is not believed afterwards', async () => {
    const { keys } = storeOn(service().db)
    const { key } = await made({ label: 'Prøve', role: 'servicetorget' })
    const read = await keys.find(key.id)
    let resolve = (_: typeof read) => {}
    const promise = new Promise<typeof read>((resolved) => {
      resolve = resolved
    })
    const find = vi.fn(keys.find).mockReturnValueOnce(promise)
    const believed = believedKeys({ ...keys, find }, () => new Date())
    const looking = believed.find(key.id)
    await believed.revoke(key.id, new Date(), 'prøve')
    resolve(read)
    await looking
    expect(await believed.find(key.id)).toHaveProperty('revokedAt')
  })

  test('can be made and revoked only by who may manage keys', async () => {
    for (const role of roles.filter((one) => one !== 'admin')) {
      const { post, call } = callerOf(service().address, (await made({ label: 'Prøve', role })).token)
      expect((await post('/v1/keys', { label: 'Prøve', role: 'admin' })).status, role).toBe(403)
      expect((await call('/v1/keys')).status, role).toBe(403)
      expect((await call('/v1/keys/prove', { method: 'DELETE' })).status, role).toBe(403)
    }
  })
})

describe('scopes', () => {
  test('each route that has one answers 403 to a key that has all others', async () => {
    const lacking = new Map<Scope, string>()
    for (const scope of scopes) {
      const others = scopes.filter((one) => one !== scope)
      lacking.set(scope, (await made({ label: `Alt uten ${scope}`, role: 'admin', scopes: others })).token)
    }
    const routes = await keyRoutes()
    expect(new Set(routes.map(({ scope }) => scope))).toEqual(new Set(scopes))
    for (const route of routes) {
      const token = lacking.get(route.scope ?? 'keys:manage') ?? ''
      expect(await statusOf(route, { authorization: `Bearer ${token}` }), `${route.method} ${route.url}`).toBe(403)
    }
  })

  test('each route that has one lets the scope alone through', async () => {
    const having = new Map<Scope, string>()
    for (const scope of scopes) having.set(scope, (await made({ label: scope, role: 'admin', scopes: [scope] })).token)
    for (const route of await keyRoutes()) {
      const token = having.get(route.scope ?? 'keys:manage') ?? ''
      const status = await statusOf(route, { authorization: `Bearer ${token}` })
      expect([401, 403, 500], `${route.method} ${route.url}`).not.toContain(status)
    }
  })

  test('every route under /v1 and every page of the form has one, but those that are signed', async () => {
    const closed = (await allRoutes()).filter(({ method, url }) => !OPEN.includes(`${method} ${url}`))
    const without = closed.filter(({ url, scope }) => /^\/(v1|skjema)/.test(url) && !scope)
    expect(without.map(({ method, url }) => `${method} ${url}`)).toEqual(SIGNED)
  })

  test('no key opens what must be signed, and no signature what needs a key', async () => {
    const signed = (await allRoutes()).filter(({ isSigned }) => isSigned)
    expect(signed.map(({ method, url }) => `${method} ${url}`)).toEqual(SIGNED)
    for (const route of signed) {
      expect(await statusOf(route, { authorization: `Bearer ${ADMIN_KEY}` })).toBe(401)
    }
    for (const route of (await allRoutes()).filter(({ scope }) => scope)) {
      expect(await statusOf(route, { 'coop-signature': 'AAAA' }), `${route.method} ${route.url}`).toBe(401)
    }
  })

  test('the answer says which one is missing, in Norwegian', async () => {
    const { token } = await made({ label: 'Prøve', role: 'moderation' })
    const response = await callerOf(service().address, token).call('/v1/overview')
    expect(await response.json()).toMatchObject({
      code: 'forbidden',
      status: 403,
      title: 'Du har ikke lov til dette',
      detail: expect.stringContaining('overview:read')
    })
  })
})

describe('a browser', () => {
  test('is asked for user name and password by /docs, and gets the page with them', async () => {
    const [id = '', secret = ''] = ADMIN_KEY.split('.')
    const without = await ask('GET', '/docs')
    expect(without.status).toBe(401)
    expect(without.headers.get('www-authenticate')).toMatch(/^Basic /)
    const page = await fetch(`${service().address}/docs`, { headers: { authorization: basic(id, secret) } })
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(await page.text()).toContain('swagger-ui')
  })

  test.each(['cross-site', 'same-site'])('on a %s page cannot change anything', async (site) => {
    const before = await counts()
    for (const { method, url } of (await allRoutes()).filter((route) => !['GET', 'HEAD'].includes(route.method))) {
      const response = await ask(method, filled(url), { authorization: `Bearer ${ADMIN_KEY}`, 'sec-fetch-site': site })
      expect(response.status, `${method} ${url}`).toBe(403)
      expect(await response.text(), url).toContain('cross-site-request')
    }
    expect(await counts()).toEqual(before)
  })

  test.each(['same-origin', 'none'])('on our own page can (%s)', async (site) => {
    const response = await service().post('/v1/keys', { label: 'Prøve', role: 'archivist' }, { 'sec-fetch-site': site })
    expect(response.status).toBe(201)
  })
})

test('two processes that start with the same administrator key both do', async () => {
  const both = await Promise.all([another(), another()])
  for (const { address = '', stop } of both) {
    onTestFinished(stop)
    expect((await callerOf(address, ADMIN_KEY).call('/v1/overview')).status).toBe(200)
  }
})

interface Made {
  readonly key: { readonly id: string; readonly role: Role; readonly scopes: readonly Scope[] }
  readonly token: string
}

async function made(body: { label: string; role: Role; scopes?: readonly Scope[] }): Promise<Made> {
  const response = await service().post('/v1/keys', body)
  expect(response.status).toBe(201)
  return (await response.json()) as Made
}

/** By plain HTTP, since `fetch` has no TRACE. */
function statusOf({ method, url }: Pick<Route, 'method' | 'url'>, headers: Record<string, string>): Promise<number> {
  return new Promise((answered, failed) => {
    const { hostname, port } = new URL(service().address)
    request({ hostname, port, method, path: filled(url), headers }, (response) => {
      response.resume()
      answered(response.statusCode ?? 0)
    })
      .once('error', failed)
      .end()
  })
}

async function counts(): Promise<unknown> {
  const { rows } = await sql`select (select count(*) from inquiry) as inquiries, (select count(*) from api_key) as keys,
    (select count(*) from attachment) as attachments`.execute(service().db)
  return rows
}
