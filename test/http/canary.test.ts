import { randomUUID } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { Guideline } from '../../schemas/guideline.ts'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import { openLog } from '../../src/log.ts'
import { canary, canaryBody, foundIn, tableText } from '../support/canary.ts'
import { settled } from '../support/makers.ts'
import { waitFor } from '../support/wait-for.ts'
import { type FileService, fileService } from './file-service.ts'

const exampleOf = (schema: object): object => (Reflect.get(schema, 'examples') as readonly object[])[0] ?? {}

const lines: string[] = []
const log = openLog('debug', { write: (line) => void lines.push(line) })
const service = fileService({ work: true, log, markers: [canary.name] })

/** Makes the database refuse every new row of a table, quoting all of it. */
async function refuseLoudly(db: FileService['db'], table: string): Promise<void> {
  await sql`create or replace function refuse() returns trigger language plpgsql as $$
    begin raise exception 'refused: %', new using detail = new::text; end $$`.execute(db)
  await sql`create trigger refuse before insert on ${sql.table(table)} for each row execute function refuse()`.execute(
    db
  )
}

/** Taken in, and let on by the person who had to look at what the words say. */
const approved = async (body: InquiryInput): Promise<string> => {
  const id = await received(body)
  const { status } = await settled(service(), id)
  expect(status).toMatchObject({ state: 'in-review', trouble: { code: 'review-needed' } })
  expect(foundIn(JSON.stringify(status))).toEqual([])
  const response = await service().post(`/v1/inquiries/${id}/approve`, { reason: 'Kontrollert.' })
  expect(response.status).toBe(200)
  return id
}

const received = async (body: InquiryInput): Promise<string> => {
  const response = await service().post('/v1/inquiries', body)
  expect(response.status).toBe(202)
  return ((await response.json()) as { id: string }).id
}

/** Requests that are refused, each with the words in it. */
const refused: readonly (readonly [string, () => Promise<Response>])[] = [
  ['half a body', () => service().post('/v1/inquiries', JSON.stringify(canaryBody()).slice(0, -20))],
  ['a body that is no JSON', () => service().post('/v1/inquiries', canary.text + canary.fnr)],
  ['a wrong type', () => service().post('/v1/inquiries', { ...canaryBody(), author: canary.name })],
  ['a wrong kind', () => service().post('/v1/inquiries', { ...canaryBody(), kind: canary.text })],
  ['a wrong event', () => service().post('/v1/inquiries', canaryBody({ event: { type: canary.text } as never }))],
  ['a wrong source', () => service().post('/v1/inquiries', canaryBody({ source: canary.name }))],
  ['a wrong time', () => service().post('/v1/inquiries', canaryBody({ publishedAt: canary.fnr }))],
  ['a wrong address', () => service().post('/v1/inquiries', canaryBody({ permalink: canary.mail }))],
  ['a text that is too long', () => service().post('/v1/inquiries', canaryBody({ text: canary.text.repeat(6_000) }))],
  ['too large a body', () => service().post('/v1/inquiries', canaryBody({ text: canary.text.repeat(60_000) }))],
  ['the wrong media type', () => service().post('/v1/inquiries', canaryBody(), { 'content-type': 'text/plain' })],
  [
    'an unknown file',
    () => service().post('/v1/inquiries', canaryBody({ attachments: [{ id: randomUUID(), description: canary.text }] }))
  ],
  [
    'an unknown platform',
    () => service().post(`/v1/inquiries/from/${canary.text}`, { payload: {}, mark: canaryBody().mark })
  ],
  [
    'a payload nobody knows',
    () =>
      service().post('/v1/inquiries/from/facebook', {
        payload: { x: canary.text, message: canary.name },
        mark: canaryBody().mark
      })
  ],
  [
    'a payload of a wrong type',
    () =>
      service().post('/v1/inquiries/from/mastodon', {
        payload: { id: canary.text, content: 17, account: canary.name, created_at: canary.fnr },
        mark: canaryBody().mark
      })
  ],
  ['an unknown path', () => service().call(`/v1/${canary.text}?q=${canary.fnr}`)],
  ['a search that does not fit', () => service().call(`/v1/inquiries?source=${encodeURIComponent(canary.name)}`)],
  ['an id that is none', () => service().call(`/v1/inquiries/${canary.text}`)],
  [
    'a key that is none',
    () => service().call('/v1/overview', { headers: { authorization: `Bearer ${canary.text}.${canary.fnr}` } })
  ],
  [
    'half a file',
    () =>
      service().call('/v1/attachments', {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: `--x\r\ncontent-disposition: form-data; name="file"; filename="${canary.text}"\r\n\r\n${canary.fnr}`
      })
  ],
  [
    'a marker whom nobody has appointed',
    () => service().post('/v1/inquiries', canaryBody({ mark: { by: canary.mail, reason: canary.text } }))
  ],
  [
    'a marker who was appointed later',
    () =>
      service().post(
        '/v1/inquiries',
        canaryBody({ mark: { by: canary.name, reason: canary.text, at: '2001-01-01T00:00:00Z' } })
      )
  ],
  [
    'a name that somebody acts under',
    () =>
      service().post('/v1/administrators', {
        ...{ name: canary.name, actsAs: [canary.mail], unit: canary.text, may: ['mark'], reason: canary.text }
      })
  ],
  [
    'a page that nobody could recognise',
    () =>
      service().call('/v1/pages', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ version: 0, pages: [{ source: 'x', name: canary.name }], reason: canary.text })
      })
  ],
  [
    'a category that is none',
    () => service().post('/v1/inquiries', canaryBody({ mark: { ...canaryBody().mark, category: canary.name } }))
  ],
  [
    'a guideline that contradicts itself',
    () => service().post('/v1/guideline/versions', { ...exampleOf(Guideline), defaultCategory: 'kvitrekvitre' })
  ],
  [
    'an answer to nobody',
    () => service().post(`/v1/inquiries/${randomUUID()}/reply`, { text: canary.text, by: canary.name })
  ],
  ['a short reason', () => service().post(`/v1/inquiries/${randomUUID()}/dismiss`, { reason: 'x', by: canary.name })],
  [
    'a category that a person would change to',
    () =>
      service().post(`/v1/inquiries/${randomUUID()}/change-category`, { category: canary.name, reason: canary.text })
  ],
  ['a key of the wrong role', () => service().post('/v1/keys', { label: canary.name, role: canary.text })]
]

describe('what a person wrote', () => {
  test.each(refused)('does not stand in the answer to %s', async (_, send) => {
    const response = await send()
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect(foundIn(await response.text())).toEqual([])
  })

  test('does not stand in the answer to the same key with another body', async () => {
    const body = canaryBody()
    await received(body)
    const response = await service().post('/v1/inquiries', { ...body, text: `${body.text} igjen` })
    expect(response.status).toBe(422)
    expect(foundIn(await response.text())).toEqual([])
  })

  test('does not stand in an answer or in the log when the database refuses it and quotes it', async () => {
    const { db, post } = service()
    await refuseLoudly(db, 'inquiry')
    const response = await post('/v1/inquiries', canaryBody())
    expect(response.status).toBe(500)
    expect(foundIn(await response.text())).toEqual([])
    await waitFor(() => lines.some((line) => line.includes('P0001')), 'the fault is logged')
    await sql`drop trigger refuse on inquiry`.execute(db)
    expect(foundIn(lines.join(''))).toEqual([])
  })

  test('is found in the archive and by those who ask, so that the rest of this file looks for the right words', async () => {
    const id = await approved(canaryBody())
    expect((await settled(service(), id)).status.state).toBe('journaled')
    const change = (more: object) =>
      service().post(`/v1/inquiries/${id}/change-category`, { category: 'unlawful', reason: canary.text, ...more })
    for (const tried of [{ category: canary.name }, {}]) {
      expect(foundIn(await (await change(tried)).text())).toEqual([])
    }
    expect((await settled(service(), id)).status.state).toBe('journaled')
    const record = await (await service().call(`/v1/inquiries/${id}/record`)).text()
    expect(record).toContain(canary.name)
    const titles = record.match(/<(offentligTittel|filnavn|referanseDokumentfil)>.*?</g) ?? []
    expect([titles.length >= 4, foundIn(titles.join(''))]).toEqual([true, []])
    const found = await (await service().call(`/v1/inquiries?text=${canary.text}`)).text()
    expect(foundIn(found)).not.toEqual([])
    await service().call(`/v1/inquiries/${id}/timeline`)
    await service()
      .call(`/v1/inquiries/${id}/documents/1`)
      .then((response) => response.arrayBuffer())
    expect((await service().post('/v1/preview', canaryBody())).status).toBe(200)
    expect(lines.filter((line) => line.includes(id) && line.includes('journaled'))).not.toEqual([])
  })

  test('has no fødselsnummer in any title or name, though it stands in what a file and the author are called, and nothing is restricted', async () => {
    const form = new FormData()
    form.append('file', new Blob(['Referat'], { type: 'text/plain' }), `referat ${canary.fnr}.txt`)
    const uploaded = await service().call('/v1/attachments', { method: 'POST', body: form })
    const { id: file } = (await uploaded.json()) as { id: string }
    const author = { displayName: `Lerka ${canary.fnr}`, handle: 'lerka' }
    const open = { author, permalink: 'https://eksempel.no/1', attachments: [{ id: file }], context: {} }
    const mark = { by: canary.name, reason: 'Må besvares' }
    const id = await received(canaryBody({ ...open, mark, note: 'Ta den først.', text: 'Når åpner badet?' }))
    expect((await settled(service(), id)).status.state).toBe('journaled')
    const record = await (await service().call(`/v1/inquiries/${id}/record`)).text()
    expect(record).not.toContain('<skjerming>')
    expect(record).toMatch(/<tittel>\S+ på Facebook fra Lerka .*<filnavn>referat .*\.txt</s)
    expect(record).not.toContain(canary.fnr)
    expect(lines.join('')).not.toContain(canary.fnr)
  })

  test('does not stand in the log, in the troubles, or among the attempts when composing or archiving fails', async () => {
    const { db, config } = service()
    await refuseLoudly(db, 'archive_plan')
    const id = await approved(canaryBody())
    await tried(id, 'compose', 'try-again')

    const archive = join(config.DATA_FOLDER, 'archive')
    await rename(archive, `${archive}-away`)
    await writeFile(archive, 'ikke en mappe')
    await sql`drop trigger refuse on archive_plan`.execute(db)
    await tried(id, 'deliver', 'needs-action')

    const { status, attempts } = (await (await service().call(`/v1/inquiries/${id}`)).json()) as {
      status: unknown
      attempts: unknown[]
    }
    expect(foundIn(JSON.stringify([status, attempts]))).toEqual([])
    expect(lines.filter((line) => line.includes(id) && line.includes('work failed'))).not.toEqual([])
  })

  test('does not stand in the log at its most talkative, in the measurements, or in the audit log', async () => {
    expect(lines.length).toBeGreaterThan(5)
    expect(foundIn(lines.join(''))).toEqual([])
    expect(foundIn(await (await service().call('/metrics')).text())).toEqual([])
    const { db } = service()
    for (const table of ['audit_event', 'attempt', 'work_item', 'delivery_step', 'idempotency_key', 'api_key']) {
      expect(foundIn(await tableText(db, table)), table).toEqual([])
    }
    expect(foundIn(await tableText(db, 'inquiry'))).not.toEqual([])
  })

  const tried = (id: string, task: string, wanted: string) =>
    waitFor(async () => {
      const attempts = service().db.selectFrom('attempt').select('outcome').where('inquiry_id', '=', id)
      return (await attempts.where('task', '=', task).execute()).some(({ outcome }) => outcome === wanted)
    }, `${task} has ended in ${wanted}`)
})
