import { expect, test } from 'vitest'
import type { Inquiry } from '../../src/domain/inquiry.ts'
import { screenedFor } from '../../src/flow/screened.ts'
import { standardGuideline } from '../../src/standard-guideline.ts'

const guideline = await standardGuideline()
const inquiry = {
  author: {},
  text: 'Når åpner badet?',
  context: {
    parents: [
      { author: {}, text: 'Hei' },
      { author: {}, text: 'Ring 412 34 567 eller 412 34 568.' }
    ],
    siblings: [{ author: { displayName: 'Kari Nordmann' }, text: 'Hilsen Kari Nordmann' }]
  }
} as unknown as Inquiry

test('what stands in the thread is told once for each kind and post, and the names of those who wrote are not', () => {
  const { hits, threadHits } = screenedFor(guideline, inquiry)
  expect([hits, threadHits]).toEqual([[], [{ kind: 'phone', among: 'parents', post: 1 }]])
})

test('the thread is not looked through when no rule asks, and is when an exception does', () => {
  const rules = guideline.rules.filter(({ when }) => when.threadHits === undefined)
  expect(screenedFor({ ...guideline, rules }, inquiry)).not.toHaveProperty('threadHits')
  const [first] = rules
  const excepted = { ...guideline, rules: first ? [{ ...first, unless: { threadHits: ['phone'] } }] : [] }
  expect(screenedFor(excepted, inquiry).threadHits).toHaveLength(1)
})
