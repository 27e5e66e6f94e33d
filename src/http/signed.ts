import { verify } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { actorOf, type CallbackClient } from '../domain/callback-client.ts'
import type { LatelyRead } from '../flow/lately-read.ts'
import { SIGNATURE_HEADER, unsigned } from './authenticate.ts'
import { jsonParser } from './read-json.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The tool whose signature the request has; there on routes that are `signed`. */
    signedBy: CallbackClient | undefined
  }
}

export interface SignedDeps {
  readonly knownClients: Pick<LatelyRead<ReadonlyMap<string, CallbackClient>>, 'get'>
}

/**
 * Lets the routes of this part of the API be called by who has signed the request, as ROOST Coop does: the header holds,
 * in base64, RSASSA-PKCS1-v1_5 with SHA-256 of the body, byte for byte as it came. Nothing is read of a body before.
 */
export function takeSigned(app: FastifyInstance, { knownClients }: SignedDeps): void {
  const parse = jsonParser(app)
  app.decorateRequest('signedBy', undefined)
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const signed = knownClients.get().then((clients) => mustHaveSigned(request, body, clients))
    signed.then(() => parse(request, body, done), done)
  })
  app.addHook('onSend', async (_request, reply) => {
    if (reply.statusCode === 401) reply.header('www-authenticate', 'Coop-Signature realm="Arkivbro"')
  })
}

/** A tool that is not there is told the same as one whose signature is wrong. */
function mustHaveSigned(request: FastifyRequest, body: Buffer, clients: ReadonlyMap<string, CallbackClient>): void {
  const { client: id = '' } = request.params as { readonly client?: string }
  const client = clients.get(id)
  const signature = request.headers[SIGNATURE_HEADER]
  if (!client || client.endedAt || typeof signature !== 'string') throw unsigned()
  if (!isSignature(body, client.publicKey, signature)) throw unsigned()
  request.signedBy = client
  request.caller = { actor: actorOf(client), role: 'moderation', scopes: ['inquiries:write'] }
}

const isSignature = (body: Buffer, publicKey: string, signature: string): boolean =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(signature) && verify('RSA-SHA256', body, publicKey, Buffer.from(signature, 'base64'))

/** The tool that has signed. Throws Unauthenticated. */
export function signerOf({ signedBy }: FastifyRequest): CallbackClient {
  if (!signedBy) throw unsigned()
  return signedBy
}
