import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type Pointer, ServiceError } from '../domain/errors.ts'
import { faultsIn } from './invalid-request.ts'
import { otherProblems, problems } from './problem-table.ts'

const RETRY_AFTER_S = 10

interface Problem {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail?: string
  readonly errors?: readonly Pointer[]
}

/** What reaches the handler: Fastify's errors, ours, and whatever a library throws. */
type Thrown = Error & Partial<FastifyError>

export function sendProblem(error: Thrown, request: FastifyRequest, reply: FastifyReply) {
  const problem = problemFrom(error)
  if (problem.status >= 500) request.log.error({ err: error, request: request.id }, 'request failed')
  if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_S)
  return send(problem, request, reply)
}

export function sendNotFound(request: FastifyRequest, reply: FastifyReply) {
  return send(otherProblems.noSuchPath, request, reply)
}

/** What an error is to whoever asked. */
export function problemFrom(error: Thrown): Problem {
  if (error instanceof ServiceError) {
    const pointers = error.pointers.length > 0 ? { errors: error.pointers } : {}
    return { code: error.code, ...problems[error.code], detail: error.message, ...pointers }
  }
  if (error.validation) {
    const where = places[error.validationContext ?? 'body'] ?? 'adressen'
    const detail = `Rett feltene i ${where} og send på nytt. Ingenting er lagret.`
    return { ...otherProblems.invalidRequest, detail, errors: faultsIn(error.validation) }
  }
  if (isDatabaseGone(error)) return { code: 'database-unavailable', ...problems['database-unavailable'] }
  if (error.statusCode !== undefined && error.statusCode < 500) return refusedByFramework(error.statusCode, error.code)
  return otherProblems.internalError
}

const places: Readonly<Record<string, string>> = { body: 'innholdet', headers: 'hodet på forespørselen' }

/** What the multipart reader calls a form that is not exactly one whole file. */
const formFaults = [
  'FST_FIELDS_LIMIT',
  'FST_FILES_LIMIT',
  'FST_PARTS_LIMIT',
  'FST_MP_PREMATURE_CLOSE',
  'FST_PROTO_VIOLATION'
]

function refusedByFramework(status: number, code = ''): Problem {
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return otherProblems.badAddress
  if (formFaults.includes(code)) return otherProblems.badForm
  switch (status) {
    case 400:
      return otherProblems.badBody
    case 413:
      return otherProblems.tooLarge
    case 406: // from the multipart reader, of a body that is not multipart
    case 415:
      return otherProblems.mediaTypeUnknown
    case 429:
      return otherProblems.tooManyRequests
    default:
      return otherProblems.badRequest
  }
}

/** Answers what is not even HTTP, or came too slowly, and hangs up (RFC 9112 §3, RFC 6585 §5). */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error)
    return
  }
  const statuses: Readonly<Record<string, string>> = {
    ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
    HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large'
  }
  const line = statuses[error.code ?? ''] ?? '400 Bad Request'
  const { code, title, detail } = otherProblems.badRequest
  const body = JSON.stringify({ type: `/problems/${code}`, title, status: Number(line.slice(0, 3)), detail, code })
  const head = `content-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`
  socket.end(`HTTP/1.1 ${line}\r\n${head}\r\n\r\n${body}`)
}

/** Connection failures of `pg`; of SQLSTATE the classes 08 (connection), 53 (resources), 57 (shut down, cut off), 3D (no such database). */
function isDatabaseGone(error: Thrown): boolean {
  const gone = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']
  if (gone.includes(error.code ?? '') || /^(08|3D|53|57)/.test(error.code ?? '')) return true
  return /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/.test(
    error.message
  )
}

function send(problem: Problem, request: FastifyRequest, reply: FastifyReply) {
  const { code, ...rest } = problem
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send({ type: `/problems/${code}`, ...rest, instance: request.id, code })
}
