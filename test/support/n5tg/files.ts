import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Held, No } from './objects.ts'

const KEPT_BYTES_MAX = 1_000_000

interface Part {
  readonly object: Held
  readonly total: number
  readonly hash: ReturnType<typeof createHash>
  received: number
}

/** Where files come in: in one go, or in parts (N5TG 1.1, chapter 6, «Overføring av store filer»). */
export function openFiles(bytesInOneGoMax: number, takesParts: boolean) {
  const parts = new Map<string, Part>()
  let received = 0

  async function whole(object: Held, request: IncomingMessage, isTruncated: boolean): Promise<void> {
    const length = Number(request.headers['content-length'] ?? 0)
    if (request.headers['transfer-encoding'] !== undefined || length === 0) throw new No(411, 'Content-Length')
    if (length > bytesInOneGoMax) throw new No(403, 'Too large for one go')
    const hash = createHash('sha256')
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of request as AsyncIterable<Buffer>) {
      received += chunk.length
      const kept = isTruncated ? chunk.subarray(0, Math.floor(chunk.length / 2)) : chunk
      hash.update(kept)
      size += kept.length
      if (length <= KEPT_BYTES_MAX) chunks.push(kept)
    }
    keep(object, {
      size,
      sha256: hash.digest('hex'),
      ...(length <= KEPT_BYTES_MAX && { bytes: Buffer.concat(chunks) })
    })
  }

  function keep(object: Held, file: NonNullable<Held['file']>): void {
    if (object.file) throw new No(409, 'It has a file')
    object.file = file
    const { sha256, size } = file
    Object.assign(object.fields, { sjekksum: sha256, sjekksumAlgoritme: 'SHA-256', filstoerrelse: size })
    object.version += 1
  }

  return {
    whole,
    /** Bytes that have come in, all files together. */
    received: () => received,
    /** Opens an upload in parts; gives where the first part goes. */
    open(object: Held, total: number): string {
      if (!takesParts) throw new No(400, 'Content-Length')
      return place({ object, total, received: 0, hash: createHash('sha256') })
    },
    /** Takes at most two thirds of a part, as a server may; gives where the next goes, or nothing when all is there. */
    async part(at: string, request: IncomingMessage): Promise<{ next: string; received: number } | { object: Held }> {
      const part = parts.get(at)
      if (!part) throw new No(404, 'No such upload')
      const [, from, to] = /^(\d+)-(\d+)\/\d+$/.exec(String(request.headers['content-range'])) ?? []
      if (Number(from) !== part.received) throw new No(400, 'Content-Range')
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      received += chunks.reduce((sum, { length }) => sum + length, 0)
      const bytes = Buffer.concat(chunks)
      if (bytes.length !== Number(to) - Number(from) + 1) throw new No(400, 'Content-Range')
      const isLast = Number(to) + 1 === part.total && bytes.length < 1_000
      const taken = isLast ? bytes : bytes.subarray(0, Math.ceil((bytes.length * 2) / 3))
      part.hash.update(taken)
      part.received += taken.length
      parts.delete(at)
      if (part.received < part.total) return { next: place(part), received: part.received }
      keep(part.object, { size: part.total, sha256: part.hash.digest('hex') })
      return { object: part.object }
    }
  }

  function place(part: Part): string {
    const at = randomUUID()
    parts.set(at, part)
    return at
  }
}
