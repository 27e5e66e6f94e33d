import { createRequire } from 'node:module'
import { decode as decodeBmp } from 'bmp-ts'
import sharp, { type Metadata, type Sharp } from 'sharp'
import { type Heif, openHeif } from './heif.ts'

/** An image whose head is read and whose pixels are not. */
export interface OpenedImage {
  readonly bytes: Buffer
  /** None knows of BMPs with a head older than Windows 3. */
  readonly decoder: 'sharp' | 'heif' | 'bmp' | 'none'
  readonly pixels: number
  readonly pages: number
  /** Whether several pictures are one that moves, rather than pages. */
  readonly isMoving: boolean
  readonly space: string
  readonly depth: string
  readonly isLossless: boolean
  readonly hasAlpha: boolean
  /** Whether it says that it must be turned to stand upright. */
  readonly isTurned: boolean
  readonly hasMetadata: boolean
  readonly exif?: Buffer
  readonly xmp?: Buffer
}

/** An upright image on its way into a new file. */
export interface DecodedImage {
  readonly image: Sharp
  readonly isOpaque: boolean
  readonly tool: string
}

// Only the decoders that are needed: the library has many more, some of which read other files or run scripts.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map((format) => `VipsForeignLoad${format}Buffer`)
})
sharp.cache(false)
sharp.concurrency(1)

const SHARP = `sharp ${sharp.versions.sharp} (libvips ${sharp.versions.vips})`
// How many pixels are too many is decided by who opens the image, with the head in hand.
const input = { failOn: 'error', limitInputPixels: false } as const

/** Reads the head. Throws when it is not a head of such an image. */
export async function openImage(bytes: Buffer, mediaType: string): Promise<OpenedImage> {
  if (mediaType === 'image/bmp') return openBmp(bytes)
  const head = await sharp(bytes, input).metadata()
  const { width, height, space, depth, orientation = 1, xmp, iptc } = head
  // EXIF is a TIFF without pixels; the decoder gives none of a TIFF itself.
  const exif = mediaType === 'image/tiff' ? bytes : head.exif
  const pages = mediaType === 'image/apng' ? apngFrames(bytes) : (head.pages ?? 1)
  return {
    bytes,
    decoder: head.compression === 'hevc' ? 'heif' : 'sharp',
    pixels: width * height * (mediaType === 'image/tiff' ? pages : 1),
    pages,
    isMoving: mediaType !== 'image/tiff' && !mediaType.startsWith('image/hei'),
    space,
    depth,
    isLossless: isLossless(bytes, head),
    hasAlpha: head.hasAlpha,
    // HEIF has a turning of its own, and readers heed only that (ISO/IEC 23008-12 §6.5.10).
    isTurned: head.format !== 'heif' && orientation > 1,
    hasMetadata: Boolean(exif || xmp || iptc),
    ...(exif && { exif }),
    ...(xmp && { xmp })
  }
}

/** What the chunk acTL says (PNG third edition §11.3.7.1); the decoder shows the first frame and knows of no other. */
function apngFrames(bytes: Buffer): number {
  const control = bytes.indexOf('acTL')
  return control < 0 || control + 8 > bytes.length ? 1 : bytes.readUInt32BE(control + 4)
}

/** WebP says which it is in its first chunk of pixels (RFC 9649 §2.6); HEIF and JPEG are taken for lossy. */
const isLossless = (bytes: Buffer, { format }: Metadata): boolean =>
  format === 'webp' ? bytes.subarray(0, 4096).includes('VP8L') : format !== 'jpeg' && format !== 'heif'

function openBmp(bytes: Buffer): OpenedImage {
  const isOld = bytes.readUInt32LE(14) < 40
  const [width, height] = isOld
    ? [bytes.readUInt16LE(18), bytes.readUInt16LE(20)]
    : [Math.abs(bytes.readInt32LE(18)), Math.abs(bytes.readInt32LE(22))]
  if (width === 0 || height === 0) throw new Error('A picture without pixels')
  return {
    ...{
      bytes,
      decoder: isOld ? 'none' : 'bmp',
      pixels: width * height,
      pages: 1,
      isMoving: false,
      space: 'srgb',
      depth: 'uchar'
    },
    ...{ isLossless: true, hasAlpha: false, isTurned: false, hasMetadata: false }
  }
}

/** Throws when a page cannot be decoded to its end. */
export async function decodeToTheEnd({ bytes, pages, isMoving }: OpenedImage): Promise<void> {
  for (let page = 0; page < (isMoving ? 1 : pages); page += 1) {
    const whole = sharp(bytes, { ...input, page, sequentialRead: true })
    await whole.resize(1, 1, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer()
  }
}

/** The pixels of the first picture, upright. The pixels themselves are decoded, or fail, when they are asked for. */
export async function decodeImage(opened: OpenedImage): Promise<DecodedImage | 'no-decoder'> {
  switch (opened.decoder) {
    case 'none':
      return 'no-decoder'
    case 'bmp':
      return decodedBmp(opened.bytes)
    case 'heif': {
      const heif = await openHeif()
      return heif ? await decodedHeif(heif, opened.bytes) : 'no-decoder'
    }
    case 'sharp':
      return { image: sharp(opened.bytes, input).autoOrient(), isOpaque: !opened.hasAlpha, tool: SHARP }
  }
}

async function decodedHeif(heif: Heif, bytes: Buffer): Promise<DecodedImage> {
  const { data, width, height } = await heif.decode(bytes)
  const image = sharp(data, { raw: { width, height, channels: 4 } })
  return { image, isOpaque: isOpaque(data), tool: `${heif.version}, ${SHARP}` }
}

function isOpaque(rgba: Uint8ClampedArray): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false
  return true
}

const bmpVersion = (createRequire(import.meta.url)('bmp-ts/package.json') as { version: string }).version

function decodedBmp(bytes: Buffer): DecodedImage {
  const { data, width, height, bitPP } = decodeBmp(bytes, { toRGBA: true })
  const image = sharp(data, { raw: { width, height, channels: 4 } })
  // The fourth byte is unused in nearly all files of 32 bits, and often zero.
  return { image: image.removeAlpha(), isOpaque: true, tool: `bmp-ts ${bmpVersion} (${bitPP} biter), ${SHARP}` }
}
