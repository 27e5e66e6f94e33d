import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { verify } from '../../src/cli/verify.ts'
import type { AnswerWarning } from '../../src/domain/reply.ts'
import { inquiryBody, settled } from '../support/makers.ts'
import { PERMIT_KEY } from '../support/permit-key.ts'
import { freshFolder } from '../support/setup.ts'
import { waitFor } from '../support/wait-for.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService({ work: true, changes: { PERMIT_KEY, POSTMOTTAK: 'post@eksempel.kommune.no' } })
const at = '2026-11-22T12:00:00+01:00'

interface Told {
  readonly language: string
  readonly words: { readonly nb: string; readonly nn: string }
  readonly answeredAt?: string
}

async function received(changes: Parameters<typeof inquiryBody>[0] = {}) {
  const response = await service().post('/v1/inquiries', inquiryBody(changes))
  expect(response.status).toBe(202)
  return (await response.json()) as { id: string; reply: Told; isEmergency: boolean }
}

const json = async <T>(response: Promise<Response>) => (await (await response).json()) as T
const replyTo = (id: string) => json<Told>(service().call(`/v1/inquiries/${id}/reply`))
const answer = { by: 'servicetorget', at, text: 'Send e-post eller brev til oss.', language: 'nb' }
const marked = (category: string) => ({ by: 'servicetorget', reason: 'Må arkiveres', category })

describe('the reply', () => {
  test('tells where to write, in the language of the post, and the case number once there is one', async () => {
    const { id, reply } = await received({ language: 'nn' })
    expect(reply.language).toBe('nn')
    expect(reply.words.nn).toContain('e-post eller brev til post@eksempel.kommune.no')
    expect(reply.words.nb).not.toContain('Saksnummer')
    const { archive } = await settled(service(), id)
    expect((await replyTo(id)).words.nb).toContain(`Saksnummeret er ${archive?.saksnummer}.`)
  })

  test('that was given is journaled as outgoing in the same case, and nobody waits any longer', async () => {
    const { id } = await received()
    const first = await settled(service(), id)
    const isUnanswered = async () => {
      const { inquiries } = await json<{ inquiries: { id: string }[] }>(service().call('/v1/inquiries?unanswered=true'))
      return inquiries.some((one) => one.id === id)
    }
    expect(await isUnanswered()).toBe(true)
    const given = await service().post(`/v1/inquiries/${id}/reply`, answer)
    expect(given.status).toBe(202)
    const { id: answerId } = (await given.json()) as { id: string }
    const again = await service().post(`/v1/inquiries/${id}/reply`, answer)
    expect([again.status, ((await again.json()) as { id: string }).id]).toEqual([200, answerId])
    const journaled = await settled(service(), answerId)
    expect(journaled).toMatchObject({ direction: 'outgoing', archive: { saksnummer: first.archive?.saksnummer } })
    expect((await replyTo(id)).answeredAt).toBeDefined()
    expect(await isUnanswered()).toBe(false)
    const record = await (await service().call(`/v1/inquiries/${answerId}/record`)).text()
    expect(record).toContain('<m:kode>U</m:kode>')
  })

  test('that was given elsewhere than on the platform may come from anybody, and says where it was given', async () => {
    const { id } = await received()
    const spoken = { ...answer, by: 'Saksbehandler på byggesak', text: 'Ringte og ba om en skriftlig henvendelse.' }
    const refused = await service().post(`/v1/inquiries/${id}/reply`, spoken)
    expect([refused.status, await problemIn(refused)]).toMatchObject([
      422,
      { code: 'marker-not-appointed', errors: [{ pointer: '/by' }] }
    ])
    const given = await service().post(`/v1/inquiries/${id}/reply`, { ...spoken, channel: 'phone' })
    expect(given.status).toBe(202)
    const { id: answerId } = (await given.json()) as { id: string }
    expect(await settled(service(), answerId)).toMatchObject({ status: { state: 'journaled' }, direction: 'outgoing' })
    expect((await replyTo(id)).answeredAt).toBeDefined()
    const record = await (await service().call(`/v1/inquiries/${answerId}/record`)).text()
    expect(record).toContain('Svar gitt på telefon')
  })

  test('is waited for, and who waits is listed with the share of the time that has passed, and counted at 50, 70, 90 and 100 %', async () => {
    type Share = 'past50' | 'past70' | 'past90' | 'overdue'
    const counted = async () =>
      (await json<{ unanswered: Record<'count' | Share, number> }>(service().call('/v1/overview'))).unanswered
    const before = await counted()
    const after: [number, AnswerWarning | undefined][] = [
      [11, undefined],
      [13, 50],
      [17, 70],
      [22, 90],
      [25, 100]
    ]
    for (const [hours, warning] of after) {
      const { id } = await received()
      const came = new Date(Date.now() - hours * 3_600_000)
      await sql`update inquiry set received_at = ${came}, answer_due_at = ${came}::timestamptz + interval '1 day',
        content = jsonb_set(content, '{receivedAt,$date}', to_jsonb(${came.toISOString()}::text)) where id = ${id}`.execute(
        service().db
      )
      const { inquiries } = await json<{ inquiries: { id: string; answer: { warning?: number } }[] }>(
        service().call('/v1/inquiries?unanswered=true&limit=200')
      )
      expect(inquiries.find((one) => one.id === id)?.answer.warning).toBe(warning)
    }
    const { count, past50, past70, past90, overdue } = await counted()
    const more = [count - before.count, past50 - before.past50, past70 - before.past70, past90 - before.past90]
    expect([...more, overdue - before.overdue]).toEqual([5, 4, 3, 2, 1])
  })

  test('to what nobody waits for an answer to is none', async () => {
    const { id } = await received()
    const { id: own } = await received({ follows: id, direction: 'outgoing' })
    const response = await service().call(`/v1/inquiries/${own}/reply`)
    expect([response.status, (await problemIn(response)).code]).toEqual([404, 'reply-not-found'])
  })

  test('to what was marked as danger to life says whom to ring, and the overview says it first', async () => {
    const { isEmergency, reply } = await received({ mark: marked('emergency') })
    expect(isEmergency).toBe(true)
    expect(reply.words.nb).toMatch(/ikke en nødkanal.*113.*112.*110/s)
    const { sentence } = await json<{ sentence: string }>(service().call('/v1/overview'))
    expect(sentence).toContain('Fare for liv kan være nevnt i 1 henvendelse uten svar.')
  })
})

describe('deletion', () => {
  test('is permitted once the archive has the post, and the permit can be checked without us', async () => {
    await service().post('/v1/archive/pause', { reason: 'Vedlikehold' })
    const { id } = await received({ mark: marked('unlawful') })
    const permitOf = () => service().call(`/v1/inquiries/${id}/deletion-permit`)
    const early = await permitOf()
    expect([early.status, (await problemIn(early)).code]).toEqual([409, 'deletion-not-permitted'])
    await service().call('/v1/archive/resume', { method: 'POST' })
    const { archive } = await settled(service(), id)
    const { permit, ...told } = await json<{ permit: string; journalpost: string; rule: string }>(permitOf())
    expect(told).toMatchObject({ journalpost: archive?.journalpost, rule: 'ulovlig', guideline: 1 })

    const folder = freshFolder()
    const [file, keys, changed] = ['permit', 'keys.json', 'changed'].map((name) => join(folder, name)) as [
      string,
      string,
      string
    ]
    await writeFile(file, `${permit}\n`)
    await writeFile(keys, await (await service().call('/v1/permit-keys')).text())
    const [head, , signature] = permit.split('.')
    const other = Buffer.from(JSON.stringify({ journalpost: '2026/1-1' })).toString('base64url')
    await writeFile(changed, [head, other, signature].join('.'))
    expect(await verify({}, ['permit', file, keys])).toBe(0)
    expect(await verify({}, ['permit', changed, keys])).toBe(1)

    const body = { by: 'servicetorget', at, reason: 'Uthenging av en ansatt.' }
    const deleted = await service().post(`/v1/inquiries/${id}/deleted`, body)
    expect(deleted.status).toBe(202)
    const gone = await settled(service(), ((await deleted.json()) as { id: string }).id)
    expect(gone).toMatchObject({ event: { type: 'deleted' }, archive: { saksnummer: archive?.saksnummer } })
  })

  test('is not permitted when no rule wants it', async () => {
    const { id } = await received()
    await settled(service(), id)
    const response = await service().call(`/v1/inquiries/${id}/deletion-permit`)
    expect([response.status, (await problemIn(response)).code]).toEqual([409, 'deletion-not-permitted'])
  })
})

test('what the guideline wants looked at waits for a person, who approves it or puts it right', async () => {
  const standing = (id: string, state: string) =>
    waitFor(async () => (await settled(service(), id)).status.state === state, `${id} is ${state}`)
  const mark = { ...marked('case'), protectedPerson: true }
  const [approved, corrected] = [await received({ mark }), await received({ mark })]
  await standing(approved.id, 'in-review')
  await standing(corrected.id, 'in-review')
  const retried = await service().post(`/v1/inquiries/${approved.id}/retry`, { reason: 'Prøver.' })
  expect([retried.status, (await problemIn(retried)).code]).toEqual([409, 'review-needed'])
  const bulk = { reason: 'Kontrollert', title: 'Henvendelse om adresse' }
  expect((await service().post(`/v1/inquiries/${approved.id}/approve`, { reason: 'Kontrollert.' })).status).toBe(200)
  expect((await service().post(`/v1/inquiries/${corrected.id}/correct`, bulk)).status).toBe(200)
  await standing(approved.id, 'journaled')
  await standing(corrected.id, 'journaled')
  const { events } = await json<{ events: { action: string; facts: object }[] }>(
    service().call(`/v1/inquiries/${approved.id}/timeline`)
  )
  expect(events).toContainEqual(
    expect.objectContaining({ action: 'inquiry.held', facts: { code: 'review-needed', rule: 'beskyttet-person' } })
  )
})
