import { expect, onTestFinished, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { openLog } from '../../src/log.ts'
import { startService } from '../../src/service.ts'
import { callerOf } from '../support/caller.ts'
import { inquiryBody, settled } from '../support/makers.ts'
import { ADMIN_KEY, freshEnvironment } from '../support/setup.ts'

const reason = 'Retningslinjen for sosiale medier.'

/** The whole service as it is when it starts for the first time: nobody is appointed. */
async function newService() {
  const env = await freshEnvironment()
  const running = await startService({ config: loadConfig(env), env, log: openLog('silent'), api: true, work: true })
  onTestFinished(() => running.stop())
  return callerOf(running.address ?? '', ADMIN_KEY)
}

async function answered<T>(response: Promise<Response>, status: number): Promise<T> {
  const text = await (await response).text()
  expect((await response).status, text).toBe(status)
  return JSON.parse(text) as T
}

test('Only appointed administrators, acting in the municipality’s name, publish and answer', async () => {
  const service = await newService()
  const question = inquiryBody({ mark: { by: 'Kari Eksempel', reason: 'Spørsmål som må besvares' } })
  const refused = await answered<{ detail: string }>(service.post('/v1/inquiries', question), 422)
  expect(refused).toMatchObject({ code: 'marker-not-appointed', errors: [{ detail: 'ingen er utnevnt' }] })
  expect(refused.detail).toContain('POST /v1/administrators')

  const appointment = { name: 'Kari Eksempel', unit: 'Servicetorget', may: ['mark', 'reply'], reason }
  const { id: administrator } = await answered<{ id: string }>(service.post('/v1/administrators', appointment), 201)
  const page = { source: 'facebook', name: 'Eksempel kommune', accountId: '1001' }
  const pages = { version: 0, pages: [page], reason }
  const init = { method: 'PUT', body: JSON.stringify(pages), headers: { 'content-type': 'application/json' } }
  await answered(service.call('/v1/pages', init), 200)

  const { id } = await answered<{ id: string }>(service.post('/v1/inquiries', question), 202)
  const answer = inquiryBody({
    ...{ author: { id: '1001', displayName: 'Eksempel kommune' }, mark: question.mark, text: 'I morgen tidlig.' },
    context: { parents: [{ externalId: question.externalId, author: {}, text: question.text }] }
  })
  const answering = await answered<{ id: string }>(service.post('/v1/inquiries', answer), 202)
  const [asked, replied] = [await settled(service, id), await settled(service, answering.id)]
  expect(asked).toMatchObject({ status: { state: 'journaled' }, mark: { administrator }, direction: 'incoming' })
  expect(replied).toMatchObject({ status: { state: 'journaled' }, mark: { administrator }, direction: 'outgoing' })
  expect(replied.archive?.saksnummer).toBe(asked.archive?.saksnummer)
  const record = await (await service.call(`/v1/inquiries/${answering.id}/record`)).text()
  expect(record).toMatch(/<journalposttype>\s*<m:kode>U</)

  await answered(service.post(`/v1/administrators/${administrator}/end`, { reason }), 200)
  const late = inquiryBody({ mark: { by: 'Kari Eksempel', reason: 'For sent' } })
  await answered(service.post('/v1/inquiries', late), 422)
  const { journaled } = await answered<{ journaled: number }>(service.call('/v1/overview'), 200)
  expect(journaled).toBe(2)
})
