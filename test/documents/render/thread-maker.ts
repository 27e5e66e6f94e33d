import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { threadRenderer } from '../../../src/documents/render/thread-renderer.ts'
import type { ThreadDocument, ThreadImage, ThreadMessage } from '../../../src/domain/thread-document.ts'
import type { BlobStore } from '../../../src/flow/ports.ts'

/** A message of a thread, ordinary but for what a test says. */
export const message = (given: Partial<ThreadMessage> = {}): ThreadMessage => ({
  role: 'context',
  depth: 0,
  author: { displayName: 'Kari Nordmann', handle: '@kari', profileUrl: 'https://sosialt.example/kari' },
  text: 'Trappa ved brygga er glatt.',
  language: 'nb',
  publishedAt: new Date('2026-11-22T13:05:09Z'),
  permalink: 'https://sosialt.example/kari/1',
  images: [],
  notes: [],
  ...given
})

/** A thread of one marked message, ordinary but for what a test says. */
export const thread = (given: Partial<ThreadDocument> = {}): ThreadDocument => ({
  title: 'Glatt trapp ved brygga',
  language: 'nb',
  inquiryId: '0199a1b2-0000-7000-8000-000000000001',
  municipality: 'Brattvik kommune',
  channel: 'Facebook',
  facts: [{ heading: 'Henvendelsen', facts: [{ label: 'Kanal', value: 'Facebook' }] }],
  messages: [message({ role: 'marked' })],
  files: [],
  receivedSha256: 'ab'.repeat(32),
  dated: new Date('2026-11-22T13:06:00Z'),
  ...given
})

/** Blobs in memory, and images that name them. */
export function pictures() {
  const blobs = new Map<string, Buffer>()
  return {
    blobs: {
      open: async (sha256: string) => {
        const bytes = blobs.get(sha256)
        if (!bytes) throw new Error(`No blob ${sha256}`)
        return Readable.from([bytes])
      }
    },
    image(bytes: Buffer, mediaType: string, caption: string): ThreadImage {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      blobs.set(sha256, bytes)
      return { sha256, mediaType, size: bytes.length, caption, altText: `Beskrivelse av ${caption}` }
    }
  }
}

const noBlobs: Pick<BlobStore, 'open'> = {
  open: async () => {
    throw new Error('This thread has no pictures')
  }
}

/** A renderer and the process ids of the processes that it has started. */
export function renderer(options: Partial<Parameters<typeof threadRenderer>[0]> = {}) {
  const pids: number[] = []
  const log = (facts: Record<string, unknown>, text: string) => {
    if (text === 'render process started') pids.push(Number(facts.pid))
  }
  return { ...threadRenderer({ blobs: noBlobs, log, ...options }), pids }
}
