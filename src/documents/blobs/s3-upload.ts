import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3'
import type { StoredBlob } from '../../flow/ports.ts'
import { within } from './within.ts'

/** The S3 library, which is there only when it is installed. */
export type S3Library = typeof import('@aws-sdk/client-s3')

export interface UploadSettings {
  readonly bucket: string
  readonly requestMs: number
  readonly partBytes: number
}

export type Upload = (file: FileHandle, key: string, blob: StoredBlob, signal?: AbortSignal) => Promise<void>

interface Range {
  readonly start: number
  readonly length: number
}

const TRIES = 3
const CHUNK_BYTES = 256 * 1024
const FIRST_WAIT_MS = 200
const SLOWEST_BYTES_PER_MS = 500
const PARTS_MAX = 10_000 // of the S3 protocol

/**
 * Gives a function that puts an open file under a key: in one request, or in parts above `partBytes`. That the object
 * is there already is a success. What carries bytes is tried three times, and each time has `requestMs` and what a slow
 * line needs; the library itself tries the other requests again.
 */
export function s3Upload(library: S3Library, client: S3Client, settings: UploadSettings): Upload {
  const { bucket: Bucket, requestMs } = settings
  const plain = <T>(run: (options: { abortSignal: AbortSignal }) => Promise<T>, signal?: AbortSignal) =>
    within(requestMs, signal, (abortSignal) => run({ abortSignal }))

  const uploadWhole: Upload = async (file, key, { size, sha256, mediaType }, signal) => {
    const input = { Bucket, Key: key, ContentLength: size, ContentType: mediaType, IfNoneMatch: '*' }
    await sending(file, { start: 0, length: size }, requestMs, signal, (Body, options) =>
      client.send(withHash(new library.PutObjectCommand({ ...input, Body }), sha256), options)
    ).catch(unlessThere)
  }

  const isThere = async (key: string, signal?: AbortSignal): Promise<boolean> => {
    const request = () => new library.HeadObjectCommand({ Bucket, Key: key })
    return plain((options) => client.send(request(), options), signal).then(
      () => true,
      (error: unknown) => {
        if (statusOf(error) === 404) return false
        throw error
      }
    )
  }

  const uploadPart = async (
    file: FileHandle,
    key: string,
    part: PartOf,
    signal?: AbortSignal
  ): Promise<CompletedPart> => {
    const sha256 = await hashOf(file, part.range)
    const { PartNumber, UploadId } = part
    const input = { Bucket, Key: key, PartNumber, UploadId, ContentLength: part.range.length }
    const { ETag } = await sending(file, part.range, requestMs, signal, (Body, options) =>
      client.send(withHash(new library.UploadPartCommand({ ...input, Body }), sha256), options)
    )
    return { PartNumber, ...(ETag ? { ETag } : {}) }
  }

  const uploadInParts: Upload = async (file, key, { size, mediaType }, signal) => {
    if (await isThere(key, signal)) return
    const creation = new library.CreateMultipartUploadCommand({ Bucket, Key: key, ContentType: mediaType })
    const { UploadId } = await plain((options) => client.send(creation, options), signal)
    if (!UploadId) throw new Error('The upload in parts got no id.')
    try {
      const Parts: CompletedPart[] = []
      for (const [at, range] of partsOf(size, settings.partBytes).entries()) {
        Parts.push(await uploadPart(file, key, { PartNumber: at + 1, UploadId, range }, signal))
      }
      const input = { Bucket, Key: key, UploadId, MultipartUpload: { Parts }, IfNoneMatch: '*' }
      await plain((options) => client.send(new library.CompleteMultipartUploadCommand(input), options), signal).catch(
        unlessThere
      )
    } catch (error) {
      // With no signal: it must also run when that one has aborted. What it cannot remove, the bucket's rules do.
      await plain((options) =>
        client.send(new library.AbortMultipartUploadCommand({ Bucket, Key: key, UploadId }), options)
      ).catch(() => undefined)
      throw error
    }
  }

  return (file, key, blob, signal) =>
    (blob.size > settings.partBytes ? uploadInParts : uploadWhole)(file, key, blob, signal)
}

interface PartOf {
  readonly PartNumber: number
  readonly UploadId: string
  readonly range: Range
}

/** Runs a request with a fresh stream of the range at each try: a stream that has been read cannot be sent again. */
function sending<T>(
  file: FileHandle,
  range: Range,
  requestMs: number,
  signal: AbortSignal | undefined,
  run: (body: Readable | Buffer, options: { abortSignal: AbortSignal }) => Promise<T>
): Promise<T> {
  return retrying(signal, async () => {
    const body = range.length > 0 ? Readable.from(read(file, range), { objectMode: false }) : undefined
    try {
      const ms = requestMs + range.length / SLOWEST_BYTES_PER_MS
      return await within(ms, signal, (abortSignal) => run(body ?? Buffer.alloc(0), { abortSignal }))
    } finally {
      body?.destroy()
    }
  })
}

/** Reads by position and never closes the file, which a stream made by the file itself would when it is destroyed. */
async function* read(file: FileHandle, { start, length }: Range): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; ) {
    const wanted = Math.min(CHUNK_BYTES, length - at)
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, start + at)
    if (bytesRead === 0) throw new Error('The spooled file is shorter than what was written to it.')
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

async function hashOf(file: FileHandle, range: Range): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of read(file, range)) hash.update(chunk)
  return hash.digest('hex')
}

function partsOf(size: number, wanted: number): readonly Range[] {
  const length = Math.max(wanted, Math.ceil(size / PARTS_MAX))
  return Array.from({ length: Math.ceil(size / length) }, (_, at) => ({
    start: at * length,
    length: Math.min(length, size - at * length)
  }))
}

interface SendsBytes {
  readonly middlewareStack: {
    // biome-ignore lint/suspicious/noExplicitAny: the library's own type differs from command to command
    add(middleware: (next: any) => (args: any) => Promise<any>, options: { step: 'build' }): void
  }
}

/** Puts the hash of the body in the signed header, so that the server refuses bytes that change on the way. */
function withHash<T extends SendsBytes>(command: T, sha256: string): T {
  const middleware = (next: Next) => (args: Parameters<Next>[0]) => {
    args.request.headers['x-amz-content-sha256'] = sha256
    return next(args)
  }
  command.middlewareStack.add(middleware, { step: 'build' })
  return command
}

type Next = (args: { readonly request: { readonly headers: Record<string, string> } }) => Promise<unknown>

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode

/** 412: the object is there already, with this content, since the key is its hash. */
function unlessThere(error: unknown): void {
  if (statusOf(error) !== 412) throw error
}

/** Tries again when the line broke, when the server was busy or broken, or when another put was under way (409). */
async function retrying<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      const status = statusOf(error) ?? 500
      const passes = status >= 500 || status === 409 || status === 429
      const tookTooLong = error instanceof Error && error.name === 'AbortError'
      if (!passes || tookTooLong || attempt === TRIES || signal?.aborted) throw error
      await wait(FIRST_WAIT_MS * 4 ** (attempt - 1), undefined, signal ? { signal } : {})
    }
  }
}
