import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { bmp, catalog, gif, objectStream, pages, pdf, png, tiffWithPosition, xmp, zip } from './hostile-files.ts'
import { inShort, preparing } from './preparing.ts'

const { prepare, close, failures } = preparing()
afterAll(close)

const picture = (format: 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif') =>
  sharp({
    create: {
      width: 200,
      height: 150,
      channels: 3,
      background: '#1f4b78',
      noise: { type: 'gaussian', mean: 128, sigma: 30 }
    }
  })
    .toFormat(format)
    .toBuffer()
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)

const svg = (inside: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${inside}</svg>`)
const script = '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>'

type Case = readonly [what: string, fileName: string, bytes: Buffer | Promise<Buffer>, outcome: string]

describe('images', () => {
  const cases: readonly Case[] = [
    ['a PNG of 65536 by 65536 pixels', 'b.png', png(65_536, 65_536), 'not-converted: too-many-pixels'],
    ['a PNG that breaks off', 'b.png', picture('png').then(half), 'not-converted: damaged'],
    ['a PNG with fewer rows than it says', 'b.png', png(1_000, 1_000, 10), 'not-converted: damaged'],
    ['a JPEG that breaks off', 'b.jpg', picture('jpeg').then(half), 'not-converted: damaged'],
    ['a WebP that breaks off', 'b.webp', picture('webp').then(half), 'not-converted: damaged'],
    ['an AVIF that breaks off', 'b.avif', picture('avif').then(half), 'not-converted: damaged'],
    ['a TIFF that breaks off', 'b.tif', picture('tiff').then(half), 'not-converted: damaged'],
    ['a TIFF as it should be', 'b.tif', picture('tiff'), 'kept'],
    ['a TIFF that tells where it was taken', 'b.tif', tiffWithPosition(), 'kept | gps-position'],
    ['a GIF of 65535 by 65535', 'b.gif', gif(65_535, 65_535), 'not-converted: too-many-pixels'],
    [
      'a GIF with a file behind it that makes it a ZIP',
      'b.gif',
      Buffer.concat([gif(1, 1), zip('a.txt', 'hei')]),
      'converted → image/png | GIF89a | trailing-data polyglot'
    ],
    [
      'a PNG with the head of a PDF behind it',
      'b.png',
      Buffer.concat([png(8, 8), pdf([catalog, pages])]),
      'kept | trailing-data polyglot'
    ],
    ['a BMP of 65536 by 65536 pixels', 'b.bmp', bmp(65_536, 65_536, 100), 'not-converted: too-many-pixels'],
    ['a BMP that breaks off', 'b.bmp', bmp(400, 400, 1_000), 'not-converted: damaged'],
    ['a BMP as it should be', 'b.bmp', bmp(4, 4, 48), 'converted → image/png'],
    ['a PNG that is called JPEG', 'b.jpg', png(8, 8), 'kept | name-mismatch']
  ]
  test.each(cases)('%s', async (_, fileName, bytes, outcome) => {
    expect(inShort(await prepare(await bytes, fileName))).toBe(outcome)
  })
})

describe('documents', () => {
  const cases: readonly Case[] = [
    ['an SVG with a script', 't.svg', svg('<script>alert(1)</script>'), 'not-converted: drawing | scripted'],
    ['an SVG that acts when it is shown', 't.svg', svg('<rect onload = "x()"/>'), 'not-converted: drawing | scripted'],
    [
      'an SVG that fetches a picture',
      't.svg',
      svg('<image href="https://eksempel.no/p.png"/>'),
      'not-converted: drawing | external-references'
    ],
    ['an SVG that says nothing', 't.svg', svg('<rect/>'), 'not-converted: drawing'],
    ['a page with a script', 's.html', Buffer.from('<!doctype html><script>1</script>'), 'kept | scripted'],
    ['a PDF as it should be, but not PDF/A', 'p.pdf', pdf([catalog, pages]), 'not-converted: not-pdfa | PDF 1.7'],
    ['a PDF that says it is PDF/A-2b', 'p.pdf', pdf([catalog, pages, xmp('2', 'B')]), 'kept | PDF/A-2b | claims-pdfa'],
    [
      'a PDF that says it is PDF/A-3b',
      'p.pdf',
      pdf([catalog, pages, xmp('3', 'B')]),
      'not-converted: not-pdfa | PDF/A-3b | claims-pdfa'
    ],
    ['a PDF with JavaScript', 'p.pdf', pdf([script, pages]), 'not-converted: scripted | PDF 1.7 | scripted'],
    [
      'a PDF that says it is PDF/A-2b and has JavaScript',
      'p.pdf',
      pdf([script, pages, xmp('2', 'B')]),
      'not-converted: scripted | PDF/A-2b | scripted claims-pdfa'
    ],
    [
      'a PDF whose JavaScript is spelled with codes',
      'p.pdf',
      pdf([script.replaceAll('JavaScript', 'Java#53cript').replace('/JS', '/J#53'), pages]),
      'not-converted: scripted | PDF 1.7 | scripted'
    ],
    [
      'a PDF whose JavaScript is packed away',
      'p.pdf',
      pdf([catalog, pages, objectStream('<< /S /JavaScript >>')]),
      'not-converted: scripted | PDF 1.7 | scripted'
    ],
    [
      'a PDF that starts a program',
      'p.pdf',
      pdf([catalog, pages, '<< /S /Launch /F (cmd.exe) >>']),
      'not-converted: scripted | PDF 1.7 | scripted'
    ],
    [
      'a PDF that is encrypted',
      'p.pdf',
      pdf([catalog, pages], '<< /Root 1 0 R /Encrypt 3 0 R >>'),
      'not-converted: encrypted | PDF 1.7 | encrypted'
    ],
    [
      'a PDF with a file in it',
      'p.pdf',
      pdf([catalog, pages, '<< /Type /EmbeddedFile >>']),
      'not-converted: not-pdfa | PDF 1.7 | embedded-files'
    ],
    ['a PDF that breaks off', 'p.pdf', pdf([catalog, pages]).subarray(0, 60), 'not-converted: damaged | PDF 1.7'],
    [
      'a PDF of 100 MB of packed nothing',
      'p.pdf',
      pdf([catalog, pages, objectStream(' '.repeat(100_000_000))]),
      'not-converted: not-pdfa | PDF 1.7'
    ],
    [
      'a PDF of 300 MB of packed nothing',
      'p.pdf',
      pdf([catalog, pages, objectStream(' '.repeat(300_000_000))]),
      'not-converted: damaged | PDF 1.7'
    ],
    [
      'a picture whose chance bytes look like names',
      'p.pdf',
      pdf([catalog, pages, '<< /Length 30 >>\nstream\n /JS /JavaScript /Encrypt \nendstream']),
      'not-converted: not-pdfa | PDF 1.7'
    ],
    ['a ZIP', 'z.zip', zip('a.txt', 'hei'), 'kept'],
    ['a ZIP with a password', 'z.zip', zip('a.txt', 'hei', 1), 'kept | encrypted'],
    ['a ZIP with the macros of an office document', 'z.zip', zip('word/vbaProject.bin', 'x'), 'kept | scripted'],
    [
      'a program that is called PDF',
      'p.pdf',
      Buffer.from(`MZ${'\0'.repeat(200)}`),
      'not-converted: unknown-format | name-mismatch'
    ],
    [
      'half a film',
      'f.mp4',
      Buffer.from('0000001866747970697 36f6d0000020069736f6d69736f32ffffff006d646174'.replace(' ', ''), 'hex'),
      'not-converted: damaged'
    ],
    ['bytes of no kind', 'x', Buffer.from([0, 1, 2, 3]), 'not-converted: unknown-format'],
    ['words', 'brev.csv', Buffer.from('a;b\n'), 'kept']
  ]
  test.each(cases)('%s', async (_, fileName, bytes, outcome) => {
    expect(inShort(await prepare(await bytes, fileName))).toBe(outcome)
  })
})

test('none of it has brought a process down', () => {
  expect(failures).toEqual([])
})
