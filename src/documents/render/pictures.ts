import sharp from 'sharp'

/** A picture as the document holds it. */
export interface Picture {
  readonly jpeg: Uint8Array
  readonly width: number // pixels
  readonly height: number // pixels
  /** How many pictures the file has; the first one is shown. */
  readonly pages: number
}

const SIDE_MAX = 1600 // pixels
const PIXELS_MAX = 100_000_000
const DECODE_SECONDS_MAX = 10

const showable = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/tiff', 'image/avif', 'image/heif']

/** Whether it is worth trying to show a file of this media type. */
export const isShowable = (mediaType: string): boolean => showable.includes(mediaType)

// Only the decoders that are needed: the library has many more, some of which read other files or run scripts.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map((format) => `VipsForeignLoad${format}Buffer`)
})
sharp.cache(false)
sharp.concurrency(1)

/**
 * Decodes a picture and encodes it anew: turned the right way up, at most 1600 pixels a side, on white, sRGB, without
 * metadata. Gives undefined when it cannot be decoded whole.
 */
export async function pictureOf(bytes: Uint8Array): Promise<Picture | undefined> {
  const input = { failOn: 'error', limitInputPixels: PIXELS_MAX } as const
  try {
    const { pages = 1 } = await sharp(bytes, input).metadata()
    const { data, info } = await sharp(bytes, input)
      .autoOrient()
      .resize({ width: SIDE_MAX, height: SIDE_MAX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: 82 })
      .timeout({ seconds: DECODE_SECONDS_MAX })
      .toBuffer({ resolveWithObject: true })
    return { jpeg: data, width: info.width, height: info.height, pages }
  } catch {
    return undefined
  }
}
