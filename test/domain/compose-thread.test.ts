import { describe, expect, test } from 'vitest'
import { composeThread } from '../../src/domain/compose-thread.ts'
import type { Inquiry } from '../../src/domain/inquiry.ts'
import type { Municipality } from '../../src/domain/municipality.ts'

const municipality: Municipality = {
  name: 'Brattvik kommune',
  administrativEnhet: 'Servicetorget',
  saksansvarlig: 'Ufordelt',
  language: 'nb'
}

const inquiry = (changes: Partial<Inquiry> = {}): Inquiry => ({
  id: '0199a1b2-0000-7000-8000-000000000001',
  source: 'facebook',
  externalId: '1001_42',
  kind: 'comment',
  event: { type: 'created' },
  author: { displayName: 'Kari Nordmann' },
  text: 'Trappa er glatt.',
  context: { parents: [], siblings: [] },
  media: [],
  direction: 'incoming',
  attachments: [],
  mark: { by: 'moderator', reason: 'Må besvares', at: new Date('2026-11-22T13:20:00Z') },
  receivedAt: new Date('2026-11-22T13:21:00Z'),
  receivedBy: 'key:servicetorget',
  received: { mediaType: 'application/json', sha256: 'ab'.repeat(32), secretsBlanked: 0, size: 2345 },
  ...changes
})

/** The title block as a reader sees it: heading, then label and value. */
const told = (given: Inquiry, language: 'nb' | 'nn' = 'nb') =>
  composeThread(given, { ...municipality, language }).facts.flatMap(({ heading, facts }) => [
    heading,
    ...facts.map(({ label, value }) => `${label}: ${value}`)
  ])

describe('the title block', () => {
  test('says who wrote what, who marked it and why, and how it came to the archive', () => {
    expect(told(inquiry())).toEqual([
      'Henvendelsen',
      'Kanal: Facebook',
      'Skrevet av: Kari Nordmann',
      'Plattformens id: 1001_42',
      'Publisert: ikke oppgitt av plattformen',
      'Merkingen',
      'Merket av: moderator',
      'Merket: 22.11.2026 kl. 14.20.00 (2026-11-22T13:20:00.000Z)',
      'Begrunnelse: Må besvares',
      'Arkiveringen',
      'Mottatt: 22.11.2026 kl. 14.21.00 (2026-11-22T13:21:00.000Z)',
      'Levert av: key:servicetorget',
      'Arkivbros id: 0199a1b2-0000-7000-8000-000000000001',
      `SHA-256 av dataene: ${'ab'.repeat(32)}`
    ])
  })

  test.each([
    [
      { type: 'edited', at: new Date('2026-11-22T15:00:00Z') },
      'Redigert 22.11.2026 kl. 16.00.00',
      'Redigert 22.11.2026'
    ],
    [{ type: 'deleted' }, 'Slettet fra plattformen', 'Sletta frå plattforma'],
    [{ type: 'hidden' }, 'Skjult på plattformen', 'Skjult på plattforma']
  ] as const)('says what happened later: %o', (event, bokmaal, nynorsk) => {
    expect(told(inquiry({ event })).find((row) => row.startsWith('Senere hendelse'))).toContain(bokmaal)
    expect(told(inquiry({ event }), 'nn').find((row) => row.startsWith('Seinare hending'))).toContain(nynorsk)
  })

  test('names the case that it belongs to, and says that secrets were blanked out', () => {
    const received = { ...inquiry().received, secretsBlanked: 2 }
    const rows = told(inquiry({ caseNumber: { saksaar: 2026, sakssekvensnummer: 412 }, received }))
    expect(rows).toContain('Sak: 2026/412')
    expect(rows.find((row) => row.startsWith('Blanket ut: 2 tilgangsnøkler'))).toBeDefined()
  })
})

describe('the thread', () => {
  const around = (text: string) => ({ author: { displayName: text }, text })

  test('stands in order: what was answered, the marked one, what stands beside it', () => {
    const context = { parents: [around('først'), around('så')], siblings: [around('ved siden av')] }
    const { messages } = composeThread(inquiry({ context }), municipality)
    expect(messages.map(({ role, depth, text }) => [role, depth, text])).toEqual([
      ['context', 0, 'først'],
      ['context', 1, 'så'],
      ['marked', 2, 'Trappa er glatt.'],
      ['context', 2, 'ved siden av']
    ])
  })

  test('says what the municipality wrote in it, the answer that is filed too', () => {
    const context = { parents: [{ ...around('vårt'), isOurs: true } as const, around('publikums')], siblings: [] }
    const ours = (given: Inquiry) => composeThread(given, municipality).messages.map(({ isOurs }) => isOurs)
    expect(ours(inquiry({ context }))).toEqual([true, undefined, undefined])
    expect(ours(inquiry({ context, direction: 'outgoing' }))).toEqual([true, undefined, true])
  })

  test('numbers files as the record does, and names those that cannot be shown on paper', () => {
    const file = { id: 'x', size: 10, sha256: 'cd'.repeat(32) }
    const attachments = [
      { ...file, fileName: 'trapp.jpg', mediaType: 'image/jpeg', description: 'Is på trappa' },
      { ...file, fileName: 'lyd.mp3', mediaType: 'audio/mpeg' }
    ]
    const media = [{ kind: 'video', url: 'https://video.example/1' } as const]
    const document = composeThread(inquiry({ attachments, media }), municipality)
    expect(document.files.map(({ name }) => name)).toEqual([
      'Mottatte data',
      'Vedlegg 1: trapp.jpg',
      'Vedlegg 2: lyd.mp3'
    ])
    expect(document.messages[0]).toMatchObject({
      images: [{ caption: 'Vedlegg 1: trapp.jpg', altText: 'Is på trappa' }],
      notes: [
        'Vedlegg 2: lyd.mp3 (audio/mpeg), arkivert ved siden av dokumentet',
        'Film, ikke levert til arkivet: https://video.example/1'
      ]
    })
  })
})
