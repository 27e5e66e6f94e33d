import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ReceivedBytes } from '../domain/inquiry.ts'
import { blankSecrets } from '../domain/secrets.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, after access tokens in addresses were blanked out; there for JSON bodies. */
    received: ReceivedBytes | undefined
  }
}

/** How deep a body may be nested: no platform needs more, and every recursive reader is safe below it. */
const DEPTH_MAX = 64

export const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/**
 * Reads JSON bodies so that the bytes survive: valid UTF-8 only, secrets in addresses blanked before anything else sees
 * them, keys that would reach a prototype refused.
 */
export function readJson(app: FastifyInstance): void {
  app.decorateRequest('received', undefined)
  // Fastify would also take text/plain, which none of our bodies is.
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, jsonParser(app))
}

type Done = (error: Error | null, value?: unknown) => void

export function jsonParser(app: FastifyInstance): (request: FastifyRequest, body: Buffer, done: Done) => void {
  const parse = app.getDefaultJsonParser('error', 'error')
  return (request, body, done) => {
    let text: string
    try {
      text = utf8.decode(body)
    } catch {
      return done(badBody())
    }
    const { text: blanked, count } = blankSecrets(text)
    const bytes = count > 0 ? Buffer.from(blanked) : body
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    request.received = { bytes, mediaType: 'application/json', sha256, secretsBlanked: count }
    return parse(request, blanked, (error, value: unknown) => {
      if (error) return done(badBody())
      return isTooDeep(value) ? done(badBody()) : done(null, value)
    })
  }
}

export const badBody = () => Object.assign(new Error('The body cannot be read.'), { statusCode: 400 })

export function isTooDeep(value: unknown, left = DEPTH_MAX): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1))
}
