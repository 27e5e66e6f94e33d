import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inquiryStates } from '../../src/domain/inquiry.ts'
import { inquiryBody, settled } from '../support/makers.ts'
import { fileService } from './file-service.ts'

const service = fileService({ work: true })

interface Series {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

async function scrape(): Promise<readonly Series[]> {
  const response = await service().call('/metrics')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  return (await response.text())
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, said]) => [key, said] as const)
      return { name, labels: Object.fromEntries(pairs), value: Number(value) }
    })
}

const sumOf = (all: readonly Series[], name: string, labels: Record<string, string> = {}) =>
  all
    .filter((one) => one.name === name && Object.entries(labels).every(([key, said]) => one.labels[key] === said))
    .reduce((sum, { value }) => sum + value, 0)

/** The rows of a query with two columns, as a record. */
async function counted(query: ReturnType<typeof sql<{ key: string; n: number }>>): Promise<Record<string, number>> {
  const { rows } = await query.execute(service().db)
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]))
}

test('what is counted is what the database says, after inquiries of many kinds', async () => {
  const { post, call, db } = service()
  const body = inquiryBody()
  const bodies = [body, inquiryBody(), inquiryBody({ source: 'et-sted-ingen-har-hørt-om'.replace('ø', 'o') })]
  const ids: string[] = []
  for (const one of bodies) ids.push(((await (await post('/v1/inquiries', one)).json()) as { id: string }).id)
  expect((await post('/v1/inquiries', body)).status).toBe(200)
  expect((await post('/v1/inquiries', { ...body, text: 'annet' })).status).toBe(422)
  expect((await post('/v1/inquiries', '{')).status).toBe(400)
  for (const id of ids) await settled(service(), id)
  // One that waits for the case of a post that never comes to rest, so that something is still open.
  const [open] = await db
    .selectFrom('inquiry')
    .selectAll()
    .where('id', '=', ids[0] ?? '')
    .execute()
  await sql`update inquiry set state = 'awaiting-receipt', changed_at = now() - interval '90 seconds',
    status = '{"state":"awaiting-receipt"}' where id = ${open?.id}`.execute(db)

  const all = await scrape()

  const states = await counted(sql`select state as key, count(*)::int as n from inquiry group by state`)
  expect(states).toEqual({ journaled: 2, 'awaiting-receipt': 1 })
  for (const state of inquiryStates) {
    expect(sumOf(all, 'arkivbro_inquiries', { state }), state).toBe(states[state] ?? 0)
  }
  expect(sumOf(all, 'arkivbro_oldest_open_seconds')).toBeGreaterThanOrEqual(90)
  expect(sumOf(all, 'arkivbro_oldest_open_seconds')).toBeLessThan(150)
  const age = sumOf(all, 'arkivbro_oldest_open_age_seconds')
  const received = await counted(sql`select 'age' as key, extract(epoch from now() - min(received_at))::int as n
    from inquiry where state = 'awaiting-receipt'`)
  expect(Math.abs(age - Number(received.age))).toBeLessThan(10)
  expect(sumOf(all, 'arkivbro_inquiries_received_total', { answer: 'new' })).toBe(3)
  expect(sumOf(all, 'arkivbro_inquiries_received_total', { answer: 'repeated' })).toBe(1)

  const moves = await counted(sql`select action as key, count(*)::int as n from audit_event group by action`)
  expect(sumOf(all, 'arkivbro_inquiry_moves_total', { to: 'ready' })).toBe(moves['inquiry.composed'])
  expect(sumOf(all, 'arkivbro_inquiry_moves_total', { to: 'sending' })).toBe(moves['inquiry.sending'])
  expect(sumOf(all, 'arkivbro_inquiry_moves_total', { to: 'journaled' })).toBe(moves['inquiry.journaled'])
  const attempts = await counted(sql`select task as key, count(*)::int as n from attempt group by task`)
  expect(new Set(Object.keys(attempts))).toEqual(new Set(['compose', 'deliver']))
  for (const [task, n] of Object.entries(attempts)) {
    expect(sumOf(all, 'arkivbro_attempt_seconds_count', { task }), task).toBe(n)
  }
  expect((await call('/metrics', { method: 'HEAD' })).status).toBe(200)
})

test('there are few series, and nothing in them comes from a caller', async () => {
  const { call } = service()
  const words = ['callers-own-word', 'callersownword']
  for (const word of words) {
    await call(`/v1/${word}`)
    await call(`/v1/inquiries?text=${word}&source=${word}`)
    await call(`/v1/inquiries/from/${word}`, { method: 'POST' })
    await call('/v1/overview', { headers: { authorization: `Bearer ${word}.${word}`, 'user-agent': word } })
  }
  const all = await scrape()
  expect(all.length).toBeLessThan(300)
  const text = JSON.stringify(all)
  for (const word of [...words, 'ingen-har', 'facebook', 'prove']) expect(text).not.toContain(word)
  const labels = new Set(
    all.filter(({ name }) => /^arkivbro_(inq|att|old|work|queue)/.test(name)).flatMap((one) => Object.keys(one.labels))
  )
  expect(labels).toEqual(new Set(['answer', 'le', 'outcome', 'state', 'task', 'to']))
})

test('each scrape tells of the moment it was made', async () => {
  const before = await scrape()
  await service().post('/v1/inquiries', inquiryBody({ event: { type: 'created' } }))
  const after = await scrape()
  const total = (all: readonly Series[]) => sumOf(all, 'arkivbro_inquiries')
  expect(total(after)).toBe(total(before) + 1)
})
