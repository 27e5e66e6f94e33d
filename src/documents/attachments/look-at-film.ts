import { type FileHandle, open } from 'node:fs/promises'
import type { AttachmentFinding } from '../../domain/prepared-attachment.ts'
import { type Look, notConverted, type ToLookProcess } from './look-messages.ts'

const MOOV_BYTES_MAX = 64_000_000
const HEAD_BYTES = 65_536

/** Films and sound in boxes or in Matroska. The codec decides whether it is an archive format; nothing is decoded. */
export async function lookAtFilm({ path, mediaType }: ToLookProcess): Promise<Look> {
  const file = await open(path)
  try {
    if (mediaType === 'video/matroska') return matroska(await headOf(file))
    if (mediaType === 'video/mpeg') return { outcome: { kind: 'kept' }, findings: [] }
    return boxed(mediaType) ? await boxes(file, mediaType) : notConverted('no-converter')
  } finally {
    await file.close()
  }
}

const boxed = (mediaType: string): boolean => /^(video|audio)\/(mp4|x-m4[av]|quicktime|3gpp2?)$/.test(mediaType)

async function headOf(file: FileHandle): Promise<Buffer> {
  const head = Buffer.alloc(HEAD_BYTES)
  const { bytesRead } = await file.read(head, 0, head.length, 0)
  return head.subarray(0, bytesRead)
}

/** Matroska with FFV1, under its own name or by its old FourCC, is an archive format (PRONOM fmt/569). */
function matroska(head: Buffer): Look {
  const isFfv1 = head.includes('V_FFV1') || (head.includes('V_MS/VFW/FOURCC') && head.includes('FFV1'))
  if (!isFfv1) return notConverted('no-converter')
  return { outcome: { kind: 'kept' }, findings: [], formatDetaljer: 'Matroska med FFV1' }
}

const names: Readonly<Record<string, string>> = {
  avc1: 'H.264',
  avc3: 'H.264',
  hvc1: 'HEVC',
  hev1: 'HEVC',
  av01: 'AV1'
}

/** MP4 with H.264 and nothing else that moves is an archive format (PRONOM fmt/199). */
async function boxes(file: FileHandle, mediaType: string): Promise<Look> {
  const moov = await movieBox(file)
  if (moov === undefined) return notConverted('damaged')
  const codecs = videoCodecs(moov)
  const findings = positionIn(moov)
  const isMp4 = mediaType === 'video/mp4' || mediaType === 'video/x-m4v'
  const isH264 = codecs.length > 0 && codecs.every((codec) => codec.startsWith('avc'))
  const told = [...new Set(codecs.map((codec) => names[codec] ?? codec))].join(', ')
  return {
    ...(isMp4 && isH264 ? { outcome: { kind: 'kept' } as const, findings } : notConverted('no-converter', findings)),
    ...(told !== '' && { formatDetaljer: told })
  }
}

/** The box `moov`, wherever it lies (ISO/IEC 14496-12 §8.2); undefined when there is none, as in half a film. */
async function movieBox(file: FileHandle): Promise<Buffer | undefined> {
  const { size: end } = await file.stat()
  const head = Buffer.alloc(16)
  for (let at = 0; at + 8 <= end; ) {
    const { bytesRead } = await file.read(head, 0, 16, at)
    const short = head.readUInt32BE(0)
    const long = short === 1 && bytesRead === 16
    const size = long ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - at : short
    if (size < 8 || at + size > end) return undefined
    if (head.toString('latin1', 4, 8) === 'moov') return size > MOOV_BYTES_MAX ? undefined : await part(file, at, size)
    at += size
  }
  return undefined
}

async function part(file: FileHandle, at: number, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size)
  await file.read(bytes, 0, size, at)
  return bytes
}

/** The sample entries of tracks whose handler is `vide`. */
function videoCodecs(moov: Buffer): readonly string[] {
  const codecs: string[] = []
  for (let at = moov.indexOf('trak'); at >= 0; at = moov.indexOf('trak', at + 4)) {
    const next = moov.indexOf('trak', at + 4)
    const track = moov.subarray(at, next < 0 ? moov.length : next)
    const handler = track.indexOf('hdlr')
    const isVideo = handler >= 0 && track.toString('latin1', handler + 12, handler + 16) === 'vide'
    const entries = track.indexOf('stsd')
    if (isVideo && entries >= 0) codecs.push(track.toString('latin1', entries + 16, entries + 20))
  }
  return codecs.filter((codec) => /^[\w .-]{4}$/.test(codec))
}

const positions = ['\u00a9xyz', 'com.apple.quicktime.location', 'loci']

const positionIn = (moov: Buffer): readonly AttachmentFinding[] =>
  positions.some((name) => moov.includes(name, 0, 'latin1')) ? [{ kind: 'gps-position' }] : []
