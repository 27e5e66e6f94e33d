import { describe, expect, test } from 'vitest'
import { Refused } from '../../src/domain/errors.ts'
import { fieldsOf, ID_LENGTH_MAX, known } from '../../src/domain/payload-fields.ts'

const fields = (members: object) => fieldsOf(members, '/payload')
const detailOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof Refused) return `${error.pointers[0]?.pointer} ${error.pointers[0]?.detail}`
    throw error
  }
  return expect.fail('nothing was thrown')
}

describe('a time', () => {
  test.each([
    ['2026-05-04T08:30:10+0000', '2026-05-04T08:30:10.000Z'],
    ['2026-05-04T10:30:10+02:00', '2026-05-04T08:30:10.000Z'],
    ['2026-05-04T08:30:10.123456789Z', '2026-05-04T08:30:10.123Z'],
    ['2026-05-04T08:30Z', '2026-05-04T08:30:00.000Z'],
    [1777883410, '2026-05-04T08:30:10.000Z'],
    [1777883410123, '2026-05-04T08:30:10.123Z'],
    ['1777883410', '2026-05-04T08:30:10.000Z']
  ])('written %s is read', (given, instant) => {
    expect(fields({ time: given }).time('time')?.toISOString()).toBe(instant)
  })

  test.each([
    ['2026-05-04'],
    ['2026-05-04T08:30:10'],
    ['2026-13-04T08:30:10Z'],
    ['nå'],
    [0],
    [-5],
    [1e300],
    [true],
    [[]]
  ])('written %o is refused', (given) => {
    expect(detailOf(() => fields({ time: given }).time('time'))).toContain('/payload/time må være et tidspunkt')
  })
})

describe('an id', () => {
  test('is an opaque string, whether it came as text or as a number', () => {
    expect(fields({ id: 7788990011223344 }).id('id')).toBe('7788990011223344')
    expect(fields({ id: -8 }).id('id')).toBe('-8')
    expect(fields({ id: 'm_æ:1' }).id('id')).toBe('m_æ:1')
  })

  test.each([
    [2 ** 53, 'id-er må sendes som tekst'],
    [1.5, 'id-er må sendes som tekst'],
    [' ', 'må være en id'],
    [{}, 'må være en id'],
    ['a\u0000', 'tegn som ikke kan stå i en id'],
    ['\ud800', 'tegn som ikke kan stå i en id'],
    ['x'.repeat(ID_LENGTH_MAX + 1), 'er lengre enn 500 tegn']
  ])('that is %o is refused', (given, detail) => {
    expect(detailOf(() => fields({ id: given }).id('id'))).toContain(detail)
  })
})

describe('an address', () => {
  test('is kept as written, and completed when it lacks the host', () => {
    expect(fields({ url: 'HTTPS://a.example/æ?q=1' }).address('url')).toBe('HTTPS://a.example/æ?q=1')
    expect(fields({ url: '/a/1' }).address('url', 'https://b.example')).toBe('https://b.example/a/1')
  })

  test.each([['javascript:alert(1)'], ['ftp://a.example'], ['//a.example'], ['https://a b'], ['https://'], [''], [7]])(
    'that is %o is refused',
    (given) => {
      expect(detailOf(() => fields({ url: given }).address('url', 'https://b.example'))).toContain(
        'må være en nettadresse'
      )
    }
  )
})

test('null and what only the prototype has count as absent', () => {
  const body = fields(JSON.parse('{"a":null,"__proto__":{"b":"x"}}'))
  expect([body.has('a'), body.has('b'), body.has('toString')]).toEqual([false, false, false])
  expect(body.text('a')).toBeUndefined()
  expect(body.list('a')).toEqual([])
})

test('a pointer escapes what RFC 6901 escapes', () => {
  expect(detailOf(() => fields({ 'a/b~c': 7 }).text('a/b~c'))).toBe('/payload/a~1b~0c må være tekst')
})

test('known leaves out what is undefined and nothing else', () => {
  expect(known<{ a?: string; b?: string }>({ a: undefined, b: '' })).toStrictEqual({ b: '' })
})
