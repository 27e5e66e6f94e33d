import { expect, test } from 'vitest'
import { type Guideline, guidelineFaults, type RestrictionRule, type Rule } from '../../src/domain/guideline.ts'
import { guidelineDiff } from '../../src/domain/guideline-diff.ts'
import { standardGuideline } from '../../src/standard-guideline.ts'

const standard = await standardGuideline()
const confidential = standard.restrictions.confidential as RestrictionRule
const [first, second, ...rest] = standard.rules as [Rule, Rule, ...Rule[]]

test('the guideline that comes along holds together, and has a reply in both written languages for each category', () => {
  expect(guidelineFaults(standard)).toEqual([])
  for (const { nb, nn } of Object.values(standard.replies)) expect(nb).not.toBe(nn)
})

test.each<[string, Partial<Guideline>, string]>([
  ['a default category that is none', { defaultCategory: 'finnes-ikke' }, '/defaultCategory'],
  ['two rules of one name', { rules: [first, { ...second, id: first.id }] }, '/rules/1/id'],
  ['a rule called as the last word', { rules: [{ ...first, id: 'otherwise' }] }, '/rules/0/id'],
  [
    'a rule about a category that is none',
    { rules: [{ ...first, when: { categories: ['borte'] } }] },
    '/rules/0/when/categories/0'
  ],
  [
    'an exception about a category that is none',
    { rules: [{ ...first, unless: { categories: ['borte'] } }] },
    '/rules/0/unless/categories/0'
  ],
  ['a reply that is none', { rules: [{ ...first, outcome: { reply: 'borte' } }] }, '/rules/0/outcome/reply'],
  ['a proposal that is none', { rules: [{ ...first, outcome: { propose: 'borte' } }] }, '/rules/0/outcome/propose'],
  [
    'a restriction that is none',
    { rules: [{ ...first, outcome: { restriction: 'borte' } }] },
    '/rules/0/outcome/restriction'
  ],
  [
    'a thread that stays open in the documents',
    {
      restrictions: { ...standard.restrictions, titler: { ...confidential, parties: false, documents: false } },
      rules: [{ ...first, when: { threadHits: ['health'] }, outcome: { restriction: 'titler' } }]
    },
    '/rules/0/outcome/restriction'
  ],
  ['a name of every object', { defaultCategory: 'constructor' }, '/defaultCategory'],
  ['no reply for the rest', { otherwise: { answerWithin: { hours: 24 } } }, '/otherwise/reply'],
  ['no deadline for the rest', { otherwise: { reply: 'standard' } }, '/otherwise/answerWithin'],
  [
    'a field that nobody fills in',
    { replies: { ...standard.replies, standard: { nb: 'Hei {navn}', nn: 'Hei' } } },
    '/replies/standard/nb'
  ]
])('%s is told by its place', (_, changes, pointer) => {
  expect(guidelineFaults({ ...standard, ...changes }).map((fault) => fault.pointer)).toContain(pointer)
})

test('the same guideline has no differences, whatever the order of its fields', () => {
  expect(guidelineDiff(standard, structuredClone(standard))).toEqual([])
  const turned = Object.fromEntries(Object.entries(standard).reverse()) as unknown as Guideline
  expect(guidelineDiff(standard, turned)).toEqual([])
})

test('differences are told thing by thing, and a rule before all others does not make them all different', () => {
  const young: Guideline = {
    ...standard,
    rules: [{ ...first, id: 'ny' }, second, first, ...rest.slice(0, -1)],
    replies: { ...standard.replies, standard: { nb: 'Hei', nn: 'Hei' } }
  }
  const told = guidelineDiff(standard, young).map(({ what, id, change }) => `${what} ${id} ${change}`)
  expect(told.sort()).toEqual(
    ['reply standard changed', 'rule ny added', `rule ${rest.at(-1)?.id} removed`, `rule ${first.id} moved`].sort()
  )
})
