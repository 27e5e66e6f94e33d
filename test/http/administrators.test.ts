import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { inquiryBody } from '../support/makers.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService()
const reason = 'Vedtak i ledergruppen.'
let made = 0

interface Shown {
  readonly id: string
  readonly version: number
  readonly from: string
  readonly to?: string
}

const send = (method: string, path: string, body: object) =>
  service().call(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

async function answered<T>(response: Promise<Response>, status: number): Promise<T> {
  const text = await (await response).text()
  expect((await response).status, text).toBe(status)
  return JSON.parse(text) as T
}

/** A name of its own each time, since two cannot act under the same one. */
const wanted = (changes: object = {}) => {
  made += 1
  return {
    name: `Person ${made}`,
    actsAs: [`p${made}@eksempel.no`],
    unit: 'Servicetorget',
    may: ['mark'],
    reason,
    ...changes
  }
}

const appoint = (body: object) => answered<Shown>(service().post('/v1/administrators', body), 201)
const marked = (by: string, at?: string) =>
  service().post('/v1/inquiries', inquiryBody({ mark: { by, reason: 'Må besvares', ...(at !== undefined && { at }) } }))

async function refusal(response: Promise<Response>, status: number) {
  const problem = await problemIn(await response)
  expect(problem.status).toBe(status)
  return problem
}

const inquiries = async () => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from inquiry`.execute(service().db)
  return rows[0]?.count
}

describe('an administrator', () => {
  test('marks from the moment of the appointment, and the inquiry says who it was', async () => {
    const body = wanted()
    const { id } = await appoint(body)
    for (const by of [body.name, ` ${body.name.toUpperCase()} `, body.actsAs[0] ?? '']) {
      const inquiry = await answered<Shown>(marked(by), 202)
      const details = await answered<{ mark: object }>(service().call(`/v1/inquiries/${inquiry.id}`), 200)
      expect(details.mark).toMatchObject({ by, administrator: id })
      const { events } = await answered<{ events: { facts: object }[] }>(
        service().call(`/v1/inquiries/${inquiry.id}/timeline`),
        200
      )
      expect(events[0]?.facts).toMatchObject({ administrator: id })
    }
  })

  test('is listed among those of the moment asked for, and no longer when it has ended', async () => {
    const { id } = await appoint(wanted({ from: '2026-01-01T00:00:00+01:00', to: '2026-02-01T00:00:00+01:00' }))
    const listed = async (query: string) => {
      const path = `/v1/administrators${query}`
      const { administrators } = await answered<{ administrators: Shown[] }>(service().call(path), 200)
      return administrators.some((one) => one.id === id)
    }
    expect(await listed('')).toBe(true)
    expect(await listed('?at=2025-12-31T23:00:00Z')).toBe(true)
    expect(await listed('?at=2025-12-31T22:59:59.999Z')).toBe(false)
    expect(await listed('?at=2026-01-31T22:59:59.999Z')).toBe(true)
    expect(await listed('?at=2026-01-31T23:00:00Z')).toBe(false)
    expect((await refusal(service().call('/v1/administrators?at=i-dag'), 400)).code).toBe('invalid-request')
  })

  test('who has ended may not mark any more, and what was marked before stands and is answered the same again', async () => {
    const body = wanted({ from: '2026-01-01T00:00:00Z' })
    const { id } = await appoint(body)
    const inquiry = inquiryBody({ mark: { by: body.name, reason: 'Må besvares' } })
    const first = await answered<Shown>(service().post('/v1/inquiries', inquiry), 202)
    const ended = await answered<Shown>(service().post(`/v1/administrators/${id}/end`, { reason: 'Byttet jobb' }), 200)
    expect(ended).toMatchObject({ version: 2, to: expect.stringMatching(/Z$/) })
    expect(await refusal(marked(body.name), 422)).toMatchObject({
      code: 'marker-not-appointed',
      detail: expect.stringContaining('sluttet'),
      errors: [{ pointer: '/mark/by', detail: 'var ikke lenger utnevnt' }]
    })
    expect(await answered<Shown>(service().post('/v1/inquiries', inquiry), 200)).toMatchObject({ id: first.id })
    await answered(marked(body.name, '2026-01-02T00:00:00Z'), 202)
    expect((await refusal(service().post(`/v1/administrators/${id}/end`, { reason }), 409)).code).toBe(
      'appointment-ended'
    )
  })

  test('is changed as somebody saw it, and shows how it was', async () => {
    const { id } = await appoint(wanted())
    const change = (version: number, changes: object) =>
      send('PATCH', `/v1/administrators/${id}`, { version, reason: 'Ny adresse', ...changes })
    await answered(change(1, { actsAs: ['ny@eksempel.no'], may: ['mark', 'reply'], to: '2099-01-01T00:00:00Z' }), 200)
    expect((await refusal(change(1, { unit: 'Teknisk' }), 409)).code).toBe('administrator-changed')
    expect(await answered<object>(change(2, { to: null }), 200)).not.toHaveProperty('to')
    const shown = await answered<{ earlier: object[]; events: object[] }>(
      service().call(`/v1/administrators/${id}`),
      200
    )
    expect(shown).toMatchObject({ version: 3, actsAs: ['ny@eksempel.no'], may: ['mark', 'reply'] })
    expect(shown.earlier).toMatchObject([
      { version: 2, to: '2099-01-01T00:00:00.000Z' },
      { version: 1, may: ['mark'] }
    ])
    expect(shown.events).toMatchObject([
      { action: 'administrator.appointed', text: 'Administrator utnevnt', reason, actor: 'key:prove' },
      { action: 'administrator.changed', reason: 'Ny adresse', facts: { version: 2, fields: 'actsAs may to' } },
      { action: 'administrator.changed', facts: { version: 3, fields: 'to' } }
    ])
  })

  test('of two changes at once, one is made', async () => {
    const { id } = await appoint(wanted())
    const changes = Array.from({ length: 8 }, (_, n) =>
      send('PATCH', `/v1/administrators/${id}`, { version: 1, reason, unit: `Enhet ${n}` })
    )
    const statuses = (await Promise.all(changes)).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409, 409, 409, 409, 409])
  })

  test('of two who want one name at once, one gets it; it is free again when that one has ended', async () => {
    const body = wanted({ from: '2026-01-01T00:00:00Z' })
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => service().post('/v1/administrators', { ...wanted(), actsAs: [body.name] }))
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409])
    expect((await refusal(service().post('/v1/administrators', body), 409)).code).toBe('name-in-use')
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as Partial<Shown>[]
    const id = bodies.find((answer) => answer.id !== undefined)?.id
    await answered(service().post(`/v1/administrators/${id}/end`, { reason }), 200)
    await appoint({ ...body, from: new Date().toISOString() })
  })

  test('who has not begun never does when it is ended', async () => {
    const body = wanted({ from: '2098-01-01T00:00:00Z' })
    const { id, from } = await appoint(body)
    expect(await answered<Shown>(service().post(`/v1/administrators/${id}/end`, { reason }), 200)).toMatchObject({
      to: from
    })
  })

  test.each<[string, object, number, string]>([
    [
      'that ends before it begins',
      { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
      422,
      'period-not-valid'
    ],
    ['that may do nothing', { may: [] }, 400, 'invalid-request'],
    ['that may do what nobody can', { may: ['styre'] }, 400, 'invalid-request'],
    ['with a blank name', { name: ' ' }, 400, 'invalid-request'],
    ['with an unknown field', { tittel: 'Sjef' }, 400, 'invalid-request'],
    ['without a reason', { reason: undefined }, 400, 'invalid-request'],
    ['with too many names', { actsAs: Array.from({ length: 21 }, (_, n) => `n${n}`) }, 400, 'invalid-request']
  ])('%s is not appointed', async (_, changes, status, code) => {
    expect((await refusal(service().post('/v1/administrators', wanted(changes)), status)).code).toBe(code)
  })

  test('that nobody knows is not found', async () => {
    const path = '/v1/administrators/01900000-0000-7000-8000-000000000000'
    expect((await refusal(service().call(path), 404)).code).toBe('administrator-not-found')
    expect((await refusal(send('PATCH', path, { version: 1, unit: 'X', reason }), 404)).code).toBe(
      'administrator-not-found'
    )
    expect((await refusal(service().post(`${path}/end`, { reason }), 404)).code).toBe('administrator-not-found')
  })

  test('is never changed or erased in the database', async () => {
    for (const statement of [
      'delete from administrator',
      "update administrator set name = 'x'",
      'delete from own_pages'
    ]) {
      await appoint(wanted())
      await answered(
        send('PUT', '/v1/pages', {
          version: (await answered<Shown>(service().call('/v1/pages'), 200)).version,
          ...{ pages: [], reason }
        }),
        200
      )
      await expect(sql.raw(statement).execute(service().db)).rejects.toThrow('append-only')
    }
  })
})

describe('a mark', () => {
  const replier = wanted({ may: ['reply', 'delete'], from: '2020-01-01T00:00:00Z' })
  const temporary = wanted({ from: '2026-01-01T12:00:00Z', to: '2026-02-01T12:00:00Z' })
  const appointBoth = async () => {
    for (const body of [replier, temporary]) await service().post('/v1/administrators', body)
  }

  test.each<[string, string, string | undefined, RegExp, string]>([
    [
      'nobody on the list',
      'Ukjent',
      undefined,
      /står ikke på listen.*Ingenting er lagret.*GET \/v1\/administrators/,
      'er ikke utnevnt'
    ],
    [
      'one who may only reply',
      replier.name,
      undefined,
      /men ikke til å merke.*føye det til utnevningen/,
      'er ikke utnevnt til å merke'
    ],
    [
      'one who was appointed after it',
      temporary.name,
      '2026-01-01T11:59:59.999Z',
      /utnevnt først fra 01\.01\.2026 kl\. 13\.00\.00/,
      'var ikke utnevnt ennå'
    ],
    [
      'one who had ended before it',
      temporary.name,
      '2026-02-01T12:00:00Z',
      /sluttet 01\.02\.2026 kl\. 13\.00\.00/,
      'var ikke lenger utnevnt'
    ]
  ])('by %s is refused in plain words, and nothing is kept', async (_, by, at, words, detail) => {
    await appointBoth()
    const before = await inquiries()
    const mark = { by, reason: 'Må besvares', ...(at !== undefined && { at }) }
    const payload = { id: '1_2', message: 'Hei', created_time: '2026-01-01T11:00:00+0000', from: { name: 'Per' } }
    for (const [path, body] of [
      ['/v1/inquiries', inquiryBody({ mark })],
      ['/v1/preview', inquiryBody({ mark })],
      ['/v1/inquiries/from/facebook', { payload, mark }]
    ] as const) {
      const problem = await refusal(service().post(path, body), 422)
      expect(problem).toMatchObject({ code: 'marker-not-appointed', errors: [{ pointer: '/mark/by', detail }] })
      expect(problem.detail).toMatch(words)
    }
    expect(await inquiries()).toBe(before)
  })

  test.each([
    ['at the first moment', '2026-01-01T12:00:00Z'],
    ['in the last millisecond', '2026-02-01T11:59:59.999Z']
  ])('made %s of the appointment is taken', async (_, at) => {
    await appointBoth()
    await answered(marked(temporary.name, at), 202)
  })

  test('from the future is refused, but for what clocks may differ', async () => {
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
    expect(await refusal(marked('servicetorget', inMinutes(6)), 422)).toMatchObject({
      code: 'mark-in-future',
      errors: [{ pointer: '/mark/at', detail: 'er fram i tid' }]
    })
    await answered(marked('servicetorget', inMinutes(4)), 202)
  })
})
