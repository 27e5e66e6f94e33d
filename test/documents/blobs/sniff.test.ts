import { readFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { SNIFF_BYTES, sniff } from '../../../src/documents/blobs/sniff.ts'

const sniffText = (text: string) => sniff(Buffer.from(text))

test.each([
  ['text/plain', 'Hei, når åpner biblioteket? 🙂'],
  ['text/plain', '{"object":"page"}'],
  ['text/plain', 'Jeg lurer på <html> og <svg>'],
  ['text/plain', '<p>et utdrag</p>'],
  ['text/html', '<!DOCTYPE html><html lang="nb"><p>Hei</p>'],
  ['text/html', '\n  <!-- hilsen --><HTML>'],
  ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['image/svg+xml', '\ufeff<?xml version="1.0"?>\n<!-- tegnet --><!DOCTYPE svg PUBLIC "a" "b">\n<svg width="1">'],
  ['image/svg+xml', '<!DOCTYPE svg [<!ENTITY a "b">]><svg>'],
  ['application/xml', '<?xml version="1.0" encoding="UTF-8"?><arkivmelding/>'],
  ['application/xml', '<?xml version="1.0"?><!-- <svg> --><svgfoo/>']
])('says %s of %j', async (mediaType, text) => {
  expect(await sniffText(text)).toBe(mediaType)
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['text with a NUL', Buffer.from('Hei\0hei')],
  ['text with other control characters', Buffer.from('Hei\u0007')],
  ['text in Latin-1', Buffer.from('Når åpner dere?', 'latin1')],
  ['compressed data without a header', deflateSync(Buffer.from('hei'.repeat(10))).subarray(2)]
])('does not guess at %s', async (_what, bytes) => {
  expect(await sniff(bytes)).toBe('application/octet-stream')
})

test.each([
  ['image/png', '89504e470d0a1a0a0000000374455874'],
  ['image/tiff', '49492a00ffffff00'],
  ['image/tiff', '4d4d002a00ffffff']
])('says %s by its signature, when what should follow lies elsewhere', async (mediaType, hex) => {
  expect(await sniff(Buffer.from(hex.padEnd(SNIFF_BYTES * 2, '0'), 'hex'))).toBe(mediaType)
})

test('text is text also when the head ends inside a character', async () => {
  const head = Buffer.from(`${'a'.repeat(SNIFF_BYTES - 1)}å`).subarray(0, SNIFF_BYTES)
  expect(await sniff(head)).toBe('text/plain')
  expect(await sniff(head.subarray(-10))).toBe('application/octet-stream')
})

test('a long run of comments is read through without delay', async () => {
  const text = '<!---->'.repeat(580)
  expect(await sniffText(text)).toBe('text/plain')
})

test.each([
  [
    'image/png',
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64'
    )
  ],
  ['application/pdf', Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj\n<< >>\nendobj\n')],
  ['application/zip', Buffer.from('504b0506000000000000000000000000000000000000', 'hex')],
  ['image/gif', Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1')]
])('knows %s by its first bytes', async (mediaType, bytes) => {
  expect(await sniff(bytes)).toBe(mediaType)
})

test('a program called .png is not a picture', async () => {
  const program = (await readFile(process.execPath)).subarray(0, SNIFF_BYTES)
  expect(await sniff(program)).toBe('application/x-elf')
})
