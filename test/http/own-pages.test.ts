import { describe, expect, test } from 'vitest'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import { inquiryBody } from '../support/makers.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService()
const page = { source: 'facebook', name: 'Eksempel kommune', accountId: '1001', handle: 'eksempelkommune' }
const ours = { id: '1001', displayName: 'Eksempel kommune' }
const reason = 'Kommunens side.'

async function answered<T>(response: Promise<Response>, status: number): Promise<T> {
  const text = await (await response).text()
  expect((await response).status, text).toBe(status)
  return JSON.parse(text) as T
}

const put = (body: object) =>
  service().call('/v1/pages', {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' }
  })
const version = async () => (await answered<{ version: number }>(service().call('/v1/pages'), 200)).version
const registered = async (pages: readonly object[] = [page]) =>
  answered(put({ version: await version(), pages, reason }), 200)

const taken = async (changes: Partial<InquiryInput> = {}) => {
  const body = inquiryBody(changes)
  const { id } = await answered<{ id: string }>(service().post('/v1/inquiries', body), 202)
  return { id, externalId: body.externalId }
}
const above = (...ids: readonly string[]) => ({
  parents: ids.map((externalId) => ({ externalId, author: { displayName: 'Noen' }, text: 'Hei' })),
  siblings: []
})
const shown = (id: string) =>
  answered<{ direction: string; follows?: string; author: object }>(service().call(`/v1/inquiries/${id}`), 200)

describe('what one of our own pages wrote', () => {
  test('is our answer to the nearest inquiry above it that we hold, past our own answers', async () => {
    await registered()
    const far = await taken()
    const near = await taken()
    const answer = await taken({ author: ours, context: above(far.externalId, near.externalId, 'ukjent_1') })
    expect(await shown(answer.id)).toMatchObject({ direction: 'outgoing', follows: near.id, author: ours })
    const more = await taken({ author: ours, context: above(far.externalId, near.externalId, answer.externalId) })
    expect(await shown(more.id)).toMatchObject({ direction: 'outgoing', follows: near.id })
  })

  test('is our answer to the latest inquiry about a post that has several', async () => {
    await registered()
    const first = await taken()
    const event = { type: 'edited', at: '2026-11-22T10:00:00Z' } as const
    const edited = await taken({ externalId: first.externalId, event })
    const answer = await taken({ author: ours, context: above(first.externalId) })
    expect(await shown(answer.id)).toMatchObject({ follows: edited.id })
  })

  test('is our answer to what the caller says, whatever stands above it', async () => {
    await registered()
    const [said, near] = [await taken(), await taken()]
    const answer = await taken({ author: ours, follows: said.id, context: above(near.externalId) })
    expect(await shown(answer.id)).toMatchObject({ direction: 'outgoing', follows: said.id })
  })

  test('belongs where it did when it is edited or deleted', async () => {
    await registered()
    const asked = await taken()
    const answer = await taken({ author: ours, context: above(asked.externalId) })
    const deleted = await taken({ author: ours, externalId: answer.externalId, event: { type: 'deleted' }, text: '' })
    expect(await shown(deleted.id)).toMatchObject({ direction: 'outgoing', follows: asked.id })
  })

  test('is refused when nothing above it is held, or only in another channel', async () => {
    await registered()
    const other = await taken({ source: 'instagram' })
    for (const context of [above('ukjent_2'), above(other.externalId), above()]) {
      const problem = await problemIn(await service().post('/v1/inquiries', inquiryBody({ author: ours, context })))
      expect(problem).toMatchObject({ status: 422, code: 'answer-to-nobody', errors: [{ pointer: '/follows' }] })
      expect(problem.detail).toContain('kommunens egne sider')
    }
  })

  test('is refused as an inquiry from the public', async () => {
    await registered()
    const { id } = await taken()
    const body = inquiryBody({ author: ours, direction: 'incoming', follows: id })
    expect(await problemIn(await service().post('/v1/inquiries', body))).toMatchObject({
      ...{ status: 422, code: 'own-page-cannot-inquire' },
      errors: [{ pointer: '/direction', detail: 'er «incoming», men kommunen har skrevet innlegget' }]
    })
  })

  test('is recognised in the platform’s own payload', async () => {
    await registered([page, { source: 'mastodon', name: 'Eksempel', handle: '@eksempel@sosial.example' }])
    const mark = { by: 'servicetorget', reason: 'Svart' }
    const from = (platform: string, payload: object) =>
      answered<{ id: string }>(service().post(`/v1/inquiries/from/${platform}`, { payload, mark }), 202)
    const asked = {
      id: '77_1',
      message: 'Når?',
      created_time: '2026-11-21T08:00:00+0000',
      from: { id: '5', name: 'Per' }
    }
    const { id } = await from('facebook', asked)
    const reply = { ...asked, id: '77_2', message: 'I morgen.', from: { id: '1001', name: 'Hva som helst' } }
    expect(await shown((await from('facebook', { ...reply, parent: asked })).id)).toMatchObject({
      ...{ direction: 'outgoing', follows: id },
      author: { id: '1001' }
    })

    const status = (n: string, acct: string) => ({
      ...{ id: n, uri: `https://sosial.example/${n}`, content: '<p>Hei</p>', created_at: '2026-11-21T08:00:00Z' },
      account: { id: n, acct, url: `https://sosial.example/@${acct}` }
    })
    const toot = await from('mastodon', status('88', 'per'))
    const answer = { status: status('89', 'eksempel'), context: { ancestors: [status('88', 'per')], descendants: [] } }
    expect(await shown((await from('mastodon', answer)).id)).toMatchObject({ direction: 'outgoing', follows: toot.id })
  })

  test('is from the public as soon as the page is ours no longer, and what came before is answered as it was', async () => {
    await registered()
    const asked = await taken()
    const body = inquiryBody({ author: ours, context: above(asked.externalId) })
    const { id } = await answered<{ id: string }>(service().post('/v1/inquiries', body), 202)
    await registered([])
    expect(await shown((await taken({ author: ours })).id)).toMatchObject({ direction: 'incoming' })
    expect(await answered(service().post('/v1/inquiries', body), 200)).toMatchObject({ id })
  })
})

describe('the list of our own pages', () => {
  test('is replaced as somebody saw it, and says who did it', async () => {
    const seen = await version()
    const replace = (n: number) => put({ version: seen, pages: [{ ...page, name: `Side ${n}` }], reason })
    const statuses = (await Promise.all([1, 2, 3, 4].map(replace))).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409])
    expect(await problemIn(await put({ version: seen + 7, pages: [], reason }))).toMatchObject({
      code: 'pages-changed'
    })
    expect(await answered(service().call('/v1/pages'), 200)).toMatchObject({
      ...{ version: seen + 1, changedBy: 'key:prove', pages: [{ accountId: '1001' }] }
    })
    const facts = await service()
      .db.selectFrom('audit_event')
      .select('facts')
      .where('action', '=', 'pages.changed')
      .orderBy('seq')
      .execute()
    expect(facts.at(-1)).toEqual({ facts: { version: seen + 1, count: 1 } })
  })

  test('takes no page that only has a name', async () => {
    const pages = [page, { source: 'facebook', name: 'Eksempel kommune' }]
    expect(await problemIn(await put({ version: await version(), pages, reason }))).toMatchObject({
      ...{ status: 422, code: 'page-not-recognisable' },
      errors: [{ pointer: '/pages/1', detail: 'mangler accountId, handle og profileUrl' }]
    })
  })
})
