import {
  Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp
} from 'node:http'
import { request as requestHttps, Agent as TlsAgent } from 'node:https'
import { pipeline, Readable } from 'node:stream'
import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import { type Asked, refusal } from './failure.ts'

export type HttpBody = string | Uint8Array | Readable

export interface HttpRequest extends Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Made when it is sent, since a stream can be sent once. Its length is among the headers when it is a stream. */
  readonly body?: () => Promise<HttpBody>
  /** When nobody wants the answer any longer. */
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** Takes the bytes of a file as they come, instead of having them gathered. */
  readonly sink?: (bytes: Uint8Array) => void
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** No answer with metadata is near this size; more is a fault or an attack. */
const ANSWER_BYTES_MAX = 8 * 1_048_576

/** How long a connection is kept for the next request: less than servers do, or one would be used as it is closed. */
const IDLE_MS_MAX = 4_000
const kept = { keepAlive: true, timeout: IDLE_MS_MAX }
const plain = { request: requestHttp, agent: new Agent(kept) }
const secure = { request: requestHttps, agent: new TlsAgent(kept) }

/**
 * One exchange over HTTP, within its time and bounds. Never follows a redirect, since tokens would go along. Throws
 * ArchiveFailure for everything but 2xx, and what the signal says when it stops us.
 */
export async function exchange(request: HttpRequest): Promise<HttpAnswer> {
  const { url, method, headers, body, signal, timeoutMs, sink } = request
  signal.throwIfAborted()
  const content = await body?.()
  const by = url.protocol === 'https:' ? secure : plain
  const calling = by.request(url, { method, headers, agent: by.agent })
  const end = () => void calling.destroy()
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    end()
  }, timeoutMs)
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  try {
    const response = await responseTo(calling, content, Number(headers['content-length']))
    const { statusCode: status = 0 } = response
    const isGood = status >= 200 && status < 300
    const answer = { status, headers: response.headers, text: await read(response, isGood ? sink : undefined) }
    if (!isGood) throw refusal(answer, request)
    return answer
  } catch (error) {
    if (error instanceof ArchiveFailure) throw error
    signal.throwIfAborted()
    throw isLate ? tooSlow(request) : broken(request, error)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    // An answer may come before all is sent; nobody reads the rest.
    if (!calling.writableEnded) end()
  }
}

function responseTo(calling: ClientRequest, content: HttpBody | undefined, length: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    calling.on('response', resolve).on('error', reject)
    if (content instanceof Readable) pipeline(content, exactly(length), calling, (error) => error && reject(error))
    else calling.end(content)
  })
}

/** What is beyond the length that was said would be taken for the next request; what lacks would be waited for. */
const exactly = (length: number) =>
  async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let left = length
    for await (const chunk of source) {
      left -= chunk.length
      if (left < 0) break
      yield chunk
    }
    if (left !== 0) throw new Error('The body has another length than was said.')
  }

async function read(response: IncomingMessage, sink?: (bytes: Uint8Array) => void): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (sink) {
      sink(chunk)
      continue
    }
    size += chunk.byteLength
    if (size > ANSWER_BYTES_MAX) throw new ArchiveFailure('needs-human', 'Arkivet sendte et urimelig stort svar.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const tooSlow = ({ what, isWrite }: Asked) =>
  isWrite
    ? new ArchiveFailure(
        'unknown-outcome',
        `Arkivet svarte ikke i tide på ${what}. Arkivbro slår opp hva som ble av det.`
      )
    : new ArchiveFailure('transient', `Arkivet svarte ikke i tide på ${what}. Sendingen prøves igjen av seg selv.`)

/** Codes by which the request never left us. */
const unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']

function broken({ what, isWrite }: Asked, cause: unknown): ArchiveFailure {
  const code = codeOf(cause)
  if (code?.includes('CERT') || code?.startsWith('ERR_TLS')) {
    const words = 'Arkivets sertifikat er ikke til å stole på. Kontroller N5TG_URL og sertifikatene på maskinen.'
    return new ArchiveFailure('config', words, { cause })
  }
  if (code !== undefined && unsent.includes(code)) {
    return new ArchiveFailure('transient', 'Arkivet lar seg ikke nå. Sendingen prøves igjen av seg selv.', { cause })
  }
  const kind = isWrite ? 'unknown-outcome' : 'transient'
  return new ArchiveFailure(kind, `Forbindelsen til arkivet ble brutt under ${what}.`, { cause })
}

/** What happened on the socket may be wrapped. */
function codeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return undefined
}
