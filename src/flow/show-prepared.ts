import type { Attachment } from '../domain/inquiry.ts'
import type { PreparedAttachment } from '../domain/prepared-attachment.ts'
import type { ThreadDocument, ThreadImage, ThreadMessage } from '../domain/thread-document.ts'

/**
 * The archive document with pictures as they were converted, so that it shows those whose own format it cannot, and
 * with stills of the films.
 */
export function showPrepared(
  document: ThreadDocument,
  attachments: readonly Attachment[],
  prepared: readonly PreparedAttachment[]
): ThreadDocument {
  const converted = new Map<string, Pick<ThreadImage, 'sha256' | 'mediaType' | 'size'>>()
  const stills: ThreadImage[] = []
  for (const [index, { outcome, still }] of prepared.entries()) {
    const attachment = attachments[index]
    if (!attachment) continue
    const picture = outcome.kind === 'still' ? outcome.made : still
    if (outcome.kind === 'converted') converted.set(attachment.sha256, outcome.made)
    if (picture) stills.push(stillOf(picture, attachment))
  }
  const shown = (image: ThreadImage): ThreadImage => {
    const { sha256, mediaType, size } = converted.get(image.sha256) ?? image
    return { ...image, sha256, mediaType, size }
  }
  const withPictures = (message: ThreadMessage): ThreadMessage =>
    message.role === 'marked' ? { ...message, images: [...message.images.map(shown), ...stills] } : message
  return { ...document, messages: document.messages.map(withPictures) }
}

const stillOf = (
  { sha256, mediaType, size }: Pick<ThreadImage, 'sha256' | 'mediaType' | 'size'>,
  { fileName, description }: Attachment
): ThreadImage => ({
  ...{ sha256, mediaType, size },
  caption: `Stillbilde fra ${fileName}`,
  altText: description ?? `Stillbilde fra ${fileName}`
})
