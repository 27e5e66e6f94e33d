import { readFile, writeFile } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { fileFormat } from '../../domain/file-formats.ts'
import type { AttachmentFinding } from '../../domain/prepared-attachment.ts'
import { holdsPosition } from './holds-position.ts'
import { type DecodedImage, decodeImage, isDecodedWhole, type OpenedImage, openImage } from './image-decoders.ts'
import { imageEnd } from './image-end.ts'
import { imageVersion } from './image-version.ts'
import { type Look, notConverted, type ToLookProcess } from './look-messages.ts'
import { polyglot } from './polyglot.ts'

const PIXELS_MAX = 100_000_000
const JPEG_QUALITY = 95

/**
 * Decodes an image whole, which is how damage is found. One in an archive format that everybody can show stays as it
 * is; others become PNG, or JPEG when the source was lossy and has no transparency.
 */
export async function lookAtImage({ path, mediaType, target }: ToLookProcess): Promise<Look> {
  const bytes = await readFile(path)
  const opened = await openImage(bytes, mediaType).catch(() => undefined)
  const outside = [...afterEnd(bytes, mediaType), ...polyglot(bytes, mediaType)]
  if (opened === undefined) return notConverted('damaged', outside)
  const findings = [...insideOf(opened), ...outside]
  if (opened.pixels > PIXELS_MAX) return notConverted('too-many-pixels', findings)
  const version = imageVersion(bytes, mediaType)
  const about = { findings, ...(version !== undefined && { formatDetaljer: version }) }
  if (fileFormat(mediaType).isArchiveFormat && !isOdd(opened, mediaType)) {
    const outcome = { kind: 'kept' } as const
    return (await isDecodedWhole(opened)) ? { outcome, ...about } : notConverted('damaged', findings)
  }
  const decoded = await decodeImage(opened).catch(() => undefined)
  if (decoded === 'no-decoder') return notConverted('no-converter', findings)
  if (decoded === undefined) return notConverted('damaged', findings)
  const made = await encode(decoded, opened).catch(() => undefined)
  if (made === undefined) return notConverted('damaged', findings)
  await writeFile(target, made.bytes)
  const comments = commentsOn(opened)
  return { outcome: { kind: 'made', mediaType: made.mediaType, tool: decoded.tool, comments }, ...about }
}

/** CMYK and 16 bits a channel are legal in JPEG and PNG; few programs show them right. TIFF is made for them. */
const isOdd = ({ space, depth }: OpenedImage, mediaType: string): boolean =>
  mediaType !== 'image/tiff' && (space === 'cmyk' || depth === 'ushort')

function insideOf(opened: OpenedImage): readonly AttachmentFinding[] {
  return [
    ...(holdsPosition(opened) ? [{ kind: 'gps-position' } as const] : []),
    ...(opened.pages > 1 && opened.isMoving ? [{ kind: 'animated', pages: opened.pages } as const] : [])
  ]
}

function afterEnd(bytes: Buffer, mediaType: string): readonly AttachmentFinding[] {
  const trailing = bytes.length - (imageEnd(bytes, mediaType) ?? bytes.length)
  return trailing > 0 ? [{ kind: 'trailing-data', bytes: trailing }] : []
}

/** The same bytes each time: nothing but the pixels goes into the file. */
async function encode(
  { image, isOpaque }: DecodedImage,
  { isLossless }: OpenedImage
): Promise<{ readonly bytes: Buffer; readonly mediaType: string }> {
  const upright: Sharp = image.toColourspace('srgb')
  if (isLossless || !isOpaque) return { bytes: await upright.png().toBuffer(), mediaType: 'image/png' }
  const jpeg = upright.removeAlpha().jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
  return { bytes: await jpeg.toBuffer(), mediaType: 'image/jpeg' }
}

function commentsOn({ pages, space, depth, isTurned, hasMetadata }: OpenedImage): readonly string[] {
  return [
    ...(pages > 1 ? [`Første av ${pages} bilder`] : []),
    ...(isTurned ? ['EXIF-orientering brukt'] : []),
    ...(space === 'cmyk' ? ['Fargene gjort om fra CMYK til sRGB'] : []),
    ...(depth === 'ushort' ? ['16 biter per fargekanal gjort om til 8'] : []),
    ...(hasMetadata ? ['Metadata (EXIF, XMP, IPTC) er bare i originalen'] : [])
  ]
}
