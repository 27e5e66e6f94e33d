import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client
} from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { s3BlobStore } from '../../../src/documents/blobs/s3-blob-store.ts'
import { Unavailable } from '../../../src/domain/errors.ts'
import { describeBlobStore, streamOf } from '../../support/blob-store-contract.ts'
import { type Radosgw, radosgwMissing, startRadosgw } from '../../support/radosgw.ts'

const PART_BYTES = 5 * 1024 * 1024 // the smallest the protocol allows
const limits = { requestMs: 30_000, partBytes: PART_BYTES }

let server: Radosgw
let client: S3Client

describe.skipIf(radosgwMissing)(`S3 on radosgw${radosgwMissing ? ` (${radosgwMissing})` : ''}`, () => {
  beforeAll(async () => {
    server = await startRadosgw()
    const { endpoint, ...credentials } = server
    client = new S3Client({ endpoint, region: 'default', credentials, forcePathStyle: true })
    // The first object makes Ceph create its pools, which takes longer than a test may.
    const { settings } = await bucket()
    const store = await s3BlobStore(settings, { ...limits, requestMs: 120_000 })
    await store.put(streamOf(Buffer.from('første')), { maxBytes: 100 })
    return server.stop
  }, 180_000)

  describeBlobStore('S3', async () => {
    const { settings } = await bucket()
    return { store: await s3BlobStore(settings, limits), kept: () => keysIn(settings.bucket) }
  })

  test('a file above the part size goes in parts and comes back whole, once', async () => {
    const { settings } = await bucket()
    const store = await s3BlobStore(settings, limits)
    const bytes = randomBytes(12_000_001)
    const blob = await store.put(streamOf(bytes), { maxBytes: 20_000_000 })
    await store.put(streamOf(bytes), { maxBytes: 20_000_000 })
    expect((await buffer(await store.open(blob.sha256))).equals(bytes)).toBe(true)
    const head = await client.send(new HeadObjectCommand({ Bucket: settings.bucket, Key: blob.sha256 }))
    expect(head.ETag).toMatch(/-3"$/)
    const open = await client.send(new ListMultipartUploadsCommand({ Bucket: settings.bucket }))
    expect(open.Uploads ?? []).toEqual([])
  })

  test('keys start with the prefix, and objects carry their media type', async () => {
    const { settings } = await bucket()
    const store = await s3BlobStore({ ...settings, prefix: 'arkivbro/' }, limits)
    const { sha256 } = await store.put(streamOf(Buffer.from('Hei på deg')), { maxBytes: 100 })
    const head = await client.send(new HeadObjectCommand({ Bucket: settings.bucket, Key: `arkivbro/${sha256}` }))
    expect(head.ContentType).toBe('text/plain')
  })

  test('a file on its way has no name in the temporary folder, so that a crash leaves none behind', async () => {
    const { settings } = await bucket()
    const folder = await temporaryFolder()
    const seen: string[] = []
    const store = await s3BlobStore(settings, limits)
    await store.put(
      Readable.from(
        (async function* () {
          for (let at = 0; at < 40; at += 1) {
            yield randomBytes(65_536)
            seen.push(...(await readdir(folder)))
          }
        })(),
        { objectMode: false }
      ),
      { maxBytes: 3_000_000 }
    )
    expect(seen).toEqual([])
  })

  test('bytes that change on the way are refused by the server', async () => {
    const { settings } = await bucket()
    const store = await s3BlobStore({ ...settings, endpoint: await changing('ekte', 'Ekte', server.endpoint) }, limits)
    await expect(store.put(streamOf(Buffer.from('ekte innhold')), { maxBytes: 100 })).rejects.toThrow(Unavailable)
    expect(await keysIn(settings.bucket)).toEqual([])
  })

  test('a wrong secret or a bucket that does not exist is said in words', async () => {
    const { settings } = await bucket()
    const wrongSecret = await s3BlobStore({ ...settings, secretAccessKey: 'feil' }, limits)
    const noBucket = await s3BlobStore({ ...settings, bucket: `b-${randomUUID()}` }, limits)
    const put = { maxBytes: 100 }
    await expect(wrongSecret.check()).rejects.toThrow(/godtar ikke nøkkelen/)
    await expect(wrongSecret.put(streamOf(Buffer.from('hei')), put)).rejects.toThrow(/godtar ikke nøkkelen/)
    await expect(noBucket.check()).rejects.toThrow(/ingen bøtte/)
    await expect(noBucket.put(streamOf(Buffer.from('hei')), put)).rejects.toThrow(/ingen bøtte/)
    await expect(noBucket.open('0'.repeat(64))).rejects.toThrow(Unavailable)
  })
})

test('a server that takes the call and never answers is given up at the deadline', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(() => void silent.close())
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const store = await s3BlobStore(
    { endpoint, region: 'default', bucket: 'b', accessKeyId: 'a', secretAccessKey: 's', forcePathStyle: true },
    { requestMs: 200, partBytes: PART_BYTES }
  )
  await expect(store.check()).rejects.toThrow(Unavailable)
  await expect(store.open('0'.repeat(64))).rejects.toThrow(Unavailable)
  await expect(store.put(streamOf(Buffer.from('hei')), { maxBytes: 10 })).rejects.toThrow(Unavailable)
})

test('without the S3 library the message says what to install', async () => {
  const settings = { region: 'r', bucket: 'b', accessKeyId: 'a', secretAccessKey: 's', forcePathStyle: true }
  const missing = () => import('@aws-sdk/not-there' as string)
  await expect(s3BlobStore(settings, limits, missing)).rejects.toThrow(/npm install @aws-sdk\/client-s3/)
})

async function bucket() {
  const name = `b-${randomUUID()}`
  await client.send(new CreateBucketCommand({ Bucket: name }))
  const { endpoint, accessKeyId, secretAccessKey } = server
  return {
    settings: { endpoint, region: 'default', bucket: name, accessKeyId, secretAccessKey, forcePathStyle: true }
  }
}

async function keysIn(name: string): Promise<readonly string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: name }))
  return Contents.map(({ Key = '' }) => Key)
}

/** The system's temporary folder for the rest of the test: one that nobody else writes to. */
async function temporaryFolder(): Promise<string> {
  const before = process.env.TMPDIR
  const folder = await mkdtemp(join(tmpdir(), 'spool-'))
  process.env.TMPDIR = folder
  onTestFinished(async () => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    await rm(folder, { recursive: true })
  })
  return folder
}

/** A line to the server on which some bytes become others. */
async function changing(from: string, to: string, endpoint: string): Promise<string> {
  const { hostname, port } = new URL(endpoint)
  const line = createServer((near) => {
    const far = connect(Number(port), hostname)
    near.on('data', (bytes) => far.write(Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')))
    far.on('data', (bytes) => near.write(bytes))
    for (const [one, other] of [
      [near, far],
      [far, near]
    ] as const) {
      one.on('close', () => other.destroy()).on('error', () => other.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(line, 'listening')
  onTestFinished(() => void line.close())
  return `http://127.0.0.1:${(line.address() as AddressInfo).port}`
}
