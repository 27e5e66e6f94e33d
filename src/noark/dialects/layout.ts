import { catalogue, type ElementName } from '../catalogue/catalogue.ts'
import { baseOf, type ObjectName, type SpecialName } from '../catalogue/object-names.ts'
import type { ValueType } from '../catalogue/value-types.ts'
import type { Cardinality, Dialect, Schema } from './dialect.ts'

/** One element of an object in a dialect: a row of the table, whole. */
export interface ElementLayout {
  readonly name: ElementName
  readonly m: string
  readonly meaning: string
  readonly holds: ValueType | 'code' | ObjectName
  readonly min: 0 | 1
  readonly max: 1 | 'many'
  /** Number of the choice in the object that it is part of; only one of those may be there. */
  readonly choice?: number
  readonly isDelivered: boolean
}

/** One object in a dialect. `own` are the elements that a special object has besides those of its base. */
export interface ObjectLayout {
  readonly name: ObjectName
  readonly base?: ObjectName
  readonly schema: Schema
  readonly elements: readonly ElementLayout[]
  readonly own: readonly ElementLayout[]
}

const layouts = new WeakMap<Dialect, ReadonlyMap<string, ObjectLayout>>()

/** The object's place in the dialect's table. Throws when the dialect does not have it. */
export function layoutOf(dialect: Dialect, object: ObjectName): ObjectLayout {
  const layout = layoutsOf(dialect).get(object)
  if (!layout) throw new RangeError(`${dialect.name} has no ${object}.`)
  return layout
}

/** Every object of the dialect, in the order of its schemas. */
export const objectsOf = (dialect: Dialect): readonly ObjectLayout[] => [...layoutsOf(dialect).values()]

/** The special kind of an object that the dialect has by this name, such as a saksmappe where a mappe stands. */
export function specialOf(dialect: Dialect, object: ObjectName, type: string): SpecialName | undefined {
  const isSpecial = Object.hasOwn(baseOf, type) && baseOf[type as SpecialName] === object
  return isSpecial && layoutsOf(dialect).has(type) ? (type as SpecialName) : undefined
}

/** Whether the schema is one that the dialect lets stand where anything may. */
export const isExtension = (dialect: Dialect, schema: Schema): boolean => dialect.extensions.includes(schema)

function layoutsOf(dialect: Dialect): ReadonlyMap<string, ObjectLayout> {
  const known = layouts.get(dialect)
  if (known) return known
  const made = new Map<string, ObjectLayout>()
  for (const schema of [...dialect.schemas, ...dialect.extensions]) {
    for (const [object, elements] of Object.entries(schema.objects)) {
      made.set(object, objectLayout(dialect, schema, object as ObjectName, elements))
    }
  }
  for (const [special, base] of Object.entries(baseOf)) {
    const [layout, below] = [made.get(special), made.get(base)]
    if (layout && below) made.set(special, { ...layout, base, elements: [...below.own, ...layout.own] })
  }
  layouts.set(dialect, made)
  return made
}

function objectLayout(dialect: Dialect, schema: Schema, name: ObjectName, elements: object): ObjectLayout {
  let choice = 0
  const own = Object.entries(elements).map(([element, cardinality]: [string, Cardinality]): ElementLayout => {
    if (cardinality.startsWith('either')) choice += 1
    const isChoice = /^(either|or) /.test(cardinality)
    return { ...elementLayout(dialect, name, element as ElementName, cardinality), ...(isChoice && { choice }) }
  })
  return { name, schema, own, elements: own }
}

function elementLayout(
  dialect: Dialect,
  object: ObjectName,
  name: ElementName,
  cardinality: Cardinality
): ElementLayout {
  const [m, holds, meaning, delivery] = [...catalogue[name]] as [string, ElementLayout['holds'], string, string?]
  return {
    name,
    m,
    meaning,
    holds: dialect.holds[`${object}.${name}`] ?? dialect.holds[name] ?? holds,
    min: /(^| )1/.test(cardinality) ? 1 : 0,
    max: cardinality.endsWith('M') ? 'many' : 1,
    isDelivered: delivery === undefined
  }
}
