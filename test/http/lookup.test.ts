import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import { type InquiryState, type InquiryStatus, inquiryStates } from '../../src/domain/inquiry.ts'
import type { Receipt } from '../../src/domain/receipt.ts'
import { stateTexts } from '../../src/http/state-texts.ts'
import { storeOn } from '../../src/store/index.ts'
import { inquiryBody } from '../support/makers.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const service = fileService()
const trouble = { code: 'archive-payload', message: 'Arkivet tok ikke imot arkivposten.' }
const later = new Date('2026-12-24T17:00:00Z')

interface Summary {
  readonly id: string
  readonly externalId: string
  readonly status: { readonly state: InquiryState; readonly label: string }
}

async function received(changes: Partial<InquiryInput> = {}): Promise<string> {
  const response = await service().post('/v1/inquiries', inquiryBody(changes))
  expect(response.status).toBe(202)
  return ((await response.json()) as { id: string }).id
}

async function list(query: Record<string, string>): Promise<{ inquiries: readonly Summary[]; next?: string }> {
  const response = await service().call(`/v1/inquiries?${new URLSearchParams(query)}`)
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return JSON.parse(text) as { inquiries: Summary[]; next?: string }
}

const idsOf = async (query: Record<string, string>) => (await list(query)).inquiries.map(({ id }) => id)

const details = async (id: string) => (await service().call(`/v1/inquiries/${id}`)).json()

const receipt = (saksnummer: number): Receipt => ({
  archive: 'folder',
  saksaar: 2026,
  sakssekvensnummer: saksnummer,
  journalpostnummer: 1,
  saksmappeSystemID: '01900000-0000-7000-8000-000000000001',
  journalpostSystemID: '01900000-0000-7000-8000-000000000002',
  arkivertDato: later,
  files: []
})

/** Takes an inquiry through these states, as the workers and people would. */
async function takeThrough(id: string, ...way: readonly InquiryStatus[]): Promise<void> {
  const { inquiries } = storeOn(service().db)
  for (const to of way) {
    const { status } = await inquiries.get(id)
    const next = { kind: 'due', dueAt: later, failed: false } as const
    await inquiries.move({
      id,
      from: status.state,
      to,
      at: new Date(),
      actor: 'prøve',
      action: 'inquiry.needs-action',
      next
    })
  }
}

/** One way to each state from where every inquiry begins. */
const ways: Record<InquiryState, readonly InquiryStatus[]> = {
  received: [],
  'in-review': [{ state: 'in-review', trouble }],
  ready: [{ state: 'ready' }],
  sending: [{ state: 'ready' }, { state: 'sending' }],
  'awaiting-receipt': [
    { state: 'ready' },
    { state: 'sending' },
    { state: 'awaiting-receipt', handle: { correlation: 'x', sentAt: later }, giveUpAt: later }
  ],
  'unknown-outcome': [{ state: 'ready' }, { state: 'sending' }, { state: 'unknown-outcome', since: later, trouble }],
  'needs-action': [{ state: 'needs-action', trouble }],
  journaled: [{ state: 'ready' }, { state: 'sending' }, { state: 'journaled', receipt: receipt(77) }],
  amending: [
    { state: 'ready' },
    { state: 'sending' },
    { state: 'journaled', receipt: receipt(79) },
    { state: 'amending', receipt: receipt(79) }
  ],
  'amend-stopped': [
    { state: 'ready' },
    { state: 'sending' },
    { state: 'journaled', receipt: receipt(80) },
    { state: 'amending', receipt: receipt(80) },
    { state: 'amend-stopped', receipt: receipt(80), trouble }
  ],
  dismissed: [{ state: 'dismissed', reason: 'Gjelder ikke oss', by: 'prøve' }],
  'handled-manually': [
    { state: 'in-review', trouble },
    { state: 'handled-manually', receipt: receipt(78), by: 'prøve', confirmedBy: 'arkivar' }
  ]
}

afterEach(async () => {
  await sql`truncate inquiry, work_item, attempt, archive_plan, delivery_step, idempotency_key cascade`.execute(
    service().db
  )
})

describe('the list', () => {
  test('shows an inquiry with its words, its state in Norwegian, and what to do', async () => {
    const text = `${'Å'.repeat(199)}👩🏽‍🚒 og mer`
    const id = await received({ text })
    const { inquiries } = await list({})
    expect(inquiries).toEqual([
      {
        id,
        source: 'facebook',
        externalId: expect.any(String),
        kind: 'comment',
        event: { type: 'created' },
        author: { displayName: 'Kari Eksempel', handle: 'kari.eksempel' },
        direction: 'incoming',
        receivedAt: expect.stringMatching(/Z$/),
        changedAt: expect.stringMatching(/Z$/),
        category: 'case',
        isEmergency: false,
        answer: { dueAt: expect.stringMatching(/Z$/) },
        status: { state: 'received', ...stateTexts.received, nextTryAt: expect.stringMatching(/Z$/) },
        textStart: `${'Å'.repeat(199)}👩`
      }
    ])
  })

  test('has each state under its own name, and what waits for people under needsAction', async () => {
    const ids = new Map<InquiryState, string>()
    for (const state of inquiryStates) {
      const id = await received()
      await takeThrough(id, ...ways[state])
      ids.set(state, id)
    }
    for (const state of inquiryStates) {
      const { inquiries } = await list({ state })
      expect(
        inquiries.map(({ id, status }) => [id, status.label]),
        state
      ).toEqual([[ids.get(state), stateTexts[state].label]])
    }
    expect(await idsOf({ needsAction: 'true' })).toEqual([
      ids.get('amend-stopped'),
      ids.get('needs-action'),
      ids.get('in-review')
    ])
    expect(await idsOf({ needsAction: 'false' })).toHaveLength(inquiryStates.length)
    expect(await idsOf({ caseNumber: '2026/77' })).toEqual([ids.get('journaled')])
    expect(await idsOf({ caseNumber: '2026/78' })).toEqual([ids.get('handled-manually')])
    expect(await idsOf({ caseNumber: '2025/77' })).toEqual([])
    expect((await list({ state: 'journaled' })).inquiries[0]).toMatchObject({
      archive: { saksnummer: '2026/77', journalpost: '2026/77-1', archive: 'folder', arkivertDato: later.toISOString() }
    })
    expect((await list({ state: 'awaiting-receipt' })).inquiries[0]?.status).toMatchObject({
      deadline: later.toISOString()
    })
    expect((await list({ state: 'needs-action' })).inquiries[0]?.status).toMatchObject({ trouble })
  })

  test('is by source, by time, and by both', async () => {
    const first = await received({ source: 'mastodon' })
    const { receivedAt } = (await details(first)) as { receivedAt: string }
    const after = new Date(new Date(receivedAt).getTime() + 1).toISOString()
    const second = await received()
    expect(await idsOf({ source: 'mastodon' })).toEqual([first])
    expect(await idsOf({ source: 'linkedin' })).toEqual([])
    expect(await idsOf({ from: receivedAt })).toEqual([second, first])
    expect(await idsOf({ to: receivedAt })).toEqual([])
    expect(await idsOf({ to: after })).toEqual([first])
    expect(await idsOf({ from: after, source: 'mastodon' })).toEqual([])
  })

  test.each([
    ['a word', 'brøytet'],
    ['a word in capitals', 'BRØYTET'],
    ['several words, all of them', 'storgata brøytet'],
    ['words in quotes, in that order', '"når blir storgata"'],
    ['a Sámi word', 'Čáhcesuolu'],
    ['a Sámi word in small letters', 'čáhcesuolu'],
    ['another with ŋ and ŧ', 'máŋŋebárgga'],
    ['Arabic', 'مرحبا'],
    ['the name', 'Åse'],
    ['the name in small letters', 'åse ødegård'],
    ['the user name', 'aase.eksempel'],
    ['the platform’s id', '4711_0815'],
    ['the category', 'praise']
  ])('finds an inquiry by %s', async (_, words) => {
    const id = await received({
      externalId: '4711_0815',
      text: 'Hei! Når blir Storgata brøytet? Čáhcesuolu, máŋŋebárgga. مرحبا',
      author: { displayName: 'Åse Ødegård', handle: 'aase.eksempel' },
      mark: { by: 'servicetorget', reason: 'Spørsmål', category: 'praise' }
    })
    await received({ text: 'Noe helt annet' })
    expect(await idsOf({ text: words })).toEqual([id])
  })

  test.each(['brøyt', 'storgata lillegata', '"brøytet storgata"', '-storgata', 'xyz'])(
    'does not find it by %s',
    async (words) => {
      await received({ text: 'Når blir Storgata brøytet?' })
      expect(await idsOf({ text: words })).toEqual([])
    }
  )

  test('comes in pages without a gap or a double, while new ones arrive', async () => {
    const expected: string[] = []
    for (let n = 0; n < 25; n += 1) expected.unshift(await received())
    const seen: string[] = []
    let cursor: string | undefined
    let pages = 0
    do {
      const page = await list({ limit: '7', ...(cursor !== undefined && { cursor }) })
      seen.push(...page.inquiries.map(({ id }) => id))
      cursor = page.next
      pages += 1
      await received()
      await received()
    } while (cursor !== undefined)
    expect(seen).toEqual(expected)
    expect(pages).toBe(4)
    expect(await idsOf({ limit: '200' })).toHaveLength(33)
  })

  test('keeps its filter from page to page', async () => {
    for (let n = 0; n < 6; n += 1) await received({ source: n % 2 ? 'facebook' : 'mastodon' })
    const first = await list({ source: 'mastodon', limit: '2' })
    const rest = await list({ source: 'mastodon', limit: '2', cursor: first.next ?? '' })
    expect([...first.inquiries, ...rest.inquiries]).toHaveLength(3)
    expect(rest.next).toBeUndefined()
  })
})

describe('one inquiry', () => {
  test('shows all that was handed in', async () => {
    const body = inquiryBody({
      note: 'Haster',
      event: { type: 'edited', at: '2026-11-21T19:30:00.000Z' },
      editedAt: '2026-11-21T19:30:00.000Z',
      context: {
        parents: [
          { externalId: '1', author: { displayName: 'A' }, text: 'Før', publishedAt: '2026-11-20T08:00:00.000Z' }
        ]
      },
      mark: { by: 'servicetorget', reason: 'Må besvares', at: '2026-11-21T20:00:00.000Z', category: 'question' }
    })
    const response = await service().post('/v1/inquiries', body)
    const { id } = (await response.json()) as { id: string }
    const { permalink, source, externalId, kind, event, text, author, language, note, editedAt, mark, context } = body
    expect(await details(id)).toMatchObject({
      ...{ id, permalink, source, externalId, kind, event, text, author, language, note, editedAt, mark },
      publishedAt: '2026-11-21T17:42:10.000Z',
      context: { parents: context?.parents, siblings: [] },
      attachments: [],
      related: [],
      attempts: [],
      documents: 0,
      received: { secretsBlanked: 0 }
    })
  })

  test('has a timeline in Norwegian, and no record or document before they are made', async () => {
    const id = await received()
    await service().call(`/v1/inquiries/${id}`)
    const { events } = (await (await service().call(`/v1/inquiries/${id}/timeline`)).json()) as { events: unknown[] }
    expect(events).toMatchObject([
      {
        action: 'inquiry.received',
        text: 'Mottatt og lagret',
        actor: 'key:prove',
        facts: { source: 'facebook', event: 'created' }
      },
      { action: 'inquiry.read', text: 'Lest', actor: 'key:prove', facts: {} }
    ])
    for (const what of ['record', 'documents/1']) {
      const response = await service().call(`/v1/inquiries/${id}/${what}`)
      expect(response.status).toBe(404)
      expect(await problemIn(response)).toMatchObject({ code: 'record-not-ready' })
    }
  })

  test('is read only with a trace: each look is an event, a look at nothing is none', async () => {
    const id = await received()
    const looks = async () => {
      const { rows } = await sql<{ action: string; n: number }>`select action, count(*)::int as n from audit_event
        where subject in (${id}, 'inquiries') and action <> 'inquiry.received' group by action`.execute(service().db)
      return Object.fromEntries(rows.map(({ action, n }) => [action, n]))
    }
    const { 'inquiry.listed': listed = 0, ...none } = await looks()
    expect(none).toEqual({})
    for (const path of [
      `/${id}`,
      `/${id}`,
      `/${id}/timeline`,
      '?text=storgata',
      `/${id}/record`,
      `/${id}/documents/1`
    ]) {
      await service().call(`/v1/inquiries${path}`)
    }
    expect(await looks()).toEqual({ 'inquiry.listed': listed + 1, 'inquiry.read': 2, 'timeline.read': 1 })
    const { rows } =
      await sql`select facts from audit_event where action = 'inquiry.listed' order by seq desc limit 1`.execute(
        service().db
      )
    expect(rows).toEqual([{ facts: { count: 1, byWords: true } }])
  })
})

describe('«prøv igjen»', () => {
  const retry = (id: string) => service().post(`/v1/inquiries/${id}/retry`, { reason: 'Feilen i arkivet er rettet' })
  const stateAfter = async (id: string) => {
    const response = await retry(id)
    expect(response.status).toBe(200)
    return ((await response.json()) as { state: string }).state
  }

  test('takes up what needed action, from the start when there is no plan', async () => {
    const id = await received()
    await takeThrough(id, ...ways['needs-action'])
    expect(await stateAfter(id)).toBe('received')
    const work = await service()
      .db.selectFrom('work_item')
      .select(['task', 'tries'])
      .where('inquiry_id', '=', id)
      .execute()
    expect(work).toEqual([{ task: 'compose', tries: 0 }])
  })

  test('asks the archive first when something was begun there', async () => {
    const id = await received()
    await takeThrough(id, ...ways['needs-action'])
    await storeOn(service().db).ledger.start(id, 'journalpost', new Date())
    expect(await stateAfter(id)).toBe('unknown-outcome')
  })

  test('makes what waits for its next try due now, and writes down who asked', async () => {
    const id = await received()
    await takeThrough(id, { state: 'ready' })
    const before = Date.now()
    expect(await stateAfter(id)).toBe('ready')
    const [work] = await service().db.selectFrom('work_item').select('due_at').where('inquiry_id', '=', id).execute()
    expect(work?.due_at.getTime()).toBeGreaterThanOrEqual(before - 1)
    expect(work?.due_at.getTime()).toBeLessThanOrEqual(Date.now())
    const { events } = (await (await service().call(`/v1/inquiries/${id}/timeline`)).json()) as {
      events: { action: string; actor: string; reason?: string }[]
    }
    expect(events.at(-1)).toMatchObject({
      action: 'inquiry.retried',
      actor: 'key:prove',
      reason: 'Feilen i arkivet er rettet'
    })
  })

  test.each(['journaled', 'dismissed', 'handled-manually'] as const)('of what is %s gets 409', async (state) => {
    const id = await received()
    await takeThrough(id, ...ways[state])
    await service().db.deleteFrom('work_item').where('inquiry_id', '=', id).execute()
    const response = await retry(id)
    expect(response.status).toBe(409)
    expect(await problemIn(response)).toMatchObject({ code: 'inquiry-in-wrong-state' })
  })
})

describe('«avvis»', () => {
  const dismiss = (id: string, reason = 'Gjelder en annen kommune') =>
    service().post(`/v1/inquiries/${id}/dismiss`, { reason })

  test.each(['received', 'in-review', 'ready', 'needs-action'] as const)(
    'ends what is %s, with the reason',
    async (state) => {
      const id = await received()
      await takeThrough(id, ...ways[state])
      const response = await dismiss(id)
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({ state: 'dismissed', ...stateTexts.dismissed })
      const [kept] = await service().db.selectFrom('inquiry').select('status').where('id', '=', id).execute()
      expect(kept?.status).toEqual({ state: 'dismissed', reason: 'Gjelder en annen kommune', by: 'key:prove' })
      expect(await service().db.selectFrom('work_item').selectAll().where('inquiry_id', '=', id).execute()).toEqual([])
    }
  )

  test.each(['sending', 'awaiting-receipt', 'unknown-outcome', 'journaled', 'dismissed', 'handled-manually'] as const)(
    'of what is %s gets 409 and changes nothing',
    async (state) => {
      const id = await received()
      await takeThrough(id, ...ways[state])
      const response = await dismiss(id)
      expect(response.status).toBe(409)
      expect(await problemIn(response)).toMatchObject({ code: 'inquiry-in-wrong-state' })
      expect(await details(id)).toMatchObject({ status: { state } })
    }
  )

  test('of what may be in the archive gets 409, whatever its state', async () => {
    const id = await received()
    await takeThrough(id, ...ways['needs-action'])
    await storeOn(service().db).ledger.start(id, 'journalpost', new Date())
    const response = await dismiss(id)
    expect(response.status).toBe(409)
    expect(await problemIn(response)).toMatchObject({ code: 'may-be-in-archive' })
  })

  test('needs a reason', async () => {
    const id = await received()
    for (const reason of ['', 'nå', 'x'.repeat(2_001)]) expect((await dismiss(id, reason)).status).toBe(400)
  })

  test('by ten people at once is done by one', async () => {
    const id = await received()
    const answers = await Promise.all(Array.from({ length: 10 }, () => dismiss(id)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)])
  })
})

describe('the overview', () => {
  const overview = async () => (await service().call('/v1/overview')).json()

  test('says that all is well when there is nothing', async () => {
    expect(await overview()).toMatchObject({
      sentence: 'Alt er journalført.',
      needsAction: { count: 0, see: '/v1/inquiries?needsAction=true' },
      inProgress: { count: 0 },
      archive: { name: 'folder', state: 'up' },
      sources: []
    })
  })

  test('says in one sentence whether somebody is needed, and counts the rest', async () => {
    const ids: string[] = []
    for (const state of inquiryStates) {
      const id = await received({ source: state === 'ready' ? 'mastodon' : 'facebook' })
      await takeThrough(id, ...ways[state])
      ids.push(id)
    }
    expect(await overview()).toMatchObject({
      sentence: '3 henvendelser trenger deg.',
      needsAction: { count: 3, oldestSince: expect.stringMatching(/Z$/) },
      inProgress: { count: 4, oldestSince: expect.stringMatching(/Z$/) },
      awaitingArchive: 1,
      unknownOutcome: 1,
      journaledToday: 1,
      journaled: 4,
      dismissed: 1
    })
    const { sources } = (await overview()) as { sources: { source: string }[] }
    expect(new Set(sources.map(({ source }) => source))).toEqual(new Set(['facebook', 'mastodon']))
    expect(await idsOf({ needsAction: 'true' })).toHaveLength(3)
  })

  test('counts with it what waits behind one that needs a person, which says so, and leaves with it', async () => {
    const first = await received()
    const second = await received()
    await takeThrough(second, { state: 'received', trouble, waitsFor: first })
    expect(await overview()).toMatchObject({ needsAction: { count: 0 } })
    await takeThrough(first, ...ways['needs-action'])
    expect(await overview()).toMatchObject({ sentence: '2 henvendelser trenger deg.', needsAction: { count: 2 } })
    expect(await idsOf({ needsAction: 'true' })).toEqual([second, first])
    expect(await idsOf({ needsAction: 'true', state: 'received' })).toEqual([second])
    const told = {
      state: 'received',
      meaning: 'Denne blir ikke journalført før noen har behandlet den andre.',
      whatToDo: expect.stringContaining(`Behandle henvendelsen ${first}; da går denne videre av seg selv.`),
      trouble: {
        code: 'waits-for-asking',
        message: `Henvendelsen ${first}, som denne skal i samme sak som, står som «Trenger handling».`
      }
    }
    expect(await details(second)).toMatchObject({ status: told })
    expect((await list({ state: 'received' })).inquiries).toMatchObject([{ id: second, status: told }])
    expect(await (await service().call('/metrics')).text()).toMatch(/^arkivbro_needs_action 2$/m)
    await takeThrough(first, { state: 'received' })
    expect(await overview()).toMatchObject({ needsAction: { count: 0 } })
    expect(await details(second)).toMatchObject({ status: { trouble } })
  })

  test('counts what a pause holds back, which says so', async () => {
    const id = await received()
    await takeThrough(id, ...ways.ready)
    await service().post('/v1/archive/pause', { reason: 'Arkivet oppgraderes.' })
    expect(await overview()).toMatchObject({
      sentence: '1 henvendelse trenger deg. Leveringene er satt på pause.',
      needsAction: { count: 1 }
    })
    expect((await list({ needsAction: 'true' })).inquiries).toMatchObject([
      { id, status: { trouble: { code: 'deliveries-paused', message: 'Leveringene til arkivet er satt på pause.' } } }
    ])
    await service().call('/v1/archive/resume', { method: 'POST' })
    expect(await idsOf({ needsAction: 'true' })).toEqual([])
  })

  test('counts one person’s task as one, and what goes by itself as on its way', async () => {
    const id = await received()
    expect(await overview()).toMatchObject({ sentence: 'Ingen henvendelser trenger deg. 1 er på vei til arkivet.' })
    await takeThrough(id, ...ways['needs-action'])
    expect(await overview()).toMatchObject({ sentence: '1 henvendelse trenger deg.' })
  })
})
