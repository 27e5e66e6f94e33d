import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { moderationCallback, moderationTool, registration } from '../support/moderation-tool.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService()
const tool = () => moderationTool(service())

async function answered<T>(response: Response | Promise<Response>, status: number): Promise<T> {
  const text = await (await response).text()
  expect((await response).status, text).toBe(status)
  return JSON.parse(text) as T
}

interface Accepted {
  readonly id: string
  readonly status: string
  readonly isNew: boolean
  readonly category: string
  readonly deletionPermit?: string
}

const details = (id: string) => answered<Record<string, unknown>>(service().call(`/v1/inquiries/${id}`), 200)
const count = async () => (await service().db.selectFrom('inquiry').select('id').execute()).length

describe('a signed callback', () => {
  test('is an inquiry that the tool’s user marked, with the category that the tool’s policy means', async () => {
    const { id: client, send } = await tool().registered()
    const { id, ...said } = await answered<Accepted>(
      send(moderationCallback({ rules: [{ id: 'r1', name: 'R' }] })),
      202
    )
    expect(said).toMatchObject({ isNew: true, category: 'political', status: `/v1/inquiries/${id}` })
    expect(said).not.toHaveProperty('deletionPermit')
    expect(await details(id)).toMatchObject({
      ...{ source: 'facebook', kind: 'comment', direction: 'incoming', text: 'Når kommer bussen?' },
      author: { id: '24680135792468', displayName: 'Kari Eksempel' },
      publishedAt: '2026-11-21T17:42:10.000Z',
      permalink: expect.stringContaining('comment_id='),
      mark: { by: 'Moderator', reason: 'Spørsmål til de folkevalgte.', administrator: expect.any(String) }
    })
    const events = await answered<{ events: object[] }>(service().call(`/v1/inquiries/${id}/timeline`), 200)
    expect(events.events[0]).toMatchObject({ action: 'inquiry.received', actor: `callback:${client}` })
  })

  test('of an unlawful post says where the permit to delete it will be', async () => {
    const { send } = await tool().registered()
    const said = await answered<Accepted>(send(moderationCallback({ action: { id: 'slett-ulovlig' } })), 202)
    expect(said).toMatchObject({ category: 'unlawful', deletionPermit: `/v1/inquiries/${said.id}/deletion-permit` })
    const early = await problemIn(await service().call(said.deletionPermit ?? ''))
    expect(early).toMatchObject({ status: 409, code: 'deletion-not-permitted' })
  })

  test('has the category of the weightiest of several policies', async () => {
    const { send } = await tool().registered()
    const policies = [{ id: 'politikk' }, { id: 'trusler' }]
    expect(await answered<Accepted>(send(moderationCallback({ policies })), 202)).toMatchObject({
      category: 'unlawful'
    })
  })

  test('again gets the first answer, though the user has written something else', async () => {
    const { send } = await tool().registered()
    const callback = moderationCallback()
    const { id } = await answered<Accepted>(send(callback), 202)
    expect(await answered<Accepted>(send(callback), 200)).toMatchObject({ id, isNew: false })
    const later = { ...callback, decisionReason: 'Noe annet.', userStrikeCount: 3 }
    expect(await answered<Accepted>(send(later), 200)).toMatchObject({ id, isNew: false })
  })

  test('sent many times at once is one inquiry', async () => {
    const { send } = await tool().registered()
    const callback = moderationCallback()
    const before = await count()
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(callback)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(11).fill(200), 202])
    expect(await count()).toBe(before + 1)
  })

  test('of another action on an item that we hold is refused with the id of what we hold', async () => {
    const { send } = await tool().registered()
    const callback = moderationCallback()
    const { id } = await answered<Accepted>(send(callback), 202)
    const problem = await problemIn(await send({ ...callback, action: { id: 'slett-ulovlig' } }))
    expect(problem).toMatchObject({ status: 422, code: 'key-used-with-other-body' })
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/action/id'])
    expect(problem.detail).toContain(id)
  })

  test('of an action that is to be ignored keeps nothing', async () => {
    const { send } = await tool().registered()
    const before = await count()
    const policies = [{ id: 'ukjent' }]
    const response = await send(moderationCallback({ action: { id: 'skjul-reklame' }, policies }))
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(await count()).toBe(before)
  })

  test.each([
    ['an unknown action', { action: { id: 'ukjent' } }, 'action-unknown', '/action/id'],
    ['an unknown policy', { policies: [{ id: 'politikk' }, { id: 'ukjent' }] }, 'policy-unknown', '/policies/1/id'],
    ['a rule, and no person', { actorEmail: undefined }, 'marker-missing', '/actorEmail'],
    ['one who is not appointed', { actorEmail: 'fremmed@example.com' }, 'marker-not-appointed', '/actorEmail'],
    ['no text', { custom: {} }, 'nothing-to-archive', '/custom/text'],
    ['text that is none', { custom: { text: 7 } }, 'payload-not-understood', '/custom/text'],
    ['a time that is none', { custom: { text: 'Hei', at: 'i går' } }, 'payload-not-understood', '/custom/at']
  ])('of %s is refused in so many words, and nothing is kept', async (_, changes, code, pointer) => {
    const { send } = await tool().registered()
    const before = await count()
    const problem = await problemIn(await send(moderationCallback(changes)))
    expect(problem).toMatchObject({ status: 422, code, errors: [{ pointer }] })
    expect(await count()).toBe(before)
  })

  test('has a reason also when the user wrote none', async () => {
    const { send } = await tool().registered()
    const reasonOf = async (changes: object) => {
      const { id } = await answered<Accepted>(send(moderationCallback({ decisionReason: undefined, ...changes })), 202)
      return (await details(id)).mark
    }
    expect(await reasonOf({ actorNote: 'Se på denne.' })).toMatchObject({ reason: 'Se på denne.' })
    expect(await reasonOf({ decisionReason: ' ' })).toMatchObject({ reason: 'Moderert etter: Politikk' })
    expect(await reasonOf({ policies: [] })).toMatchObject({ reason: 'Moderert uten oppgitt begrunnelse.' })
  })

  test('is found by whoever asks what this tool has sent', async () => {
    const { id: client, send } = await tool().registered()
    const { id } = await answered<Accepted>(send(moderationCallback()), 202)
    const { inquiries } = await answered<{ inquiries: { id: string; status: { state: string } }[] }>(
      service().call(`/v1/inquiries?since=2026-01-01T00:00:00Z&client=callback:${client}`),
      200
    )
    expect(inquiries.map((one) => [one.id, one.status.state])).toEqual([[id, 'received']])
  })
})

describe('the signature', () => {
  test('is over the bytes as they came, before access tokens are blanked, and the blanked bytes are kept', async () => {
    const { send } = await tool().registered()
    const text = 'Se https://graph.example/x?access_token=hemmelig123 og svar.'
    const { id } = await answered<Accepted>(send(moderationCallback({ custom: { text } })), 202)
    expect(await details(id)).toMatchObject({
      text: 'Se https://graph.example/x?access_token=[fjernet] og svar.',
      received: { secretsBlanked: 1 }
    })
  })

  test('is wrong when a byte has changed, another has signed, or it is for another tool', async () => {
    const [one, other] = [tool(), tool()]
    const { address } = await one.registered()
    const { address: elsewhere } = await other.registered()
    const body = JSON.stringify(moderationCallback())
    const before = await count()
    for (const [path, headers, sent] of [
      [address, {}, `${body} `],
      [address, { 'coop-signature': other.sign(body) }, body],
      [elsewhere, { 'coop-signature': one.sign(body) }, body],
      [address, { 'coop-signature': '' }, body],
      [address, { 'coop-signature': 'ikke base64!' }, body],
      [address, { 'coop-signature': 'AAAA' }, body],
      [address.replace(/.{12}$/, '000000000000'), { 'coop-signature': one.sign(body) }, body]
    ] as const) {
      const signature = { 'coop-signature': one.sign(body), ...headers }
      const response = await one.sendTo(path, sent, signature)
      expect(response.headers.get('www-authenticate')).toBe('Coop-Signature realm="Arkivbro"')
      expect(await problemIn(response)).toMatchObject({ status: 401, code: 'unauthenticated' })
    }
    expect(await count()).toBe(before)
    expect((await one.sendTo(address, body)).status).toBe(202)
  })

  test('is looked at before the body is read: what is no JSON is 401 without it, and 400 with it', async () => {
    const signer = tool()
    const { address } = await signer.registered()
    for (const body of ['{', '{"item":', Buffer.from([0xff, 0xfe])]) {
      expect((await signer.sendTo(address, body, { 'coop-signature': 'AAAA' })).status).toBe(401)
      expect((await problemIn(await signer.sendTo(address, body))).code).toBe('body-not-json')
    }
    expect((await problemIn(await signer.sendTo(address, '{}'))).code).toBe('invalid-request')
  })

  test('is asked for also of a request without a body, and of one with a key', async () => {
    const signer = tool()
    const { address } = await signer.registered()
    const bare = await fetch(`${service().address}${address}`, {
      method: 'POST',
      headers: { 'coop-signature': signer.sign('') }
    })
    expect(bare.status).toBe(401)
    expect((await service().post(address, moderationCallback())).status).toBe(401)
  })
})

describe('the registration of a tool', () => {
  const put = (id: string, body: object) =>
    service().call(`/v1/callback-clients/${id}`, {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' }
    })

  test('can be replaced with its key, as somebody saw it; the address stays', async () => {
    const [old, fresh] = [tool(), tool()]
    const { id, address } = await old.registered()
    const change = { ...registration(fresh.pem), version: 1 }
    const statuses = (await Promise.all([1, 2, 3].map(() => put(id, change)))).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 409, 409])
    const body = JSON.stringify(moderationCallback())
    expect((await old.sendTo(address, body)).status).toBe(401)
    expect((await fresh.sendTo(address, body)).status).toBe(202)
  })

  test('that is ended opens nothing from then on, and stands in the list', async () => {
    const signer = tool()
    const { id, address, send } = await signer.registered()
    expect((await send(moderationCallback())).status).toBe(202)
    await answered(service().post(`/v1/callback-clients/${id}/end`, { reason: 'Avtalen er slutt.' }), 200)
    expect((await send(moderationCallback())).status).toBe(401)
    const again = await problemIn(await service().post(`/v1/callback-clients/${id}/end`, { reason: 'Igjen.' }))
    expect(again).toMatchObject({ status: 409, code: 'callback-client-ended' })
    const { clients } = await answered<{ clients: object[] }>(service().call('/v1/callback-clients'), 200)
    expect(clients).toContainEqual(expect.objectContaining({ id, address, version: 2, endedAt: expect.any(String) }))
    expect((await signer.registered()).id).not.toBe(id)
  })

  test('is written down: who did it, and never the words', async () => {
    const { id } = await tool().registered()
    const events = await service()
      .db.selectFrom('audit_event')
      .select(['action', 'actor', 'facts'])
      .where('subject', '=', id)
      .execute()
    expect(events).toEqual([
      {
        ...{ action: 'callback-client.registered', actor: 'key:prove' },
        facts: { version: 1, source: 'facebook', keySha256: expect.stringMatching(/^[0-9a-f]{64}$/) }
      }
    ])
  })

  test('takes no key that another tool signs with', async () => {
    const { pem, registered } = tool()
    await registered()
    const problem = await problemIn(await service().post('/v1/callback-clients', registration(pem)))
    expect(problem).toMatchObject({ status: 409, code: 'signing-key-in-use' })
  })

  const pemOf = (key: ReturnType<typeof generateKeyPairSync>['publicKey']) =>
    key.export({ type: 'spki', format: 'pem' }).toString()
  test.each([
    ['of 1024 bits', () => pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)],
    ['of another kind', () => pemOf(generateKeyPairSync('ed25519').publicKey)],
    ['for RSA-PSS', () => pemOf(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey)],
    [
      'that is private',
      () =>
        generateKeyPairSync('rsa', { modulusLength: 2048 })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString()
    ],
    [
      'that is none',
      () => `-----BEGIN PUBLIC KEY-----\n${createHash('sha256').digest('base64')}\n-----END PUBLIC KEY-----`
    ]
  ])('takes no key %s', async (_, key) => {
    const problem = await problemIn(await service().post('/v1/callback-clients', registration(key())))
    expect(problem).toMatchObject({ status: 422, code: 'public-key-not-valid', errors: [{ pointer: '/publicKey' }] })
  })

  test('names categories of the guideline, and says each thing once', async () => {
    const { pem } = tool()
    const actions = [{ id: 'a', means: 'inquiry' as const, category: 'vei' }]
    const unknown = await problemIn(await service().post('/v1/callback-clients', registration(pem, { actions })))
    expect(unknown).toMatchObject({ code: 'category-unknown', errors: [{ pointer: '/actions/0/category' }] })
    const policies = ['case', 'other'].map((category) => ({ id: 'p', category }))
    const twice = await problemIn(await service().post('/v1/callback-clients', registration(pem, { policies })))
    expect(twice).toMatchObject({ status: 422, code: 'said-twice', errors: [{ pointer: '/policies/1/id' }] })
  })
})
