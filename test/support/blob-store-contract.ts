import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { LimitExceeded, NotFound } from '../../src/domain/errors.ts'
import type { BlobStore } from '../../src/flow/ports.ts'

export interface BlobStoreUnderTest {
  readonly store: BlobStore
  /** What lies in the storage, whole or half written: the last part of each name. */
  kept(): Promise<readonly string[]>
}

const MB = 1_000_000
const roomy = { maxBytes: 100 * MB }
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Bytes in pieces of 64 kB, as they come over a network. */
export const streamOf = (bytes: Buffer): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
    })(),
    { objectMode: false }
  )

/** What the rest of the program counts on from every blob store. */
export function describeBlobStore(name: string, open: () => Promise<BlobStoreUnderTest>) {
  describe(`${name} keeps the blob store contract`, () => {
    test('gives back the bytes it was given, and says what they are', async () => {
      const { store, kept } = await open()
      const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(7 * MB)])
      const blob = await store.put(streamOf(bytes), roomy)
      expect(blob).toEqual({ sha256: sha256(bytes), size: bytes.length, mediaType: 'application/pdf' })
      expect((await buffer(await store.open(blob.sha256))).equals(bytes)).toBe(true)
      expect(await kept()).toEqual([blob.sha256])
    })

    test('tells whoever reads that it has failed, also when nobody was reading yet', async () => {
      const { store } = await open()
      const blob = await store.put(streamOf(randomBytes(MB)), roomy)
      const bytes = await store.open(blob.sha256)
      const closed = new Promise((resolve) => bytes.on('close', resolve))
      bytes.destroy(new Error('Disken er borte'))
      await closed
      await expect(buffer(bytes)).rejects.toThrow('Disken er borte')
    })

    test('keeps the same bytes once when they come again, and when they come at the same time', async () => {
      const { store, kept } = await open()
      const bytes = randomBytes(300_000)
      const blobs = await Promise.all(Array.from({ length: 8 }, () => store.put(streamOf(bytes), roomy)))
      blobs.push(await store.put(streamOf(bytes), roomy))
      expect(new Set(blobs.map((blob) => blob.sha256))).toEqual(new Set([sha256(bytes)]))
      expect(await kept()).toEqual([sha256(bytes)])
      expect((await buffer(await store.open(sha256(bytes)))).equals(bytes)).toBe(true)
    })

    test('keeps different bytes apart', async () => {
      const { store, kept } = await open()
      const files = Array.from({ length: 12 }, (_, at) => Buffer.from(`fil ${at}`))
      const blobs = await Promise.all(files.map((bytes) => store.put(streamOf(bytes), roomy)))
      expect(new Set(await kept())).toEqual(new Set(files.map(sha256)))
      expect(await kept()).toHaveLength(files.length)
      for (const [at, blob] of blobs.entries()) {
        expect((await buffer(await store.open(blob.sha256))).toString()).toBe(`fil ${at}`)
      }
    })

    test('keeps an empty file', async () => {
      const { store } = await open()
      const blob = await store.put(streamOf(Buffer.alloc(0)), roomy)
      expect(blob).toEqual({ sha256: sha256(Buffer.alloc(0)), size: 0, mediaType: 'application/octet-stream' })
      expect(await buffer(await store.open(blob.sha256))).toHaveLength(0)
    })

    test('takes a file of exactly the limit', async () => {
      const { store } = await open()
      expect((await store.put(streamOf(randomBytes(70_000)), { maxBytes: 70_000 })).size).toBe(70_000)
    })

    test('stops reading a file that is too large, and keeps nothing of it', async () => {
      const { store, kept } = await open()
      const source = endless()
      await expect(store.put(source, { maxBytes: 200_000 })).rejects.toThrow(LimitExceeded)
      expect(source.destroyed).toBe(true)
      expect(await kept()).toEqual([])
    })

    test('keeps nothing of a file whose sender breaks off, and passes the fault on', async () => {
      const { store, kept } = await open()
      const source = Readable.from(brokenOff(), { objectMode: false })
      await expect(store.put(source, roomy)).rejects.toThrow('the sender hung up')
      expect(await kept()).toEqual([])
    })

    test('stops when told to, and keeps nothing', async () => {
      const { store, kept } = await open()
      const controller = new AbortController()
      const source = endless(() => controller.abort())
      await expect(store.put(source, { maxBytes: 1000 * MB, signal: controller.signal })).rejects.toThrow(/abort/i)
      expect(source.destroyed).toBe(true)
      expect(await kept()).toEqual([])
    })

    test.each([sha256(Buffer.from('never put')), '../../etc/passwd', ''])('knows no blob %j', async (id) => {
      const { store } = await open()
      await expect(store.open(id)).rejects.toThrow(NotFound)
    })

    test('answers a check and leaves nothing behind', async () => {
      const { store, kept } = await open()
      await store.check()
      expect(await kept()).toEqual([])
    })
  })
}

function* brokenOff() {
  yield randomBytes(100_000)
  throw new Error('the sender hung up')
}

/** Bytes without end; `onTenth` is called when the tenth piece is asked for. */
function endless(onTenth: () => void = () => undefined): Readable {
  let pieces = 0
  return new Readable({
    read() {
      pieces += 1
      if (pieces === 10) onTenth()
      this.push(randomBytes(65_536))
    }
  })
}
