import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JSONWebKeySet } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkPermit } from '../../src/permits/check-permit.ts'
import { fileService } from '../http/file-service.ts'
import { formBrowser } from '../http/form-browser.ts'
import { problemIn } from '../http/problem-of.ts'
import { type Caller, callerOf } from '../support/caller.ts'
import { type Details, inquiryBody, settled } from '../support/makers.ts'
import { PERMIT_KEY } from '../support/permit-key.ts'
import { webhookReceiver } from '../support/webhook-receiver.ts'

/** A synthetic fødselsnummer (month + 80), which no person has. */
const FNR = '13877119909'
const reason = 'Retningslinjen for sosiale medier.'

const service = fileService({ work: true, changes: { PERMIT_KEY, WEBHOOK_PRIVATE_TARGETS: '127.0.0.1' } })

interface Accepted {
  readonly id: string
  readonly category: string
  readonly isEmergency: boolean
  readonly emergencyNotice?: string
  readonly review?: string
  readonly proposals: readonly { readonly category: string }[]
  readonly reply: { readonly isHeld: boolean; readonly words?: { readonly nb: string; readonly nn: string } }
}

interface Judged extends Details {
  readonly source: string
  readonly externalId: string
  readonly received: { readonly sha256: string }
  readonly assessment: {
    readonly decisions: readonly { readonly field: string; readonly value: unknown; readonly rule: string }[]
    readonly hits: readonly { readonly kind: string; readonly start: number; readonly end: number }[]
    readonly threadHits?: readonly { readonly kind: string; readonly among: string; readonly post: number }[]
  }
}

async function json<T>(response: Promise<Response>, status = 200): Promise<T> {
  const text = await (await response).text()
  expect((await response).status, text).toBe(status)
  return JSON.parse(text) as T
}

const mark = (category?: string) => ({
  ...{ by: 'servicetorget', reason: 'Må arkiveres' },
  ...(category !== undefined && { category })
})
const take = (changes: Parameters<typeof inquiryBody>[0], by: Caller = service()) =>
  json<Accepted>(by.post('/v1/inquiries', inquiryBody(changes)), 202)
const rest = async (id: string) => (await settled(service(), id)) as Judged
const recordOf = async (id: string) => (await service().call(`/v1/inquiries/${id}/record`)).text()

async function journaled(changes: Parameters<typeof inquiryBody>[0]) {
  const accepted = await take(changes)
  const details = await rest(accepted.id)
  expect(details.status.trouble?.message ?? details.status.state).toBe('journaled')
  return { accepted, details, record: await recordOf(accepted.id) }
}

let desk: Caller & { readonly token: string }
let leader: Caller
beforeAll(async () => {
  const keyOf = async (role: string) => {
    const { token } = await json<{ token: string }>(service().post('/v1/keys', { label: role, role }), 201)
    return { ...callerOf(service().address, token), token }
  }
  desk = await keyOf('servicetorget')
  leader = await keyOf('kriseledelse')
})

test('Servicetorget is responsible for registering material worth archiving', async () => {
  const { id } = await take({}, desk)
  expect((await rest(id)).status.state).toBe('journaled')
  const own = await json<{ inquiries: { id: string; status: { label: string } }[] }>(
    desk.call('/v1/inquiries?client=me&since=2026-01-01T00:00:00Z')
  )
  expect(own.inquiries).toMatchObject([{ id, status: { label: 'Journalført' } }])

  const browser = formBrowser(service().address)
  await browser.submit(await browser.open('/login'), '/login', { key: desk.token })
  const form = { text: 'Når blir Storgata brøytet?', source: 'facebook', reason: 'Må besvares', by: 'servicetorget' }
  const review = await browser.submit(await browser.open('/skjema'), '/skjema/kontroll', form)
  const { path } = await browser.submit(review, '/skjema/send')
  const [, sent = ''] = /innsendinger\/([0-9a-f-]{36})/.exec(path) ?? []
  expect((await rest(sent)).status.state).toBe('journaled')
})

test('Inquiries, questions and comments that need case handling shall be journaled', async () => {
  for (const [kind, category] of [
    ['message', 'case'],
    ['post', 'question'],
    ['comment', 'complaint']
  ] as const) {
    const { details, record } = await journaled({ kind, mark: mark(category) })
    expect(details.archive?.journalpost).toMatch(/^\d{4}\/\d+-\d+$/)
    expect(record).toContain('Må arkiveres')
  }
})

test('The public shall be told to use e-mail or letter, since no case handling happens on Facebook', async () => {
  const { accepted } = await journaled({})
  expect(accepted.reply.words?.nb).toMatch(/Vi behandler ikke saker i sosiale medier.*e-post eller brev/s)
  expect(accepted.reply.words?.nn).toMatch(/Vi handsamar ikkje saker i sosiale medium.*e-post eller brev/s)
  const told = { by: 'servicetorget', at: new Date().toISOString(), text: accepted.reply.words?.nb, language: 'nb' }
  const answer = await json<{ id: string }>(service().post(`/v1/inquiries/${accepted.id}/reply`, told), 202)
  const filed = await rest(answer.id)
  expect(filed.status.state).toBe('journaled')
  const record = await recordOf(answer.id)
  expect(record).toMatch(/<journalposttype>\s*<m:kode>U</)
  // It only says where to write: the inquiry is not written off by it.
  expect(record).not.toContain('<avskrivning>')
})

test('Unlawful posts, exposure of individuals and harassment are deleted as soon as discovered, and captured first', async () => {
  const { accepted, details, record } = await journaled({
    text: 'Saksbehandleren er en løgner.',
    mark: mark('unlawful')
  })
  expect(record).toMatch(/<skjerming>[\s\S]*offl\. § 24/)
  const permit = await json<{ permit: string; rule: string }>(
    service().call(`/v1/inquiries/${accepted.id}/deletion-permit`)
  )
  expect([permit.rule, permit.permit.split('.')]).toEqual([
    'ulovlig',
    [expect.any(String), expect.any(String), expect.any(String)]
  ])
  const keys = await json<JSONWebKeySet>(service().call('/v1/permit-keys'))
  expect(await checkPermit(permit.permit, keys)).toMatchObject({
    ...{ inquiry: accepted.id, source: details.source, externalId: details.externalId, rule: 'ulovlig', guideline: 1 },
    ...{ receivedSha256: details.received.sha256, journalpost: details.archive?.journalpost }
  })
  const deletion = { by: 'servicetorget', at: new Date().toISOString(), reason: 'Uthenging av en ansatt.' }
  const deleted = await json<{ id: string }>(service().post(`/v1/inquiries/${accepted.id}/deleted`, deletion), 202)
  expect((await rest(deleted.id)).status.state).toBe('journaled')
  expect(await recordOf(deleted.id)).toContain('<skjerming>')
})

test('A post that was marked case and is found unlawful once it is journaled is restricted, permitted and deleted', async () => {
  const { accepted, details, record } = await journaled({ text: 'Saksbehandleren er en løgner.', mark: mark('case') })
  const { id } = accepted
  expect(record).not.toContain('<skjerming>')
  const permitOf = () => service().call(`/v1/inquiries/${id}/deletion-permit`)
  expect((await problemIn(await permitOf())).code).toBe('deletion-not-permitted')
  expect(
    await json(service().post(`/v1/inquiries/${id}/change-category`, { category: 'unlawful', reason }))
  ).toMatchObject({
    ...{ state: 'amending', label: 'Skjermes i arkivet' }
  })
  expect(await rest(id)).toMatchObject({ status: { state: 'journaled' }, archive: details.archive })
  const changed = join(
    service().config.DATA_FOLDER,
    'archive',
    details.archive?.location ?? '',
    'endringer',
    '0001.xml'
  )
  expect(await readFile(changed, 'utf8')).toMatch(/<skjerming>[\s\S]*offl\. § 24/)
  expect(await json(permitOf())).toMatchObject({ rule: 'ulovlig', journalpost: details.archive?.journalpost })
  const reply = await json<Accepted['reply']>(service().call(`/v1/inquiries/${id}/reply`))
  expect(reply.words?.nb).toContain('Innlegget ditt er fjernet')
  const deletion = { by: 'servicetorget', at: new Date().toISOString(), reason: 'Uthenging av en ansatt.' }
  const deleted = await json<{ id: string; category: string }>(
    service().post(`/v1/inquiries/${id}/deleted`, deletion),
    202
  )
  expect(deleted.category).toBe('unlawful')
  expect(await rest(deleted.id)).toMatchObject({
    ...{ status: { state: 'journaled' }, archive: { saksnummer: details.archive?.saksnummer } }
  })
  expect(await recordOf(deleted.id)).toMatch(/<skjerming>[\s\S]*offl\. § 24/)
})

test('All other posts are private utterances', async () => {
  const counted = async () =>
    (await json<{ journaled: number; inProgress: { count: number } }>(service().call('/v1/overview'))).journaled
  const before = await counted()
  const { mark: _, ...unmarked } = inquiryBody()
  const refused = await service().post('/v1/inquiries', unmarked)
  expect([refused.status, (await problemIn(refused)).code]).toEqual([400, 'invalid-request'])
  const stranger = await service().post(
    '/v1/inquiries',
    inquiryBody({ mark: { by: 'En innbygger', reason: 'Se her' } })
  )
  expect([stranger.status, (await problemIn(stranger)).code]).toEqual([422, 'marker-not-appointed'])
  expect(await counted()).toBe(before)
})

describe('Protect confidential information, users, next of kin and staff', () => {
  test('what the text says of anybody waits for a person, and stands in no title', async () => {
    const text = `🙂 Broren min har fått diagnosen bipolar. Fødselsnummer ${FNR}.`
    const accepted = await take({ text, author: { displayName: `Per ${FNR}`, handle: 'per' } })
    expect(accepted.review).toBeDefined()
    const waiting = await rest(accepted.id)
    expect(waiting.status).toMatchObject({ state: 'in-review', trouble: { code: 'review-needed' } })
    const at = [...text].join('').indexOf(FNR) - 1 // the emoji is one code point, and two code units
    expect(waiting.assessment.hits).toContainEqual({ kind: 'fodselsnummer', start: at, end: at + 11 })
    await json(service().post(`/v1/inquiries/${accepted.id}/approve`, { reason: 'Skjermingen er riktig.' }))
    expect((await rest(accepted.id)).status.state).toBe('journaled')
    const record = await recordOf(accepted.id)
    expect(record).toMatch(/<skjerming>[\s\S]*offl\. § 13/)
    expect(record).not.toContain(FNR)
    expect(record).not.toContain('bipolar')
  })

  test('what somebody else in the thread says waits for a person, who is told which post, and is filed restricted', async () => {
    const context = {
      parents: [
        { author: {}, text: 'Hva synes dere om badet?' },
        { author: { displayName: 'Ola Eksempel' }, text: `Ring meg om saken min, ${FNR}.` }
      ],
      siblings: [{ author: {}, text: 'Broren min har fått diagnosen bipolar.' }]
    }
    const accepted = await take({ context })
    expect(JSON.stringify(accepted)).not.toMatch(new RegExp(`${FNR}|bipolar|Ola`))
    const waiting = await rest(accepted.id)
    expect(waiting.status).toMatchObject({
      ...{ state: 'in-review', trouble: { code: 'review-needed', message: expect.stringContaining('i tråden') } }
    })
    const { decisions, hits, threadHits } = waiting.assessment
    for (const field of ['restriction', 'review']) {
      expect(decisions).toContainEqual(expect.objectContaining({ field, rule: 'nummer-i-traaden' }))
    }
    expect(hits.map(({ kind }) => kind)).not.toContain('fodselsnummer')
    expect(threadHits).toContainEqual({ kind: 'fodselsnummer', among: 'parents', post: 1 })
    expect(threadHits).toContainEqual({ kind: 'health', among: 'siblings', post: 0 })
    await json(service().post(`/v1/inquiries/${accepted.id}/approve`, { reason: 'Skjermingen er riktig.' }))
    expect((await rest(accepted.id)).status.state).toBe('journaled')
    const record = await recordOf(accepted.id)
    expect(record).toMatch(/<dokumentbeskrivelse>(?:(?!<\/dokumentbeskrivelse>)[\s\S])*<skjerming>/)
    expect(record).toMatch(/<skjerming>[\s\S]*offl\. § 13/)
    expect(record).not.toMatch(new RegExp(`${FNR}|bipolar|Ola`))
    const reply = await json<Accepted['reply']>(service().call(`/v1/inquiries/${accepted.id}/reply`))
    expect(JSON.stringify(reply)).not.toMatch(new RegExp(`${FNR}|bipolar|Ola|[Ss]aksnummer`))
  })

  test('of a protected person no address travels, and a person decides', async () => {
    const author = {
      displayName: 'Liv Eksempel',
      handle: 'liv.hemmelig',
      profileUrl: 'https://facebook.com/liv.hemmelig'
    }
    const text = 'Ring meg på 412 34 567, jeg bor i Bjørkeveien 12.'
    const accepted = await take({ text, author, mark: { ...mark(), protectedPerson: true } })
    expect((await rest(accepted.id)).status.state).toBe('in-review')
    await json(service().post(`/v1/inquiries/${accepted.id}/approve`, { reason: 'Kontrollert.' }))
    expect((await rest(accepted.id)).status.state).toBe('journaled')
    expect(await recordOf(accepted.id)).not.toMatch(/liv\.hemmelig|412 34 567|Bjørkeveien/)
  })
})

test('Do not handle cases in social media', async () => {
  const text = 'Søknaden min om redusert foreldrebetaling er avslått. Hvorfor?'
  for (const category of ['case', 'question', 'complaint', 'political', 'unlawful', 'concern', 'other']) {
    const { reply } = await take({ text, mark: mark(category) })
    const words = `${reply.words?.nb} ${reply.words?.nn}`
    expect(words).toMatch(/e-post eller brev/)
    expect(words).not.toMatch(/søknad|foreldrebetaling|avsl|Kari/i)
  }
})

test('Political inquiries are always referred to the political level', async () => {
  const proposed = await take({ text: 'Hva mener ordføreren om bompenger?' })
  expect(proposed.proposals).toContainEqual(expect.objectContaining({ category: 'political' }))
  const { accepted, record } = await journaled({ mark: mark('political') })
  expect(record).toContain('Politisk sekretariat')
  expect(accepted.reply.words?.nb).toContain('de folkevalgte')
})

test('In a crisis the crisis management controls all communication', async () => {
  expect((await desk.post('/v1/crisis/start', { reason })).status).toBe(403)
  await json(leader.post('/v1/crisis/start', { reason }))
  const { accepted, details } = await journaled({ text: 'Er vannet trygt å drikke?' })
  expect(details.status.state).toBe('journaled')
  expect(accepted.reply).toMatchObject({ isHeld: true })
  expect(accepted.reply.words).toBeUndefined()
  const words = { nb: 'Kok vannet.', nn: 'Kok vatnet.' }
  await json(leader.post(`/v1/inquiries/${accepted.id}/reply/release`, { reason, words }))
  await json(leader.post('/v1/crisis/end', { reason }))
  expect(await json(desk.call(`/v1/inquiries/${accepted.id}/reply`))).toMatchObject({ isHeld: false, words })
})

test('Danger to life is flagged at once at intake and in webhooks, with the text that this is no emergency channel', async () => {
  const receiver = await webhookReceiver()
  const endpoint = { url: receiver.url, description: 'Vakten', types: ['inquiry.emergency', 'inquiry.received'] }
  const { webhook } = await json<{ webhook: { id: string } }>(service().post('/v1/webhooks', endpoint), 201)
  const text = 'Jeg orker ikke mer. Jeg skal ta livet mitt i kveld.'
  const { id, isEmergency, emergencyNotice, reply, proposals } = await take({ text })
  expect([isEmergency, proposals]).toEqual([true, [expect.objectContaining({ category: 'emergency' })]])
  for (const told of [emergencyNotice, reply.words?.nb]) expect(told).toMatch(/ikke en nødkanal.*113.*112.*110/s)
  expect((await take({})).emergencyNotice).toBeUndefined()
  const got = () => receiver.got.filter(({ body }) => body.data.id === id)
  await expect.poll(() => got().length, { timeout: 20_000 }).toBe(2)
  expect(got()[0]?.body).toMatchObject({ type: 'inquiry.emergency', data: { id, notice: emergencyNotice } })
  expect((await service().call(`/v1/webhooks/${webhook.id}`, { method: 'DELETE' })).status).toBe(204)

  await json(leader.post('/v1/crisis/start', { reason }))
  const held = await take({ text, mark: mark('emergency') })
  await json(leader.post('/v1/crisis/end', { reason }))
  expect([held.reply.isHeld, held.emergencyNotice]).toEqual([true, emergencyNotice])
})
