import { createHash, randomBytes } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { text as read } from 'node:stream/consumers'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import { callerOf } from '../support/caller.ts'
import { inquiryBody } from '../support/makers.ts'
import { ADMIN_KEY } from '../support/setup.ts'
import { waitFor } from '../support/wait-for.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const MB = 1_048_576
/** A PNG of one pixel. */
const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const service = fileService({ changes: { ATTACHMENT_MB_MAX: '21' } })

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes in use, sender and receiver together. What nobody needs goes, though some of it a moment after it is told to. */
function memoryHeld(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

interface Accepted {
  readonly id: string
  readonly receivedAt: string
  readonly isNew: boolean
  readonly status: string
}

const post = (body: unknown, headers: Record<string, string> = {}) => service().post('/v1/inquiries', body, headers)

async function accepted(body: unknown, status: 200 | 202, headers: Record<string, string> = {}): Promise<Accepted> {
  const response = await post(body, headers)
  const text = await response.text()
  expect(response.status, text).toBe(status)
  return JSON.parse(text) as Accepted
}

/** How often an event stands in the audit log of an inquiry. */
async function events(id: string, action: string): Promise<number> {
  const rows = await service()
    .db.selectFrom('audit_event')
    .select('seq')
    .where('subject', '=', id)
    .where('action', '=', action)
    .execute()
  return rows.length
}

async function rowsOf({ source, externalId }: InquiryInput): Promise<readonly { id: string; event_key: string }[]> {
  return service()
    .db.selectFrom('inquiry')
    .select(['id', 'event_key'])
    .where('source', '=', source)
    .where('external_id', '=', externalId)
    .execute()
}

describe('an inquiry', () => {
  test('gets 202, its id and where to follow it', async () => {
    const response = await post(inquiryBody())
    expect(response.status).toBe(202)
    const body = (await response.json()) as Accepted
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      receivedAt: expect.stringMatching(/Z$/),
      isNew: true,
      status: `/v1/inquiries/${body.id}`,
      category: 'case',
      isEmergency: false,
      proposals: [],
      reply: expect.objectContaining({ name: 'standard', rule: 'otherwise', guideline: 1, isHeld: false })
    })
    expect(response.headers.get('location')).toBe(body.status)
    expect((await service().call(body.status)).status).toBe(200)
  })

  test('again, also with other blanks and in another order, gets 200 and the first answer', async () => {
    const body = inquiryBody({ context: { parents: [{ author: {}, text: 'Før' }] } })
    const first = await accepted(body, 202)
    const backwards = Object.fromEntries(Object.entries(body).reverse())
    for (const again of [
      body,
      JSON.stringify(backwards, undefined, 4),
      JSON.stringify(body).replaceAll('ø', '\\u00f8')
    ]) {
      expect(await accepted(again, 200)).toEqual({ ...first, isNew: false })
    }
    expect(await rowsOf(body)).toHaveLength(1)
    expect(await events(first.id, 'inquiry.received')).toBe(1)
    expect(await events(first.id, 'inquiry.repeated')).toBe(3)
  })

  test('under the same key with other content gets 422 that names what differs, and nothing is kept', async () => {
    const body = inquiryBody({ context: { siblings: [{ author: { displayName: 'A' }, text: 'x' }] } })
    const { id } = await accepted(body, 202)
    const changed = {
      ...body,
      text: 'Noe annet',
      note: 'ny',
      context: { siblings: [{ author: { displayName: 'B' }, text: 'x' }] }
    }
    const response = await post(changed)
    expect(response.status).toBe(422)
    const problem = await problemIn(response)
    expect(problem).toMatchObject({ code: 'key-used-with-other-body', detail: expect.stringContaining(id) })
    expect(problem.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/context/siblings/0/author/displayName',
      '/note',
      '/text'
    ])
    expect(await rowsOf(body)).toHaveLength(1)
    expect(await events(id, 'inquiry.conflicting')).toBe(1)
    expect(await accepted(body, 200)).toMatchObject({ id })
  })

  test('is told by source and id together', async () => {
    const body = inquiryBody()
    await accepted(body, 202)
    await accepted({ ...body, source: 'annet.sted' }, 202)
    await accepted({ ...body, externalId: `${body.externalId}x` }, 202)
  })

  test('without words, attachments or a post that is known gets 422', async () => {
    for (const changes of [
      { text: '' },
      { text: ' \n\t' },
      { text: '', event: { type: 'deleted' } },
      { text: '', event: { type: 'hidden' } }
    ] as const) {
      const response = await post(inquiryBody(changes))
      expect(response.status).toBe(422)
      expect(await problemIn(response)).toMatchObject({ code: 'nothing-to-archive', errors: [{ pointer: '/text' }] })
    }
  })
})

describe('what happens to a post later', () => {
  test('is an inquiry of its own, linked to the first; each edit by its time', async () => {
    const body = inquiryBody()
    const first = await accepted(body, 202)
    const later = [
      { event: { type: 'edited', at: '2026-11-22T10:00:00Z' }, text: 'Endret' },
      { event: { type: 'edited', at: '2026-11-22T11:00:00Z' }, text: 'Endret igjen' },
      { event: { type: 'hidden' }, text: '' },
      { event: { type: 'deleted' }, text: '' }
    ] as const
    const ids: string[] = []
    for (const changes of later) ids.push((await accepted({ ...body, ...changes }, 202)).id)
    expect(new Set([first.id, ...ids]).size).toBe(5)

    const details = (await (await service().call(first.status)).json()) as { related: { id: string; event: string }[] }
    expect(details.related.map(({ id, event }) => [id, event])).toEqual(ids.map((id, n) => [id, later[n]?.event.type]))
    const last = (await (await service().call(`/v1/inquiries/${ids[3]}`)).json()) as { related: { id: string }[] }
    expect(last.related.map(({ id }) => id)).toEqual([first.id, ...ids.slice(0, 3)])
  })

  test('is the same edit when its time is written in another zone, though not with another text', async () => {
    const body = inquiryBody({ event: { type: 'edited', at: '2026-11-22T12:00:00+01:00' } })
    const { id } = await accepted(body, 202)
    const elsewhere = await post({ ...body, event: { type: 'edited', at: '2026-11-22T11:00:00Z' } })
    expect(elsewhere.status).toBe(422)
    expect(await problemIn(elsewhere)).toMatchObject({
      code: 'key-used-with-other-body',
      detail: expect.stringContaining(id),
      errors: [{ pointer: '/event/at' }]
    })
  })

  test('happens once: a second deletion is the first', async () => {
    const body = inquiryBody()
    await accepted(body, 202)
    const deletion = { ...body, event: { type: 'deleted' }, text: '' }
    const { id } = await accepted(deletion, 202)
    expect(await accepted(deletion, 200)).toMatchObject({ id })
  })

  test('«created» said aloud is the same as said by silence', async () => {
    const body = inquiryBody()
    const { id } = await accepted(body, 202)
    const response = await post({ ...body, event: { type: 'created' } })
    expect(response.status).toBe(422)
    expect(await problemIn(response)).toMatchObject({
      detail: expect.stringContaining(id),
      errors: [{ pointer: '/event' }]
    })
  })
})

describe('Idempotency-Key', () => {
  const withKey = (key: string) => ({ 'idempotency-key': key })

  test('the same key and body get the first answer, also after the inquiry has gone on', async () => {
    const body = inquiryBody()
    const first = await accepted(body, 202, withKey('a-1'))
    expect(await accepted(body, 200, withKey('a-1'))).toEqual({ ...first, isNew: false })
    expect(await accepted(body, 200, withKey('a-2'))).toEqual({ ...first, isNew: false })
    expect(await accepted(body, 200)).toEqual({ ...first, isNew: false })
  })

  test('the same key with another body gets 422, whatever the body is about', async () => {
    const body = inquiryBody()
    const { id } = await accepted(body, 202, withKey('b-1'))
    const other = inquiryBody()
    const response = await post(other, withKey('b-1'))
    expect(response.status).toBe(422)
    const problem = await problemIn(response)
    expect(problem).toMatchObject({ code: 'idempotency-key-used-with-other-body', detail: expect.stringContaining(id) })
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/externalId', '/permalink'])
    expect(await rowsOf(other)).toHaveLength(0)
  })

  test('belongs to the key that calls: others may use the same words', async () => {
    const made = (await (await service().post('/v1/keys', { label: 'Prøve', role: 'servicetorget' })).json()) as {
      token: string
    }
    await accepted(inquiryBody(), 202, withKey('c-1'))
    const other = await callerOf(service().address, made.token).post('/v1/inquiries', inquiryBody(), withKey('c-1'))
    expect(other.status).toBe(202)
  })

  test('of a request that was refused is free', async () => {
    const refused = await post(inquiryBody({ text: '' }), withKey('d-1'))
    expect(refused.status).toBe(422)
    await accepted(inquiryBody(), 202, withKey('d-1'))
  })
})

describe('at the same time', () => {
  test('fifty doubles are one inquiry: one 202, the rest 200 with the same id', async () => {
    const body = inquiryBody()
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body)))
    const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as Accepted).id))
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49)
    expect(new Set(ids).size).toBe(1)
    expect(await rowsOf(body)).toEqual([{ id: ids[0], event_key: 'created' }])
    expect(await events(ids[0] ?? '', 'inquiry.received')).toBe(1)
    const work = await service()
      .db.selectFrom('work_item')
      .select('task')
      .where('inquiry_id', '=', ids[0] ?? '')
      .execute()
    expect(work).toEqual([{ task: 'compose' }])
  })

  test.each([
    ['the same post', () => inquiryBody({ externalId: 'kappløp' }), {}],
    ['one Idempotency-Key', () => inquiryBody(), { 'idempotency-key': 'kappløp'.replace('ø', 'o') }]
  ])('fifty different bodies under %s: one 202 and 49 times 422', async (_, make, headers) => {
    const bodies = Array.from({ length: 50 }, (__, n) => ({ ...make(), text: `Tekst ${n}` }))
    const answers = await Promise.all(bodies.map((body) => post(body, headers)))
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(49)
    const winner = bodies[answers.findIndex(({ status }) => status === 202)]
    const texts = bodies.map(({ text }) => text)
    const kept = await service()
      .db.selectFrom('inquiry')
      .selectAll()
      .where(
        'external_id',
        'in',
        bodies.map(({ externalId }) => externalId)
      )
      .execute()
    expect(kept.map(({ content }) => content)).toMatchObject([{ text: winner?.text }])
    expect(texts).toContain(winner?.text)
  })
})

describe('the bytes', () => {
  const bytesOf = async (id: string) =>
    (await service().db.selectFrom('inquiry').select('received_bytes').where('id', '=', id).executeTakeFirstOrThrow())
      .received_bytes

  test('are kept exactly as they came, with their hash', async () => {
    const body = `\uFEFF\n${JSON.stringify(inquiryBody({ text: 'Čáhci \u0000 👩🏽‍🚒' }), undefined, '\t').replaceAll('/', '\\/')}\r\n `
    const { id } = await accepted(body, 202)
    const kept = await bytesOf(id)
    expect(kept.equals(Buffer.from(body))).toBe(true)
    const details = await (await service().call(`/v1/inquiries/${id}`)).json()
    expect(details).toMatchObject({
      received: {
        sha256: createHash('sha256').update(body).digest('hex'),
        size: Buffer.byteLength(body),
        secretsBlanked: 0
      }
    })
  })

  test('have access tokens blanked out, and nothing else; it is told how many', async () => {
    const secret = 'EAAGm0PX4ZCpsBAKZA'
    const link = (token: string) => `https://graph.facebook.com/v19.0/1?fields=id&access_token=${token}&limit=1`
    const body = (token: string) =>
      JSON.stringify(inquiryBody({ externalId: 'tok_1', permalink: link(token), note: `se client_secret=${token}` }))
    const { id } = await accepted(body(secret), 202)
    const kept = (await bytesOf(id)).toString('utf8')
    expect(kept).not.toContain(secret)
    expect(kept.replaceAll('[fjernet]', secret)).toBe(
      body(secret).replace(/comment_id=\d+/, () => /comment_id=\d+/.exec(kept)?.[0] ?? '')
    )
    const details = (await (await service().call(`/v1/inquiries/${id}`)).json()) as {
      received: unknown
      permalink: string
    }
    expect(details.received).toMatchObject({
      secretsBlanked: 2,
      sha256: createHash('sha256').update(kept).digest('hex')
    })
    expect(details.permalink).toBe(link('[fjernet]'))
    const everything = await service().db.selectFrom('inquiry').selectAll().where('id', '=', id).execute()
    expect(JSON.stringify(everything)).not.toContain(secret)
  })

  test('with another token in the same address are the same inquiry', async () => {
    const body = inquiryBody()
    const { id } = await accepted({ ...body, permalink: 'https://a.no/?access_token=EN' }, 202)
    expect(await accepted({ ...body, permalink: 'https://a.no/?access_token=TO' }, 200)).toMatchObject({ id })
  })
})

describe('a platform’s own message', () => {
  test('is taken in as the inquiry it is, once', async () => {
    const payload = {
      id: '77_88',
      message: 'Når brøytes det?',
      created_time: '2026-11-21T17:42:10+0000',
      from: { id: '5', name: 'Kari' }
    }
    const body = { payload, mark: inquiryBody().mark }
    const first = await service().post('/v1/inquiries/from/facebook', body)
    expect(first.status).toBe(202)
    const { id, status } = (await first.json()) as Accepted
    expect(await (await service().call(status)).json()).toMatchObject({
      source: 'facebook',
      externalId: '77_88',
      text: payload.message
    })
    const again = await service().post('/v1/inquiries/from/facebook', body)
    expect(again.status).toBe(200)
    expect(await again.json()).toMatchObject({ id, isNew: false })
  })

  test('that is a like gets 422 and is not kept', async () => {
    const payload = {
      object: 'page',
      entry: [
        {
          id: '1',
          time: 1,
          changes: [
            {
              field: 'feed',
              value: {
                item: 'reaction',
                verb: 'add',
                reaction_type: 'like',
                post_id: '1_2',
                from: { id: '5', name: 'K' }
              }
            }
          ]
        }
      ]
    }
    const response = await service().post('/v1/inquiries/from/facebook', { payload, mark: inquiryBody().mark })
    expect(response.status).toBe(422)
    expect(await problemIn(response)).toMatchObject({ code: 'not-an-inquiry' })
  })
})

/** A file in a form with the boundary `x`. */
const part = (name: string) =>
  `--x\r\ncontent-disposition: form-data; name="file"; filename="${name}.txt"\r\n\r\n${name}\r\n`

describe('an attachment', () => {
  interface Stored {
    readonly id: string
    readonly fileName: string
    readonly mediaType: string
    readonly size: number
    readonly sha256: string
  }

  const upload = (bytes: Uint8Array, fileName: string, type = 'application/octet-stream') => {
    const form = new FormData()
    form.append('file', new Blob([Buffer.from(bytes)], { type }), fileName)
    return service().call('/v1/attachments', { method: 'POST', body: form })
  }
  const stored = async (bytes: Uint8Array, fileName: string, type?: string) => {
    const response = await upload(bytes, fileName, type)
    const text = await response.text()
    expect(response.status, text).toBe(201)
    return JSON.parse(text) as Stored
  }
  const files = async () =>
    (await readdir(join(service().config.DATA_FOLDER, 'files'), { recursive: true })).filter((name) =>
      /[0-9a-f]{64}$|tmp/.test(name)
    )
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

  test('is kept by its hash, and is what its bytes say, whatever it is called', async () => {
    const png = Buffer.from(ONE_PIXEL, 'base64')
    expect(await stored(png, 'bilde.pdf', 'application/pdf')).toMatchObject({
      mediaType: 'image/png',
      size: png.length,
      sha256: hash(png),
      fileName: 'bilde.pdf'
    })
    const html = Buffer.from('<!doctype html><script>alert(1)</script>')
    expect((await stored(html, 'bilde.png', 'image/png')).mediaType).not.toMatch(/^image/)
  })

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\kari\\bilde.png', 'bilde.png'],
    ['a\u0007b.txt', 'ab.txt'],
    ['..', 'vedlegg'],
    ['Ørret på tur – 2026.jpg', 'Ørret på tur – 2026.jpg']
  ])('called %j is called %j', async (sent, kept) => {
    expect(await stored(Buffer.from(sent), sent)).toMatchObject({ fileName: kept })
  })

  test('sent again is the same attachment; under another name another, with the same file', async () => {
    const bytes = randomBytes(1_000)
    const first = await stored(bytes, 'a.bin')
    const before = await files()
    expect(await stored(bytes, 'a.bin')).toEqual(first)
    const other = await stored(bytes, 'b.bin')
    expect(other.id).not.toBe(first.id)
    expect(other.sha256).toBe(first.sha256)
    expect(await files()).toEqual(before)
  })

  test('that is named by an inquiry stands in it, as it was named', async () => {
    const { id: file, sha256 } = await stored(randomBytes(50), 'bilde.bin')
    const { status } = await accepted(
      inquiryBody({
        text: '',
        attachments: [{ id: file, fileName: 'skjermbilde.bin', description: 'Et hull i veien' }]
      }),
      202
    )
    expect(await (await service().call(status)).json()).toMatchObject({
      attachments: [{ id: file, fileName: 'skjermbilde.bin', description: 'Et hull i veien', sha256 }]
    })
  })

  test('that nobody uploaded gets 422 with a pointer to it', async () => {
    const { id } = await stored(randomBytes(50), 'finnes.bin')
    const missing = '01900000-0000-7000-8000-000000000000'
    const response = await post(inquiryBody({ attachments: [{ id }, { id: missing }] }))
    expect(response.status).toBe(422)
    expect(await problemIn(response)).toMatchObject({
      code: 'attachment-unknown',
      errors: [{ pointer: '/attachments/1/id', detail: 'finnes ikke' }]
    })
  })

  test('of 20 MB passes through without being held: what was sent is on disk, and no longer in memory', async () => {
    const folder = join(service().config.DATA_FOLDER, 'files')
    const chunk = randomBytes(64 * 1024)
    const hashed = createHash('sha256')
    const written = async () => {
      const names = (await readdir(folder)).filter((name) => name.startsWith('.tmp-'))
      const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
      return sizes.reduce((sum, size) => sum + size, 0)
    }
    const before = memoryHeld()
    const response = await uploadStream(async function* () {
      for (let sent = 0; sent < 20 * MB; sent += chunk.length) {
        if (sent === 18 * MB) {
          await waitFor(async () => (await written()) >= 17 * MB, 'the first 17 MB are on disk')
          await waitFor(() => memoryHeld() - before < 6 * MB, 'they are no longer in memory')
        }
        hashed.update(chunk)
        yield chunk
      }
    })
    expect(response.status, response.text).toBe(201)
    expect(JSON.parse(response.text)).toMatchObject({ size: 20 * MB, sha256: hashed.digest('hex') })
  })

  test('that is too large gets 413 and leaves nothing behind', async () => {
    const before = await files()
    const rows = () => service().db.selectFrom('attachment').select('id').execute()
    const known = await rows()
    const chunk = randomBytes(MB)
    const response = await uploadStream(async function* () {
      for (let sent = 0; sent < 23; sent += 1) yield chunk
    })
    expect(response.status).toBe(413)
    expect(JSON.parse(response.text)).toMatchObject({ code: 'too-large' })
    expect(await files()).toEqual(before)
    expect(await rows()).toEqual(known)
  })

  test('of exactly the limit is taken', async () => {
    const response = await upload(Buffer.alloc(21 * MB, 1), 'akkurat.bin')
    expect(response.status).toBe(201)
  })

  test('that does not come whole gets 400 and leaves nothing behind', async () => {
    const before = await files()
    const response = await service().call('/v1/attachments', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.bin"\r\n\r\nhalvveis'
    })
    expect(response.status).toBe(400)
    expect(await problemIn(response)).toMatchObject({ code: 'body-not-multipart' })
    expect(await files()).toEqual(before)
  })

  test.each([
    ['a text instead', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n', 400],
    ['a text before it', `--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n${part('a')}--x--\r\n`, 400],
    ['a text after it', `${part('a')}--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n`, 400],
    ['another file after it', `${part('a')}${part('b')}--x--\r\n`, 400],
    ['a field that would reach a prototype', `${part('a').replace('"file"', '"__proto__"')}--x--\r\n`, 400],
    ['nothing in the form', '--x--\r\n', 422],
    ['nothing at all', '', 422]
  ])('with %s is refused rather than half taken', async (_, body, status) => {
    const before = await files()
    const response = await service().call('/v1/attachments', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body
    })
    expect(response.status).toBe(status)
    expect((await problemIn(response)).code).toBe(status === 400 ? 'body-not-multipart' : 'nothing-to-archive')
    expect(await files()).toEqual(before)
  })

  /** A multipart upload whose file is made while it is sent. */
  function uploadStream(make: () => AsyncGenerator<Buffer>): Promise<{ status: number; text: string }> {
    return new Promise((answered, failed) => {
      const { hostname, port } = new URL(service().address)
      const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'multipart/form-data; boundary=x' }
      const sending = request({ hostname, port, path: '/v1/attachments', method: 'POST', headers }, (response) => {
        read(response).then((text) => answered({ status: response.statusCode ?? 0, text }), failed)
      })
      sending.on('error', failed)
      const send = async () => {
        sending.write('--x\r\ncontent-disposition: form-data; name="file"; filename="stor.bin"\r\n\r\n')
        for await (const chunk of make()) {
          if (sending.destroyed || sending.writableEnded) return
          if (!sending.write(chunk)) await new Promise((go) => sending.once('drain', go))
        }
        sending.end('\r\n--x--\r\n')
      }
      send().catch(failed)
    })
  }
})

describe('a preview', () => {
  const preview = (body: unknown) => service().post('/v1/preview', body)
  const everything = async () => {
    const { db } = service()
    const inquiries = await db.selectFrom('inquiry').select('id').execute()
    const work = await db.selectFrom('work_item').select('inquiry_id').execute()
    const plans = await db.selectFrom('archive_plan').select('inquiry_id').execute()
    return {
      inquiries,
      work,
      plans,
      archive: await readdir(join(service().config.DATA_FOLDER, 'archive')).catch(() => [])
    }
  }

  test('shows the record that would be, and keeps and sends nothing but that someone looked', async () => {
    const before = await everything()
    const body = inquiryBody({ text: 'Hei på <deg> & «meg» 👋', caseNumber: '2026/412' })
    const response = await preview(body)
    expect(response.status).toBe(200)
    const { record, faults, documentBytes } = (await response.json()) as {
      record: string
      faults: unknown[]
      documentBytes: number
    }
    expect(record).toContain('<journalposttype>')
    expect(record).toContain('Kari Eksempel')
    expect(faults).toEqual([])
    expect(documentBytes).toBeGreaterThan(5_000)
    expect(await everything()).toEqual(before)
    const looked = await service()
      .db.selectFrom('audit_event')
      .select('actor')
      .where('action', '=', 'inquiry.previewed')
      .execute()
    expect(looked).toEqual([{ actor: 'key:prove' }])
    await accepted(body, 202)
  })

  test('refuses what would be refused', async () => {
    const missing = '01900000-0000-7000-8000-000000000000'
    const response = await preview(inquiryBody({ attachments: [{ id: missing }] }))
    expect(response.status).toBe(422)
    expect(await problemIn(response)).toMatchObject({ code: 'attachment-unknown' })
  })
})
