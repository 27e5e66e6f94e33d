import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { storeOn } from '../../src/store/index.ts'
import { callerOf } from '../support/caller.ts'
import { inquiryBody } from '../support/makers.ts'
import { freshService, type StartedService } from '../support/setup.ts'
import { problemIn } from './problem-of.ts'

interface Told {
  readonly isHeld: boolean
  readonly words?: { readonly nb: string; readonly nn: string }
}

async function keyFor(service: StartedService, role: string) {
  const response = await service.post('/v1/keys', { label: role, role })
  const { token } = (await response.json()) as { token: string }
  return callerOf(service.address, token)
}

const take = async (service: StartedService) => {
  const response = await service.post('/v1/inquiries', inquiryBody())
  expect(response.status).toBe(202)
  return (await response.json()) as { id: string; reply: Told }
}

const replyTo = async (service: StartedService, id: string) =>
  (await (await service.call(`/v1/inquiries/${id}/reply`)).json()) as Told

test('in a crisis replies are held until the crisis management lets each go, in its own words if it likes', async () => {
  const service = await freshService({}, { work: false })
  const leader = await keyFor(service, 'kriseledelse')
  const desk = await keyFor(service, 'servicetorget')
  const before = await take(service)
  expect(before.reply).toMatchObject({ isHeld: false, words: { nb: expect.stringContaining('e-post eller brev') } })

  const refused = await desk.post('/v1/crisis/start', { reason: 'Flom i elva.' })
  expect([refused.status, (await problemIn(refused)).code]).toEqual([403, 'forbidden'])
  expect((await leader.post('/v1/crisis/start', { reason: 'Flom i elva.' })).status).toBe(200)
  const twice = await leader.post('/v1/crisis/start', { reason: 'Flom i elva.' })
  expect([twice.status, (await problemIn(twice)).code]).toEqual([409, 'crisis-goes-on'])

  const [first, second, third] = [await take(service), await take(service), await take(service)]
  const held = async () => (await (await desk.call('/v1/crisis/held-replies')).json()) as { inquiries: string[] }
  expect((await held()).inquiries).toEqual([first.id, second.id, third.id])
  expect(first.reply).toMatchObject({ isHeld: true })
  expect(first.reply.words).toBeUndefined()
  const overview = (await (await desk.call('/v1/overview')).json()) as { crisis: boolean; sentence: string }
  expect([overview.crisis, overview.sentence]).toEqual([true, expect.stringContaining('Krisemodus er på')])
  const words = { nb: 'Følg med på kommunens nettside.', nn: 'Følg med på nettsida til kommunen.' }
  const released = await leader.post(`/v1/inquiries/${first.id}/reply/release`, { reason: 'Avklart.', words })
  expect(await released.json()).toMatchObject({ isHeld: false, words })
  const again = await leader.post(`/v1/inquiries/${first.id}/reply/release`, { reason: 'Avklart.' })
  expect([again.status, (await problemIn(again)).code]).toEqual([409, 'reply-not-held'])

  expect((await leader.post('/v1/crisis/end', { reason: 'Faren er over.' })).status).toBe(200)
  expect(await replyTo(service, second.id)).toMatchObject({ isHeld: true })
  expect((await leader.post(`/v1/inquiries/${second.id}/reply/release`, { reason: 'Avklart.' })).status).toBe(200)
  expect(await replyTo(service, second.id)).toMatchObject({ isHeld: false, words: before.reply.words })
  const all = await leader.post('/v1/crisis/release-replies', { reason: 'Avklart.' })
  expect(await all.json()).toEqual({ released: 1, more: false })
  expect([await held(), (await replyTo(service, third.id)).isHeld]).toEqual([{ inquiries: [] }, false])
  expect((await take(service)).reply.isHeld).toBe(false)

  const state = (await (await desk.call('/v1/crisis')).json()) as { isOn: boolean; earlier: object[] }
  expect(state).toMatchObject({ isOn: false, earlier: [{ startedBy: expect.stringMatching(/^key:/) }] })
  const none = await leader.post('/v1/crisis/end', { reason: 'Faren er over.' })
  expect([none.status, (await problemIn(none)).code]).toEqual([409, 'no-crisis'])
})

test('who turned a crisis on and off, when and why stands in the audit log', async () => {
  const service = await freshService({}, { work: false })
  const leader = await keyFor(service, 'kriseledelse')
  await leader.post('/v1/crisis/start', { reason: 'Flom i elva.' })
  await leader.post('/v1/crisis/end', { reason: 'Faren er over.' })
  const db = openDatabase({ url: service.env.DATABASE_URL ?? '', connectionsMax: 1, onError: () => undefined })
  onTestFinished(() => db.destroy())
  const { earlier } = (await (await leader.call('/v1/crisis')).json()) as {
    earlier: { id: string; startedBy: string }[]
  }
  const actor = earlier[0]?.startedBy
  expect(await storeOn(db).audit.about(`crisis:${earlier[0]?.id}`)).toMatchObject([
    { action: 'crisis.started', actor, reason: 'Flom i elva.', at: expect.any(Date) },
    { action: 'crisis.ended', actor, reason: 'Faren er over.', at: expect.any(Date) }
  ])
})

test('a crisis outlives the process that it was declared in, and what comes in during it is tagged', async () => {
  const service = await freshService({}, { work: false })
  await service.post('/v1/crisis/start', { reason: 'Flom i elva.' })
  const { id } = await take(service)
  await service.running.stop()
  const next = await freshService(service.env, { work: false })
  const details = (await (await next.call(`/v1/inquiries/${id}`)).json()) as { assessment: { crisis?: string } }
  const state = (await (await next.call('/v1/crisis')).json()) as { isOn: boolean; crisis: { id: string } }
  expect(state.isOn).toBe(true)
  expect(details.assessment.crisis).toBe(state.crisis.id)
})
