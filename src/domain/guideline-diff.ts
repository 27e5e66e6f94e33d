import type { Guideline, Rule } from './guideline.ts'

export interface GuidelineChange {
  readonly what: 'name' | 'language' | 'default-category' | 'category' | 'restriction' | 'reply' | 'rule' | 'otherwise'
  /** Of the category, restriction, reply or rule. */
  readonly id?: string
  readonly change: 'added' | 'removed' | 'changed' | 'moved'
  readonly before?: unknown
  readonly after?: unknown
}

/** What one guideline says otherwise than another, thing by thing. A rule that only changed places has moved. */
export function guidelineDiff(before: Guideline, after: Guideline): readonly GuidelineChange[] {
  return [
    ...single('name', before.name, after.name),
    ...single('language', before.language, after.language),
    ...single('default-category', before.defaultCategory, after.defaultCategory),
    ...named('category', before.categories, after.categories),
    ...named('restriction', before.restrictions, after.restrictions),
    ...named('reply', before.replies, after.replies),
    ...named('rule', byId(before.rules), byId(after.rules)),
    ...moved(before.rules, after.rules),
    ...single('otherwise', before.otherwise, after.otherwise)
  ]
}

type Named = Readonly<Record<string, unknown>>

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/** The order of an object's fields means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

const single = (what: GuidelineChange['what'], before: unknown, after: unknown): readonly GuidelineChange[] =>
  isSame(before, after) ? [] : [{ what, change: 'changed', before, after }]

const byId = (rules: readonly Rule[]): Named => Object.fromEntries(rules.map((rule) => [rule.id, rule]))

function named(what: GuidelineChange['what'], before: Named, after: Named): readonly GuidelineChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((id): readonly GuidelineChange[] => {
    if (!Object.hasOwn(before, id)) return [{ what, id, change: 'added', after: after[id] }]
    if (!Object.hasOwn(after, id)) return [{ what, id, change: 'removed', before: before[id] }]
    return isSame(before[id], after[id]) ? [] : [{ what, id, change: 'changed', before: before[id], after: after[id] }]
  })
}

/** Of the rules that both have: those that have come before one that they stood behind. */
function moved(before: readonly Rule[], after: readonly Rule[]): readonly GuidelineChange[] {
  const places = new Map(before.map(({ id }, place) => [id, place]))
  let furthest = -1
  return after.flatMap(({ id }): readonly GuidelineChange[] => {
    const place = places.get(id)
    if (place === undefined) return []
    if (place < furthest) return [{ what: 'rule', id, change: 'moved' }]
    furthest = place
    return []
  })
}
