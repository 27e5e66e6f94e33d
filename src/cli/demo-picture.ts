import { deflateSync } from 'node:zlib'

const WIDTH = 480
const HEIGHT = 270

/** A picture made here: dusk, snow and a road, as a PNG (W3C PNG §5). */
export function demoPicture(): Buffer {
  const rows = Array.from({ length: HEIGHT }, (_, y) => Buffer.from([0, ...row(y)]))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0))
  ])
}

function row(y: number): number[] {
  return Array.from({ length: WIDTH }, (_, x) => {
    const isRoad = y > 150 && Math.abs(x - WIDTH / 2) < (y - 140) * 0.9
    if (isRoad) return [92, 96, 104]
    return y > 150 ? [232, 238, 245] : [70 + y / 2, 90 + y / 2, 140 + y / 3]
  })
    .flat()
    .map(Math.floor)
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}

/** PNG §D; `zlib.crc32` came with Node 22. */
function crc32(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return ~sum >>> 0
}
