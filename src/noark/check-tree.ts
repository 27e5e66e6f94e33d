import { type ElementName, elementLabel } from './catalogue/catalogue.ts'
import type { ObjectName } from './catalogue/object-names.ts'
import { isValueType, valueTypes } from './catalogue/value-types.ts'
import type { CodeBook } from './codes/code-book.ts'
import type { Dialect } from './dialects/dialect.ts'
import { type ElementLayout, layoutOf, type ObjectLayout, specialOf } from './dialects/layout.ts'
import type { Tree } from './dialects/tree.ts'
import { faultIf, type PlanFault } from './plan-fault.ts'

const INT_MAX = 2 ** 31 - 1

/**
 * All that is wrong with a value by the dialect's table: what is missing, what is of the wrong kind, codes that no list
 * has. The same fault in several places is told once.
 */
export function checkTree<D extends Dialect>(
  dialect: D,
  tree: Tree<D, D['root']>,
  codes: CodeBook
): readonly PlanFault[] {
  const faults = checkObject({ dialect, codes }, dialect.root, tree)
  return [...new Map(faults.map((fault) => [`${fault.element}: ${fault.message}`, fault])).values()]
}

interface Checking {
  readonly dialect: Dialect
  readonly codes: CodeBook
}

function checkObject(checking: Checking, object: ObjectName, value: object): readonly PlanFault[] {
  const given: Readonly<Record<string, unknown>> = { ...value }
  const { dialect } = checking
  const layout = layoutOf(dialect, specialOf(dialect, object, String(given.type)) ?? object)
  return layout.elements.flatMap((row) => {
    const one = given[row.name]
    if (one === undefined && row.min === 0) return []
    const all: readonly unknown[] = one === undefined ? [] : Array.isArray(one) ? one : [one]
    return [...countFaults(layout, row, given, all.length), ...all.flatMap((each) => checkElement(checking, row, each))]
  })
}

function countFaults(
  { elements }: ObjectLayout,
  row: ElementLayout,
  given: Readonly<Record<string, unknown>>,
  count: number
): readonly PlanFault[] {
  const isOther = (one: ElementLayout) => one.choice === row.choice && one !== row && given[one.name] !== undefined
  const taken = row.choice === undefined ? undefined : elements.find(isOther)
  const element = elementLabel(row.name)
  return [
    ...faultIf(row.min === 1 && count === 0 && !taken, element, 'Elementet mangler.'),
    ...faultIf(row.max === 1 && count > 1, element, 'Elementet kan bare stå én gang.'),
    ...faultIf(count > 0 && taken !== undefined, element, `Elementet kan ikke stå sammen med ${taken?.name}.`)
  ]
}

function checkElement(checking: Checking, row: ElementLayout, value: unknown): readonly PlanFault[] {
  const { name, holds } = row
  const { dialect } = checking
  const element = elementLabel(name)
  const kept = faultIf(dialect.isDeposit && !row.isDelivered, element, 'Elementet skal ikke avleveres.')
  if (holds === 'code') return [...kept, ...codeFaults(checking, name, value)]
  if (!isValueType(holds)) {
    const isObject = typeof value === 'object' && value !== null && Object.keys(value).length > 0
    return [...kept, ...(isObject ? checkObject(checking, holds, value) : [{ element, message: 'Elementet er tomt.' }])]
  }
  const { isGood, message } = valueTypes[holds]
  const isTooBig = dialect.integers === 'xs:int' && typeof value === 'number' && value > INT_MAX
  return [
    ...kept,
    ...faultIf(!isGood(value), element, message),
    ...faultIf(isTooBig, element, `Tallet er større enn ${INT_MAX}, som er det største arkivet tar imot.`)
  ]
}

function codeFaults({ dialect, codes }: Checking, name: ElementName, value: unknown): readonly PlanFault[] {
  const element = elementLabel(name)
  if (typeof value !== 'string' || value.trim() === '') return [{ element, message: 'Koden er tom.' }]
  if (!codes.isKnown(name, value)) return [{ element, message: `Koden for ${name} er ukjent.` }]
  return faultIf(
    dialect.isDeposit && !codes.isDelivered(name, value),
    element,
    `Koden for ${name} kan ikke stå i en avlevering.`
  )
}
