import { stat } from 'node:fs/promises'
import { fileFormat } from '../../domain/file-formats.ts'
import { lookAtFilm } from './look-at-film.ts'
import { lookAtImage } from './look-at-image.ts'
import { lookAtMarkup } from './look-at-markup.ts'
import { lookAtPdf } from './look-at-pdf.ts'
import { lookAtSound } from './look-at-sound.ts'
import { lookAtZip } from './look-at-zip.ts'
import { type Look, notConverted, type ToLookProcess, WHOLE_BYTES_MAX } from './look-messages.ts'

type LookAt = (file: ToLookProcess) => Promise<Look>

const kinds: readonly (readonly [RegExp, LookAt])[] = [
  [/^(image\/svg\+xml|text\/html|application\/xml)$/, lookAtMarkup],
  [/^image\/(jpeg|png|apng|tiff|gif|webp|avif|hei[cf](-sequence)?|bmp)$/, lookAtImage],
  [/^application\/pdf$/, lookAtPdf],
  [/^(application\/zip|application\/vnd\.(openxmlformats|oasis)-?.*)$/, lookAtZip],
  [/^video\/|^audio\/(mp4|x-m4a)$/, lookAtFilm],
  [/^audio\/ogg$/, lookAtSound]
]

// These are read from the disk, a piece at a time.
const inPieces: readonly LookAt[] = [lookAtFilm, lookAtSound]

/** Whether there is anything to find or make in files of this media type. */
export const isLookedAt = (mediaType: string): boolean => kinds.some(([pattern]) => pattern.test(mediaType))

/** Looks at a file and, when it is in no archive format and can be converted, writes one that is to the target. */
export async function lookAt(file: ToLookProcess): Promise<Look> {
  const look = kinds.find(([pattern]) => pattern.test(file.mediaType))?.[1]
  if (!look) return unopened(file.mediaType)
  const { size } = await stat(file.path)
  if (size > WHOLE_BYTES_MAX && !inPieces.includes(look)) return notConverted('too-large')
  return await look(file)
}

/** What becomes of a file that nobody opens. */
export function unopened(mediaType: string): Look {
  const { isArchiveFormat, puid } = fileFormat(mediaType)
  if (isArchiveFormat) return { outcome: { kind: 'kept' }, findings: [] }
  return notConverted(puid === 'av/0' ? 'unknown-format' : 'no-converter')
}
