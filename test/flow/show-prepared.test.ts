import { expect, test } from 'vitest'
import type { Attachment } from '../../src/domain/inquiry.ts'
import type { PreparedAttachment } from '../../src/domain/prepared-attachment.ts'
import type { ThreadDocument } from '../../src/domain/thread-document.ts'
import { showPrepared } from '../../src/flow/show-prepared.ts'

const attachment = (sha256: string, fileName: string, mediaType: string): Attachment => ({
  ...{ id: sha256, sha256, fileName, mediaType },
  size: 10
})
const imageOf = ({ sha256, mediaType, size, fileName }: Attachment) => ({
  ...{ sha256, mediaType, size },
  caption: fileName,
  altText: fileName
})
const made = (sha256: string, mediaType: string) => ({ sha256, size: 20, mediaType, tool: 'x', comments: [] })

test('the document shows pictures as converted, in their places, and stills of films after them', () => {
  const [heic, jpeg] = [attachment('heic', 'a.heic', 'image/heic'), attachment('jpeg', 'b.jpg', 'image/jpeg')]
  const [webm, mp4] = [attachment('webm', 'c.webm', 'video/webm'), attachment('mp4', 'd.mp4', 'video/mp4')]
  const prepared: PreparedAttachment[] = [
    { outcome: { kind: 'converted', made: made('heic as jpeg', 'image/jpeg') }, findings: [] },
    { outcome: { kind: 'kept' }, findings: [] },
    { outcome: { kind: 'still', made: made('still of webm', 'image/png') }, findings: [] },
    { outcome: { kind: 'kept' }, findings: [], still: made('still of mp4', 'image/png') }
  ]
  const message = { depth: 0, author: {}, text: 'Hei', notes: [] }
  const messages = [
    { ...message, role: 'context' as const, images: [] },
    { ...message, role: 'marked' as const, images: [imageOf(heic), imageOf(jpeg)] }
  ]
  const document = { title: 'Hull i veien', messages } as unknown as ThreadDocument

  const shown = showPrepared(document, [heic, jpeg, webm, mp4], prepared)

  expect(shown.messages[0]?.images).toEqual([])
  expect(shown.messages[1]?.images).toEqual([
    { ...imageOf(heic), sha256: 'heic as jpeg', mediaType: 'image/jpeg', size: 20 },
    imageOf(jpeg),
    {
      sha256: 'still of webm',
      mediaType: 'image/png',
      size: 20,
      caption: 'Stillbilde fra c.webm',
      altText: 'Stillbilde fra c.webm'
    },
    {
      sha256: 'still of mp4',
      mediaType: 'image/png',
      size: 20,
      caption: 'Stillbilde fra d.mp4',
      altText: 'Stillbilde fra d.mp4'
    }
  ])
})
