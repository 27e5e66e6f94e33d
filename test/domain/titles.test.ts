import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Inquiry, InquiryEvent } from '../../src/domain/inquiry.ts'
import { fullTitle, isPublicWording, publicTitle } from '../../src/domain/titles.ts'
import { planRecord } from '../../src/flow/plan-record.ts'
import { planFaults } from '../../src/noark/rules.ts'
import { arrival } from '../store/arrival.ts'
import { corpusStrings, nastyStrings } from '../support/hard-text.ts'
import { hasMaterial } from '../support/material.ts'

const { inquiry: usual } = arrival()
const at = new Date('2026-11-22T08:00:00Z')
const municipality = {
  name: 'Eksempel kommune',
  administrativEnhet: 'Servicetorget',
  saksansvarlig: 'Ufordelt',
  language: 'nb' as const
}
const file = { sha256: 'a'.repeat(64), size: 1, mediaType: 'application/pdf' }

const words = fc.string({ unit: 'grapheme', maxLength: 40 })
const authors = fc.record({ displayName: words, handle: words, profileUrl: fc.webUrl() }, { requiredKeys: [] })
const events: fc.Arbitrary<InquiryEvent> = fc.constantFrom(
  { type: 'created' } as const,
  { type: 'edited', at } as const,
  { type: 'deleted' } as const,
  { type: 'hidden' } as const
)
const inquiries: fc.Arbitrary<Inquiry> = fc
  .record({
    source: fc.oneof(fc.constantFrom('facebook', 'mastodon', 'x'), fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/)),
    kind: fc.constantFrom('post', 'comment', 'message', 'review'),
    direction: fc.constantFrom('incoming', 'outgoing'),
    event: events,
    author: authors,
    text: words,
    externalId: words
  })
  .map((changes) => ({ ...usual, ...changes }))

/** Every public title there is. */
const known = new Set(
  ['Facebook', 'Mastodon', 'X', 'sosiale medier'].flatMap((channel) =>
    ['Innlegg', 'Kommentar', 'Melding', 'Anmeldelse', 'Svar'].flatMap((thing) =>
      ['', 'Endret ', 'Slettet ', 'Skjult '].map(
        (event) => `${event}${event ? thing.toLowerCase() : thing} på ${channel}`
      )
    )
  )
)
const otherKnown = /^(?:(?:Endret|Slettet|Skjult) )?[a-zA-Z]+ på (?:Instagram|Threads|LinkedIn|YouTube|Bluesky|TikTok)$/

describe('the public title', () => {
  test('is one of a few of our own, whoever wrote whatever on whichever channel', () => {
    fc.assert(
      fc.property(inquiries, (inquiry) => {
        const title = publicTitle(inquiry)
        return known.has(title) || otherKnown.test(title)
      }),
      { numRuns: 2_000 }
    )
  })

  test.skipIf(!hasMaterial)(
    'tells nothing of any text of the corpus, as text, name or address [needs the shared corpus]',
    () => {
      for (const text of [...nastyStrings, ...corpusStrings()]) {
        const author = { displayName: text, handle: text, profileUrl: text }
        const hard: Inquiry = { ...usual, text, author, permalink: text, externalId: text }
        expect(publicTitle(hard)).toBe('Kommentar på Facebook')
      }
    }
  )

  test('never stops a record, even when the author is called what the channel is', () => {
    const named = fc.oneof(authors, fc.constantFrom({ displayName: 'Facebook' }, { handle: 'Kommentar på Facebook' }))
    fc.assert(
      fc.property(inquiries, named, (inquiry, author) => {
        const plan = planRecord({
          inquiry: { ...inquiry, author },
          municipality,
          thread: { ...file, formatDetaljer: 'PDF/A-2a' },
          original: { ...file, sha256: 'b'.repeat(64) },
          prepared: [],
          idFor: (name) => `${name}`
        })
        expect(planFaults(plan).filter(({ element }) => /tittel/i.test(element))).toEqual([])
      }),
      { numRuns: 500 }
    )
  })
})

test('the full title names who wrote, and whom an answer is for', () => {
  const earlier = { inquiry: { ...usual, author: { displayName: 'Per Spørsmål' } } }
  expect(fullTitle(usual)).toBe('Kommentar på Facebook fra Kari Eksempel')
  expect(fullTitle({ ...usual, source: 'nettprat' })).toBe('Kommentar på nettprat fra Kari Eksempel')
  expect(fullTitle({ ...usual, direction: 'outgoing', event: { type: 'edited', at } }, earlier)).toBe(
    'Endret svar på Facebook til Per Spørsmål'
  )
})

test('titles are in nynorsk where the municipality writes it', () => {
  const edited: Inquiry = { ...usual, event: { type: 'edited', at }, source: 'nettprat' }
  expect(publicTitle(edited, 'nn')).toBe('Endra kommentar på sosiale medium')
  expect(fullTitle(edited, undefined, 'nn')).toBe('Endra kommentar på nettprat frå Kari Eksempel')
})

test.each([
  ['Facebook', true],
  ['Sletta omtale på sosiale medium', true],
  ['kommentar på facebook', true],
  ['Slettet innlegg', true],
  ['Kari Facebook', false],
  ['', false]
])('%j is made of the words of public titles: %s', (text, isSo) => {
  expect(isPublicWording(text)).toBe(isSo)
})
