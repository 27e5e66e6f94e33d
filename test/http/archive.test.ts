import { expect, test } from 'vitest'
import { storeOn } from '../../src/store/index.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService()
const status = async () => (await service().call('/v1/archive')).json()
const sentence = async () => ((await (await service().call('/v1/overview')).json()) as { sentence: string }).sentence

test('deliveries can be paused with a reason, which everybody sees, and started again', async () => {
  expect(await status()).toMatchObject({ name: 'folder', state: 'up', deliveries: 'open' })
  const paused = await service().post('/v1/archive/pause', { reason: 'Arkivet oppgraderes.' })
  expect(paused.status).toBe(200)
  const said = { by: 'key:prove', reason: 'Arkivet oppgraderes.', at: expect.stringMatching(/Z$/) }
  expect(await paused.json()).toMatchObject({ deliveries: 'paused', paused: said })
  expect(await status()).toMatchObject({ deliveries: 'paused', paused: said })
  expect(await sentence()).toBe('Alt er journalført. Leveringene er satt på pause.')
  expect(await (await service().call('/v1/archive/resume', { method: 'POST' })).json()).toMatchObject({
    deliveries: 'open'
  })
  expect(await sentence()).toBe('Alt er journalført.')
})

test('a pause without a reason is refused', async () => {
  const response = await service().post('/v1/archive/pause', { reason: '   ' })
  expect(response.status).toBe(400)
  expect(await problemIn(response)).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/reason' }] })
})

test('a message from the archive that answers nothing we know of is counted where people look', async () => {
  const { db, call } = service()
  const stray = { kind: 'kvittering', correlation: 'ukjent', payload: {}, receivedAt: new Date() }
  const keep = (remoteId: string) => storeOn(db).messages.keep('folder', { ...stray, remoteId }, new Date())
  await keep('en')
  await keep('en')
  expect(await status()).toMatchObject({ unmatchedMessages: 1 })
  expect(await sentence()).toBe('Alt er journalført. 1 melding fra arkivet gjelder ingen kjent henvendelse.')
  await keep('to')
  expect(await sentence()).toBe('Alt er journalført. 2 meldinger fra arkivet gjelder ingen kjent henvendelse.')
  expect(await (await call('/metrics')).text()).toMatch(/^arkivbro_unmatched_messages 2$/m)
})
