import { XmlDocument } from 'libxml2-wasm'
import { expect, test } from 'vitest'
import { xmlDocument } from '../../src/noark/xml/xml-document.ts'
import { xmlText } from '../../src/noark/xml-text.ts'

test('children stand in the order given, and repeated ones together', () => {
  const xml = xmlDocument('a', {
    $: { 'xmlns:p': 'urn:p' },
    z: '1',
    'p:y': ['2', { b: '3' }],
    x: { $: { c: '<"' }, w: '4' }
  })

  expect(xml.replace(/\n\s*/g, '')).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<a xmlns:p="urn:p"><z>1</z><p:y>2</p:y><p:y><b>3</b></p:y><x c="&lt;&quot;"><w>4</w></x></a>'
  )
})

test('a document whose root has one child keeps its root', () => {
  expect(xmlDocument('root', { child: { grandchild: 'x' } })).toMatch(/<root>\s*<child>\s*<grandchild>x</)
})

test('what has no content is left out, and so is what then has none', () => {
  const xml = xmlDocument('a', {
    gone: undefined,
    empty: '',
    blank: ' \n\u00A0',
    none: [],
    parts: [{ deep: { deeper: '' } }, 'kept', ' '],
    only: { $: { attribute: 'x' } }
  })

  expect(xml.replace(/\n\s*/g, '')).toBe('<?xml version="1.0" encoding="UTF-8"?><a><parts>kept</parts></a>')
})

test('every code point is lawful once made so, and lawful ones are not touched', () => {
  const isChar = (point: number) =>
    point === 9 ||
    point === 10 ||
    point === 13 ||
    (point >= 0x20 && point < 0xd800) ||
    (point > 0xdfff && point < 0xfffe) ||
    point > 0xffff
  const changed: number[] = []
  for (let point = 0; point <= 0x10ffff; point++) {
    const text = String.fromCodePoint(point)
    const made = xmlText(text)
    if (made !== text) changed.push(point)
    if ((made === text) !== isChar(point) || (made !== text && made !== '\uFFFD')) expect.fail(point.toString(16))
  }

  process.stdout.write(`xml: 1114112 code points, ${changed.length} replaced\n`)
  expect(changed).toHaveLength(29 + 2048 + 2)
})

test('every lawful code point reads back from the document', () => {
  for (let plane = 0; plane <= 0x10; plane++) {
    const points = Array.from({ length: 0x10000 }, (_, low) => String.fromCodePoint(plane * 0x10000 + low))
    const text = xmlText(points.filter((point) => !/^[\uD800-\uDFFF]$/.test(point)).join(''))
    const document = XmlDocument.fromString(xmlDocument('a', { b: `x${text}x` }))
    const read = document.get('/a/b')?.content

    document.dispose()
    expect(read === `x${text}x`, `plane ${plane}`).toBe(true)
  }
})
