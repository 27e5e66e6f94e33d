import { describe, expect, test } from 'vitest'
import { facebook } from '../../../../integrations/platforms/facebook/index.ts'
import { Refused } from '../../../../src/domain/errors.ts'
import { fixture, outcome } from '../payloads.ts'

const read = (name: string) => facebook.normalise(fixture('facebook', name))
const refusal = (payload: unknown) => {
  const answer = outcome(facebook, payload)
  return answer instanceof Refused ? answer : expect.fail(`taken in: ${JSON.stringify(answer)}`)
}
const comment = (value: object, entry: object = {}) => ({
  object: 'page',
  entry: [
    {
      id: '1',
      time: 1777883412,
      ...entry,
      changes: [{ field: 'feed', value: { item: 'comment', verb: 'add', comment_id: '2_3', message: 'Hei', ...value } }]
    }
  ]
})
const messages = (...events: object[]) => ({ object: 'page', entry: [{ id: '1', messaging: events }] })

describe('a webhook body', () => {
  test('gives a new comment with its writer, time, picture and the post it stands under', () => {
    expect(read('webhook-comment-added')).toEqual({
      source: 'facebook',
      externalId: '812345678901234_900100200300400',
      kind: 'comment',
      event: { type: 'created' },
      author: { id: '7788990011223344', displayName: 'Ragnhild Åsnes' },
      text: 'Hvordan kommer skolebussen fram? Ungene på Øvre Li må ha skyss. 🚌',
      publishedAt: new Date('2026-05-04T08:30:10Z'),
      context: {
        parents: [
          {
            externalId: '100200300400500_812345678901234',
            author: {},
            text: 'Storfjellveien er stengt mellom Moen og Li fra mandag.',
            permalink: 'https://www.facebook.com/storfjell/posts/812345678901234'
          }
        ],
        siblings: []
      },
      media: [
        {
          url: 'https://scontent.example.net/v/t39/veien.jpg?_nc_cat=1&oh=00_AfB&oe=6A1B2C3D',
          kind: 'image'
        }
      ]
    })
  })

  test('gives an edit the time of the notice, so that two edits of one comment are two', () => {
    const edited = read('webhook-comment-edited')
    expect(edited).toMatchObject({
      event: { type: 'edited', at: new Date('2026-05-04T08:40:00Z') },
      editedAt: new Date('2026-05-04T08:40:00Z'),
      publishedAt: new Date('2026-05-04T08:30:10Z'),
      author: { displayName: 'Ragnhild Åsnes' }
    })
    const again = facebook.normalise(comment({ verb: 'edited', created_time: 1777883410 }, { time: 1777884500 }))
    expect(again.event).toEqual({ type: 'edited', at: new Date('2026-05-04T08:48:20Z') })
  })

  test('takes edit, edited and update for the same', () => {
    const types = ['edit', 'edited', 'update'].map((verb) => facebook.normalise(comment({ verb })).event.type)
    expect(types).toEqual(['edited', 'edited', 'edited'])
  })

  test('refuses an edit that nobody knows the time of', () => {
    const refused = refusal({
      field: 'feed',
      value: { item: 'comment', verb: 'edited', comment_id: '2_3', message: 'x' }
    })
    expect(refused.code).toBe('payload-not-understood')
    expect(refused.pointers).toEqual([
      { pointer: '/payload/value/created_time', detail: 'mangler; en endring må ha et tidspunkt' }
    ])
  })

  test('gives a hidden post as hidden, with the words it had', () => {
    expect(read('webhook-post-hidden')).toMatchObject({
      kind: 'post',
      event: { type: 'hidden' },
      externalId: '100200300400500_833000111222333',
      author: { displayName: 'Torbjørn Lid' },
      text: 'Saksbehandleren på plan heter … og er en tulling!'
    })
  })

  test('gives a recommendation as a review under the id of its story', () => {
    expect(read('webhook-recommendation')).toMatchObject({
      kind: 'review',
      externalId: '904801129604590',
      author: { displayName: 'Jon Ivar Bø' },
      text: 'Ventet tre måneder på svar om barnehageplass.'
    })
  })

  test('with one inquiry among noise and the own answers of the page gives that one', () => {
    expect(read('webhook-batch')).toMatchObject({
      externalId: '61550000000001_122100000000001',
      kind: 'post',
      author: {},
      text: 'Når kommer gatelyset i Moabakken tilbake, Storfjell kommune?'
    })
  })

  test('with several inquiries is refused, and says how many', () => {
    const one = comment({}).entry
    const refused = refusal({ object: 'page', entry: [...one, ...comment({ comment_id: '2_4' }).entry] })
    expect(refused.code).toBe('several-inquiries')
    expect(refused.message).toContain('2 henvendelser')
  })

  test.each([
    ['webhook-comment-removed', 'sletting har bare id-er'],
    ['webhook-reaction', 'En reaksjon er ikke en henvendelse'],
    ['messenger-delivery', 'En leveringskvittering er ikke en henvendelse']
  ])('such as %s is not an inquiry, and the answer says so', (name, words) => {
    const refused = refusal(fixture('facebook', name))
    expect(refused.code).toBe('not-an-inquiry')
    expect(refused.message).toContain(words)
  })

  test.each([
    [{ item: 'like' }, 'Et likerklikk er ikke en henvendelse'],
    [{ item: 'event' }, '«event»'],
    [{ verb: 'remove', message: undefined }, 'sletting har bare id-er'],
    [{ verb: 'unhide' }, 'vises igjen'],
    [{ verb: 'toString' }, '«toString»'],
    [{ from: { id: '1', name: 'Storfjell kommune' } }, 'kommunens egen side'],
    [{ sender_id: 1 }, 'kommunens egen side']
  ])('with %o is not an inquiry', (value, words) => {
    const refused = refusal(comment(value))
    expect(refused.code).toBe('not-an-inquiry')
    expect(refused.message).toContain(words)
  })

  test('about something else than a page is not understood', () => {
    const refused = refusal({ ...comment({}), object: 'instagram' })
    expect(refused.code).toBe('payload-not-understood')
    expect(refused.pointers[0]?.pointer).toBe('/payload/object')
  })

  test('without anything in it is not an inquiry', () => {
    expect(refusal({ object: 'page', entry: [] })).toMatchObject({ code: 'not-an-inquiry' })
  })

  test('may be sent as a single entry or a single change', () => {
    const change = { field: 'feed', value: { item: 'comment', verb: 'add', comment_id: '2_3', message: 'Hei' } }
    expect(facebook.normalise({ id: '1', time: 1777883412, changes: [change] }).externalId).toBe('2_3')
    expect(facebook.normalise(change).externalId).toBe('2_3')
  })
})

describe('what a notice says in the wrong way', () => {
  test.each([
    [{ message: 7 }, '/payload/entry/0/changes/0/value/message', 'må være tekst'],
    [{ created_time: 'i går' }, '/payload/entry/0/changes/0/value/created_time', 'må være et tidspunkt'],
    [{ from: 'Kari' }, '/payload/entry/0/changes/0/value/from', 'må være et objekt'],
    [{ from: { id: '9', name: {} } }, '/payload/entry/0/changes/0/value/from/name', 'må være tekst'],
    [{ photo: 'javascript:alert(1)' }, '/payload/entry/0/changes/0/value/photo', 'må være en nettadresse'],
    [{ photos: ['https://a.example/1.jpg', 3] }, '/payload/entry/0/changes/0/value/photos', 'må være en nettadresse'],
    [{ comment_id: '' }, '/payload/entry/0/changes/0/value/comment_id', 'må være en id'],
    [{ comment_id: undefined }, '/payload/entry/0/changes/0/value/comment_id', 'mangler']
  ])('is refused: %o', (value, pointer, detail) => {
    const refused = refusal(comment(value))
    expect(refused.code).toBe('payload-not-understood')
    expect(refused.pointers).toEqual([{ pointer, detail: expect.stringContaining(detail) }])
    expect(refused.message).toContain(pointer)
  })

  test('is refused when an id is a number that JSON has rounded', () => {
    const refused = refusal(
      JSON.parse('{"field":"feed","value":{"item":"post","verb":"add","post_id":12345678901234567890}}')
    )
    expect(refused.code).toBe('payload-not-understood')
    expect(refused.pointers).toEqual([
      { pointer: '/payload/value/post_id', detail: expect.stringContaining('id-er må sendes som tekst') }
    ])
  })
})

describe('a Messenger notice', () => {
  test('gives a message with its picture and its place', () => {
    expect(read('messenger-message')).toEqual({
      source: 'facebook',
      externalId: 'm_Zk3nB0y-fiktiv_melding_0001',
      kind: 'message',
      event: { type: 'created' },
      author: { id: '7788990011223344' },
      text: 'Her renner det vann i veien',
      publishedAt: new Date('2026-05-04T10:03:20.123Z'),
      context: { parents: [], siblings: [] },
      media: [
        { url: 'https://scontent.example.net/v/vann.jpg?oe=6A1B2C3D', kind: 'image' },
        { url: 'geo:61.2345,6.789', kind: 'link', description: 'Posisjon 61.2345, 6.789 (Moabakken 4)' }
      ]
    })
  })

  test('gives an edited message with the time of the edit', () => {
    expect(read('messenger-edit')).toMatchObject({
      externalId: 'm_Zk3nB0y-fiktiv_melding_0001',
      event: { type: 'edited', at: new Date('2026-05-04T10:05:00.123Z') },
      text: 'Her renner det vann i veien, ved nr. 4'
    })
  })

  test('in standby, and one of the sort that the dashboard sends, are messages too', () => {
    const event = { sender: { id: '2' }, recipient: { id: '1' }, message: { mid: 'm_1', text: 'Hei' } }
    expect(facebook.normalise({ object: 'page', entry: [{ id: '1', standby: [event] }] }).externalId).toBe('m_1')
    expect(facebook.normalise({ field: 'messages', value: event }).externalId).toBe('m_1')
    expect(facebook.normalise(event).externalId).toBe('m_1')
  })

  test.each([
    [{ message: { mid: 'm_1', text: 'Svar', is_echo: true } }, 'kommunens egen side'],
    [{ sender: { id: 1 }, message: { mid: 'm_1', text: 'Svar' } }, 'kommunens egen side'],
    [{ message: { mid: 'm_1', is_deleted: true } }, 'slettet melding'],
    [{ read: { watermark: 1 } }, 'lesekvittering'],
    [{ reaction: { mid: 'm_1', emoji: '❤' } }, 'En reaksjon'],
    [{ postback: { payload: 'START' } }, 'trykk på en knapp'],
    [{ optin: {} }, 'uten melding']
  ])('with %o is not an inquiry', (event, words) => {
    const refused = refusal(
      messages({ sender: { id: '2' }, recipient: { id: '1' }, timestamp: 1777889000123, ...event })
    )
    expect(refused.code).toBe('not-an-inquiry')
    expect(refused.message).toContain(words)
  })
})

describe('a Graph object', () => {
  test('that is a reply gives the thread above it and the replies below it', () => {
    const inquiry = read('graph-comment')
    expect(inquiry).toMatchObject({
      kind: 'comment',
      externalId: '812345678901234_900100200300500',
      author: { displayName: 'Ola Fjærland' },
      text: 'Og hva med brøyting, Kari Moe?',
      publishedAt: new Date('2026-05-04T08:30:10Z'),
      media: [{ url: 'https://scontent.example.net/v/snoe.jpg?oe=6A1B2C3D', kind: 'image', description: 'Snø i Li' }]
    })
    expect(inquiry.context.parents.map(({ text }) => text)).toEqual([
      'Storfjellveien er stengt mellom Moen og Li fra mandag.',
      'Hvordan kommer skolebussen fram?'
    ])
    expect(inquiry.context.siblings).toEqual([
      {
        externalId: '812345678901234_900100200300501',
        author: { id: '100200300400500', displayName: 'Storfjell kommune' },
        text: 'Vi tar det opp med driftsavdelingen.',
        publishedAt: new Date('2026-05-04T09:00:00Z')
      }
    ])
  })

  test('in a list of one is that one, with its album, its shared link and a whole permalink', () => {
    const inquiry = read('graph-post')
    expect(inquiry).toMatchObject({
      kind: 'post',
      author: {
        displayName: 'Ola Fjærland',
        profileUrl: 'https://www.facebook.com/profile.php?id=6655443322110099'
      },
      permalink: 'https://www.facebook.com/storfjell/posts/833000111222444'
    })
    expect(inquiry.media).toEqual([
      { url: 'https://scontent.example.net/v/baal-1.jpg', kind: 'image' },
      { url: 'https://scontent.example.net/v/baal-2.jpg', kind: 'image' },
      { url: 'https://brann.example/baal', kind: 'link', description: 'Reglar om open eld' }
    ])
    expect(inquiry.context.siblings.map(({ text }) => text)).toEqual(['Det lurer jeg på også'])
  })

  test('that is a message gives its files by name', () => {
    expect(read('graph-message')).toMatchObject({
      kind: 'message',
      externalId: 'm_Zk3nB0y-fiktiv_melding_0003',
      media: [
        { url: 'https://cdn.example.net/47282572382.pdf', kind: 'other', description: 'klage.pdf' },
        { url: 'https://video.example.net/47282572383.mp4', kind: 'video', description: 'film.mp4' }
      ]
    })
  })

  test('in a list of several is refused, and an empty list is no inquiry', () => {
    const post = { id: '1_2', message: 'Hei', created_time: '2026-05-04T10:00:00+0000' }
    expect(refusal({ data: [post, { ...post, id: '1_3' }] })).toMatchObject({ code: 'several-inquiries' })
    expect(refusal([post, post])).toMatchObject({ code: 'several-inquiries' })
    expect(refusal({ '1_2': post, '1_3': { ...post, id: '1_3' } })).toMatchObject({ code: 'several-inquiries' })
    expect(refusal({ data: [] })).toMatchObject({ code: 'not-an-inquiry' })
    expect(facebook.normalise({ '1_2': post }).externalId).toBe('1_2')
  })

  test('nested deeper than Facebook nests is read to a limit', () => {
    const deep = Array.from({ length: 20_000 }).reduce<object>(
      (inner) => ({ id: '1_2', message: 'Hei', parent: inner, comments: { data: [inner] } }),
      { id: '1_2', message: 'Hei' }
    )
    const { context } = facebook.normalise(deep)
    expect([context.parents.length, context.siblings.length]).toEqual([20, 3])
  })

  test.each([[null], ['tekst'], [7], [{}], [{ id: '1', name: 'Storfjell kommune' }], [[7]]])(
    'that is %o is not understood',
    (payload) => {
      const refused = refusal(payload)
      expect(refused.code).toBe('payload-not-understood')
      expect(refused.pointers[0]?.pointer).toMatch(/^\/payload/)
    }
  )
})
