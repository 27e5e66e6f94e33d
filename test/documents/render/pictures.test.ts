import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { corpus, hasMaterial } from '../../support/material.ts'
import { claimsPdfA2a, poppler, textOf } from './pdf.ts'
import { message, pictures, renderer, thread } from './thread-maker.ts'

const { blobs, image } = pictures()
const { render, close } = renderer({ blobs })
afterAll(close)

const holdsPicture = (pdf: Uint8Array): boolean => /\/Subtype ?\/Image/.test(Buffer.from(pdf).toString('latin1'))

const png = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#1f4b78' } })
    .png()
    .toBuffer()

test.skipIf(poppler.skip)(poppler.title('a picture stands with its name and its description'), async () => {
  const images = [image(await png(300, 200), 'image/png', 'brygga.png')]
  const pdf = await render(thread({ messages: [message({ role: 'marked', images })] }))
  expect(holdsPicture(pdf)).toBe(true)
  expect(textOf(pdf)).toContain('Bildebeskrivelse: Beskrivelse av brygga.png')
  expect(Buffer.from(pdf).includes('/Alt')).toBe(true)
})

test.skipIf(poppler.skip)(poppler.title('a picture that cannot be decoded leaves a box that says so'), async () => {
  const images = [image(Buffer.from('not a picture'), 'image/png', 'ødelagt.png')]
  const text = textOf(await render(thread({ messages: [message({ images })] })))
  expect(text).toContain('Bildet kunne ikke vises. Originalen er arkivert ved siden av dokumentet.')
  expect(text).toContain('ødelagt.png')
})

test.skipIf(poppler.skip)(poppler.title('the 41st picture, and one above 20 MB, are named and not shown'), async () => {
  const small = await Promise.all(Array.from({ length: 41 }, (_, index) => png(10 + index, 10)))
  const images = small.map((bytes, index) => image(bytes, 'image/png', `bilde ${index + 1}`))
  const large = image(Buffer.alloc(20_000_001), 'image/png', 'stort bilde')
  const lying = { ...image(Buffer.alloc(20_000_002), 'image/png', 'bilde som lyver'), size: 100 }
  const text = textOf(await render(thread({ messages: [message({ images: [large, lying, ...images] })] })))
  expect(text.match(/Bildet er ikke vist her, se vedlegg/g)).toHaveLength(3)
})

test.each([
  [1, 1],
  [1, 3000],
  [3000, 1]
])('a picture of %i by %i pixels fits on the page', async (width, height) => {
  const images = [image(await png(width, height), 'image/png', 'smal')]
  expect(holdsPicture(await render(thread({ messages: [message({ depth: 6, images })] })))).toBe(true)
})

describe.skipIf(!hasMaterial)('pictures from the corpus (left out without the shared material)', () => {
  const file = (name: string) => readFileSync(corpus(`media/${name}`))
  const kinds: readonly (readonly [name: string, mediaType: string, shown: boolean])[] = [
    ['sharp-Landscape_6.jpg', 'image/jpeg', true],
    ['sharp-Channel_digital_image_CMYK_color_no_profile.jpg', 'image/jpeg', true],
    ['sharp-Flag_of_the_Netherlands-16bit.png', 'image/png', true],
    ['sharp-5_webp_a.webp', 'image/webp', true],
    ['sharp-animated-loop-3.gif', 'image/gif', true],
    ['sharp-giant-image.jpg', 'image/jpeg', false],
    ['pillow-avif-hopper.avif', 'image/avif', true],
    ['pillow-exif-dpi-zerodivision.jpg', 'image/jpeg', true],
    ['pleroma-image_with_stray_data_after.png', 'image/png', true],
    ['collisions-png-pdf.png', 'image/png', true],
    ['collisions-png-pdf.pdf', 'image/png', false],
    ['sharp-truncated.jpg', 'image/jpeg', false],
    ['pillow-broken.png', 'image/png', false],
    ['pillow-decompression_bomb.gif', 'image/gif', false],
    ['exif-samplefilehub.heif', 'image/heic', false],
    ['exif-samplefilehub.heif', 'image/heif', false],
    ['sharp-circle.svg', 'image/svg+xml', false],
    ['sharp-circle.svg', 'image/png', false],
    ['pocs-pdf.pdf', 'image/jpeg', false],
    ['small-Mpeg4.mp4', 'image/heif', false],
    ['pocs-commentFirst.png', 'image/png', true]
  ]

  test.each(kinds)('%s as %s: is it shown? %s', async (name, mediaType, shown) => {
    const pdf = await render(thread({ messages: [message({ images: [image(file(name), mediaType, name)] })] }))
    expect(claimsPdfA2a(pdf)).toBe(true)
    expect(holdsPicture(pdf)).toBe(shown)
  })
})
