import { AjvCompiler } from '@fastify/ajv-compiler'
import type { FastifyServerOptions } from 'fastify'

type Factory = ReturnType<typeof AjvCompiler>
type Route = { readonly httpPart?: string }

/**
 * Bodies are taken as they are typed; everything in an address is text, so numbers and booleans are read from it.
 * Unknown fields are refused in both.
 */
export const validators: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: {
    buildValidator: ((schemas: Parameters<Factory>[0], options: Parameters<Factory>[1] & { mode?: never }) => {
      const build = (coerceTypes: boolean) =>
        AjvCompiler()(schemas, { ...options, customOptions: { ...options.customOptions, coerceTypes } })
      const ofBodies = build(false)
      const ofAddresses = build(true)
      return (route: Route) => (route.httpPart === 'body' ? ofBodies(route) : ofAddresses(route))
    }) as never
  }
}
