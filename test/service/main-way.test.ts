import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inquiryBody, settled } from '../support/makers.ts'
import { freshService } from '../support/setup.ts'

test('an inquiry that got 202 comes back as journaled, with numbers, record and document', async () => {
  const service = await freshService()

  const response = await service.post('/v1/inquiries', inquiryBody())
  expect(response.status).toBe(202)
  const { id } = (await response.json()) as { id: string }
  const details = await settled(service, id)

  expect(details.status).toMatchObject({ state: 'journaled', label: 'Journalført' })
  expect(details.archive).toMatchObject({ journalpostnummer: 1, saksnummer: expect.stringMatching(/^\d{4}\/1$/) })
  const record = await (await service.call(`/v1/inquiries/${id}/record`)).text()
  expect(record).toContain('<journalposttype>')
  const pdf = Buffer.from(await (await service.call(`/v1/inquiries/${id}/documents/1`)).arrayBuffer())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const { DATA_FOLDER } = service.config
  const kept = await readFile(join(DATA_FOLDER, 'archive', details.archive?.location ?? '', 'hoveddokument.pdf'))
  expect(kept.equals(pdf)).toBe(true)
})
