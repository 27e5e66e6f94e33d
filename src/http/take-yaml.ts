import type { FastifyInstance } from 'fastify'
import { badBody, isTooDeep, utf8 } from './read-json.ts'

/** Lets the routes of this part of the API take YAML where they take JSON. What it holds is checked in the same way. */
export function takeYaml(app: FastifyInstance, readYaml: (text: string) => unknown): void {
  app.addContentTypeParser<Buffer>('application/yaml', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      const value = readYaml(utf8.decode(body))
      if (isTooDeep(value)) throw badBody()
      done(null, value)
    } catch {
      done(badBody())
    }
  })
}
