import type { Readable } from 'node:stream'
import type { Attachment } from '../domain/inquiry.ts'
import type { BlobStore, Clock } from './ports.ts'
import type { AttachmentStore } from './store-port.ts'

export interface StoreAttachmentDeps {
  readonly attachments: AttachmentStore
  readonly blobs: BlobStore
  readonly now: Clock
  /** A UUID that is always the same for the same name. */
  readonly idFor: (name: string) => string
  /** Throws Unavailable('disk-full') while there is too little room to take in more. */
  readonly room: () => Promise<void>
}

export interface Upload {
  readonly bytes: Readable
  /** As the sender calls it; a name and nothing more. */
  readonly fileName: string | undefined
  readonly bytesMax: number
  readonly actor: string
}

const FILE_NAME_LENGTH_MAX = 255

/**
 * Streams a file to durable storage before anything may name it. The same file under the same name gets the same id, so
 * a caller who starts over sends the same inquiry again. Throws LimitExceeded, Unavailable.
 */
export async function storeAttachment(deps: StoreAttachmentDeps, upload: Upload): Promise<Attachment> {
  await deps.room()
  const blob = await deps.blobs.put(upload.bytes, { maxBytes: upload.bytesMax })
  const fileName = plainName(upload.fileName)
  const attachment = { id: deps.idFor(`attachment/${blob.sha256}/${fileName}`), fileName, ...blob }
  await deps.attachments.add(attachment, deps.now(), upload.actor)
  return attachment
}

/** Without folders and control characters, and never empty. */
function plainName(name = ''): string {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const visible = last
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, FILE_NAME_LENGTH_MAX)
    .toWellFormed()
  return visible === '' || visible === '.' || visible === '..' ? 'vedlegg' : visible
}
