import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { blankSecrets } from '../../src/domain/secrets.ts'
import { corpus, hasMaterial } from '../support/material.ts'

const graph = 'https://graph.facebook.com/v21.0/1_2/comments'

describe('a secret', () => {
  test.each([
    [
      'in an address',
      `{"next":"${graph}?access_token=EAAB|x-y_z.1&limit=25"}`,
      `{"next":"${graph}?access_token=[fjernet]&limit=25"}`
    ],
    [
      'last in an address',
      `{"next":"${graph}?limit=25&access_token=EAAB"}`,
      `{"next":"${graph}?limit=25&access_token=[fjernet]"}`
    ],
    [
      'in a fragment',
      '"https://a.example/#access_token=abc&state=1"',
      '"https://a.example/#access_token=[fjernet]&state=1"'
    ],
    ['in capitals', '"?Access_Token=abc&x=1"', '"?Access_Token=[fjernet]&x=1"'],
    ['with percent signs in it', '"?access_token=12%7Cab%26c&x=1"', '"?access_token=[fjernet]&x=1"'],
    [
      'in an address inside an address',
      '"?u=https%3A%2F%2Fa%3Faccess_token%3Dabc%7Cd%26x%3D1&y=2"',
      '"?u=https%3A%2F%2Fa%3Faccess_token%3D[fjernet]%26x%3D1&y=2"'
    ],
    [
      'in an address inside that',
      '"?v=u%3Dhttps%253A%252F%252Fa%253Faccess_token%253Dabc%2526x%26y"',
      '"?v=u%3Dhttps%253A%252F%252Fa%253Faccess_token%253D[fjernet]%2526x%26y"'
    ],
    [
      'with JSON escapes around it',
      '"?a=1\\u0026access_token\\u003dab\\u002bc\\u0026x=1"',
      '"?a=1\\u0026access_token\\u003d[fjernet]\\u0026x=1"'
    ],
    [
      'with escaped slashes',
      '"https:\\/\\/a?access_token=ab\\/c\\/d&x=1"',
      '"https:\\/\\/a?access_token=[fjernet]&x=1"'
    ],
    [
      'before a line break',
      '"access_token=abc\\naccess_token=def\\tx"',
      '"access_token=[fjernet]\\naccess_token=[fjernet]\\tx"'
    ],
    [
      'in a form',
      '"grant=x&client_secret=a&appsecret_proof=b&fb_exchange_token=c&refresh_token=d"',
      '"grant=x&client_secret=[fjernet]&appsecret_proof=[fjernet]&fb_exchange_token=[fjernet]&refresh_token=[fjernet]"'
    ],
    ['as a member', '{"access_token" : "EAA\\"B\\\\","x":1}', '{"access_token" : "[fjernet]","x":1}'],
    [
      'as a member with more in its name',
      '{"page_access_token":"abc","id_token":"d","oauth_token":"e"}',
      '{"page_access_token":"[fjernet]","id_token":"[fjernet]","oauth_token":"[fjernet]"}'
    ],
    [
      'in JSON inside a string',
      '{"payload":"{\\"access_token\\":\\"a\\\\\\"b\\",\\"x\\":1}"}',
      '{"payload":"{\\"access_token\\":\\"[fjernet]\\",\\"x\\":1}"}'
    ],
    [
      'in an address in JSON inside a string',
      '{"payload":"{\\"u\\":\\"?access_token=ab\\\\/c\\\\u0026x\\"}"}',
      '{"payload":"{\\"u\\":\\"?access_token=[fjernet]\\\\u0026x\\"}"}'
    ]
  ])('%s is blanked', (_, given, blanked) => {
    const first = blankSecrets(given)
    expect(first.text).toBe(blanked)
    expect(first.count).toBeGreaterThan(0)
    if (given.startsWith('{')) JSON.parse(first.text)
    expect(blankSecrets(first.text)).toEqual({ text: blanked, count: 0 })
  })

  test('is counted', () => {
    expect(blankSecrets('"?access_token=a&client_secret=b" {"id_token":"c"}').count).toBe(3)
  })
})

describe('what is not a secret', () => {
  test.each([
    ['{"message":"Hva er access_token?"}'],
    ['{"access_token":""}'],
    ['{"access_token":null,"id_token":7}'],
    ['{"access_token_url":"https://a.example"}'],
    ['{"next":"?access_token=&x=1"}'],
    ['{"grid_token":"4","paid_token=":"5"}'],
    ['{"a":["access_token","b"]}'],
    ['{"access_token":"[fjernet]","u":"?access_token=[fjernet]&x"}'],
    ['{"tekst":"Blåbærsyltetøy \\u00e5 \\/ \\" 🚌"}'],
    ['']
  ])('stays: %s', (text) => {
    expect(blankSecrets(text)).toEqual({ text, count: 0 })
  })

  test.skipIf(!hasMaterial)('stays in payloads seen in the wild, which were cleared of theirs', () => {
    for (const folder of ['facebook/graph', 'facebook/webhook', 'mastodon', 'instagram', 'threads']) {
      for (const name of readdirSync(corpus(folder)).filter((file) => file.endsWith('.json'))) {
        const given = readFileSync(corpus(`${folder}/${name}`), 'utf8')
        const { text } = blankSecrets(given)
        expect(JSON.parse(text), name).toEqual(withoutTokens(JSON.parse(given)))
      }
    }
  })
})

test('whatever JSON stands around it, blanked JSON is JSON, a second time changes nothing and the rest is as it was', () => {
  const random = seeded(412)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const pieces = [
    'access_token',
    'access_token=',
    'client_secret=',
    '?',
    '&',
    '=',
    '%3D',
    '%26',
    '%253D',
    '\\',
    '\\\\',
    '"',
    "'",
    '/',
    '\n',
    'abc',
    '12|x',
    'æøå',
    '🚌',
    '\u0001',
    ' ',
    ':',
    '{"access_token":"q"}',
    '"access_token":"',
    'id_token',
    '[fjernet]',
    '\\u003d',
    '\\u0026',
    ']',
    ','
  ]
  const text = () => Array.from({ length: Math.floor(random() * 12) }, () => pick(pieces)).join('')
  const value = (depth: number): unknown => {
    if (depth === 0 || random() < 0.4) return random() < 0.3 ? JSON.stringify({ [text()]: text() }) : text()
    if (random() < 0.5) return Array.from({ length: 3 }, () => value(depth - 1))
    return { [text()]: value(depth - 1), access_token: value(depth - 1), [text()]: value(depth - 1) }
  }
  let blanked = 0
  for (let round = 0; round < 5_000; round++) {
    const plain = JSON.stringify(value(3), null, random() < 0.2 ? 2 : 0)
    const given = random() < 0.3 ? escaped(plain) : random() < 0.3 ? JSON.stringify({ payload: plain }) : plain
    const { text: answer, count } = blankSecrets(given)
    const again = blankSecrets(answer)
    blanked += count
    JSON.parse(answer)
    if (again.count > 0 || again.text !== answer || !isCutFrom(answer, given)) expect.fail(`${given}\n${answer}`)
  }
  expect(blanked).toBeGreaterThan(5_000)
})

test.each([
  ['backslashes', '\\'],
  ['names', 'access_token='],
  ['quoted names', '"access_token":"'],
  ['names with spaces', '"access_token"    '],
  ['percent signs', 'access_token%25252525'],
  ['underscores', '_'],
  ['escapes', 'access_token=\\\\\\u0041']
])('a text of many %s takes time in proportion to its size', (_, piece) => {
  const text = `${piece.repeat(Math.ceil(1_000_000 / piece.length))}access_token=x`
  // With quadratic time this would outlast the test's deadline many times over.
  const { count } = blankSecrets(text)
  expect(count).toBeGreaterThan(0)
})

/** JSON as some senders write it, with slashes, ampersands and equals signs escaped. */
const escaped = (json: string): string => json.replace(/\//g, '\\/').replace(/&/g, '\\u0026').replace(/=/g, '\\u003d')

/** Whether the answer is the given text with some stretches gone and the mark in their place. */
function isCutFrom(answer: string, given: string): boolean {
  let from = 0
  for (const kept of answer.split('[fjernet]')) {
    const at = given.indexOf(kept, from)
    if (at < 0) return false
    from = at + kept.length
  }
  return true
}

function withoutTokens(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/(access_token=)[^&\s]+/g, '$1[fjernet]')
  if (Array.isArray(value)) return value.map(withoutTokens)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutTokens(member)]))
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 4294967296
  }
}
