import { type Static, type TSchema, Type } from 'typebox'

/** A named reference to a schema with an `$id`, so that the API description has one definition of each thing. */
export function ref<Schema extends TSchema>(schema: Schema) {
  return Type.Unsafe<Static<Schema>>({ $ref: `${idOf(schema)}#` })
}

/** The same as what an operation answers, with words for the API description. */
export const answer = <Schema extends TSchema>(schema: Schema, description: string) => ({ ...ref(schema), description })

export function idOf(schema: TSchema): string {
  if ('$id' in schema && typeof schema.$id === 'string') return schema.$id
  throw new Error('A schema that is referred to needs an $id.')
}
