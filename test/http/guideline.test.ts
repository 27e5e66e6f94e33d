import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { Guideline } from '../../schemas/guideline.ts'
import { standardGuideline } from '../../src/standard-guideline.ts'
import { inquiryBody } from '../support/makers.ts'
import { freshService, type StartedService } from '../support/setup.ts'
import { fileService } from './file-service.ts'
import { problemIn } from './problem-of.ts'

const reason = 'Vedtatt i ledermøtet.'
const standard = (await standardGuideline()) as Guideline

async function json<T>(response: Response, status = 200): Promise<T> {
  expect(response.status).toBe(status)
  return (await response.json()) as T
}

const received = async (service: StartedService, changes: Parameters<typeof inquiryBody>[0] = {}) =>
  json<{ id: string; category: string; proposals: { category: string; rule: string }[] }>(
    await service.post('/v1/inquiries', inquiryBody(changes)),
    202
  )

describe('a new installation', () => {
  const service = fileService({ work: false })
  const call = (path: string) => service().call(path)

  test('works by the guideline that comes along, which is what its schema asks for', async () => {
    const { version, guideline } = await json<{ version: number; guideline: Guideline }>(await call('/v1/guideline'))
    expect([version, guideline]).toEqual([1, standard])
    const again = await service().post('/v1/guideline/versions', standard)
    expect(await json(again)).toEqual({ version: 1, isNew: false })
  })

  test('takes the same guideline as YAML', async () => {
    const yaml = await readFile(new URL('../../schemas/guideline/standard.yaml', import.meta.url), 'utf8')
    const headers = { 'content-type': 'application/yaml' }
    const response = await service().call('/v1/guideline/versions', { method: 'POST', headers, body: yaml })
    expect(await json(response)).toEqual({ version: 1, isNew: false })
  })

  test.each([
    ['is no YAML', 'name: [', 400, 'body-not-json'],
    ['says a thing twice', 'name: a\nname: b', 400, 'body-not-json'],
    ['is YAML of something else', 'name: Retningslinje', 400, 'invalid-request'],
    ['refers to itself without end', 'a: &a [*a]', 400, 'body-not-json']
  ])('refuses a body that %s', async (_, body, status, code) => {
    const headers = { 'content-type': 'application/yaml' }
    const response = await service().call('/v1/guideline/versions', { method: 'POST', headers, body })
    expect(response.status).toBe(status)
    expect((await problemIn(response)).code).toBe(code)
  })

  test('an inquiry is not taken as YAML', async () => {
    const headers = { 'content-type': 'application/yaml' }
    const response = await service().call('/v1/inquiries', { method: 'POST', headers, body: 'source: facebook' })
    expect(response.status).toBe(415)
  })

  test('refuses a guideline that contradicts itself, and tells where', async () => {
    const response = await service().post('/v1/guideline/versions', { ...standard, defaultCategory: 'borte' })
    expect(response.status).toBe(422)
    const { code, errors } = await problemIn(response)
    expect([code, errors?.map(({ pointer }) => pointer)]).toEqual([
      'guideline-contradicts-itself',
      ['/defaultCategory']
    ])
  })

  test('refuses a guideline with a code that the municipality does not have, and tells where', async () => {
    const [name = '', rule] = Object.entries(standard.restrictions)[0] ?? []
    const restrictions = { ...standard.restrictions, [name]: { ...rule, tilgangsrestriksjon: 'Hemmelig' } }
    const response = await service().post('/v1/guideline/versions', { ...standard, restrictions })
    expect(response.status).toBe(422)
    const { code, errors } = await problemIn(response)
    expect([code, errors?.map(({ pointer }) => pointer)]).toEqual([
      'guideline-code-unknown',
      [`/restrictions/${name}/tilgangsrestriksjon`]
    ])
  })

  test.each<[string, unknown]>([
    ['hours and working days at once', { hours: 1, workingDays: 1 }],
    ['no time at all', {}],
    ['no hours', { hours: 0 }],
    ['more working days than a year has', { workingDays: 251 }]
  ])('refuses a deadline of %s', async (_, answerWithin) => {
    const otherwise = { ...standard.otherwise, answerWithin }
    const response = await service().post('/v1/guideline/versions', { ...standard, otherwise })
    expect(response.status).toBe(400)
    expect((await problemIn(response)).errors?.[0]?.pointer).toMatch(/^\/otherwise\/answerWithin/)
  })

  test('refuses a category that the guideline does not have, and tells which it has', async () => {
    const mark = { by: 'servicetorget', reason: 'Spørsmål', category: 'vei' }
    const response = await service().post('/v1/inquiries', inquiryBody({ mark }))
    expect(response.status).toBe(422)
    const { code, detail, errors } = await problemIn(response)
    expect([code, errors?.[0]?.pointer]).toEqual(['category-unknown', '/mark/category'])
    expect(detail).toContain('political')
  })

  test('the guideline that is in force cannot be put in force again, and one that is not there never', async () => {
    const again = await service().post('/v1/guideline/versions/1/activate', { reason })
    expect([again.status, (await problemIn(again)).code]).toEqual([409, 'guideline-in-force'])
    const none = await service().post('/v1/guideline/versions/99/activate', { reason })
    expect([none.status, (await problemIn(none)).code]).toEqual([404, 'guideline-not-found'])
  })
})

test('a guideline is kept, compared, tried on what has come in, and put in force for what comes', async () => {
  const service = await freshService({}, { work: false })
  const before = await received(service, { text: 'Hvor er badeplassen?' })
  const young: Guideline = {
    ...standard,
    rules: [
      {
        id: 'bad',
        title: 'Spørsmål om bading går til Kultur.',
        when: { words: ['bade*'] },
        outcome: { administrativEnhet: 'Kultur', propose: 'question' }
      },
      ...standard.rules
    ]
  }
  expect(await json(await service.post('/v1/guideline/versions', young), 201)).toEqual({ version: 2, isNew: true })
  const diff = await json(await service.call('/v1/guideline/versions/2/diff?from=1'))
  expect(diff).toMatchObject({ changes: [{ what: 'rule', id: 'bad', change: 'added' }] })

  const tried = await json(await service.call('/v1/guideline/versions/2/try', { method: 'POST' }))
  expect(tried).toEqual({
    seen: 1,
    changedCount: 1,
    changed: [
      {
        id: before.id,
        fields: { administrativEnhet: { after: 'Kultur' }, proposals: { before: [], after: ['question'] } }
      }
    ]
  })
  expect((await json<{ version: number }>(await service.call('/v1/guideline'))).version).toBe(1)

  await json(await service.post('/v1/guideline/versions/2/activate', { reason }))
  const after = await received(service, { text: 'Hvor er badeplassen?' })
  expect(after.proposals).toEqual([{ category: 'question', rule: 'bad' }])
  const { assessment } = await json<{ assessment: { guideline: number; decisions: { field: string }[] } }>(
    await service.call(`/v1/inquiries/${after.id}`)
  )
  expect(assessment.guideline).toBe(2)
  expect(assessment.decisions).toContainEqual({ field: 'administrativEnhet', value: 'Kultur', rule: 'bad' })
  const old = await json<{ assessment: { guideline: number } }>(await service.call(`/v1/inquiries/${before.id}`))
  expect(old.assessment.guideline).toBe(1)
  const { versions } = await json<{ versions: object[] }>(await service.call('/v1/guideline/versions'))
  expect(versions).toMatchObject([
    { version: 2, isInForce: true },
    { version: 1, isInForce: false }
  ])
})
