import { describe, expect, test } from 'vitest'
import { callerOf } from '../support/caller.ts'
import { inquiryBody, settled } from '../support/makers.ts'
import { freshService, type StartedService } from '../support/setup.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService({ work: true })

async function answered<T>(response: Response | Promise<Response>, status: number): Promise<T> {
  const text = await (await response).text()
  expect((await response).status, text).toBe(status)
  return JSON.parse(text) as T
}

interface Accepted {
  readonly id: string
  readonly reply?: object
}

const taken = async (on: Pick<StartedService, 'post'> = service()) =>
  (await answered<Accepted>(on.post('/v1/inquiries', inquiryBody()), 202)).id
const followUp = (id: string, body: object) => service().post(`/v1/inquiries/${id}/follow-ups`, body)
const letter = (changes: object = {}) => ({
  ...{ channel: 'email', by: 'servicetorget', receivedAt: '2026-11-20T23:30:00+01:00' },
  ...{ from: 'Kari Eksempel', subject: 'Brøyting', text: 'Her er spørsmålet på e-post.' },
  ...changes
})

describe('an e-mail or letter that is handed in', () => {
  test('is journaled in the case of the inquiry, as what it is, on the day it came, and nobody waits to be told where to write', async () => {
    const id = await taken()
    const { id: later, reply } = await answered<Accepted>(followUp(id, letter()), 202)
    expect(reply).toBeUndefined()
    const [first, journaled] = [await settled(service(), id), await settled(service(), later)]
    expect(journaled).toMatchObject({
      ...{ source: 'email', kind: 'message', direction: 'incoming', follows: id, status: { state: 'journaled' } },
      text: 'Brøyting\n\nHer er spørsmålet på e-post.',
      archive: { saksnummer: first.archive?.saksnummer },
      related: [{ id }]
    })
    expect(journaled).not.toHaveProperty('answer')
    expect(first.related.map((one) => one.id)).toEqual([later])
    const record = await (await service().call(`/v1/inquiries/${later}/record`)).text()
    expect(record).toContain('<tittel>E-post fra Kari Eksempel</tittel>')
    expect(record).toContain('<offentligTittel>E-post</offentligTittel>')
    expect(record).toMatch(/<mottattDato>2026-11-20/)
    expect(record).not.toContain('<dokumentetsDato>')
  })

  test('again is the same one, and with other words another', async () => {
    const id = await taken()
    const first = await answered<Accepted>(followUp(id, letter({ channel: 'letter' })), 202)
    expect(await answered<Accepted>(followUp(id, letter({ channel: 'letter' })), 200)).toMatchObject({ id: first.id })
    const other = await answered<Accepted>(followUp(id, letter({ channel: 'letter', text: 'Noe annet.' })), 202)
    expect(other.id).not.toBe(first.id)
    const externalId = '<1@eksempel.example>'
    const named = await answered<Accepted>(followUp(id, letter({ externalId })), 202)
    const conflict = await problemIn(await followUp(id, letter({ externalId, text: 'Endret.' })))
    expect(conflict).toMatchObject({ status: 422, code: 'key-used-with-other-body' })
    expect(conflict.detail).toContain(named.id)
  })

  test('is handed in by somebody who is appointed, and holds something', async () => {
    const id = await taken()
    expect(await problemIn(await followUp(id, letter({ by: 'fremmed' })))).toMatchObject({
      ...{ status: 422, code: 'marker-not-appointed' }
    })
    const empty = { channel: 'letter', by: 'servicetorget', receivedAt: '2026-11-20T12:00:00Z' }
    expect(await problemIn(await followUp(id, empty))).toMatchObject({ status: 422, code: 'nothing-to-archive' })
  })
})

describe('a journalpost that others have made', () => {
  test('is linked when the archive has it in the same case, once, and shown with the inquiry', async () => {
    const id = await taken()
    const { id: later } = await answered<Accepted>(followUp(id, letter({ externalId: 'lenket' })), 202)
    await settled(service(), id)
    const journalpost = (await settled(service(), later)).archive?.journalpost ?? ''
    const link = { journalpost, archive: 'folder', linkedBy: 'key:prove' }
    const linked = await answered(followUp(id, { journalpost }), 201)
    expect(linked).toMatchObject(link)
    expect(await answered(followUp(id, { journalpost }), 201)).toEqual(linked)
    expect(await settled(service(), id)).toMatchObject({ linked: [link] })
    const { events } = await answered<{ events: { action: string; facts: object }[] }>(
      service().call(`/v1/inquiries/${id}/timeline`),
      200
    )
    expect(events.filter(({ action }) => action === 'inquiry.linked').map(({ facts }) => facts)).toEqual([
      { journalpost }
    ])
  })

  test('is refused when it is in another case, or nowhere', async () => {
    const id = await taken()
    const saksnummer = (await settled(service(), id)).archive?.saksnummer
    const elsewhere = await problemIn(await followUp(id, { journalpost: '1999/1-1' }))
    expect(elsewhere).toMatchObject({
      status: 422,
      code: 'journalpost-elsewhere',
      errors: [{ pointer: '/journalpost' }]
    })
    expect(elsewhere.detail).toContain(saksnummer)
    const nowhere = await problemIn(await followUp(id, { journalpost: `${saksnummer}-99` }))
    expect(nowhere).toMatchObject({ status: 422, code: 'journalpost-not-found' })
  })

  test('waits until the inquiry has a case', async () => {
    const idle = await freshService({}, { work: false })
    const id = await taken(idle)
    const problem = await problemIn(await idle.post(`/v1/inquiries/${id}/follow-ups`, { journalpost: '2026/1-2' }))
    expect(problem).toMatchObject({ status: 409, code: 'inquiry-in-wrong-state' })
  })
})

test.each(['servicetorget', 'moderation', 'archivist'] as const)(
  'a key of the role %s links a journalpost and hands in a letter with a file',
  async (role) => {
    const made = await answered<{ token: string }>(service().post('/v1/keys', { label: 'Prøve', role }), 201)
    const { post, call } = callerOf(service().address, made.token)
    const id = await taken()
    await settled(service(), id)
    const form = new FormData()
    form.append('file', new Blob(['Brev']), 'brev.txt')
    const { id: file } = await answered<{ id: string }>(call('/v1/attachments', { method: 'POST', body: form }), 201)
    const body = letter({ externalId: `fra-${role}`, attachments: [{ id: file }] })
    const { id: later } = await answered<Accepted>(post(`/v1/inquiries/${id}/follow-ups`, body), 202)
    const journalpost = (await settled(service(), later)).archive?.journalpost
    await answered(post(`/v1/inquiries/${id}/follow-ups`, { journalpost }), 201)
  }
)

test('a key that only reads links nothing', async () => {
  const key = { label: 'Prøve', role: 'archivist', scopes: ['inquiries:read', 'inquiries:act'] }
  const { token } = await answered<{ token: string }>(service().post('/v1/keys', key), 201)
  const id = await taken()
  const { post } = callerOf(service().address, token)
  const problem = await problemIn(await post(`/v1/inquiries/${id}/follow-ups`, { journalpost: '2026/1-2' }))
  expect(problem).toMatchObject({ status: 403, code: 'forbidden' })
})

test.each([
  ['neither of the two', {}, '/channel', 'mangler'],
  ['both of the two', { ...letter(), journalpost: '2026/1-2' }, '/channel', 'er et ukjent felt'],
  ['another channel', letter({ channel: 'telefon' }), '/channel', 'skal være en av email, letter'],
  ['no number', { journalpost: '12' }, '/journalpost', 'skal være en journalpost, som 2026/412-3']
])('a follow-up that says %s is told what is wrong, and that alone', async (_, body, pointer, detail) => {
  const problem = await problemIn(await followUp('01900000-0000-7000-8000-000000000000', body))
  expect(problem).toMatchObject({ status: 400, code: 'invalid-request', errors: [{ pointer, detail }] })
})
