import { expect, test } from 'vitest'
import { inquiryBody } from '../support/makers.ts'
import { waitFor } from '../support/wait-for.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService({ work: true })
const selection = { states: ['ready'], source: 'masse' }
const reason = 'Avklart med saksbehandleren'

interface Shown {
  readonly id: string
  readonly state: string
}

const shown = async (id: string) => (await (await service().call(`/v1/bulk-actions/${id}`)).json()) as Shown
const preview = async () => (await service().post('/v1/bulk-actions/preview', { selection })).json()

test('many are previewed, held together, and found again', async () => {
  await service().post('/v1/archive/pause', { reason })
  for (let n = 0; n < 3; n += 1) await service().post('/v1/inquiries', inquiryBody({ source: 'masse' }))
  await waitFor(async () => ((await preview()) as { count: number }).count === 3, 'three are ready')
  expect(await preview()).toMatchObject({ count: 3, sample: [{ source: 'masse' }, {}, {}] })

  const order = { action: 'hold', selection, reason, perMinute: 600 }
  const other = await service().post('/v1/bulk-actions', { ...order, count: 2 })
  expect(other.status).toBe(409)
  expect(await problemIn(other)).toMatchObject({ code: 'selection-changed' })

  const started = await service().post('/v1/bulk-actions', { ...order, count: 3 })
  expect(started.status).toBe(202)
  const { id, state } = (await started.json()) as Shown
  expect(state).toBe('running')
  await waitFor(async () => (await shown(id)).state === 'ended', 'it has ended')
  expect(await shown(id)).toMatchObject({ action: 'hold', total: 3, done: 3, refused: {}, madeBy: 'key:prove', reason })
  const list = (await (await service().call('/v1/bulk-actions')).json()) as { actions: Shown[] }
  expect(list.actions.map((one) => one.id)).toEqual([id])
  const late = await service().post(`/v1/bulk-actions/${id}/cancel`, { reason })
  expect(late.status).toBe(409)
  expect(await problemIn(late)).toMatchObject({ code: 'bulk-action-ended' })
})

test.each(['GET', 'POST'])('an unknown one gets 404: %s', async (method) => {
  const path = '/v1/bulk-actions/01900000-0000-7000-8000-000000000000'
  const response = method === 'GET' ? await service().call(path) : await service().post(`${path}/cancel`, { reason })
  expect(response.status).toBe(404)
  expect(await problemIn(response)).toMatchObject({ code: 'bulk-action-not-found' })
})

test.each([
  [{ action: 'delete', selection, count: 1, reason }, '/action'],
  [{ action: 'retry', selection: { states: [] }, count: 1, reason }, '/selection/states'],
  [{ action: 'retry', selection: { ...selection, ids: [] }, count: 1, reason }, '/selection/ids'],
  [{ action: 'retry', selection, count: 0, reason }, '/count'],
  [{ action: 'retry', selection, count: 1, perMinute: 6_001, reason }, '/perMinute'],
  [{ action: 'retry', selection, count: 1 }, '/reason']
])('%j is refused, and points at what is wrong', async (body, pointer) => {
  const response = await service().post('/v1/bulk-actions', body)
  expect(response.status).toBe(400)
  expect(await problemIn(response)).toMatchObject({ code: 'invalid-request', errors: [{ pointer }] })
})
