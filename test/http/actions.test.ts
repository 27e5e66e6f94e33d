import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { callerOf } from '../support/caller.ts'
import { inquiryBody } from '../support/makers.ts'
import { waitFor } from '../support/wait-for.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService({ work: true })
const reason = 'Avklart med saksbehandleren'

interface Details {
  readonly id: string
  readonly status: { readonly state: string; readonly proposed?: unknown; readonly trouble?: { readonly code: string } }
  readonly archive?: { readonly saksnummer: string; readonly journalpost: string; readonly location: string }
  readonly corrections?: unknown
}

const details = async (id: string) => (await service().call(`/v1/inquiries/${id}`)).json() as Promise<Details>
const act = (id: string, action: string, body: object = {}) =>
  service().post(`/v1/inquiries/${id}/${action}`, { reason, ...body })

async function received(): Promise<string> {
  const response = await service().post('/v1/inquiries', inquiryBody())
  return ((await response.json()) as { id: string }).id
}

async function inState(id: string, state: string): Promise<Details> {
  await waitFor(async () => (await details(id)).status.state === state, `the inquiry is ${state}`)
  return details(id)
}

/** One that no worker touches until it is released. */
async function held(): Promise<string> {
  await service().post('/v1/archive/pause', { reason })
  const id = await received()
  await inState(id, 'ready')
  expect((await act(id, 'hold')).status).toBe(200)
  await service().call('/v1/archive/resume', { method: 'POST' })
  return id
}

test('what is held stays, and goes into the case and by the title that a person gives it', async () => {
  const first = await inState(await received(), 'journaled')
  const id = await held()
  const caseNumber = first.archive?.saksnummer ?? ''
  expect(await details(id)).toMatchObject({ status: { state: 'in-review', trouble: { code: 'on-hold' } } })
  const corrected = await act(id, 'correct', { caseNumber, title: 'Brøyting av Storgata' })
  expect(await corrected.json()).toMatchObject({ state: 'received', label: 'Mottatt' })
  const { archive, corrections } = await inState(id, 'journaled')
  expect(archive).toMatchObject({ saksnummer: caseNumber })
  expect(corrections).toEqual({ caseNumber, title: 'Brøyting av Storgata' })
  const record = await (await service().call(`/v1/inquiries/${id}/record`)).text()
  expect(record).toContain('<tittel>Brøyting av Storgata</tittel>')
})

test('a new case can be chosen, and what is released goes on', async () => {
  const [chosen, released] = [await held(), await held()]
  expect((await act(chosen, 'choose-case', { caseNumber: 'new' })).status).toBe(200)
  expect((await act(released, 'release')).status).toBe(200)
  await inState(chosen, 'journaled')
  await inState(released, 'journaled')
})

test('what was journaled by hand is marked as handled by one person and confirmed by another', async () => {
  const { archive } = await inState(await received(), 'journaled')
  const id = await held()
  const absent = await act(id, 'handled', { journalpost: '2026/999999-1' })
  expect(absent.status).toBe(422)
  expect(await problemIn(absent)).toMatchObject({
    code: 'journalpost-not-found',
    errors: [{ pointer: '/journalpost' }]
  })

  const proposed = await act(id, 'handled', { journalpost: archive?.journalpost })
  const said = { journalpost: archive?.journalpost, by: 'key:prove' }
  expect(await proposed.json()).toMatchObject({ state: 'in-review', proposed: said })
  const own = await act(id, 'handled/confirm')
  expect(own.status).toBe(409)
  expect(await problemIn(own)).toMatchObject({ code: 'same-person' })

  const made = await service().post('/v1/keys', { label: 'Den andre', role: 'archivist' })
  const { token } = (await made.json()) as { token: string }
  const other = callerOf(service().address, token)
  const confirmed = await other.post(`/v1/inquiries/${id}/handled/confirm`, { reason })
  expect(await confirmed.json()).toMatchObject({ state: 'handled-manually', label: 'Manuelt håndtert' })
  expect((await details(id)).archive).toMatchObject({ journalpost: archive?.journalpost })
  const timeline = (await (await service().call(`/v1/inquiries/${id}/timeline`)).json()) as { events: object[] }
  expect(timeline.events).toContainEqual(
    expect.objectContaining({ text: 'Merket som håndtert, bekreftet av to', reason })
  )
})

const journaledToday = async () =>
  ((await (await service().call('/v1/overview')).json()) as { journaledToday: number }).journaledToday

test('a category is changed before it is sent and after, and only to one that the guideline has', async () => {
  const unknown = await act(await held(), 'change-category', { category: 'tull' })
  expect([unknown.status, await problemIn(unknown)]).toMatchObject([
    422,
    { code: 'category-unknown', errors: [{ pointer: '/category' }] }
  ])
  const id = await held()
  const changed = await act(id, 'change-category', { category: 'political' })
  expect(await changed.json()).toMatchObject({ state: 'in-review', trouble: { code: 'on-hold' } })
  expect((await act(id, 'release')).status).toBe(200)
  const { archive, ...details } = await inState(id, 'journaled')
  expect(details).toMatchObject({
    ...{ category: 'political', mark: { by: 'servicetorget' }, corrections: { category: 'political' } }
  })
  const record = await (await service().call(`/v1/inquiries/${id}/record`)).text()
  expect(record).toContain('Politisk sekretariat')
  const before = await journaledToday()
  const restricting = await act(id, 'change-category', { category: 'concern' })
  expect(await restricting.json()).toMatchObject({ state: 'amending', label: 'Skjermes i arkivet' })
  await inState(id, 'journaled')
  const { events } = (await (await service().call(`/v1/inquiries/${id}/timeline`)).json()) as {
    events: { text: string; facts: object }[]
  }
  expect(events.filter(({ text }) => text === 'Kategorien endret').map(({ facts }) => facts)).toMatchObject([
    { from: 'case', to: 'political', guideline: 1 },
    { from: 'political', to: 'concern', amends: archive?.journalpost }
  ])
  expect(await journaledToday()).toBe(before)
})

test('what the archive does not restrict is a person’s to restrict there and say so, or to try again', async () => {
  const [tried, byHand] = [await inState(await received(), 'journaled'), await inState(await received(), 'journaled')]
  const places = [tried, byHand].map(({ archive }) =>
    join(service().config.DATA_FOLDER, 'archive', `${archive?.location}`)
  )
  for (const place of places) await rename(place, `${place}-borte`)
  for (const { id } of [tried, byHand]) {
    expect((await act(id, 'restricted-by-hand')).status).toBe(409)
    expect((await act(id, 'change-category', { category: 'unlawful' })).status).toBe(200)
    expect(await inState(id, 'amend-stopped')).toMatchObject({
      status: { label: 'Ikke skjermet i arkivet', trouble: { code: 'archive-needs-human' } }
    })
    expect((await act(id, 'dismiss')).status).toBe(409)
    expect((await service().call(`/v1/inquiries/${id}/deletion-permit`)).status).toBe(409)
  }
  for (const place of places) await rename(`${place}-borte`, place)
  expect(await (await act(tried.id, 'retry')).json()).toMatchObject({ state: 'amending' })
  expect(await (await act(byHand.id, 'restricted-by-hand')).json()).toMatchObject({ state: 'journaled' })
  await inState(tried.id, 'journaled')
  const timeline = (await (await service().call(`/v1/inquiries/${byHand.id}/timeline`)).json()) as { events: object[] }
  expect(timeline.events).toContainEqual(expect.objectContaining({ text: 'Skjermet i arkivet for hånd', reason }))
})

test('what lies in another archive must be restricted there first', async () => {
  const { id, archive } = await inState(await received(), 'journaled')
  await sql`update inquiry set status = jsonb_set(status, '{receipt,archive}', '"et annet"') where id = ${id}`.execute(
    service().db
  )
  const refused = await act(id, 'change-category', { category: 'unlawful' })
  const problem = await problemIn(refused)
  expect([refused.status, problem.code]).toEqual([409, 'not-restricted-in-archive'])
  for (const told of [archive?.journalpost, 'Unntatt offentlighet', 'offl. § 24'])
    expect(problem.detail).toContain(told)
  const stated = await act(id, 'change-category', { category: 'unlawful', restrictedInArchive: true })
  expect(await stated.json()).toMatchObject({ state: 'journaled' })
})

test.each([
  ['correct', {}, ''],
  ['correct', { title: ' ' }, '/title'],
  ['correct', { title: 'x'.repeat(251) }, '/title'],
  ['correct', { tittel: 'x' }, ''],
  ['choose-case', { caseNumber: 'gammel' }, '/caseNumber'],
  ['handled', { journalpost: '2026/412' }, '/journalpost'],
  ['choose-record', { journalpost: '2026/0-1' }, '/journalpost'],
  ['hold', { reason: ' ' }, '/reason'],
  ['change-category', {}, ''],
  ['change-category', { category: ' ' }, '/category'],
  ['change-category', { category: 'unlawful', restrictedInArchive: 'ja' }, '/restrictedInArchive']
])('«%s» with %j is refused, and points at what is wrong', async (action, body, pointer) => {
  const response = await act('01900000-0000-7000-8000-000000000000', action, body)
  expect(response.status).toBe(400)
  const problem = await problemIn(response)
  expect(problem).toMatchObject({ code: 'invalid-request' })
  if (pointer !== '') expect(problem).toMatchObject({ errors: [{ pointer }] })
})
