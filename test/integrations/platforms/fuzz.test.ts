import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { facebook } from '../../../integrations/platforms/facebook/index.ts'
import { mastodon } from '../../../integrations/platforms/mastodon/index.ts'
import { Refused } from '../../../src/domain/errors.ts'
import type { ContextMessage, InquiryContent } from '../../../src/domain/inquiry.ts'
import { corpus, hasMaterial } from '../../support/material.ts'
import { outcome, payloadsIn } from './payloads.ts'

const own = (platform: string) =>
  fileURLToPath(new URL(`../../../integrations/platforms/${platform}/fixtures`, import.meta.url))
const real = (...folders: string[]) => (hasMaterial ? folders.map((folder) => corpus(folder)) : [])
const ROUNDS = 5_000

test.each([
  { platform: facebook, folders: [own('facebook'), ...real('facebook/graph', 'facebook/webhook')] },
  { platform: mastodon, folders: [own('mastodon'), ...real('mastodon')] }
])(
  'a damaged payload of $platform.name is refused or gives a whole inquiry, never anything else',
  ({ platform, folders }) => {
    const random = seeded(20260504)
    const payloads = folders.flatMap(payloadsIn)
    expect(payloads.length).toBeGreaterThanOrEqual(readdirSync(own(platform.name)).length)
    let taken = 0
    for (let round = 0; round < ROUNDS; round++) {
      const payload = structuredClone(payloads[round % payloads.length]?.payload)
      for (let wounds = 1 + Math.floor(random() * 3); wounds > 0; wounds--) damage(payload, random)
      const answer = outcome(platform, payload)
      if (answer instanceof Refused) expect(answer.message).toMatch(/\. /)
      else {
        taken++
        expectWhole(answer)
      }
    }
    expect(taken).toBeGreaterThan(ROUNDS / 20)
  },
  20_000
)

function expectWhole(inquiry: InquiryContent): void {
  const dates = [inquiry.publishedAt, inquiry.editedAt, inquiry.event.type === 'edited' ? inquiry.event.at : undefined]
  const faults = [
    ...[inquiry, ...inquiry.context.parents, ...inquiry.context.siblings].flatMap(faultsOf),
    ...dates.filter((date) => date !== undefined).filter((date) => Number.isNaN(date.getTime())),
    ...inquiry.media.filter(({ url, kind }) => !/^(https?:\/\/|geo:)/i.test(url) || typeof kind !== 'string'),
    ...(inquiry.externalId === '' ? ['externalId'] : [])
  ]
  expect(faults).toEqual([])
}

function faultsOf(words: ContextMessage): readonly unknown[] {
  const { author, externalId, text, language, permalink, publishedAt, editedAt } = words
  const strings = [author.displayName, author.handle, author.profileUrl, externalId, language, permalink, text]
  return [
    ...strings.filter((value) => value !== undefined && typeof value !== 'string'),
    ...[publishedAt, editedAt].filter((value) => value !== undefined && !(value instanceof Date)),
    ...(typeof text === 'string' ? [] : ['text'])
  ]
}

const nasty = [
  null,
  true,
  0,
  -1,
  1e308,
  Number.NaN,
  2 ** 60,
  '',
  'x',
  '\u0000',
  '\ud800',
  'javascript:alert(1)',
  'https://',
  '//x',
  '2026-13-45T99:99:99Z',
  '99999999999999',
  '<p><a href="',
  [],
  {},
  [[]],
  [null],
  { id: {} },
  { data: 7 },
  { data: [7] }
]

/** Takes away or replaces one member somewhere in the payload. */
function damage(payload: unknown, random: () => number): void {
  const places: { holder: Record<string, unknown>; key: string }[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const key of Object.keys(value)) {
      const holder = value as Record<string, unknown>
      places.push({ holder, key })
      visit(holder[key])
    }
  }
  visit(payload)
  const place = places[Math.floor(random() * places.length)]
  if (!place) return
  if (random() >= 0.4) place.holder[place.key] = structuredClone(nasty[Math.floor(random() * nasty.length)])
  else if (Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1)
  else delete place.holder[place.key]
}

/** Mulberry32: the same numbers every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
