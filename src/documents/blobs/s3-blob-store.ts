import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { NotFound, Unavailable } from '../../domain/errors.ts'
import type { BlobStore } from '../../flow/ports.ts'
import { heard } from './heard.ts'
import { type S3Library, s3Upload } from './s3-upload.ts'
import { filesUnavailable, spool } from './spool.ts'
import { within } from './within.ts'

export interface S3Settings {
  /** Address of the service; without it, that of Amazon in `region`. */
  readonly endpoint?: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** What every key starts with, such as `arkivbro/`. */
  readonly prefix?: string
  /** Whether the bucket stands in the path and not in the host name, as most services but Amazon's want it. */
  readonly forcePathStyle: boolean
}

/** What a test turns: how long a call without content may take, and how large one part of an upload is. */
export interface S3Limits {
  readonly requestMs: number
  readonly partBytes: number
}

const LIMITS: S3Limits = { requestMs: 60_000, partBytes: 100_000_000 }
const CONNECT_MS = 5000
const nothing = () => undefined
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing }

/**
 * Blobs as objects named by their SHA-256, written once (`If-None-Match: *`). The server checks the hash of what it
 * takes in. Throws Unavailable('files-unavailable') when the S3 library is not installed.
 */
export async function s3BlobStore(
  settings: S3Settings,
  limits: S3Limits = LIMITS,
  load: () => Promise<S3Library> = () => import('@aws-sdk/client-s3')
): Promise<BlobStore> {
  const library = await load().catch(libraryMissing)
  const client = clientFor(library, settings, limits)
  const upload = s3Upload(library, client, { bucket: settings.bucket, ...limits })
  const keyOf = (sha256: string) => `${settings.prefix ?? ''}${sha256}`
  return {
    async put(bytes, { maxBytes, signal }) {
      const file = await unnamedFile().catch((cause: unknown) => {
        bytes.destroy()
        return filesUnavailable(cause)
      })
      try {
        const blob = await spool(bytes, file, { maxBytes, signal })
        await upload(file, keyOf(blob.sha256), blob, signal).catch((cause: unknown) => unavailable(cause, signal))
        return blob
      } finally {
        await file.close()
      }
    },
    async open(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) throw notFound()
      const request = new library.GetObjectCommand({ Bucket: settings.bucket, Key: keyOf(sha256) })
      const answer = await within(limits.requestMs, undefined, (abortSignal) =>
        client.send(request, { abortSignal })
      ).catch((cause: unknown) => {
        throw cause instanceof library.NoSuchKey ? notFound() : unavailable(cause)
      })
      return heard(answer.Body as Readable)
    },
    async check() {
      const request = new library.HeadBucketCommand({ Bucket: settings.bucket })
      await within(limits.requestMs, undefined, (abortSignal) => client.send(request, { abortSignal })).catch(
        unavailable
      )
    }
  }
}

function clientFor(library: S3Library, settings: S3Settings, limits: S3Limits): S3Client {
  const { region, accessKeyId, secretAccessKey, forcePathStyle, endpoint } = settings
  return new library.S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle,
    ...(endpoint ? { endpoint } : {}),
    // Trailing checksums, the default, are not understood by every S3 service; we send the whole SHA-256 instead.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // It would write to the console. What it has to say is the cause of what we throw.
    logger: silent,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: limits.requestMs }
  })
}

/** A file that is already deleted: it lives as long as it is open, so that even a crash leaves nothing behind. */
async function unnamedFile(): Promise<FileHandle> {
  const path = join(tmpdir(), `arkivbro-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  return file
}

function unavailable(cause: unknown, signal?: AbortSignal): never {
  if (signal?.aborted) throw signal.reason
  const status = (cause as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  const message =
    status === 401 || status === 403
      ? 'Fillageret (S3) godtar ikke nøkkelen. Kontroller nøkkel, hemmelighet og tilgang til bøtten.'
      : status === 404
        ? 'Fillageret (S3) har ingen bøtte med navnet i innstillingene. Opprett den, eller rett navnet.'
        : 'Fillageret (S3) svarer ikke. Prøv igjen om litt.'
  throw new Unavailable('files-unavailable', message, { cause })
}

function libraryMissing(cause: unknown): never {
  const message =
    'Lagring i S3 krever pakken @aws-sdk/client-s3. Installer den med «npm install @aws-sdk/client-s3», eller lagre i en mappe.'
  throw new Unavailable('files-unavailable', message, { cause })
}

const notFound = () => new NotFound('document-not-found', 'Filen finnes ikke i fillageret.')
