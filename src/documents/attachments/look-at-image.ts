import { readFile, writeFile } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { fileFormat } from '../../domain/file-formats.ts'
import type { AttachmentFinding, NotConverted } from '../../domain/prepared-attachment.ts'
import { holdsPosition } from './holds-position.ts'
import { type DecodedImage, decodeImage, decodeToTheEnd, type OpenedImage, openImage } from './image-decoders.ts'
import { imageEnd } from './image-end.ts'
import { imageVersion } from './image-version.ts'
import { type Look, notConverted, type ToLookProcess } from './look-messages.ts'
import { polyglot } from './polyglot.ts'

const PIXELS_MAX = 100_000_000
const HEIF_PIXELS_MAX = 50_000_000 // its decoder holds all of them, several times over
const JPEG_QUALITY = 95

/**
 * Decodes an image whole, which is how damage is found. One in an archive format that everybody can show stays as it
 * is; others become PNG, or JPEG when the source was lossy and has no transparency.
 */
export async function lookAtImage({ path, mediaType, target }: ToLookProcess): Promise<Look> {
  const bytes = await readFile(path)
  const outside = [...afterEnd(bytes, mediaType), ...polyglot(bytes, mediaType)]
  const opened = await openImage(bytes, mediaType).catch(reasonFor)
  if (typeof opened === 'string') return notConverted(opened, outside)
  const findings = [...insideOf(opened), ...outside]
  const result = await readPixels(opened, mediaType).catch(reasonFor)
  if (typeof result === 'string' && result !== 'whole') return notConverted(result, findings)
  const version = imageVersion(bytes, mediaType)
  const about = { findings, ...(version !== undefined && { formatDetaljer: version }) }
  if (result === 'whole') return { outcome: { kind: 'kept' }, ...about }
  await writeFile(target, result.bytes)
  const { mediaType: madeType, tool } = result
  return { outcome: { kind: 'made', mediaType: madeType, tool, comments: commentsOn(opened) }, ...about }
}

/** What a decoder's error says of the file. */
const reasonFor = (error: Error): NotConverted =>
  /out of memory|allocation failed/i.test(error.message) ? 'too-demanding' : 'damaged'

interface Made {
  readonly bytes: Buffer
  readonly mediaType: string
  readonly tool: string
}

/** A file made of the image; `whole` when it is one that can be archived as it is. Throws what the decoders throw. */
async function readPixels(opened: OpenedImage, mediaType: string): Promise<Made | 'whole' | NotConverted> {
  if (opened.pixels > (opened.decoder === 'heif' ? HEIF_PIXELS_MAX : PIXELS_MAX)) return 'too-many-pixels'
  if (fileFormat(mediaType).isArchiveFormat && !isOdd(opened, mediaType)) {
    await decodeToTheEnd(opened)
    return 'whole'
  }
  const decoded = await decodeImage(opened)
  return decoded === 'no-decoder' ? 'no-converter' : await encode(decoded, opened)
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
async function encode({ image, isOpaque, tool }: DecodedImage, { isLossless }: OpenedImage): Promise<Made> {
  const srgb: Sharp = image.toColourspace('srgb')
  if (isLossless || !isOpaque) return { bytes: await srgb.png().toBuffer(), mediaType: 'image/png', tool }
  const jpeg = srgb.removeAlpha().jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
  return { bytes: await jpeg.toBuffer(), mediaType: 'image/jpeg', tool }
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
