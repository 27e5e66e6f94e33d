import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { corpus, hasMaterial } from '../../support/material.ts'
import { inShort, preparing } from './preparing.ts'

const { prepare, close } = preparing()
afterAll(close)

const files = hasMaterial ? readdirSync(corpus('media')).sort() : []

/** What becomes of each file of the corpus; a file that is not named here fails the test. */
const expected: Readonly<Record<string, string>> = {
  'collisions-md5-1.jpg': 'kept',
  'collisions-md5-2.jpg': 'kept | trailing-data',
  'collisions-png-pdf.pdf': 'not-converted: not-pdfa | PDF 1.7',
  'collisions-png-pdf.png': 'kept | trailing-data',
  'exif-DSCN0010.jpg': 'kept | Exif | gps-position',
  'exif-samplefilehub.heif': 'converted → image/jpeg',
  'gts-longer-mp4-original.mp4': 'kept | H.264',
  'pillow-avif-hopper.avif': 'converted → image/jpeg',
  'pillow-avif-hopper.heif': 'converted → image/jpeg',
  'pillow-broken.png': 'not-converted: damaged',
  'pillow-decompression_bomb.gif': 'not-converted: damaged',
  'pillow-exif-dpi-zerodivision.jpg': 'kept | Exif',
  'pillow-exif_gps.jpg': 'kept | JFIF 1.01 | gps-position',
  'pillow-hopper.bmp': 'converted → image/png',
  'pillow-hopper.webp': 'converted → image/jpeg',
  'pleroma-image_with_imagedescription_and_caption-abstract.jpg': 'kept | JFIF 1.01',
  'pleroma-image_with_stray_data_after.png': 'kept | trailing-data',
  'pocs-attachedNames.pdf': 'not-converted: not-pdfa | PDF 1.1 | embedded-files',
  'pocs-commentFirst.png': 'kept',
  'pocs-pdf.pdf': 'not-converted: not-pdfa | PDF 1.3',
  'pocs-zip.zip': 'kept',
  'pypdf-crazyones-pdfa.pdf': 'kept | PDF/A-1b | claims-pdfa',
  'pypdf-minimal-document.pdf': 'not-converted: not-pdfa | PDF 1.5',
  'sharp-5_webp_a.webp': 'converted → image/png',
  'sharp-Channel_digital_image_CMYK_color_no_profile.jpg': 'converted → image/jpeg',
  'sharp-Flag_of_the_Netherlands-16bit.png': 'converted → image/png',
  'sharp-Landscape_6.jpg': 'kept | JFIF 1.01',
  'sharp-animated-loop-3.gif': 'converted → image/png | GIF89a | animated',
  'sharp-circle.svg': 'not-converted: drawing',
  'sharp-giant-image.jpg': 'not-converted: too-many-pixels',
  'sharp-truncated.jpg': 'not-converted: damaged',
  'small-Mpeg4.mp4': 'not-converted: no-converter',
  'small-jpeg.jpg': 'kept'
}

test.skipIf(!hasMaterial)(
  `every file of the corpus has the outcome that stands in the table${hasMaterial ? '' : ' [needs the shared corpus]'}`,
  async () => {
    const outcomes: Record<string, string> = {}
    for (const name of files) outcomes[name] = inShort(await prepare(readFileSync(corpus(`media/${name}`)), name))
    process.stdout.write(`${files.map((name) => `${name.padEnd(62)} ${outcomes[name]}`).join('\n')}\n`)
    expect(outcomes).toEqual(expected)
  }
)

test.skipIf(!hasMaterial)(
  `what is made of a file is the same, byte for byte, from another process${hasMaterial ? '' : ' [needs the shared corpus]'}`,
  async () => {
    const other = preparing()
    const images = files.filter((name) => expected[name]?.startsWith('converted'))
    for (const name of images) {
      const bytes = readFileSync(corpus(`media/${name}`))
      expect(await other.prepare(bytes, name), name).toEqual(await prepare(bytes, name))
    }
    await other.close()
    expect(images.length).toBeGreaterThan(5)
  }
)
