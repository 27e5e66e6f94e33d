import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { RunningService } from '../support/built-service.ts'
import { inquiryBody, settled } from '../support/makers.ts'
import { startStandIn } from '../support/n5tg/stand-in.ts'
import { freshInstallation, runService } from '../support/run-service.ts'

const CHUNKS = 150
const CHUNK = randomBytes(1_000_000)
const RSS_MB_MAX = 256

/** A form with one file that is never whole in memory. */
async function* form(boundary: string): AsyncGenerator<Uint8Array> {
  const head =
    'content-disposition: form-data; name="file"; filename="opptak.bin"\r\ncontent-type: application/octet-stream'
  yield Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`)
  for (let n = 0; n < CHUNKS; n += 1) yield CHUNK
  yield Buffer.from(`\r\n--${boundary}--\r\n`)
}

async function uploadBig({ call }: RunningService): Promise<string> {
  const boundary = 'stor-fil-0a9b8c7d'
  const response = await call('/v1/attachments', {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: ReadableStream.from(form(boundary)),
    duplex: 'half'
  } as RequestInit)
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}

/** Of a process, in MB: what it holds now (`VmRSS`), or held at the most since it started (`VmHWM`). */
function memoryOf({ child }: RunningService, what: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] =
    new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
  return (Number(kilobytes) * 1_024) / 1_000_000
}

const knowsMemory = existsSync('/proc/self/status')

test.skipIf(!knowsMemory)(
  `an attachment of ${CHUNKS} MB is journaled whole while the service holds less than ${RSS_MB_MAX} MB more than when idle`,
  async () => {
    const standIn = await startStandIn()
    const service = await runService(await freshInstallation({ ARCHIVE: 'noark5-api', ...standIn.env }))
    const idle = memoryOf(service, 'VmRSS')

    const attachments = [{ id: await uploadBig(service) }]
    const response = await service.post('/v1/inquiries', inquiryBody({ attachments }))
    const details = await settled(service, ((await response.json()) as { id: string }).id, 120_000)

    expect(details.status.trouble?.message ?? details.status.state).toBe('journaled')
    const hash = createHash('sha256')
    for (let n = 0; n < CHUNKS; n += 1) hash.update(CHUNK)
    const kept = standIn.held('dokumentobjekt').map(({ file }) => [file?.sha256, file?.size])
    expect(kept).toContainEqual([hash.digest('hex'), CHUNKS * CHUNK.length])
    const peak = memoryOf(service, 'VmHWM')
    process.stdout.write(`big file: ${idle.toFixed(0)} MB idle, ${peak.toFixed(0)} MB at the most\n`)
    expect(peak - idle).toBeLessThan(RSS_MB_MAX)
  },
  180_000
)
