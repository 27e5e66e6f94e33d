import { expect, inject, test } from 'vitest'
import { corpusStrings, nastyStrings } from '../support/hard-text.ts'
import { type Details, inquiryBody, settledOnceLookedAt } from '../support/makers.ts'
import { hasMaterial, standards } from '../support/material.ts'
import { freshService, type StartedService } from '../support/setup.ts'
import { openSchema } from '../support/xsd.ts'

const SCHEMA = 'fiks-arkiv/Schema/V1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd'
const NAME_LENGTH_MAX = 500
const TOGETHER = 90

const chunks = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))

/** Uploads a small file under a hard name; gives its id. */
async function upload(service: StartedService, name: string, n: number): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([`fil ${n}`]), name)
  const response = await service.call('/v1/attachments', { method: 'POST', body: form })
  expect([response.status, name]).toEqual([201, name])
  return ((await response.json()) as { id: string }).id
}

/** Many hard strings in one inquiry: as text, as authors of its thread, and as names of its files. */
async function submit(service: StartedService, strings: readonly string[], number: number): Promise<string> {
  const [first = '', ...others] = strings
  const ids = await Promise.all(strings.map((text, n) => upload(service, text.slice(0, 200), number * TOGETHER + n)))
  const response = await service.post(
    '/v1/inquiries',
    inquiryBody({
      text: first.slice(0, 100_000) || 'tom',
      author: { displayName: first.slice(0, NAME_LENGTH_MAX), handle: first.slice(0, NAME_LENGTH_MAX) },
      context: {
        parents: [],
        siblings: others.map((text) => ({
          author: { displayName: text.slice(0, NAME_LENGTH_MAX) },
          text: text.slice(0, 8_000)
        }))
      },
      attachments: ids.map((id) => ({ id }))
    })
  )
  const body = (await response.json()) as { id: string }
  expect([response.status, body]).toEqual([202, body])
  return body.id
}

async function prove(service: StartedService, id: string): Promise<Details> {
  const details = await settledOnceLookedAt(service, id, 150_000)
  expect(details.status.trouble?.message ?? details.status.state).toBe('journaled')
  const record = await (await service.call(`/v1/inquiries/${id}/record`)).text()
  expect(openSchema(standards(SCHEMA)).validate(record)).toEqual([])
  return details
}

test.skipIf(!hasMaterial)(
  'every hard string is journaled as text, author and file name [needs the shared corpus]',
  async () => {
    const service = await freshService({ RENDER_PROCESSES: '2', REQUESTS_PER_MINUTE: '100000' })
    // The whole corpus once; the worst of it on every backend.
    const isWhole = inject('redisPort') === undefined && inject('databaseServer').includes('host=')
    const strings = isWhole ? [...nastyStrings, ...corpusStrings()] : nastyStrings
    const batches = chunks(strings, TOGETHER)
    const ids: string[] = []
    for (const [n, batch] of batches.entries()) ids.push(await submit(service, batch, n))
    for (const id of ids) await prove(service, id)
    process.stdout.write(`\n${strings.length} harde tekster i ${ids.length} henvendelser, alle journalført.\n`)
  },
  600_000
)

test.skipIf(!hasMaterial)(
  'every naughty string alone is taken in or refused, never a 500 [needs the shared corpus]',
  async () => {
    const service = await freshService({ REQUESTS_PER_MINUTE: '100000' }, { work: false })
    const statuses = new Map<number, number>()
    for (const text of [...nastyStrings, ...corpusStrings()].slice(0, 600)) {
      const name = text.slice(0, NAME_LENGTH_MAX)
      const body = inquiryBody({
        text: text.slice(0, 100_000),
        author: { displayName: name, handle: name },
        note: name
      })
      const { status } = await service.post('/v1/inquiries', body)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    process.stdout.write(`\nSvar: ${JSON.stringify(Object.fromEntries(statuses))}\n`)
    expect([...statuses.keys()].filter((status) => ![202, 422].includes(status))).toEqual([])
  },
  180_000
)
