import { fileFormat } from '../../domain/file-formats.ts'
import { type Look, notConverted } from './look-messages.ts'

/** Kinds of files that there is something to find or make in. The service sees this file and no decoder. */
export type Openable = 'film' | 'image' | 'markup' | 'pdf' | 'sound' | 'zip'

const kinds: readonly (readonly [Openable, RegExp])[] = [
  ['markup', /^(image\/svg\+xml|text\/html|application\/xml)$/],
  ['image', /^image\/(jpeg|png|apng|tiff|gif|webp|avif|hei[cf](-sequence)?|bmp)$/],
  ['pdf', /^application\/pdf$/],
  ['zip', /^application\/(zip|vnd\.(openxmlformats-officedocument|oasis\.opendocument)\..*)$/],
  ['film', /^video\/|^audio\/(mp4|x-m4a)$/],
  ['sound', /^audio\/ogg$/]
]

/** What to open a file of this media type as; undefined when nobody opens it. */
export const openableAs = (mediaType: string): Openable | undefined =>
  kinds.find(([, pattern]) => pattern.test(mediaType))?.[0]

/** What becomes of a file that nobody opens. */
export function unopened(mediaType: string): Look {
  const { isArchiveFormat, puid } = fileFormat(mediaType)
  if (isArchiveFormat) return { outcome: { kind: 'kept' }, findings: [] }
  return notConverted(puid === 'av/0' ? 'unknown-format' : 'no-converter')
}
