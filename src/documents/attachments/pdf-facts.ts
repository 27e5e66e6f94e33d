import { constants, inflateSync } from 'node:zlib'

/** What a PDF says of itself, found by reading it and never by running it. */
export interface PdfFacts {
  readonly version?: string
  readonly isEncrypted: boolean
  /** It has JavaScript, or actions that start programs or send data. */
  readonly isScripted: boolean
  readonly hasFiles: boolean
  /** The PDF/A level that it claims, such as `2b`. */
  readonly level?: string
  /** Whether it has a beginning and an end, and all objects could be read. */
  readonly isWhole: boolean
}

const INFLATED_BYTES_MAX = 200_000_000
const scripts = new Set(['JavaScript', 'JS', 'Launch', 'SubmitForm', 'ImportData', 'XFA', 'RichMedia', 'Rendition'])
const files = new Set(['EmbeddedFile', 'EmbeddedFiles', 'FileAttachment'])

/**
 * Reads the names of every object, those in compressed object streams too (ISO 32000-1 §7.3.5, 7.5.7), whatever the
 * cross-reference table says: a damaged or crafted file hides nothing by pointing elsewhere. The bytes of other streams
 * are passed over, since chance would find names in them.
 */
export function pdfFacts(bytes: Buffer): PdfFacts {
  const { names, xmp, isReadable } = read(bytes)
  const version = /%PDF-(\d\.\d)/.exec(bytes.toString('latin1', 0, 1024))?.[1]
  const level = claimedLevel(xmp)
  return {
    ...(version !== undefined && { version }),
    ...(level !== undefined && { level }),
    isEncrypted: names.has('Encrypt'),
    isScripted: hasAny(names, scripts),
    hasFiles: hasAny(names, files),
    isWhole: version !== undefined && isEnded(bytes) && isReadable && names.has('Pages')
  }
}

const hasAny = (names: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean =>
  [...wanted].some((name) => names.has(name))

const isEnded = (bytes: Buffer): boolean => {
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - 2048))
  return tail.includes('%%EOF') && tail.includes('startxref')
}

/** As an element or an attribute of XMP (ISO 19005-2 §6.6.4). */
function claimedLevel(xmp: string): string | undefined {
  const part = /pdfaid:part(?:>|\s*=\s*["'])\s*(\d)/.exec(xmp)?.[1]
  const conformance = /pdfaid:conformance(?:>|\s*=\s*["'])\s*([A-Za-z])/.exec(xmp)?.[1] ?? ''
  return part === undefined ? undefined : part + conformance.toLowerCase()
}

interface Read {
  readonly names: ReadonlySet<string>
  readonly xmp: string
  readonly isReadable: boolean
}

function read(bytes: Buffer): Read {
  const names = new Set<string>()
  let [xmp, room, isReadable] = ['', INFLATED_BYTES_MAX, true]
  for (const { dictionary, content } of pieces(bytes)) {
    addNames(names, dictionary)
    const own = unescaped(dictionary.slice(Math.max(0, dictionary.lastIndexOf(' obj'))))
    const isObjects = /\/ObjStm\b/.test(own)
    if (content === undefined || (!isObjects && !/\/XML\b/.test(own))) continue
    const plain = plainContent(own, content, room)?.toString('latin1')
    room -= plain?.length ?? 0
    if (!isObjects) xmp += plain ?? ''
    else if (plain === undefined) isReadable = false
    else addNames(names, plain)
  }
  return { names, xmp, isReadable }
}

interface Piece {
  /** What stands before a stream, or after the last one. */
  readonly dictionary: string
  readonly content?: Buffer
}

/** The file as what lies between streams, and the streams. */
function* pieces(bytes: Buffer): Generator<Piece> {
  let at = 0
  for (;;) {
    const start = streamStart(bytes, at)
    const end = start === undefined ? -1 : bytes.indexOf('endstream', start)
    if (start === undefined || end < 0) break
    yield { dictionary: bytes.toString('latin1', at, start), content: bytes.subarray(start, end) }
    at = end + 'endstream'.length
  }
  yield { dictionary: bytes.toString('latin1', at) }
}

/** Where the bytes of the next stream begin: after `stream` and a line end, which follow a dictionary's `>>`. */
function streamStart(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf('stream', from); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    const before = bytes.toString('latin1', Math.max(from, at - 64), at)
    const isAfterDictionary = />>(?:\s|%[^\r\n]*[\r\n])*$/.test(before)
    const [first, second] = [bytes[at + 6], bytes[at + 7]]
    if (isAfterDictionary && first === 0x0d) return second === 0x0a ? at + 8 : at + 7
    if (isAfterDictionary && first === 0x0a) return at + 7
  }
  return undefined
}

function addNames(names: Set<string>, text: string): void {
  for (const [, name = ''] of text.matchAll(/\/([^\s()<>[\]{}/%]+)/g)) names.add(unescaped(name))
}

/** `#4a` is `J` in a name. */
const unescaped = (text: string): string =>
  text.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** A stream as it is, or inflated; undefined when it is packed in another way or there is no room. */
function plainContent(dictionary: string, content: Buffer, room: number): Buffer | undefined {
  if (!/\/(Filter|F)\b/.test(dictionary)) return content
  try {
    return inflateSync(content, { maxOutputLength: Math.max(1, room), finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return undefined
  }
}
