import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { packagesIn } from '../integrations/archives/folder/archive-folder.ts'
import { inquiryBody, settled } from '../support/makers.ts'
import { hasMaterial, standards } from '../support/material.ts'
import { freshService, type StartedService } from '../support/setup.ts'
import { openSchema } from '../support/xsd.ts'

const SCHEMA = 'fiks-arkiv/Schema/V1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd'

async function upload({ call }: StartedService, bytes: Uint8Array, fileName: string): Promise<string> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), fileName)
  const response = await call('/v1/attachments', { method: 'POST', body: form })
  return ((await response.json()) as { id: string }).id
}

const picture = (format: 'webp' | 'jpeg') =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#1f4b78' } })
    .toFormat(format)
    .toBuffer()

test('a WebP is journaled with the original and a file in an archive format, and a JPEG as it came', async () => {
  const service = await freshService()
  const [webp, jpeg] = [await picture('webp'), await picture('jpeg')]
  const attachments = [
    { id: await upload(service, webp, 'hull i veien.webp') },
    { id: await upload(service, jpeg, 'skilt.jpg') }
  ]

  const response = await service.post('/v1/inquiries', inquiryBody({ attachments }))
  const details = await settled(service, ((await response.json()) as { id: string }).id)

  expect(details.status.state).toBe('journaled')
  const archive = join(service.config.DATA_FOLDER, 'archive')
  const [manifest] = await packagesIn(archive)
  const kept = new Map(manifest?.files.map((file) => [file.referanseDokumentfil, file.sha256]))
  expect([...kept.keys()]).toEqual([
    ...['arkivmelding.xml', 'hoveddokument.pdf', 'mottatt.json'],
    ...['vedlegg-01-arkiv.jpg', 'vedlegg-01.webp', 'vedlegg-02.jpg']
  ])
  expect(kept.get('vedlegg-01.webp')).toBe(createHash('sha256').update(webp).digest('hex'))
  expect(kept.get('vedlegg-02.jpg')).toBe(createHash('sha256').update(jpeg).digest('hex'))
  const converted = await readFile(join(archive, details.archive?.location ?? '', 'vedlegg-01-arkiv.jpg'))
  expect(await sharp(converted).metadata()).toMatchObject({ format: 'jpeg', width: 64, height: 48 })
  const record = await readFile(join(archive, details.archive?.location ?? '', 'arkivmelding.xml'), 'utf8')
  expect(record.match(/>(Arkiv|Produksjons)format</g)).toHaveLength(5)
  if (!hasMaterial) return
  expect(openSchema(standards(SCHEMA)).validate(record)).toEqual([])
})
