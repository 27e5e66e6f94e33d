import { describe, expect, test } from 'vitest'
import { type Assessment, assess, type Facts, withFindings } from '../../src/domain/assess.ts'
import type { Guideline, Rule } from '../../src/domain/guideline.ts'

const base: Guideline = {
  name: 'Prøve',
  language: 'nb',
  categories: {
    case: { label: 'Sak', description: 'Sak' },
    political: { label: 'Politisk', description: 'Politisk' }
  },
  defaultCategory: 'case',
  restrictions: {},
  replies: { standard: { nb: 'Hei', nn: 'Hei' }, political: { nb: 'Hei', nn: 'Hei' } },
  rules: [],
  otherwise: { reply: 'standard', answerWithin: { hours: 24 }, case: 'inquiry' }
}

const inquiry: Facts['inquiry'] = {
  source: 'facebook',
  externalId: '1',
  kind: 'comment',
  event: { type: 'created' },
  text: 'Hva sier Ordføreren i kommunestyret om Storgata?',
  author: { displayName: 'Kari', handle: 'kari' },
  mark: { by: 'servicetorget', reason: 'Spørsmål', at: new Date('2026-11-22T09:00:00Z') },
  context: { parents: [], siblings: [] }
}

const judged = (rules: readonly Rule[], facts: Partial<Facts> = {}, changes: Partial<Guideline> = {}): Assessment =>
  assess({ ...base, rules, ...changes }, 7, { inquiry, hits: [], danger: false, ...facts })

const marked = (changes: Partial<Facts['inquiry']['mark']>) => ({
  inquiry: { ...inquiry, mark: { ...inquiry.mark, ...changes } }
})

const within = (...texts: readonly string[]) => ({
  inquiry: {
    ...inquiry,
    context: { parents: texts.slice(0, 1).map(postOf), siblings: texts.slice(1).map(postOf) }
  }
})
const postOf = (text: string) => ({ author: {}, text })

const rule = (id: string, when: Rule['when'], outcome: Rule['outcome'], unless?: Rule['unless']): Rule => ({
  ...{ id, title: id, when, outcome },
  ...(unless && { unless })
})

test('what no rule says is decided by the last word, and each decision names its rule and the version', () => {
  expect(judged([])).toMatchObject({
    guideline: 7,
    category: 'case',
    decisions: {
      reply: { value: 'standard', rule: 'otherwise' },
      answerWithin: { value: { hours: 24 }, rule: 'otherwise' }
    }
  })
})

test('the first rule that fits and says something about a field decides it, field by field', () => {
  const { decisions } = judged([
    rule('a', { sources: ['facebook'] }, { administrativEnhet: 'Teknisk' }),
    rule('b', { kinds: ['comment'] }, { administrativEnhet: 'Skole', saksansvarlig: 'Ola' })
  ])
  expect(decisions.administrativEnhet).toEqual({ value: 'Teknisk', rule: 'a' })
  expect(decisions.saksansvarlig).toEqual({ value: 'Ola', rule: 'b' })
})

test('a rule that says «no restriction» has said something', () => {
  const { decisions } = judged([
    rule('open', { sources: ['facebook'] }, { restriction: null }),
    rule('shut', { kinds: ['comment'] }, { restriction: 'hemmelig' })
  ])
  expect(decisions.restriction).toEqual({ value: null, rule: 'open' })
})

test('a proposal decides nothing: the category stays what the person chose', () => {
  const rules = [
    rule('words', { words: ['ordfører*'] }, { propose: 'political' }),
    rule('political', { categories: ['political'] }, { reply: 'political' })
  ]
  const proposed = judged(rules)
  expect(proposed.proposals).toEqual([{ value: 'political', rule: 'words' }])
  expect([proposed.category, proposed.decisions.reply?.value]).toEqual(['case', 'standard'])
  const chosen = judged(rules, marked({ category: 'political' }))
  expect(chosen.proposals).toEqual([])
  expect([chosen.category, chosen.decisions.reply]).toEqual(['political', { value: 'political', rule: 'political' }])
})

describe('words', () => {
  test.each([
    ['ordføreren', true],
    ['ordfører', false],
    ['ordfører*', true],
    ['ORDFØRER*', true],
    ['i kommunestyret', true],
    ['i kommune*', true],
    ['kommunestyret i', false],
    ['gata', false],
    ['storgata', true],
    ['storgata nå', false]
  ])('«%s» stands in the text: %s', (phrase, stands) => {
    const { decisions } = judged([rule('w', { words: [phrase] }, { saksansvarlig: 'Ola' })])
    expect(decisions.saksansvarlig !== undefined).toBe(stands)
  })
})

describe('each part of a pattern', () => {
  const crisis = '019a8f3c-0000-7000-8000-000000000000'
  test.each<[string, Rule['when'], Partial<Facts>, Partial<Facts>]>([
    ['category', { categories: ['political'] }, marked({ category: 'political' }), {}],
    ['source', { sources: ['x'] }, { inquiry: { ...inquiry, source: 'x' } }, {}],
    ['kind', { kinds: ['message'] }, { inquiry: { ...inquiry, kind: 'message' } }, {}],
    ['event', { events: ['deleted'] }, { inquiry: { ...inquiry, event: { type: 'deleted' } } }, {}],
    ['danger', { danger: true }, { danger: true }, {}],
    ['no danger', { danger: false }, {}, { danger: true }],
    ['crisis', { crisis: true }, { crisis }, {}],
    ['protected person', { protectedPerson: true }, marked({ protectedPerson: true }), {}],
    ['thread', { threadWords: ['bompenger i sentrum'] }, within('Nei til bompenger i sentrum!'), {}],
    ['one post of the thread', { threadWords: ['i sentrum'] }, within('Fest i sentrum'), within('Hva i', 'sentrum')],
    ['hits', { hits: ['phone', 'email'] }, { hits: [{ kind: 'email', start: 0, end: 1 }] }, { hits: [] }],
    [
      'hits in the thread, not in the text',
      { threadHits: ['health'] },
      { threadHits: [{ kind: 'health', among: 'siblings', post: 2 }] },
      { threadHits: [{ kind: 'phone', among: 'parents', post: 0 }], hits: [{ kind: 'health', start: 0, end: 1 }] }
    ]
  ])('%s', (_, when, fitting, unfit) => {
    const rules = [rule('r', when, { saksansvarlig: 'Ola' })]
    expect(judged(rules, fitting).decisions.saksansvarlig).toEqual({ value: 'Ola', rule: 'r' })
    expect(judged(rules, unfit).decisions.saksansvarlig).toBeUndefined()
  })

  test('all that is named must fit, unless the exception does', () => {
    const both = { sources: ['facebook'], kinds: ['post' as const] }
    expect(judged([rule('r', both, { saksansvarlig: 'Ola' })]).decisions.saksansvarlig).toBeUndefined()
    const excepted = rule('r', { sources: ['facebook'] }, { saksansvarlig: 'Ola' }, { words: ['storgata'] })
    expect(judged([excepted]).decisions.saksansvarlig).toBeUndefined()
  })
})

test('a rule about attachments decides nothing before they are looked at, and goes before what was decided', () => {
  const before = judged([
    rule('gps', { attachments: ['gps-position'] }, { review: 'Se på bildet', reply: 'political' })
  ])
  expect(before.decisions.review).toBeUndefined()
  expect(withFindings(before, ['animated'])).toBe(before)
  const after = withFindings(before, ['animated', 'gps-position'])
  expect(after.decisions.review).toEqual({ value: 'Se på bildet', rule: 'gps' })
  expect(after.decisions.reply).toEqual({ value: 'political', rule: 'gps' })
})

describe('what shares a case', () => {
  const parent = { externalId: 'rot', author: {}, text: 'Snø' }
  const thread = { ...inquiry, context: { parents: [parent], siblings: [] } }
  const keyOf = (policy: 'inquiry' | 'thread' | 'person-and-category', one = inquiry) =>
    judged([], { inquiry: one }, { otherwise: { ...base.otherwise, case: policy } }).caseKey

  test('nothing, when each inquiry has its own', () => expect(keyOf('inquiry')).toBeUndefined())
  test('those below the same first post, and that post', () => {
    expect(keyOf('thread', thread)).toBe(keyOf('thread', { ...inquiry, externalId: 'rot' }))
    expect(keyOf('thread', thread)).not.toBe(keyOf('thread'))
    expect(keyOf('thread', thread)).not.toBe(keyOf('thread', { ...thread, source: 'x' }))
  })
  test('those of one person in one category; nobody by name alone, which others may have', () => {
    expect(keyOf('person-and-category')).toBe(keyOf('person-and-category', { ...inquiry, externalId: '2' }))
    expect(keyOf('person-and-category', { ...inquiry, author: { displayName: 'Kari' } })).toBeUndefined()
  })
})
