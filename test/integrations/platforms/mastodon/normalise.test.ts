import { describe, expect, test } from 'vitest'
import { mastodon } from '../../../../integrations/platforms/mastodon/index.ts'
import { Refused } from '../../../../src/domain/errors.ts'
import { fixture, outcome } from '../payloads.ts'

const read = (name: string) => mastodon.normalise(fixture('mastodon', name))
const refusal = (payload: unknown) => {
  const answer = outcome(mastodon, payload)
  return answer instanceof Refused ? answer : expect.fail(`taken in: ${JSON.stringify(answer)}`)
}
const status = (fields: object = {}) => ({
  id: '9',
  uri: 'https://sosial.example/users/kari/statuses/9',
  url: 'https://sosial.example/@kari/9',
  created_at: '2026-05-04T08:30:00.123Z',
  visibility: 'public',
  content: '<p>Hei</p>',
  account: { acct: 'kari', display_name: 'Kari Moe', url: 'https://sosial.example/@kari' },
  ...fields
})

describe('a status', () => {
  test('gives its words as text with whole addresses, its writer with server, and its media', () => {
    expect(read('status-reply')).toEqual({
      source: 'mastodon',
      externalId: 'https://fjord.example/users/torbjorn/statuses/116500000000000010',
      kind: 'comment',
      event: { type: 'created' },
      permalink: 'https://fjord.example/@torbjorn/116500000000000010',
      author: { id: '11002', handle: 'torbjorn@fjord.example', profileUrl: 'https://fjord.example/@torbjorn' },
      text: [
        '@storfjell Gjelder dette også oss?',
        'Se https://storfjell.example/plan/reguleringsplan-for-moabakken?id=412.',
        '',
        'Hilsen Torbjørn & naboene'
      ].join('\n'),
      language: 'nb',
      publishedAt: new Date('2026-05-04T08:30:00.123Z'),
      context: { parents: [], siblings: [] },
      media: [
        { url: 'https://filer.sosial.example/kart.png', kind: 'image', description: 'Kart over Moabakken' },
        { url: 'https://fjord.example/film.mp4', kind: 'video' }
      ]
    })
  })

  test('that was edited is an edit at that time, with content warning and poll among its words', () => {
    expect(read('status-edited-poll')).toMatchObject({
      event: { type: 'edited', at: new Date('2026-05-04T09:00:00Z') },
      editedAt: new Date('2026-05-04T09:00:00Z'),
      author: { displayName: 'Ragnhild Åsnes', handle: 'ragnhild@sosial.example' },
      text: 'Innholdsadvarsel: Lokalpolitikk\n\nHva mener dere?\n\nAvstemning:\n– Gang- og sykkelvei\n– Ny bru'
    })
  })

  test.each([
    ['direct', null, 'message'],
    ['private', '8', 'message'],
    ['unlisted', null, 'post'],
    ['public', '8', 'comment']
  ])('with visibility %s and in reply to %s is a %s', (visibility, in_reply_to_id, kind) => {
    expect(mastodon.normalise(status({ visibility, in_reply_to_id })).kind).toBe(kind)
  })

  test('with its context gives the thread above it and the answers below it', () => {
    const { context } = read('status-with-context')
    expect(context.parents).toEqual([
      {
        externalId: 'https://sosial.example/users/storfjell/statuses/116500000000000001',
        author: {
          id: '11003',
          displayName: 'Storfjell kommune',
          handle: 'storfjell@sosial.example',
          profileUrl: 'https://sosial.example/@storfjell'
        },
        text: 'Planen for Moabakken er på høring.',
        language: 'nb',
        publishedAt: new Date('2026-05-03T12:00:00Z'),
        permalink: 'https://sosial.example/@storfjell/116500000000000001'
      }
    ])
    expect(context.siblings.map(({ text }) => text)).toEqual(['Samme her!'])
  })

  test('that quotes another shows what it quotes', () => {
    const inquiry = read('status-quote')
    expect(inquiry.text).toBe('RE: https://sosial.example/@storfjell/116500000000000001\n\nNår er fristen?')
    expect(inquiry.context.parents.map(({ text }) => text)).toEqual(['Planen for Moabakken er på høring.'])
  })

  test('without uri goes by its id, and without a known home its writer has the bare name', () => {
    const inquiry = mastodon.normalise(status({ id: 9, uri: null, account: { acct: 'kari' }, language: 'norsk språk' }))
    expect(inquiry).toMatchObject({ externalId: '9', author: { handle: 'kari' } })
    expect(inquiry).not.toHaveProperty('language')
  })
})

describe('what a status comes in', () => {
  test.each([
    ['notification-mention', '@storfjell Er svømmehallen åpen 17. mai?', 'created'],
    ['stream-update', '@storfjell Det lukter kloakk i Moa.', 'created'],
    ['admin-status-updated', 'Det lukter kloakk i Moa, ved brua.', 'edited'],
    ['status-direct', '@storfjell Naboen min har ikke mat. Hvem ringer jeg?', 'created']
  ])('%s is opened', (name, text, type) => {
    expect(read(name)).toMatchObject({ text, event: { type } })
  })

  test('a list is taken with one status, and refused with two', () => {
    expect(mastodon.normalise([status()]).text).toBe('Hei')
    expect(refusal([status(), status()])).toMatchObject({ code: 'several-inquiries' })
    expect(refusal([])).toMatchObject({ code: 'not-an-inquiry' })
  })

  test('a notification in a stream is opened twice', () => {
    const payload = JSON.stringify({ type: 'mention', status: status() })
    expect(mastodon.normalise({ event: 'notification', payload }).text).toBe('Hei')
  })

  test.each([
    [fixture('mastodon', 'notification-favourite'), '«favourite»'],
    [fixture('mastodon', 'stream-delete'), 'sletting har bare en id'],
    [fixture('mastodon', 'reblog'), 'En deling av andres innlegg'],
    [{ type: 'follow', account: { acct: 'kari' } }, '«follow»'],
    [{ event: 'report.created', object: {} }, '«report.created»'],
    [{ ancestors: [], descendants: [] }, 'Context'],
    [{ error: 'レコードが見つかりません' }, 'feilmelding fra Mastodon'],
    [{ id: '1', type: 'image', url: 'https://a.example/1.png', blurhash: null, preview_url: 'x' }, 'MediaAttachment'],
    [{ id: '1', options: [], expires_at: '2026-05-04T08:30:00.123Z' }, 'Poll']
  ])('%o is not an inquiry, and the answer says so', (payload, words) => {
    const refused = refusal(payload)
    expect(refused.code).toBe('not-an-inquiry')
    expect(refused.message).toContain(words)
  })
})

describe('what is not understood', () => {
  test.each([
    [status({ content: 7 }), '/payload/content'],
    [status({ created_at: '04.05.2026' }), '/payload/created_at'],
    [status({ account: [] }), '/payload/account'],
    [status({ url: 'javascript:alert(1)' }), '/payload/url'],
    [status({ poll: { options: ['ja'] } }), '/payload/poll/options/0'],
    [{ status: status(), context: { ancestors: [{ id: '1', content: [] }] } }, '/payload/context/ancestors/0/content'],
    [{ event: 'update', payload: '{"id":' }, '/payload/payload'],
    [{ event: 'update', payload: JSON.stringify(status({ content: 7 })) }, '/payload/payload/content'],
    [JSON.parse('{"id":116500000000000011,"content":"<p>Hei</p>"}'), '/payload/id'],
    [{ '@context': 'https://www.w3.org/ns/activitystreams', id: 'x', content: 'Hei' }, '/payload'],
    [{ id: '1', text: 'kilde', spoiler_text: '' }, '/payload'],
    ['tekst', '/payload']
  ])('%o is refused with a pointer to the place', (payload, pointer) => {
    const refused = refusal(payload)
    expect(refused.code).toBe('payload-not-understood')
    expect(refused.pointers.map((trouble) => trouble.pointer)).toEqual([pointer])
  })
})
