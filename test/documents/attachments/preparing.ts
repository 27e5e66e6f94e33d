import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  type AttachmentPreparerDeps,
  attachmentPreparer
} from '../../../src/documents/attachments/attachment-preparer.ts'
import { SNIFF_BYTES, sniff } from '../../../src/documents/blobs/sniff.ts'
import type { Attachment } from '../../../src/domain/inquiry.ts'
import type { PreparedAttachment } from '../../../src/domain/prepared-attachment.ts'

/** Blobs in memory, a preparer on them, and the processes that it has started. */
export function preparing(options: Partial<AttachmentPreparerDeps> = {}) {
  const kept = new Map<string, Buffer>()
  const pids: number[] = []
  const failures: unknown[] = []
  const blobs: AttachmentPreparerDeps['blobs'] = {
    async put(bytes) {
      const whole = await buffer(bytes)
      const sha256 = sha256Of(whole)
      kept.set(sha256, whole)
      return { sha256, size: whole.length, mediaType: await sniff(whole.subarray(0, SNIFF_BYTES)) }
    },
    open: async (sha256) => Readable.from([kept.get(sha256) ?? Buffer.alloc(0)])
  }
  const log = (facts: Record<string, unknown>, text: string) => {
    if (text === 'attachment process started') pids.push(Number(facts.pid))
    if (text === 'attachment job failed') failures.push(facts)
  }
  const preparer = attachmentPreparer({ blobs, log, ...options })

  /** As the service does from the upload on. */
  async function prepare(bytes: Uint8Array, fileName: string, signal?: AbortSignal): Promise<PreparedAttachment> {
    const attachment = await attached(bytes, fileName)
    return await preparer.prepare(attachment, { convert: true, ...(signal && { signal }) })
  }
  async function attached(bytes: Uint8Array, fileName: string): Promise<Attachment> {
    return {
      id: '0199a1b2-0000-7000-8000-000000000002',
      fileName,
      ...(await blobs.put(Readable.from([bytes]), { maxBytes: 1e9 }))
    }
  }

  return {
    ...preparer,
    prepare,
    attached,
    pids,
    failures,
    read: (sha256: string) => kept.get(sha256) ?? Buffer.alloc(0)
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** In short, for tables: outcome, and what was found. */
export function inShort({ outcome, findings, formatDetaljer }: PreparedAttachment): string {
  const detail = 'made' in outcome ? ` → ${outcome.made.mediaType}` : 'reason' in outcome ? `: ${outcome.reason}` : ''
  const found = findings.map(({ kind }) => kind).join(' ')
  return [outcome.kind + detail, formatDetaljer, found].filter(Boolean).join(' | ')
}
