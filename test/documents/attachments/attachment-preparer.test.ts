import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { attachmentPreparer } from '../../../src/documents/attachments/attachment-preparer.ts'
import { folderBlobStore } from '../../../src/documents/blobs/folder-blob-store.ts'
import { freshFolder } from '../../support/setup.ts'
import { waitFor } from '../../support/wait-for.ts'
import { gif, png } from './hostile-files.ts'
import { inShort, preparing } from './preparing.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()))
})
const start = (...options: Parameters<typeof preparing>) => {
  const made = preparing(...options)
  opened.push(made)
  return made
}

const canvas = (width = 40, height = 20) => sharp({ create: { width, height, channels: 3, background: '#1f4b78' } })
const EXIF_WITH_POSITION = {
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '59/1 54/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '10/1 44/1 0/1' }
}

describe('what is made of an image', () => {
  test('stands upright, holds no metadata and says what was done', async () => {
    const { prepare, read } = start()
    const webp = await canvas().webp().withExif(EXIF_WITH_POSITION).withMetadata({ orientation: 6 }).toBuffer()
    const { outcome, findings } = await prepare(webp, 'bilde.webp')

    expect(findings).toEqual([{ kind: 'gps-position' }])
    if (outcome.kind !== 'converted') throw new Error(outcome.kind)
    expect(outcome.made.comments).toEqual(['EXIF-orientering brukt', 'Metadata (EXIF, XMP, IPTC) er bare i originalen'])
    expect(outcome.made.tool).toMatch(/^sharp \d+\.\d+\.\d+ \(libvips \d+\.\d+\.\d+\)$/)
    const { width, height, exif, format } = await sharp(read(outcome.made.sha256)).metadata()
    expect({ width, height, exif, format }).toEqual({ width: 20, height: 40, exif: undefined, format: 'jpeg' })
  })

  test('is lossless when the source is', async () => {
    const { prepare, read } = start()
    const pixels = Buffer.from(Array.from({ length: 30 * 30 * 3 }, (_, index) => (index * 7919) % 256))
    const image = sharp(pixels, { raw: { width: 30, height: 30, channels: 3 } })
    const { outcome } = await prepare(await image.webp({ lossless: true }).toBuffer(), 'bilde.webp')

    if (outcome.kind !== 'converted') throw new Error(outcome.kind)
    expect((await sharp(read(outcome.made.sha256)).removeAlpha().raw().toBuffer()).equals(pixels)).toBe(true)
    expect(outcome.made.mediaType).toBe('image/png')
  })

  test('is the first of several pictures', async () => {
    const { prepare } = start()
    const frames = await Promise.all(
      ['#f00', '#0f0', '#00f'].map((background) =>
        sharp({ create: { width: 9, height: 9, channels: 3, background } })
          .png()
          .toBuffer()
      )
    )
    const animation = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    const { outcome, findings } = await prepare(animation, 'bilde.gif')

    expect(findings).toEqual([{ kind: 'animated', pages: 3 }])
    expect(outcome).toMatchObject({ kind: 'converted', made: { comments: ['Første av 3 bilder'] } })
  })

  test('keeps its transparency', async () => {
    const { prepare, read } = start()
    const clear = await sharp({ create: { width: 9, height: 9, channels: 4, background: '#f008' } })
      .webp()
      .toBuffer()
    const { outcome } = await prepare(clear, 'bilde.webp')

    if (outcome.kind !== 'converted') throw new Error(outcome.kind)
    expect((await sharp(read(outcome.made.sha256)).stats()).isOpaque).toBe(false)
  })
})

test('an image in an archive format is left as it is, position and all', async () => {
  const { prepare } = start()
  const jpeg = await canvas().jpeg().withExif(EXIF_WITH_POSITION).toBuffer()
  expect(inShort(await prepare(jpeg, 'bilde.jpeg'))).toBe('kept | Exif | gps-position')
})

test('the pictures that a phone puts behind a JPEG belong to it, and what comes after them does not', async () => {
  const { prepare } = start()
  const behind = await canvas(8, 8).jpeg().toBuffer()
  const front = await canvas().jpeg().toBuffer()
  const marker = Buffer.from('ffe200064d504600', 'hex')
  const picture = Buffer.concat([front.subarray(0, 2), marker, front.subarray(2), behind, behind])

  expect((await prepare(picture, 'bilde.jpg')).findings).toEqual([])
  expect((await prepare(Buffer.concat([picture, Buffer.from('hei')]), 'bilde.jpg')).findings).toEqual([
    { kind: 'trailing-data', bytes: 3 }
  ])
  expect((await prepare(Buffer.concat([front, behind]), 'bilde.jpg')).findings).toEqual([
    { kind: 'trailing-data', bytes: behind.length }
  ])
})

describe('when a process does not come back', () => {
  const killing = (times: number) => {
    const killed: number[] = []
    return {
      killed,
      kill(facts: Record<string, unknown>, text: string) {
        if (text !== 'attachment process started' || killed.length >= times) return
        killed.push(Number(facts.pid))
        process.kill(Number(facts.pid), 'SIGKILL')
      }
    }
  }

  test('the file is given to another', async () => {
    const { killed, kill } = killing(1)
    const { prepare } = start({ log: kill })
    expect((await prepare(gif(1, 1), 'bilde.gif')).outcome.kind).toBe('converted')
    expect(killed).toHaveLength(1)
  })

  test('a file that ends two is archived as it came, and the next file is converted', async () => {
    const { killed, kill } = killing(2)
    const { prepare } = start({ log: kill })
    expect(inShort(await prepare(gif(1, 1), 'bilde.gif'))).toBe('not-converted: too-demanding')
    expect((await prepare(gif(2, 2), 'bilde.gif')).outcome.kind).toBe('converted')
    expect(killed).toHaveLength(2)
  })

  test('a file that takes too long is archived as it came', async () => {
    const { prepare } = start({ timeoutMs: 1 })
    expect(inShort(await prepare(gif(1, 1), 'bilde.gif'))).toBe('not-converted: too-demanding')
  })

  test('one who no longer waits is told so, and nothing is said of the file', async () => {
    const stop = new AbortController()
    const { prepare } = start({ log: () => stop.abort() })
    await expect(prepare(gif(1, 1), 'bilde.gif', stop.signal)).rejects.toMatchObject({
      code: 'attachments-not-prepared'
    })
  })

  test('a preparer that is closed takes nothing more', async () => {
    const { prepare, close } = start()
    await close()
    await expect(prepare(gif(1, 1), 'bilde.gif')).rejects.toMatchObject({ code: 'attachments-not-prepared' })
  })
})

test('what a process that was killed left behind goes after a day', async () => {
  const [old, fresh] = ['old', 'fresh'].map((name) => join(tmpdir(), `arkivbro-attachment-${name}-${process.pid}`))
  for (const folder of [old, fresh]) await mkdir(folder ?? '')
  onTestFinished(() => rm(fresh ?? '', { recursive: true }))
  await utimes(old ?? '', 0, 0)
  start()
  await waitFor(() => !existsSync(old ?? ''), 'the old folder is gone')
  expect(existsSync(fresh ?? '')).toBe(true)
})

test('a film of 200 MB, and a picture that is 512 MB unpacked, stay out of the memory of the service', async () => {
  const folder = freshFolder()
  const film = await open(join(folder, 'film.mp4'), 'w')
  await film.write(Buffer.from('0000001866747970697373d60000020069736f6d69736f32', 'hex'))
  await film.truncate(200_000_000)
  await film.close()
  const blobs = folderBlobStore({ folder: join(folder, 'files') })
  const preparer = attachmentPreparer({ blobs, log: () => undefined })
  opened.push(preparer)
  const limit = { maxBytes: 1_000_000_000 }
  const files = [
    await blobs.put(createReadStream(join(folder, 'film.mp4')), limit),
    await blobs.put(Readable.from([png(65_536, 65_536)]), limit)
  ]
  globalThis.gc?.()
  let highest = 0
  const before = process.memoryUsage.rss()
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss())
  }, 5)
  for (const file of files) await preparer.prepare({ id: 'x', fileName: 'fil', ...file }, { convert: true })
  clearInterval(watch)

  expect(highest - before).toBeLessThan(100_000_000)
})
