import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type DialectName, dialectNames } from '../../integrations/archives/noark5-api/dialects.ts'
import { inquiryBody, settled } from '../support/makers.ts'
import { startStandIn } from '../support/n5tg/stand-in.ts'
import { freshService, type StartedService } from '../support/setup.ts'

const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function upload(service: StartedService): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([picture]), 'hull i veien.png')
  const response = await service.call('/v1/attachments', { method: 'POST', body: form })
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}

async function journaled(service: StartedService, body: ReturnType<typeof inquiryBody>) {
  const response = await service.post('/v1/inquiries', body)
  expect(response.status).toBe(202)
  const details = await settled(service, ((await response.json()) as { id: string }).id)
  expect(details.status.trouble?.message ?? details.status.state).toBe('journaled')
  return details
}

test.each(dialectNames)(
  'an inquiry with an attachment and its answer are journaled in one saksmappe of a %s archive',
  async (dialect: DialectName) => {
    const standIn = await startStandIn({ dialect })
    const service = await freshService({ ARCHIVE: 'noark5-api', ...standIn.env })
    const first = await journaled(service, inquiryBody({ attachments: [{ id: await upload(service) }] }))
    const pdf = Buffer.from(await (await service.call(`/v1/inquiries/${first.id}/documents/1`)).arrayBuffer())
    const answer = await journaled(service, inquiryBody({ follows: first.id, direction: 'outgoing' }))

    expect(first.archive).toMatchObject({ journalpostnummer: 1, saksnummer: expect.stringMatching(/^\d{4}\/1$/) })
    expect(answer.archive).toMatchObject({ journalpostnummer: 2, saksnummer: first.archive?.saksnummer })
    expect(standIn.held('saksmappe').length).toBe(1)
    const posts = standIn.held('journalpost').map(({ fields }) => [fields.journalposttype, fields.journalstatus])
    expect(posts).toEqual([
      [{ kode: 'I' }, { kode: 'J' }],
      [{ kode: 'U' }, { kode: 'J' }]
    ])
    expect(standIn.held('kryssreferanse').length).toBe(1)
    const files = standIn.held('dokumentobjekt').map(({ file }) => file?.sha256)
    expect(files).toContain(sha256(pdf))
    expect(files).toContain(sha256(picture))
    expect(new Set(files).size).toBe(first.documents + answer.documents)
  }
)
