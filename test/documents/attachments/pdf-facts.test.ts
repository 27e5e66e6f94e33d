import fc from 'fast-check'
import { expect, test } from 'vitest'
import { imageEnd } from '../../../src/documents/attachments/image-end.ts'
import { pdfFacts } from '../../../src/documents/attachments/pdf-facts.ts'
import { catalog, objectStream, pages, pdf } from './hostile-files.ts'

const words = [
  '%PDF-1.7\n',
  ' obj',
  '<<',
  '>>',
  'stream\n',
  '\nendstream',
  '/ObjStm',
  '/Filter',
  '/FlateDecode',
  '/J#53',
  '%'
]

test('any bytes are read to an end, and none throws', () => {
  const piece = fc.oneof(
    fc.constantFrom(...words).map((word) => Buffer.from(word)),
    fc.uint8Array({ maxLength: 20 })
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const bytes = Buffer.concat(pieces)
      expect(pdfFacts(bytes).isEncrypted).toBeTypeOf('boolean')
    })
  )
})

test('a name is found wherever among the objects it stands, in the open or packed', () => {
  const spelled = fc.constantFrom('JavaScript', 'Java#53cript', '#4aavaScript')
  const around = fc.string({ unit: fc.constantFrom(' ', '\n', '<< /A 1 >>', '[', ']', '(a)') })
  fc.assert(
    fc.property(spelled, around, around, fc.boolean(), (name, before, after, isPacked) => {
      const object = `${before}/${name}\n${after}`
      const bytes = pdf([catalog, pages, isPacked ? objectStream(object) : object])
      expect(pdfFacts(bytes).isScripted).toBe(true)
    })
  )
})

test.each(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp'])(
  'the end of any bytes taken for %s lies within them, or nowhere',
  (mediaType) => {
    const starts = fc.constantFrom('ffd8', '89504e470d0a1a0a', '474946383961', '').map((hex) => Buffer.from(hex, 'hex'))
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        const bytes = Buffer.concat([start, rest])
        expect(imageEnd(bytes, mediaType) ?? 0).toBeLessThanOrEqual(bytes.length)
      })
    )
  }
)
