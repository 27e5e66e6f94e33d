import { readFile } from 'node:fs/promises'
import type { FastifyPluginAsync } from 'fastify'
import { releaseFolder } from './pages.ts'

/** All there is; nothing else in the folder has an address. */
const files = [
  { name: 'skjema.css', type: 'text/css; charset=utf-8' },
  { name: 'skjema.js', type: 'text/javascript; charset=utf-8' }
] as const

/** The stylesheet and the script, for everybody: the page to sign in on needs them. */
export const staticRoutes: FastifyPluginAsync = async (app) => {
  const folder = await releaseFolder('static/', '.css')
  for (const { name, type } of files) {
    const bytes = await readFile(new URL(name, folder))
    app.get(`/skjema/${name}`, { config: { open: true }, schema: { hide: true } }, (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=300').send(bytes)
    )
  }
}
