import type { catalogue, ElementName } from '../catalogue/catalogue.ts'
import type { baseOf, ObjectName, SpecialName } from '../catalogue/object-names.ts'
import type { ValueOf, ValueType } from '../catalogue/value-types.ts'
import type { CodeOf } from '../codes/code-lists.ts'
import type { Dialect } from './dialect.ts'

type ObjectsOf<D extends Dialect> = (D['schemas'] | D['extensions'])[number]['objects']

/** The elements of an object, from whichever schema declares it. */
type ElementsOf<D extends Dialect, O extends ObjectName> =
  Extract<ObjectsOf<D>, { readonly [Name in O]: unknown }> extends { readonly [Name in O]: infer Elements }
    ? Elements
    : never

type HoldsOf<D extends Dialect, E extends ElementName> = E extends keyof D['holds']
  ? D['holds'][E]
  : (typeof catalogue)[E][1]

type SpecialsOf<D extends Dialect, O extends ObjectName> = {
  [Name in SpecialName]: (typeof baseOf)[Name] extends O ? (ElementsOf<D, Name> extends never ? never : Name) : never
}[SpecialName]

type OneOf<D extends Dialect, E extends ElementName, Holds = HoldsOf<D, E>> = Holds extends ValueType
  ? ValueOf<Holds>
  : Holds extends 'code'
    ? CodeOf<E>
    : Holds extends ObjectName
      ? Tree<D, Holds> | SpecialTree<D, SpecialsOf<D, Holds>>
      : never

type SpecialTree<D extends Dialect, Special extends SpecialName> = Special extends SpecialName
  ? Tree<D, Special>
  : never

type Repeated<Count> = Count extends `${string}M` ? true : false

type Filled<D extends Dialect, E, Count> = E extends ElementName
  ? Repeated<Count> extends true
    ? readonly OneOf<D, E>[]
    : OneOf<D, E>
  : never

type RequiredNames<Elements> = {
  [E in keyof Elements]: Elements[E] extends '1' | '1-M' ? E : never
}[keyof Elements]

type Own<D extends Dialect, Elements> = {
  readonly [E in keyof Elements as E extends RequiredNames<Elements> ? E : never]: Filled<D, E, Elements[E]>
} & {
  readonly [E in keyof Elements as E extends RequiredNames<Elements> ? never : E]?: Filled<D, E, Elements[E]>
}

/**
 * An object of a dialect as a value: its elements by name, in any order. A moment is a Date; a date without time is
 * YYYY-MM-DD; a code is the code alone. `type` says which special kind of mappe or registrering it is (xsi:type).
 */
export type Tree<D extends Dialect, O extends ObjectName> = O extends SpecialName
  ? { readonly type: O } & Own<D, ElementsOf<D, (typeof baseOf)[O]>> & Own<D, ElementsOf<D, O>>
  : { readonly type?: never } & Own<D, ElementsOf<D, O>>
