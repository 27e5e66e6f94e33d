import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { NotFound } from '../../src/domain/errors.ts'
import type { BlobStore } from '../../src/flow/ports.ts'

/** Files that last as long as the world does. */
export function memoryBlobs(): BlobStore {
  const blobs = new Map<string, Buffer>()
  return {
    async put(bytes) {
      const whole = Buffer.concat(await bytes.toArray())
      const sha256 = createHash('sha256').update(whole).digest('hex')
      blobs.set(sha256, whole)
      return { sha256, size: whole.length, mediaType: 'application/octet-stream' }
    },
    async open(sha256) {
      const blob = blobs.get(sha256)
      if (!blob) throw new NotFound('document-not-found', 'Filen finnes ikke.')
      return Readable.from([blob])
    },
    check: async () => undefined
  }
}
