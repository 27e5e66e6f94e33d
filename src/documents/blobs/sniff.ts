import { fileTypeFromBuffer } from 'file-type'

/** How much of the start of a file `sniff` looks at, in bytes. */
export const SNIFF_BYTES = 4100

const UNKNOWN = 'application/octet-stream'

/**
 * Formats that the library tells by what follows their signature, and so not when that lies further in than it can see:
 * PNG with another chunk before its head, TIFF with its directory at the end.
 */
const signatures: readonly (readonly [mediaType: string, signature: Buffer])[] = [
  ['image/png', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['image/tiff', Buffer.from('49492a00', 'hex')],
  ['image/tiff', Buffer.from('4d4d002a', 'hex')]
]

/** Control characters that never stand in text (WHATWG MIME Sniffing §3, binary data byte). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const binaryData = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/

/**
 * Media type told by the first `SNIFF_BYTES` bytes of a file, never by its name; `application/octet-stream` when they
 * do not say. Text is UTF-8; it is SVG, HTML or XML only when it starts as such.
 */
export async function sniff(head: Uint8Array): Promise<string> {
  const told = (await fileTypeFromBuffer(head))?.mime
  if (told && told !== 'application/xml') return told
  const signed = signatures.find(([, signature]) => signature.equals(head.subarray(0, signature.length)))
  if (signed && !told) return signed[0]
  const text = textOf(head)
  return text === undefined ? (told ?? UNKNOWN) : textType(text)
}

function textOf(head: Uint8Array): string | undefined {
  if (head.length === 0) return undefined
  try {
    // A head that is cut off may end inside a character.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: head.length >= SNIFF_BYTES })
    return binaryData.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

function textType(text: string): string {
  const isXml = text.startsWith('<?xml ')
  const start = pastProlog(text).slice(0, 20).toLowerCase()
  if (/^<svg[\s/>]/.test(start)) return 'image/svg+xml'
  if (isXml) return 'application/xml'
  return /^<!doctype html[\s>]|^<html[\s>]/.test(start) ? 'text/html' : 'text/plain'
}

/** What follows the XML declaration, comments, processing instructions and any doctype but HTML's. */
function pastProlog(text: string): string {
  let rest = text.trimStart()
  for (;;) {
    const end = prologEnd(rest)
    if (end === undefined) return rest
    rest = rest.slice(end).trimStart()
  }
}

function prologEnd(text: string): number | undefined {
  if (text.startsWith('<?')) return after(text, '?>')
  if (text.startsWith('<!--')) return after(text, '-->')
  if (!/^<!doctype (?!html[\s>])/i.test(text)) return undefined
  return /^[^[>]*\[/.test(text) ? after(text, ']>') : after(text, '>')
}

function after(text: string, mark: string): number | undefined {
  const at = text.indexOf(mark)
  return at < 0 ? undefined : at + mark.length
}
