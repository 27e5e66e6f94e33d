import { stat } from 'node:fs/promises'
import { lookAtFilm } from './look-at-film.ts'
import { lookAtImage } from './look-at-image.ts'
import { lookAtMarkup } from './look-at-markup.ts'
import { lookAtPdf } from './look-at-pdf.ts'
import { lookAtSound } from './look-at-sound.ts'
import { lookAtZip } from './look-at-zip.ts'
import { type Look, notConverted, type ToLookProcess, WHOLE_BYTES_MAX } from './look-messages.ts'
import { type Openable, openableAs, unopened } from './openable.ts'

const looks: Record<Openable, (file: ToLookProcess) => Promise<Look>> = {
  film: lookAtFilm,
  image: lookAtImage,
  markup: lookAtMarkup,
  pdf: lookAtPdf,
  sound: lookAtSound,
  zip: lookAtZip
}

// These are read from the disk, a piece at a time.
const inPieces: readonly Openable[] = ['film', 'sound']

/** Looks at a file and, when it is in no archive format and can be converted, writes one that is to the target. */
export async function lookAt(file: ToLookProcess): Promise<Look> {
  const kind = openableAs(file.mediaType)
  if (!kind) return unopened(file.mediaType)
  const { size } = await stat(file.path)
  return size > WHOLE_BYTES_MAX && !inPieces.includes(kind) ? notConverted('too-large') : await looks[kind](file)
}
