import { expect, test } from 'vitest'
import type { Author } from '../../src/domain/inquiry.ts'
import { isOurs, type OwnPage, withOurs } from '../../src/domain/own-page.ts'

const page: OwnPage = {
  source: 'facebook',
  name: 'Eksempel kommune',
  accountId: '1001',
  handle: '@Eksempelkommune',
  profileUrl: 'https://www.facebook.com/EksempelKommune/'
}
const { accountId: _, ...withoutId } = page
const { handle: __, ...onlyAddress } = withoutId

test.each<[string, OwnPage, Author, boolean]>([
  ['its id', page, { id: '1001' }, true],
  ['its id and another handle, as after a change of name', page, { id: '1001', handle: 'nynavn' }, true],
  ['another id and its handle', page, { id: '1002', handle: 'eksempelkommune' }, false],
  ['its handle', withoutId, { handle: 'eksempelkommune' }, true],
  ['its handle beside an id that we do not have', withoutId, { id: '7', handle: '@EKSEMPELKOMMUNE' }, true],
  ['a handle that begins like it', withoutId, { handle: 'eksempelkommune2' }, false],
  [
    'another handle and its address',
    withoutId,
    { handle: 'x', profileUrl: 'https://m.facebook.com/eksempelkommune' },
    false
  ],
  ['its address', onlyAddress, { profileUrl: 'http://facebook.com/eksempelkommune' }, true],
  ['an address below it', onlyAddress, { profileUrl: 'https://facebook.com/eksempelkommune/x' }, false],
  ['its name and nothing else', page, { displayName: 'Eksempel kommune' }, false],
  ['nothing', page, {}, false]
])('an author with %s', (_name, ours, author, expected) => {
  expect(isOurs([ours], 'facebook', author)).toBe(expected)
  expect(isOurs([ours], 'instagram', author)).toBe(false)
})

test('what our pages wrote in a thread is told, and nothing that others did', () => {
  const [ours, other] = [
    { author: { id: '1001' }, text: 'Vi ser på det' },
    { author: { id: '7' }, text: 'Takk' }
  ]
  expect(withOurs([page], 'facebook', { parents: [ours, other], siblings: [other, ours] })).toEqual({
    parents: [{ ...ours, isOurs: true }, other],
    siblings: [other, { ...ours, isOurs: true }]
  })
  expect(withOurs([page], 'mastodon', { parents: [ours], siblings: [] }).parents).toEqual([ours])
})
