import { crc32, deflateSync } from 'node:zlib'

// Files that nobody sends by accident, each made here and as small as it can be.

const chunk = (name: string, data: Uint8Array): Buffer => {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A PNG of grey pixels, one bit each, all black: at most a thousandth of what it becomes. */
export function png(width: number, height: number, rows = height): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const pixels = deflateSync(Buffer.alloc(rows * (1 + Math.ceil(width / 8))))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

/** The smallest GIF, with one picture of any size and nothing for most of it. */
export function gif(width: number, height: number): Buffer {
  const bytes = Buffer.from('47494638396101000100800000000000ffffff2c00000000010001000002024401003b', 'hex')
  for (const at of [6, 24]) {
    bytes.writeUInt16LE(width, at)
    bytes.writeUInt16LE(height, at + 2)
  }
  return bytes
}

/** A BMP of 24 bits whose head promises more than there may be. */
export function bmp(width: number, height: number, pixelBytes: number): Buffer {
  const bytes = Buffer.alloc(54 + pixelBytes, 0x7f)
  bytes.fill(0, 0, 54)
  bytes.write('BM', 'latin1')
  bytes.writeUInt32LE(bytes.length, 2)
  bytes.writeUInt32LE(54, 10)
  bytes.writeUInt32LE(40, 14)
  bytes.writeInt32LE(width, 18)
  bytes.writeInt32LE(height, 22)
  bytes.writeUInt16LE(1, 26)
  bytes.writeUInt16LE(24, 28)
  return bytes
}

/** A TIFF of one grey pixel that tells a latitude. */
export function tiffWithPosition(): Buffer {
  const [short, long, ascii, rational] = [3, 4, 2, 5] as const
  const entry = (tag: number, type: number, count: number, value: number): Buffer => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag, 0)
    bytes.writeUInt16LE(type, 2)
    bytes.writeUInt32LE(count, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  const directory = (entries: readonly Buffer[]): Buffer => {
    const count = Buffer.alloc(2)
    count.writeUInt16LE(entries.length)
    return Buffer.concat([count, ...entries, Buffer.alloc(4)])
  }
  // After the head of 8 bytes: a directory of 10 entries, one of 2, the latitude, the pixel.
  const [gpsAt, latitudeAt, pixelAt] = [8 + 126, 8 + 126 + 30, 8 + 126 + 30 + 24]
  const image = directory([
    ...[256, 257].map((tag) => entry(tag, short, 1, 1)), // width, height
    entry(258, short, 1, 8), // bits
    entry(259, short, 1, 1), // not compressed
    entry(262, short, 1, 1), // grey
    entry(273, long, 1, pixelAt),
    ...[277, 278, 279].map((tag) => entry(tag, short, 1, 1)), // samples, rows, bytes
    entry(34_853, long, 1, gpsAt)
  ])
  const gps = directory([entry(1, ascii, 2, 0x4e), entry(2, rational, 3, latitudeAt)])
  const latitude = Buffer.alloc(24, Buffer.from('3b00000001000000', 'hex'))
  return Buffer.concat([Buffer.from('49492a0008000000', 'hex'), image, gps, latitude, Buffer.from([0x7f])])
}

/** A ZIP of one stored file. */
export function zip(name: string, content: string, flags = 0): Buffer {
  const data = Buffer.from(content)
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(flags, 2)
  common.writeUInt32LE(crc32(data), 10)
  common.writeUInt32LE(data.length, 14)
  common.writeUInt32LE(data.length, 18)
  common.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), data])
  const about = Buffer.alloc(14)
  const entry = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, about, Buffer.from(name)])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, entry, end])
}

/** A PDF of these objects, by number from 1; readers mend the missing cross-reference table. */
export function pdf(objects: readonly (string | Buffer)[], trailer = '<< /Root 1 0 R >>'): Buffer {
  const numbered = objects.flatMap((object, index) => [
    Buffer.from(`${index + 1} 0 obj\n`),
    Buffer.from(object),
    Buffer.from('\nendobj\n')
  ])
  const tail = Buffer.from(`trailer\n${trailer}\nstartxref\n0\n%%EOF\n`)
  return Buffer.concat([Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'), ...numbered, tail])
}

export const catalog = '<< /Type /Catalog /Pages 2 0 R >>'
export const pages = '<< /Type /Pages /Kids [] /Count 0 >>'

/** Objects packed away where a look at the bytes does not find them. */
export const objectStream = (objects: string): Buffer => {
  const packed = deflateSync(`9 0 ${objects}`)
  const dictionary = `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>`
  return Buffer.concat([Buffer.from(`${dictionary}\nstream\n`), packed, Buffer.from('\nendstream')])
}

/** The description that PDF/A has of itself. */
export const xmp = (part: string, conformance: string): string => {
  const text = `<x:xmpmeta><pdfaid:part>${part}</pdfaid:part><pdfaid:conformance>${conformance}</pdfaid:conformance></x:xmpmeta>`
  return `<< /Type /Metadata /Subtype /XML /Length ${text.length} >>\nstream\n${text}\nendstream`
}
