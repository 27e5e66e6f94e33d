/**
 * Where an image ends by its own account; undefined when it does not say, or breaks off. What follows belongs to
 * somebody else: another file, or what a phone hides there.
 */
export function imageEnd(bytes: Buffer, mediaType: string): number | undefined {
  const end = ends[mediaType]?.(bytes)
  return end !== undefined && end <= bytes.length ? end : undefined
}

const ends: Readonly<Record<string, (bytes: Buffer) => number | undefined>> = {
  'image/jpeg': jpegEnd,
  'image/png': pngEnd,
  'image/apng': pngEnd,
  'image/gif': gifEnd,
  'image/webp': (bytes) => (bytes.length < 8 ? undefined : bytes.readUInt32LE(4) + 8 + (bytes.readUInt32LE(4) % 2)),
  'image/bmp': (bytes) => (bytes.length < 6 ? undefined : bytes.readUInt32LE(2) || undefined)
}

/** Past the chunk IEND (PNG third edition §5.3). */
function pngEnd(bytes: Buffer): number | undefined {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const next = at + 12 + bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return next
    at = next
  }
  return undefined
}

/** Phones put depth maps and previews behind a picture, each a JPEG (CIPA DC-007, Multi-Picture Format). */
function jpegEnd(bytes: Buffer): number | undefined {
  let end = pictureEnd(bytes)
  if (end === undefined || !bytes.subarray(0, end).includes('MPF\0')) return end
  while (bytes[end] === 0xff && bytes[end + 1] === 0xd8) {
    const next = pictureEnd(bytes.subarray(end))
    if (next === undefined) return end
    end += next
  }
  return end
}

/** Past the marker EOI (ITU-T T.81 annex B). Segments have a length; between SOS and the next marker lies entropy. */
function pictureEnd(bytes: Buffer): number | undefined {
  let at = 2
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xd9) return at + 2
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else if (at + 4 > bytes.length) return undefined
    else at = marker === 0xda ? pastEntropy(bytes, at + 2) : at + 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

function pastEntropy(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

/** Past the trailer (GIF89a §27). */
function gifEnd(bytes: Buffer): number | undefined {
  const table = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)
  let at = 13 + table(bytes[10] ?? 0)
  while (at < bytes.length) {
    const block = bytes[at]
    if (block === 0x3b) return at + 1
    if (block === 0x21) at = pastSubBlocks(bytes, at + 2)
    else if (block === 0x2c) at = pastSubBlocks(bytes, at + 11 + table(bytes[at + 9] ?? 0))
    else return undefined
  }
  return undefined
}

function pastSubBlocks(bytes: Buffer, start: number): number {
  let at = start
  while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0)
  return at + 1
}
