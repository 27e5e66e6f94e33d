import type { ElementName } from '../catalogue/catalogue.ts'
import type { ObjectName } from '../catalogue/object-names.ts'
import type { ValueType } from '../catalogue/value-types.ts'

type Count = '1' | '0-1' | '1-M' | '0-M'

/** How many there are. Elements next to each other that say `either` and `or` exclude one another. */
export type Cardinality = Count | `either ${Count}` | `or ${Count}`

/** What stands in an object, in the order it stands there. A special object stands for what it has besides its base. */
export type ObjectElements = { readonly [Name in ElementName]?: Cardinality }

/** One XML namespace: an element belongs to the schema that declares the object around it. */
export interface Schema {
  /** File name in `schemas/noark5`. */
  readonly file: string
  readonly namespace: string
  /** Prefix in documents; none for the default namespace. */
  readonly prefix: '' | 'm'
  readonly title: string
  readonly objects: { readonly [Name in ObjectName]?: ObjectElements }
}

/**
 * One way to write Noark 5 as XML: which elements, in what order, how many, and in what form. The elements themselves
 * are those of the catalogue.
 */
export interface Dialect {
  readonly name: string
  readonly root: ObjectName
  /** The schemas of the format itself. The first declares the root, and is the default namespace of a document. */
  readonly schemas: readonly [Schema, ...Schema[]]
  /** Schemas of what may stand where the format lets anything stand (M711). */
  readonly extensions: readonly Schema[]
  /** Elements that hold something else here than in the catalogue, by name or as `object.element`. */
  readonly holds: {
    readonly [Element in ElementName | `${ObjectName}.${ElementName}`]?: ValueType | 'code' | ObjectName
  }
  /** Objects that each element holds an extension of, so that none can be named as the type of an element (xsi:type). */
  readonly extended: readonly ObjectName[]
  /** A code is written as an object `kode`, or as the text that Noark gives it. */
  readonly codes: 'object' | 'text'
  /** Moments are written in Norwegian time, with the offset or without. */
  readonly moments: 'with-offset' | 'local'
  readonly integers: 'xs:int' | 'xs:integer'
  /** A deposit leaves some elements out, and takes fewer codes. */
  readonly isDeposit: boolean
}
