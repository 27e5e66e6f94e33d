import { AjvCompiler } from '@fastify/ajv-compiler'
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import type { FastifyServerOptions } from 'fastify'

type Validators = ReturnType<typeof AjvCompiler>
type Route = { readonly httpPart?: string }
type Serializers = ReturnType<typeof SerializerSelector>
type Serialize = (doc: unknown) => string
type Shapes = Readonly<Record<string, unknown>>

/** What the server compiles its schemas with. */
export const compilers: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: { buildValidator: buildValidator as never, buildSerializer: buildSerializer as never }
}

/**
 * Bodies are taken as they are typed; everything in an address is text, so numbers and booleans are read from it.
 * Unknown fields are refused in both.
 */
function buildValidator(schemas: Parameters<Validators>[0], options: Parameters<Validators>[1] & { mode?: never }) {
  const build = (coerceTypes: boolean) =>
    AjvCompiler()(schemas, { ...options, customOptions: { ...options.customOptions, coerceTypes } })
  const ofBodies = build(false)
  const ofAddresses = build(true)
  return (route: Route) => (route.httpPart === 'body' ? ofBodies(route) : ofAddresses(route))
}

/**
 * An answer is compiled with the shapes it refers to alone, and once however many routes give it: the compiler checks every
 * shape it is handed, and a hundred routes with all of them would take seconds of every start.
 */
function buildSerializer(shapes: Shapes, options: Parameters<Serializers>[1]) {
  const compiled = new Map<string, Serialize>()
  return (route: { readonly schema: unknown }): Serialize => {
    const text = JSON.stringify(route.schema)
    const serialize =
      compiled.get(text) ?? (SerializerSelector()(reached(text, shapes), options)(route as never) as Serialize)
    compiled.set(text, serialize)
    return serialize
  }
}

/** The shapes that a schema refers to (`Name#`), and those they refer to. */
function reached(text: string, shapes: Shapes, found: Record<string, unknown> = {}): Shapes {
  for (const [, name = ''] of text.matchAll(/"\$ref":"([^"#]+)#"/g)) {
    if (name in found || !(name in shapes)) continue
    found[name] = shapes[name]
    reached(JSON.stringify(shapes[name]), shapes, found)
  }
  return found
}
