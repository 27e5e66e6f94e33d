import fc from 'fast-check'
import { baseOf, type ObjectName, type SpecialName } from '../../src/noark/catalogue/object-names.ts'
import { isValueType, type ValueType } from '../../src/noark/catalogue/value-types.ts'
import type { CodeList } from '../../src/noark/codes/code-list.ts'
import { codeLists } from '../../src/noark/codes/code-lists.ts'
import type { Dialect } from '../../src/noark/dialects/dialect.ts'
import { type ElementLayout, layoutOf, objectsOf } from '../../src/noark/dialects/layout.ts'
import type { Tree } from '../../src/noark/dialects/tree.ts'
import { localDateTime } from '../../src/noark/xml/moments.ts'
import { isBlank, xmlText } from '../../src/noark/xml-text.ts'

const HOUR_MS = 3_600_000
/** Objects below this depth hold only what they must. */
const DEPTH_MAX = 7

type Made = fc.Arbitrary<unknown>

const text = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  )
  .map(xmlText)
  .filter((one) => !isBlank(one))
const day = fc.date({ min: new Date('1900-01-02'), max: new Date('9998-12-31'), noInvalidDate: true })
const isSaidTwice = (moment: Date) => localDateTime(new Date(moment.getTime() - HOUR_MS)) === localDateTime(moment)
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })

const valuesOf: Readonly<Record<ValueType, Made>> = {
  string: text,
  text,
  systemID: fc.uuid(),
  uuid: fc.uuid(),
  checksum: hex(64),
  sha256: hex(64),
  integer: fc.nat(),
  ordinal: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  bytes: fc.nat(),
  boolean: fc.boolean(),
  date: day.map((moment) => moment.toISOString().slice(0, 10)),
  dateTime: day.filter((moment) => !isSaidTwice(moment))
}

/** Any value of a dialect: every object and element of the table comes, and every code. */
export const arbitraryTree = <D extends Dialect>(dialect: D): fc.Arbitrary<Tree<D, D['root']>> =>
  objectOf(dialect, dialect.root, 0) as fc.Arbitrary<Tree<D, D['root']>>

function objectOf(dialect: Dialect, object: ObjectName, depth: number): Made {
  const present = new Set(objectsOf(dialect).map(({ name }) => name))
  const specials = (Object.keys(baseOf) as SpecialName[]).filter((name) => baseOf[name] === object && present.has(name))
  const makers = [
    elementsOf(dialect, object, depth),
    ...specials.map((special) => elementsOf(dialect, special, depth).map((made) => ({ type: special, ...made })))
  ]
  return fc.oneof(...makers)
}

function elementsOf(dialect: Dialect, object: ObjectName, depth: number): fc.Arbitrary<object> {
  const { elements } = layoutOf(dialect, object)
  const always = elements.filter(({ choice }) => choice === undefined)
  const choices = [...new Set(elements.flatMap(({ choice }) => choice ?? []))]
  const chosen = choices.map((number) =>
    oneOf(
      dialect,
      elements.filter(({ choice }) => choice === number),
      depth
    )
  )
  return fc
    .tuple(...always.map((row) => given(dialect, row, depth)), ...chosen)
    .map((parts) => Object.assign({}, ...parts) as object)
    .filter((made) => Object.keys(made).length > 0)
}

/** One of a choice. Too deep for any, the last: in these tables the one that leads away from its parent. */
function oneOf(dialect: Dialect, rows: readonly ElementLayout[], depth: number): fc.Arbitrary<object> {
  const shallow = rows.filter((row) => isShallow(row, depth))
  return fc.oneof(...(shallow.length > 0 ? shallow : rows.slice(-1)).map((row) => given(dialect, row, depth)))
}

const isPlain = ({ holds }: ElementLayout): boolean => holds === 'code' || isValueType(holds)
const isShallow = (row: ElementLayout, depth: number): boolean => isPlain(row) || depth < DEPTH_MAX

/** The element under its name, or nothing. */
function given(dialect: Dialect, row: ElementLayout, depth: number): fc.Arbitrary<object> {
  const { name, min, max } = row
  if (min === 0 && !isShallow(row, depth)) return fc.constant({})
  const one = arbitraryOf(dialect, row, depth)
  const value = max === 1 ? one : fc.array(one, { minLength: 1, maxLength: 2 })
  const there = value.map((made) => ({ [name]: made }))
  return min === 1 ? there : fc.oneof({ arbitrary: fc.constant({}), weight: isPlain(row) ? 1 : 5 }, there)
}

function arbitraryOf(dialect: Dialect, { name, holds }: ElementLayout, depth: number): Made {
  if (isValueType(holds)) return valuesOf[holds]
  if (holds !== 'code') return fc.constant(undefined).chain(() => objectOf(dialect, holds, depth + 1))
  const lists: Readonly<Record<string, CodeList>> = codeLists
  const { noark = {}, fiksOnly = {} } = lists[name] ?? {}
  const codes = [...Object.keys(noark), ...(dialect.codes === 'object' ? Object.keys(fiksOnly) : [])]
  return codes.length > 0 ? fc.constantFrom(...codes) : text
}
