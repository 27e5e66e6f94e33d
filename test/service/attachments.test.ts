import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { INFECTED, startClamd } from '../documents/attachments/clamd.ts'
import { png } from '../documents/attachments/hostile-files.ts'
import { packagesIn } from '../integrations/archives/folder/archive-folder.ts'
import { inquiryBody, settled } from '../support/makers.ts'
import { hasMaterial, standards } from '../support/material.ts'
import { needs } from '../support/programs.ts'
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

const clamd = needs('clamd', 'apt-get install clamav-daemon')

test.skipIf(clamd.skip)(
  clamd.title('an attachment that a real clamd finds infected waits for a person and reaches no archive'),
  async () => {
    const service = await freshService({ CLAMAV_URL: await startClamd() })
    const attachments = [{ id: await upload(service, Buffer.from(INFECTED), 'brev.txt') }]

    const response = await service.post('/v1/inquiries', inquiryBody({ attachments }))
    const { id } = (await response.json()) as { id: string }
    const details = await settled(service, id)

    expect(details.status).toMatchObject({ state: 'needs-action', trouble: { code: 'attachment-infected' } })
    expect(details.documents).toBe(0)
    expect(await packagesIn(join(service.config.DATA_FOLDER, 'archive')).catch(() => [])).toEqual([])
  }
)

test('the service lives on with hostile attachments, and archives them as they came', async () => {
  const service = await freshService()
  const hostile = [png(65_536, 65_536), png(500, 500).subarray(0, 60), Buffer.from('<svg><script>1</script></svg>')]
  const attachments = await Promise.all(
    hostile.map(async (bytes) => ({ id: await upload(service, bytes, 'bilde.jpg') }))
  )

  const response = await service.post('/v1/inquiries', inquiryBody({ attachments }))
  const details = await settled(service, ((await response.json()) as { id: string }).id)

  expect(details.status.state).toBe('journaled')
  const [manifest] = await packagesIn(join(service.config.DATA_FOLDER, 'archive'))
  const kept = manifest?.files.map(({ sha256 }) => sha256)
  for (const bytes of hostile) expect(kept).toContain(createHash('sha256').update(bytes).digest('hex'))
})
