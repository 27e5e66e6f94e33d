import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, expect, test } from 'vitest'
import { ffmpegStill } from '../../../src/documents/attachments/film-still.ts'
import { needs, program } from '../../support/programs.ts'
import { freshFolder } from '../../support/setup.ts'
import { inShort, preparing } from './preparing.ts'

const ffmpeg = needs('ffmpeg', 'apt-get install ffmpeg')
const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()))
})
const start = (...options: Parameters<typeof preparing>) => {
  const made = preparing(...options)
  opened.push(made)
  return made
}

/** A film of one second, red, made by ffmpeg. */
function film(name: string, ...codec: string[]): Buffer {
  const path = join(freshFolder(), name)
  const red = ['-f', 'lavfi', '-i', 'color=c=red:s=64x48:d=1:r=5']
  execFileSync(program('ffmpeg') ?? '', ['-v', 'error', ...red, '-pix_fmt', 'yuv420p', ...codec, path])
  return readFileSync(path)
}

const films: readonly (readonly [string, string[], string])[] = [
  ['film.mp4', ['-c:v', 'libx264'], 'kept | H.264'],
  ['film.mov', ['-c:v', 'libx264'], 'still → image/png | H.264'],
  ['film.webm', ['-c:v', 'libvpx'], 'still → image/png'],
  ['film.mkv', ['-c:v', 'ffv1'], 'kept | Matroska med FFV1'],
  ['film.mkv', ['-c:v', 'libx264'], 'still → image/png'],
  ['film.mp4', ['-c:v', 'mpeg4'], 'still → image/png | mp4v'],
  ['film.avi', ['-c:v', 'mpeg4'], 'still → image/png']
]

test.skipIf(ffmpeg.skip).each(films)(ffmpeg.title('a film %s with %j'), async (name, codec, outcome) => {
  const { prepare } = start({ filmStill: ffmpegStill(program('ffmpeg') ?? '') })
  expect(inShort(await prepare(film(name, ...codec), name))).toBe(outcome)
})

test.skipIf(ffmpeg.skip)(ffmpeg.title('a still is a picture of the film, the same each time'), async () => {
  const { prepare, read } = start({ filmStill: ffmpegStill(program('ffmpeg') ?? '') })
  const webm = film('film.webm', '-c:v', 'libvpx')
  const { outcome } = await prepare(webm, 'film.webm')

  if (outcome.kind !== 'still') throw new Error(outcome.kind)
  expect(outcome.made).toMatchObject({
    tool: expect.stringMatching(/^ffmpeg \d/),
    comments: ['Stillbilde fra filmens start']
  })
  const { data, info } = await sharp(read(outcome.made.sha256)).raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 64, height: 48, channels: 3 })
  expect([...data.subarray(0, 3)].map((value) => value > 128)).toEqual([true, false, false])
  expect((await prepare(webm, 'film.webm')).outcome).toEqual(outcome)
})

test.skipIf(ffmpeg.skip)(ffmpeg.title('a film in an archive format has a still to be shown'), async () => {
  const { prepare, read } = start({ filmStill: ffmpegStill(program('ffmpeg') ?? '') })
  const { outcome, still } = await prepare(film('film.mp4', '-c:v', 'libx264'), 'film.mp4')
  expect(outcome).toEqual({ kind: 'kept' })
  expect(await sharp(read(still?.sha256 ?? '')).metadata()).toMatchObject({ format: 'png', width: 64, height: 48 })
})

test.skipIf(ffmpeg.skip)(ffmpeg.title('a film that names other files is given none of them'), async () => {
  const { prepare } = start({ filmStill: ffmpegStill(program('ffmpeg') ?? '') })
  const playlist = Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n')
  const halfWebm = film('film.webm', '-c:v', 'libvpx').subarray(0, 300)
  expect(inShort(await prepare(playlist, 'film.webm'))).toMatch(/^kept/) // words, and nothing more
  expect(inShort(await prepare(halfWebm, 'film.webm'))).toBe('not-converted: no-converter')
})

test('without ffmpeg, or with one that hangs or fails, a film is archived as it came', async () => {
  const folder = freshFolder()
  const programs = ['exec sleep 100', 'exit 1', 'kill -9 $$'].map((what, index) => {
    const path = join(folder, `program-${index}`)
    writeFileSync(path, `#!/bin/sh\ncase "$*" in *-version*) exit 0;; esac\n${what}\n`)
    chmodSync(path, 0o755)
    return path
  })
  const webm = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex')
  const stills = [...programs, join(folder, 'nothing')].map((path) => ({ filmStill: ffmpegStill(path, 300) }))
  for (const options of [{}, ...stills]) {
    const { prepare } = start(options)
    expect(inShort(await prepare(webm, 'film.webm'))).toBe('not-converted: no-converter')
  }
})
