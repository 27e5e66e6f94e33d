import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Body } from './answers.ts'
import type { Mishap } from './faults.ts'
import { type Archive, route } from './routes.ts'

const SLOW_MS = 1_000

/** Answers a request as the archive does, or as the fault has it. */
export async function respond(
  archive: Archive,
  fault: Mishap | undefined,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const { tokens } = archive
  switch (fault) {
    case 'dropped-before':
      return void request.socket.destroy()
    case 'slow':
      await pause(SLOW_MS)
      break
    case 'done-too-late':
      await once(response, 'close')
      return void (await route(archive, request))
    case 'expired-token':
      tokens.forget(request.headers.authorization)
      break
    case 'restart':
      tokens.forgetAll()
      break
    case '500-before':
    case '503-before':
    case '404':
    case '409':
    case '412':
    case '429':
      request.resume()
      return send(response, {
        status: Number.parseInt(fault, 10),
        body: { feil: { beskrivelse: 'Nei' } },
        headers: { 'retry-after': '1' }
      })
    default:
  }
  const answer = await route(archive, request, fault === 'truncated')
  switch (fault) {
    case 'dropped-after':
      return void request.socket.destroy()
    case 'answered-too-late':
      return void (await once(response, 'close'))
    case '409-after':
    case '500-after':
    case '504-after':
      return send(response, { status: Number.parseInt(fault, 10) })
    case 'not-noark':
      return send(response, { status: 200, body: Buffer.from('<html><body>Velkommen til arkivet</body></html>') })
    default:
      send(response, distorted(answer, fault))
  }
}

interface List {
  readonly results?: readonly Record<string, unknown>[]
  readonly _links?: { readonly self?: unknown }
}

function distorted(answer: Body, fault: Mishap | undefined): Body {
  const list = answer.body as List | undefined
  if (!list?.results) return answer
  switch (fault) {
    case 'wrong-checksum':
      return {
        ...answer,
        body: { ...list, results: list.results.map((one) => ({ ...one, sjekksum: '0'.repeat(64) })) }
      }
    case 'duplicate-answer':
      return { ...answer, body: { ...list, results: [...list.results, ...list.results] } }
    case 'next-ring':
      return { ...answer, body: { ...list, _links: { ...list._links, next: list._links?.self } } }
    default:
      return answer
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: Body): void {
  const isBytes = Buffer.isBuffer(body)
  response.writeHead(status, { 'content-type': isBytes ? 'text/html' : 'application/vnd.noark5+json', ...headers })
  response.end(isBytes ? body : body === undefined ? undefined : JSON.stringify(body))
}
