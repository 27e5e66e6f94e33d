import { generateKeyPairSync } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { text as read } from 'node:stream/consumers'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ModerationCallback } from '../../schemas/callbacks.ts'
import { FollowUpInput } from '../../schemas/follow-ups.ts'
import { Guideline } from '../../schemas/guideline.ts'
import { DeletedInput, GivenReplyInput } from '../../schemas/policy.ts'
import { OPEN_GATE } from '../../src/domain/archive-gate.ts'
import type { ErrorCode } from '../../src/domain/errors.ts'
import { problemCodes } from '../../src/http/problem-table.ts'
import { buildServer } from '../../src/http/server.ts'
import { openLog } from '../../src/log.ts'
import { idleParts } from '../support/api-description.ts'
import { callerOf } from '../support/caller.ts'
import { inquiryBody } from '../support/makers.ts'
import { corpus, hasMaterial } from '../support/material.ts'
import { registration } from '../support/moderation-tool.ts'
import { fileService } from './file-service.ts'
import { problemIn, problemOf } from './problem-of.ts'
import { filled, type Route, routesOf } from './routes-of.ts'

const service = fileService()
const post = (body: unknown, headers: Record<string, string> = {}) => service().post('/v1/inquiries', body, headers)

/** Bytes as they are, to an address as it is. */
const send = (bytes: Uint8Array | string, contentType = 'application/json', path = '/v1/inquiries') =>
  service().call(path, { method: 'POST', body: Buffer.from(bytes), headers: { 'content-type': contentType } })

const kept = async () => {
  const { n } = await service()
    .db.selectFrom('inquiry')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

const decision = { reason: 'en grunn' }
const journalpost = '2026/412-1'
const selection = { states: ['needs-action'] }
/** What each action on an inquiry is sent with. */
const actionBodies: Readonly<Record<string, object>> = {
  ...Object.fromEntries(
    ['retry', 'ask', 'dismiss', 'approve', 'hold', 'release', 'restricted-by-hand', 'handled/confirm'].map((name) => [
      name,
      decision
    ])
  ),
  'choose-case': { ...decision, caseNumber: 'new' },
  correct: { ...decision, title: 'En tittel' },
  'change-category': { ...decision, category: 'question' },
  'choose-record': { ...decision, journalpost },
  handled: { ...decision, journalpost }
}
describe('a body that cannot be read is refused with 400', () => {
  const whole = JSON.stringify(inquiryBody())

  test.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['a blank', ' '],
    ['half of it', whole.slice(0, -10)],
    ['something behind it', `${whole}x`],
    ['two of them', `${whole}${whole}`],
    ['a comma too many', whole.replace(/}$/, ',}')],
    ['JavaScript', "{source:'facebook'}"],
    ['XML', '<inquiry/>'],
    ['Latin-1', Buffer.from(JSON.stringify(inquiryBody({ text: 'brøytet' })), 'latin1')],
    ['UTF-16', Buffer.from(whole, 'utf16le')],
    ['UTF-8 that breaks off', Buffer.concat([Buffer.from(whole.slice(0, -2)), Buffer.from([0xc3]), Buffer.from('"}')])],
    ['surrogates as bytes (CESU-8)', Buffer.from([0x22, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0x22])],
    ['100 000 brackets', '['.repeat(100_000)],
    ['100 000 brackets that close again', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100 000 objects in each other', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['65 levels where they are allowed', platformBody(`${'{"a":'.repeat(64)}1${'}'.repeat(64)}`)],
    ['a key that would reach a prototype', whole.replace(/}$/, ',"__proto__":{"isAdmin":true}}')],
    ['such a key in escapes', whole.replace(/}$/, ',"\\u005f_proto__":{"isAdmin":true}}')],
    ['such a key further in', whole.replace('"author":{', '"author":{"constructor":{"prototype":{"a":1}},')],
    ['gzip', Buffer.from('1f8b08000000000000', 'hex')]
  ])('%s', async (_, bytes) => {
    const before = await kept()
    const response = await send(bytes)
    expect(response.status).toBe(400)
    expect(await problemIn(response)).toMatchObject({ code: 'body-not-json' })
    expect(await kept()).toBe(before)
    expect(Object.prototype).not.toHaveProperty('isAdmin')
  })

  test('62 levels of a platform’s own payload are read', async () => {
    const response = await send(
      platformBody(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`),
      'application/json',
      '/v1/inquiries/from/facebook'
    )
    expect(response.status).toBe(422)
    expect((await problemIn(response)).code).toMatch(/^(payload-not-understood|not-an-inquiry)$/)
  })
})

describe('a body that is read and does not fit is refused with 400 and a pointer to', () => {
  const { author, mark } = inquiryBody()

  test.each<[string, object, string, string]>([
    ['an unknown field', { ukjent: 1 }, '/ukjent', 'er et ukjent felt'],
    ['an unknown field further in', { author: { ...author, alder: 40 } }, '/author/alder', 'er et ukjent felt'],
    ['an unknown field with a name that needs escaping', { 'a/b~c': 1 }, '/a~1b~0c', 'er et ukjent felt'],
    [
      'an unknown field in a list',
      { context: { parents: [{ author, text: '', x: 1 }] } },
      '/context/parents/0/x',
      'er et ukjent felt'
    ],
    [
      'an unknown field of an event',
      { event: { type: 'created', at: '2026-11-21T18:42:10Z' } },
      '/event/at',
      'er et ukjent felt'
    ],
    ['an unknown event', { event: { type: 'liked' } }, '/event/type', 'har en ukjent type'],
    ['an event without a type', { event: {} }, '/event/type', 'mangler'],
    ['an edit without a time', { event: { type: 'edited' } }, '/event/at', 'mangler'],
    ['a missing field', { mark: undefined }, '/mark', 'mangler'],
    ['a missing field further in', { mark: { by: 'a' } }, '/mark/reason', 'mangler'],
    ['a number for a text', { text: 17 }, '/text', 'skal være tekst'],
    ['a text for an object', { author: 'Kari' }, '/author', 'skal være et objekt'],
    ['an object for a list', { attachments: {} }, '/attachments', 'skal være en liste'],
    ['null for a text', { note: null }, '/note', 'skal være tekst'],
    ['a kind that is none', { kind: 'tweet' }, '/kind', 'skal være en av post, comment, message, review'],
    ['a blank mark', { mark: { ...mark, by: ' ' } }, '/mark/by', 'er tomt'],
    ['a source in capitals', { source: 'Facebook' }, '/source', 'har ugyldige tegn eller feil form'],
    ['an id with a line break', { externalId: 'a\nb' }, '/externalId', 'har ugyldige tegn eller feil form'],
    ['an id that is too long', { externalId: 'x'.repeat(501) }, '/externalId', 'har ugyldige tegn eller feil form'],
    ['a text that is too long', { text: 'x'.repeat(100_001) }, '/text', 'er lengre enn 100000 tegn'],
    [
      'too many attachments',
      { attachments: Array(101).fill({ id: '01900000-0000-7000-8000-000000000000' }) },
      '/attachments',
      'har flere enn 100'
    ],
    [
      'too much context',
      { context: { siblings: Array(501).fill({ author, text: '' }) } },
      '/context/siblings',
      'har flere enn 500'
    ],
    [
      'an attachment id that is none',
      { attachments: [{ id: 'x' }] },
      '/attachments/0/id',
      'skal være en UUID med små bokstaver'
    ],
    [
      'an attachment id that only looks like one',
      { attachments: [{ id: 'urn:uuid:01900000-0000-7000-8000-000000000000' }] },
      '/attachments/0/id',
      'skal være en UUID med små bokstaver'
    ],
    [
      'an address that runs a script',
      { permalink: 'javascript:alert(1)' },
      '/permalink',
      'skal begynne med https:// eller http://'
    ],
    ['a case number that is none', { caseNumber: '412' }, '/caseNumber', 'skal være et saksnummer, som 2026/412'],
    [
      'a time without a zone',
      { publishedAt: '2026-11-21T18:42:10' },
      '/publishedAt',
      'skal være et tidspunkt med tidssone, som 2026-11-21T18:42:10+01:00'
    ],
    [
      'a day without a time',
      { publishedAt: '2026-11-21' },
      '/publishedAt',
      'skal være et tidspunkt med tidssone, som 2026-11-21T18:42:10+01:00'
    ],
    [
      'a day that is none',
      { publishedAt: '2026-02-30T10:00:00Z' },
      '/publishedAt',
      'skal være et tidspunkt med tidssone, som 2026-11-21T18:42:10+01:00'
    ],
    [
      'an hour that is none',
      { publishedAt: '2026-11-21T25:00:00Z' },
      '/publishedAt',
      'skal være et tidspunkt med tidssone, som 2026-11-21T18:42:10+01:00'
    ],
    ['a time that is a number', { publishedAt: 1_777_897_800 }, '/publishedAt', 'skal være tekst']
  ])('%s', async (_, changes, pointer, detail) => {
    const response = await post({ ...inquiryBody(), ...changes })
    expect(response.status).toBe(400)
    expect(await problemIn(response)).toMatchObject({
      code: 'invalid-request',
      detail: 'Rett feltene i innholdet og send på nytt. Ingenting er lagret.',
      errors: [{ pointer, detail }]
    })
  })

  test.each([
    ['a list', []],
    ['a text', 'hei'],
    ['a number', 1],
    ['null', null],
    ['true', true]
  ])('%s instead of an object', async (_, body) => {
    const response = await send(JSON.stringify(body))
    expect(response.status).toBe(400)
    expect(await problemIn(response)).toMatchObject({ errors: [{ pointer: '', detail: 'skal være et objekt' }] })
  })

  test('nothing longer than need be, when a field’s name is enormous', async () => {
    const response = await post({ ...inquiryBody(), ['x'.repeat(100_000)]: 1 })
    expect(response.status).toBe(400)
    expect(JSON.stringify(await problemIn(response)).length).toBeLessThan(1_000)
  })

  test.each([
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['the year 0', '0000-01-01T00:00:00Z'],
    ['the year 9999', '9999-12-31T23:59:59Z'],
    ['the sixties', '1969-12-31T23:59:59Z'],
    ['half a zone', '2026-11-21T18:42:10+01']
  ])('%s, which no archive can hold, with 422', async (_, at) => {
    for (const [changes, pointer] of [
      [{ publishedAt: at }, '/publishedAt'],
      [{ editedAt: at }, '/editedAt'],
      [{ event: { type: 'edited', at } }, '/event/at'],
      [{ mark: { ...mark, at } }, '/mark/at'],
      [{ context: { siblings: [{ author, text: 'x', publishedAt: at }] } }, '/context/siblings/0/publishedAt']
    ] as const) {
      const response = await post({ ...inquiryBody(), ...changes })
      expect(response.status, pointer).toBe(422)
      expect(await problemIn(response)).toMatchObject({ code: 'payload-not-understood', errors: [{ pointer }] })
    }
  })
})

describe('what is strange and allowed', () => {
  test('a byte order mark is accepted, and the same body without it is the same', async () => {
    const body = JSON.stringify(inquiryBody())
    const response = await send(`\uFEFF${body}`)
    expect(response.status).toBe(202)
    expect((await send(body)).status).toBe(200)
    const other = await send(body.replace('Storgata', 'Lillegata'))
    expect(other.status).toBe(422)
    expect(await problemIn(other)).toMatchObject({ errors: [{ pointer: '/text' }] })
  })

  test.each([
    ['NUL', 'a\\u0000b', 'a\uFFFDb'],
    ['half a surrogate pair', 'a\\uD83Db', 'a\uFFFDb'],
    ['a pair the wrong way round', 'a\\uDE00\\uD83Db', 'a\uFFFD\uFFFDb'],
    ['a noncharacter', 'a\\uFFFFb', 'a\uFFFFb'],
    ['text that runs the other way', 'a\\u202Eb', 'a\u202Eb'],
    ['control characters', 'a\\u0007\\u001B[31mb', 'a\u0007\u001B[31mb']
  ])('%s is accepted; what cannot be kept is shown as U+FFFD', async (_, escaped, shown) => {
    const body = JSON.stringify(inquiryBody({ text: '#', note: '#', author: { displayName: '#' } })).replaceAll(
      '"#"',
      `"${escaped}"`
    )
    const response = await send(body)
    expect(response.status).toBe(202)
    const { id } = (await response.json()) as { id: string }
    const details = await (await service().call(`/v1/inquiries/${id}`)).json()
    expect(details).toMatchObject({ text: shown, note: shown, author: { displayName: shown } })
    expect((await send(body)).status).toBe(200)
  })

  test('a number beyond what a computer counts to is part of what makes a body the same', async () => {
    const payload = (likes: string) =>
      platformBody(
        `{"id":"7_${likes}","message":"Hei","created_time":"2026-11-21T17:42:10+0000","from":{"id":"1","name":"K"},"like_count":${likes}}`
      )
    for (const likes of ['1e400', '-1e400']) {
      const answers = [1, 2].map(
        async () => (await send(payload(likes), 'application/json', '/v1/inquiries/from/facebook')).status
      )
      expect((await Promise.all(answers)).sort()).toEqual([200, 202])
    }
  })

  test('times in lower case and with a blank are read', async () => {
    const response = await post(inquiryBody({ publishedAt: '2026-11-21t18:42:10z', editedAt: '2026-11-21 18:42:11Z' }))
    expect(response.status).toBe(202)
  })
})

describe('too large', () => {
  /** A body that has blanks behind it, up to so many bytes. */
  const ofSize = (bytes: number) => {
    const body = JSON.stringify(inquiryBody())
    return body + ' '.repeat(bytes - Buffer.byteLength(body))
  }

  test('a body of 1 MB is read', async () => {
    expect((await send(ofSize(1_048_576))).status).toBe(202)
  })

  test('a byte more gets 413, announced or not', async () => {
    const body = ofSize(1_048_577)
    const announced = await send(body)
    expect(announced.status).toBe(413)
    expect(await problemIn(announced)).toMatchObject({ code: 'too-large' })
    const streamed = await service().call('/v1/inquiries', {
      method: 'POST',
      body: new Blob([body]).stream(),
      duplex: 'half',
      headers: { 'content-type': 'application/json' }
    } as RequestInit)
    expect(streamed.status).toBe(413)
  })
})

describe('the wrong media type', () => {
  test.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/ld+json',
    'image/png',
    'nonsense'
  ])('%s gets 415', async (contentType) => {
    const response = await send(JSON.stringify(inquiryBody()), contentType)
    expect(response.status).toBe(415)
    expect(await problemIn(response)).toMatchObject({ code: 'media-type-unknown' })
  })

  test('none at all gets 415, and JSON with a parameter is JSON', async () => {
    const none = await service().call('/v1/inquiries', { method: 'POST', body: Buffer.from('{}') })
    expect(none.status).toBe(415)
    expect((await send(JSON.stringify(inquiryBody()), 'application/json; charset=utf-8')).status).toBe(202)
    expect((await send(JSON.stringify(inquiryBody()), 'Application/JSON')).status).toBe(202)
  })

  test('JSON where a file belongs gets 415', async () => {
    const response = await send('{}', 'application/json', '/v1/attachments')
    expect(response.status).toBe(415)
    expect(await problemIn(response)).toMatchObject({ code: 'media-type-unknown' })
  })
})

describe('an address', () => {
  const somebody = '01900000-0000-7000-8000-000000000000'

  test.each([
    ['GET', '/v1/nothing'],
    ['GET', '/v2/inquiries'],
    ['PUT', '/v1/inquiries'],
    ['GET', '/V1/inquiries'],
    ['POST', `/v1/inquiries/${somebody}`]
  ])('with nothing at it gets 404: %s %s', async (method, path) => {
    const response = await service().call(path, { method })
    expect(response.status).toBe(404)
    expect(await problemIn(response)).toMatchObject({ code: 'no-such-path' })
  })

  test.each([
    ['GET', `/v1/inquiries/${somebody}`, 'inquiry-not-found'],
    ['GET', `/v1/inquiries/${somebody}/timeline`, 'inquiry-not-found'],
    ['GET', `/v1/inquiries/${somebody}/record`, 'inquiry-not-found'],
    ['GET', `/v1/inquiries/${somebody}/documents/1`, 'inquiry-not-found'],
    ['DELETE', '/v1/keys/finnes-ikke', 'key-not-found']
  ])('of what does not exist gets 404: %s %s', async (method, path, code) => {
    const response = await service().call(path, { method })
    expect(response.status).toBe(404)
    expect(await problemIn(response)).toMatchObject({ code })
  })

  test.each(Object.entries(actionBodies))('of %s for what does not exist gets 404', async (action, body) => {
    const response = await service().post(`/v1/inquiries/${somebody}/${action}`, body)
    expect(response.status).toBe(404)
    expect(await problemIn(response)).toMatchObject({ code: 'inquiry-not-found' })
  })

  test('of an unknown platform gets 404, and is told the known ones', async () => {
    const response = await service().post('/v1/inquiries/from/nyplattform', { payload: {}, mark: inquiryBody().mark })
    expect(response.status).toBe(404)
    const { code, detail } = await problemIn(response)
    expect(code).toBe('platform-not-found')
    expect(detail).toMatch(/facebook, .*mastodon/)
  })

  test.each([
    ['/v1/inquiries/x', '/id', 'skal være en UUID med små bokstaver'],
    [`/v1/inquiries/urn:uuid:${somebody}`, '/id', 'skal være en UUID med små bokstaver'],
    [`/v1/inquiries/${somebody.replace('7', 'A')}`, '/id', 'skal være en UUID med små bokstaver'],
    [`/v1/inquiries/${somebody}/documents/0`, '/n', 'skal være minst 1'],
    [`/v1/inquiries/${somebody}/documents/1001`, '/n', 'skal være høyst 1000'],
    [`/v1/inquiries/${somebody}/documents/1.5`, '/n', 'skal være et heltall'],
    [`/v1/inquiries/${somebody}/documents/en`, '/n', 'skal være et heltall'],
    ['/v1/inquiries?limit=0', '/limit', 'skal være minst 1'],
    ['/v1/inquiries?limit=201', '/limit', 'skal være høyst 200'],
    ['/v1/inquiries?limit=mange', '/limit', 'skal være et heltall'],
    ['/v1/inquiries?state=ukjent', '/state', expect.stringContaining('skal være en av received, ')],
    ['/v1/inquiries?state=ready&state=sending', '/state', 'skal være tekst'],
    ['/v1/inquiries?needsAction=kanskje', '/needsAction', 'skal være true eller false'],
    ['/v1/inquiries?source=%00', '/source', 'har ugyldige tegn eller feil form'],
    ['/v1/inquiries?text=', '/text', 'er tomt'],
    [`/v1/inquiries?text=${'x'.repeat(201)}`, '/text', 'er lengre enn 200 tegn'],
    ['/v1/inquiries?cursor=x', '/cursor', 'skal være en UUID med små bokstaver'],
    ['/v1/inquiries?from=i%20gaar', '/from', expect.stringContaining('skal være et tidspunkt')],
    ['/v1/inquiries?caseNumber=2026', '/caseNumber', 'skal være et saksnummer, som 2026/412'],
    ['/v1/inquiries?ukjent=1', '/ukjent', 'er et ukjent felt']
  ])('that does not fit gets 400: %s', async (path, pointer, detail) => {
    const response = await service().call(path)
    expect(response.status).toBe(400)
    expect(await problemIn(response)).toMatchObject({
      code: 'invalid-request',
      detail: expect.stringContaining('i adressen'),
      errors: [{ pointer, detail }]
    })
  })

  test.each(['from', 'to'])('with a leap second in «%s» gets 422', async (name) => {
    const response = await service().call(`/v1/inquiries?${name}=2016-12-31T23:59:60Z`)
    expect(response.status).toBe(422)
    expect(await problemIn(response)).toMatchObject({ errors: [{ pointer: `/${name}` }] })
  })

  test('that asks for odd words finds nothing and harms nothing', async () => {
    for (const words of ['%00', "'", '%22 or 1=1 --', '(((', '!%26|:*', '\\', '%F0%9F%98%80', '%FF', '%3C-%3E']) {
      expect((await service().call(`/v1/inquiries?text=${words}`)).status, words).toBe(200)
    }
  })

  test('with a key that is far too long gets 400', async () => {
    const response = await post(inquiryBody(), { 'idempotency-key': 'x'.repeat(201) })
    expect(response.status).toBe(400)
    expect(await problemIn(response)).toMatchObject({
      detail: expect.stringContaining('i hodet på forespørselen'),
      errors: [{ pointer: '/idempotency-key', detail: 'er lengre enn 200 tegn' }]
    })
  })

  test('that is not even one gets 400', async () => {
    for (const path of ['/%ZZ', '/v1/inquiries/%E0%A4%A', `/v1/inquiries/${'x'.repeat(3_000)}`]) {
      const [status, answer] = await raw(
        `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\nconnection: close\r\n\r\n`
      )
      expect([400, 401], path).toContain(status)
      problemOf({ status, ...answer })
    }
  })

  test('in what is not HTTP gets 400, with too much of it 431', async () => {
    const nonsense = await raw('HEI PÅ DEG\r\n\r\n')
    expect(problemOf({ status: nonsense[0], ...nonsense[1] })).toMatchObject({ status: 400, code: 'bad-request' })
    const huge = await raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`)
    expect(problemOf({ status: huge[0], ...huge[1] })).toMatchObject({ status: 431, code: 'bad-request' })
  })
})

describe.skipIf(!hasMaterial)(
  `the corpus of hard JSON${hasMaterial ? '' : ' (the folder with material is missing)'}`,
  () => {
    test('never makes the service stumble, whole or as a platform’s payload', async () => {
      const names = await readdir(corpus('text/json'))
      expect(names.length).toBeGreaterThan(10)
      for (const name of names) {
        const bytes = await readFile(corpus(`text/json/${name}`))
        const whole = await send(bytes)
        expect(whole.status, name).toBe(400)
        await problemIn(whole)
        for (const platform of ['facebook', 'mastodon']) {
          const wrapped = Buffer.concat([
            Buffer.from('{"payload":{"x":'),
            bytes,
            Buffer.from('},"mark":{"by":"a","reason":"b"}}')
          ])
          const response = await send(wrapped, 'application/json', `/v1/inquiries/from/${platform}`)
          expect([400, 422], `${name} from ${platform}`).toContain(response.status)
          await problemIn(response)
        }
      }
    })

    test('naughty strings are taken in as text and given back as they were', async () => {
      const strings = JSON.parse(await readFile(corpus('text/blns-even.json'), 'utf8')) as string[]
      expect(strings.length).toBeGreaterThan(100)
      const response = await post(inquiryBody({ text: strings.join('\n') }))
      expect(response.status).toBe(202)
      const { id } = (await response.json()) as { id: string }
      const details = (await (await service().call(`/v1/inquiries/${id}`)).json()) as { text: string }
      expect(details.text).toBe(strings.join('\n').toWellFormed().replaceAll('\u0000', '\uFFFD'))
    })
  }
)

describe('too often', () => {
  const limited = fileService({ changes: { REQUESTS_PER_MINUTE: '6' } })

  test('gets 429 with Retry-After, and hits only the key that asks', async () => {
    const { address, call, post: make } = limited()
    const other = (await (await make('/v1/keys', { label: 'Prøve', role: 'archivist' })).json()) as { token: string }
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('/v1/inquiries')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(4)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(4)
    for (const response of refused) {
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(60)
      expect(await problemIn(response)).toMatchObject({ code: 'too-many-requests' })
    }
    expect((await callerOf(address, other.token).call('/v1/inquiries')).status).toBe(200)
  })
})

const exampleOf = (schema: object): unknown => (Reflect.get(schema, 'examples') as readonly unknown[])[0]
/** Bodies that are no JSON, and keys that are told from memory. */
const asksNoDatabase = ['/v1/attachments', '/v1/permit-keys']

describe('when something inside is broken', () => {
  const inner = 'select * from inquiry where secret = «innsiden»'
  const admin = {
    actor: 'prøve',
    role: 'admin',
    scopes: [
      'guideline:manage',
      'crisis:lead',
      'administrators:read',
      'administrators:manage',
      'webhooks:manage',
      'callbacks:manage',
      'inquiries:read',
      'inquiries:write',
      'inquiries:act',
      'follow-ups:write',
      'overview:read',
      'records:read',
      'attachments:write',
      'keys:manage',
      'metrics:read'
    ]
  } as const
  const headers = { authorization: 'Bearer a.b.c' }
  const lines: string[] = []

  async function brokenServer() {
    const parts = idleParts()
    const gate = { ...parts.store.gate, look: async () => OPEN_GATE }
    const inquiries = { ...parts.store.inquiries, find: () => Promise.reject(new Error(inner)) }
    const log = openLog('debug', { write: (line) => void lines.push(line) })
    return buildServer({
      ...parts,
      log,
      store: { ...parts.store, gate, inquiries },
      oidc: () => Promise.resolve(admin)
    })
  }
  let server: Awaited<ReturnType<typeof brokenServer>>
  let routes: readonly Route[] = []
  beforeAll(async () => {
    routes = await routesOf(async () => {
      server = await brokenServer()
      await server.ready()
    })
  })
  afterAll(() => server.close())

  test('the answer is 500 and says nothing of it; the log does', async () => {
    const { statusCode, headers: answered, body } = await server.inject({ url: '/v1/inquiries', headers })
    expect(statusCode).toBe(500)
    const problem = problemOf({ status: 500, contentType: String(answered['content-type']), text: body })
    expect(problem).toMatchObject({ code: 'internal-error', instance: expect.stringMatching(/^req-/) })
    expect(body).not.toMatch(/innsiden|select|inquiry|Error/)
    const logged = lines.map((line) => JSON.parse(line) as { request: string; err?: { message: string } })
    const faults = logged.filter(({ request: id, err }) => id === problem.instance && err)
    expect(faults.map(({ err }) => err?.message)).toEqual([inner])
  })

  test('the answer is 503 with Retry-After on every route when the database is not there', async () => {
    const whole = { ...inquiryBody(), attachments: [{ id: '01900000-0000-7000-8000-000000000000' }] }
    const { publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' }
    })
    const signed = { ...headers, 'coop-signature': 'AAAA' }
    const bodies: Record<string, unknown> = {
      '/v1/inquiries': whole,
      '/v1/preview': whole,
      '/v1/inquiries/from/:platform': { payload: facebookPost, mark: whole.mark },
      ...Object.fromEntries(
        Object.entries(actionBodies).map(([action, body]) => [`/v1/inquiries/:id/${action}`, body])
      ),
      '/v1/bulk-actions/preview': { selection },
      '/v1/bulk-actions': { ...decision, action: 'retry', selection, count: 1 },
      '/v1/bulk-actions/:id/cancel': decision,
      '/v1/archive/pause': decision,
      '/v1/guideline/versions': exampleOf(Guideline),
      '/v1/guideline/versions/:version/activate': decision,
      '/v1/crisis/start': decision,
      '/v1/crisis/end': decision,
      '/v1/crisis/release-replies': decision,
      '/v1/inquiries/:id/reply': exampleOf(GivenReplyInput),
      '/v1/inquiries/:id/reply/release': decision,
      '/v1/inquiries/:id/deleted': exampleOf(DeletedInput),
      '/v1/inquiries/:id/follow-ups': exampleOf(FollowUpInput),
      '/v1/callback-clients': registration(publicKey),
      '/v1/callback-clients/:id': { ...registration(publicKey), version: 1 },
      '/v1/callback-clients/:id/end': decision,
      '/v1/callbacks/moderation/:client': exampleOf(ModerationCallback),
      '/v1/administrators': { ...decision, name: 'Kari', unit: 'Servicetorget', may: ['mark'] },
      '/v1/administrators/:id': { ...decision, version: 1, unit: 'Teknisk' },
      '/v1/administrators/:id/end': decision,
      '/v1/pages': { ...decision, version: 0, pages: [] },
      '/v1/webhooks': { url: 'https://eksempel.no/', description: 'Prøve', types: ['inquiry.failed'] },
      '/v1/webhooks/:id': { isEnabled: true },
      '/v1/webhooks/:id/recover': { since: '2026-01-01T00:00:00Z' },
      '/v1/keys': { label: 'Prøve', role: 'admin' }
    }
    const asked = routes.filter(
      ({ url, method }) => url.startsWith('/v1') && !asksNoDatabase.includes(url) && method !== 'HEAD'
    )
    expect(asked.length).toBeGreaterThan(10)
    for (const { method, url } of asked) {
      if (method === 'GET' && url === '/v1/inquiries') continue // the one that is broken above
      const options = { method, url: filled(url), headers: signed, payload: bodies[url] } as InjectOptions
      const { statusCode, headers: answered, body } = await server.inject(options)
      expect(statusCode, `${method} ${url}`).toBe(503)
      expect(answered['retry-after']).toBe('10')
      expect(problemOf({ status: 503, contentType: String(answered['content-type']), text: body })).toMatchObject({
        code: 'database-unavailable'
      })
    }
  })

  test('whoever comes with a key is told the same', async () => {
    const { statusCode, body } = await server.inject({
      url: '/v1/overview',
      headers: { authorization: 'Bearer prove.hemmelig' }
    })
    expect(statusCode).toBe(503)
    expect(JSON.parse(body)).toMatchObject({ code: 'database-unavailable' })
  })

  test('the process still says that it lives, and that it is not ready', async () => {
    expect((await server.inject('/health/live')).statusCode).toBe(200)
    const { statusCode, body } = await server.inject({ url: '/health/ready', headers })
    expect(statusCode).toBe(503)
    expect(JSON.parse(body)).toMatchObject({
      ready: false,
      parts: expect.arrayContaining([
        { part: 'database', ok: false, message: expect.stringContaining('Databasen svarer ikke') }
      ])
    })
  })
})

test('every code of an error is listed once, with a Norwegian title', () => {
  const some: readonly ErrorCode[] = ['unauthenticated', 'step-outcome-unknown', 'several-inquiries']
  const codes = problemCodes.map(({ code }) => code)
  expect(codes).toEqual(expect.arrayContaining([...some]))
  expect(new Set(codes).size).toBe(codes.length)
  for (const { code, title, status } of problemCodes) {
    problemOf({
      status,
      contentType: 'application/problem+json',
      text: JSON.stringify({ type: `/problems/${code}`, code, title, status })
    })
  }
})

const facebookPost = {
  id: '1_2',
  message: 'Hei',
  created_time: '2026-11-21T17:42:10+0000',
  from: { id: '1', name: 'Kari' }
}

/** A body for `/from/…` around a payload that is given as text. */
function platformBody(payload: string): string {
  return `{"payload":${payload},"mark":{"by":"servicetorget","reason":"prøve"}}`
}

/** Bytes on a socket, and what comes back until the other side hangs up. */
async function raw(request: string): Promise<[number, { contentType: string | undefined; text: string }]> {
  const { hostname, port } = new URL(service().address)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  socket.write(request)
  const [head = '', text = ''] = (await read(socket)).split('\r\n\r\n')
  return [Number(head.split(' ')[1]), { contentType: /content-type: (.*)/i.exec(head)?.[1], text }]
}
