import { channel } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import type { Scope } from '../../src/domain/access.ts'

export interface Route {
  readonly method: string
  /** As it was registered: `/v1/inquiries/:id`. */
  readonly url: string
  readonly scope?: Scope
  /** Whether it answers who has signed the body, and no key. */
  readonly isSigned: boolean
  /** Whether the API description leaves it out. */
  readonly isHidden: boolean
}

/**
 * Every route of every Fastify that is made while `start` runs: Fastify announces itself before anyone can register
 * anything, so no route can get past, whichever plugin it belongs to.
 */
export async function routesOf(start: () => Promise<unknown>): Promise<readonly Route[]> {
  const routes: Route[] = []
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url, config, schema }) => {
      const scope = config?.scope
      for (const one of [method].flat()) {
        routes.push({
          ...{ method: one, url, isSigned: config?.signed === true },
          ...{ isHidden: schema?.hide === true, ...(scope && { scope }) }
        })
      }
    })
  }
  const made = channel('fastify.initialization')
  made.subscribe(listen)
  try {
    await start()
  } finally {
    made.unsubscribe(listen)
  }
  return routes
}

/** The same address with something in the place of each parameter: nothing that exists. */
export const filled = (url: string): string =>
  url
    .replace('/keys/:id', '/keys/finnes-ikke')
    .replace(/:(n|version)\b/g, '1')
    .replace(/\/diff$/, '/diff?from=1')
    .replace(':platform', 'facebook')
    .replace(/:\w+/g, '01900000-0000-7000-8000-000000000000')
    .replace('*', 'index.html')
