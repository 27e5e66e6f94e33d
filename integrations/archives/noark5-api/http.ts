import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import { type Asked, refusal } from './failure.ts'

export type HttpBody = NonNullable<RequestInit['body']>

export interface HttpRequest extends Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Made when it is sent, since a stream can be sent once. */
  readonly body?: () => Promise<HttpBody>
  /** When nobody wants the answer any longer. */
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** Takes the bytes of a file as they come, instead of having them gathered. */
  readonly sink?: (bytes: Uint8Array) => void
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** No answer with metadata is near this size; more is a fault or an attack. */
const ANSWER_BYTES_MAX = 8 * 1_048_576

/**
 * One exchange over HTTP, within its time and bounds. Never follows a redirect, since tokens would go along. Throws
 * ArchiveFailure for everything but 2xx, and what the signal says when it stops us.
 */
export async function exchange(request: HttpRequest): Promise<HttpAnswer> {
  const { url, method, headers, body, signal, timeoutMs, sink } = request
  signal.throwIfAborted()
  const content = await body?.()
  const timeout = AbortSignal.timeout(Math.max(1, timeoutMs))
  const init: RequestInit = {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.any([signal, timeout]),
    ...(content !== undefined && { body: content, duplex: 'half' as const })
  }
  try {
    const response = await fetch(url, init)
    const gathered = await read(response, response.ok ? sink : undefined)
    const answer = { status: response.status, headers: response.headers, text: gathered }
    if (!response.ok) throw refusal(answer, request)
    return answer
  } catch (error) {
    if (error instanceof ArchiveFailure) throw error
    signal.throwIfAborted()
    throw timeout.aborted ? tooSlow(request) : broken(request, error)
  }
}

async function read(response: Response, sink?: (bytes: Uint8Array) => void): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
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
const unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']

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

/** fetch wraps what happened on the socket. */
function codeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return undefined
}
