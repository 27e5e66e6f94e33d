import { type LookupAddress, lookup } from 'node:dns'
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { Webhook } from 'standardwebhooks'
import type { WebhookAnswer, WebhookFailure } from '../domain/webhook.ts'
import type { WebhookCall, WebhookSender } from '../flow/webhook-port.ts'
import { type AllowedTargets, hostOf } from './allowed-targets.ts'

export interface SenderOptions {
  readonly targets: AllowedTargets
  readonly version: string
  /** From the first look-up to the answer's head. */
  readonly deadlineMs?: number
  /** Looks a name up. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>
}

const DEADLINE_MS = 15_000
const resolveAll = promisify(lookup)
const systemResolve = (host: string) => resolveAll(host, { all: true })

/**
 * Calls endpoints with signed messages (Standard Webhooks). A name is looked up once and what it leads to is what is
 * called; no redirect is followed, no connection is shared, and of an answer only the head is read.
 */
export function webhookSender(options: SenderOptions): WebhookSender {
  const { targets, deadlineMs = DEADLINE_MS, resolve = systemResolve } = options
  return {
    checkUrl: (url) => void targets.checkUrl(url),

    async send(call, stopped) {
      const late = AbortSignal.timeout(deadlineMs)
      const signal = AbortSignal.any([late, stopped])
      try {
        const url = targets.checkUrl(call.url)
        const host = hostOf(url)
        const addresses = isIP(host) === 0 ? await orAborted(resolve(host), signal) : [addressOf(host)]
        if (addresses.length === 0) return failed('unreachable')
        // One that may not be called makes the whole name suspicious.
        if (!addresses.every(({ address }) => targets.mayCall(host, address))) return failed('address-not-allowed')
        return answerOf(await post(url, addresses, call, options.version, signal))
      } catch (error) {
        stopped.throwIfAborted()
        if (error instanceof Error && 'code' in error && error.code === 'webhook-url-not-allowed') {
          return failed('address-not-allowed')
        }
        return failed(late.aborted ? 'too-slow' : error instanceof Untrusted ? 'untrusted' : 'unreachable')
      }
    }
  }
}

const addressOf = (address: string): LookupAddress => ({ address, family: isIP(address) })

/** A look-up cannot be stopped, but nobody has to wait for it. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  ])
}

interface Head {
  readonly status: number
  readonly retryAfter: string | undefined
}

function post(
  url: URL,
  addresses: readonly LookupAddress[],
  { id, at, body, secrets }: WebhookCall,
  version: string,
  signal: AbortSignal
): Promise<Head> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': `Arkivbro/${version}`,
    'webhook-id': id,
    'webhook-timestamp': Math.floor(at.getTime() / 1_000),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' ')
  }
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const options = { method: 'POST', headers, signal, agent: false as const, lookup: alreadyLookedUp(addresses) }
  return headOf(request(url, options), body)
}

function headOf(calling: ClientRequest, body: string): Promise<Head> {
  return new Promise((resolve, reject) => {
    calling.on('error', (error) => reject(isUntrusted(calling.socket) ? new Untrusted() : error))
    calling.on('response', ({ statusCode: status = 0, headers }: IncomingMessage) => {
      resolve({ status, retryAfter: headers['retry-after'] })
      calling.destroy()
    })
    calling.end(body)
  })
}

/** The other side has shown a certificate that is not for it, is out of date, or is made by nobody whom we trust. */
class Untrusted extends Error {}

const isUntrusted = (socket: Socket | null): boolean =>
  socket instanceof TLSSocket && Boolean(socket.authorizationError)

const alreadyLookedUp =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_host, { all }, done) => {
    const [first = { address: '', family: 0 }] = addresses
    if (all === true) done(null, [...addresses])
    else done(null, first.address, first.family)
  }

function answerOf({ status, retryAfter }: Head): WebhookAnswer {
  if (status >= 200 && status < 300) return { kind: 'delivered', status }
  const retryAfterMs = millisecondsOf(retryAfter)
  const failure = status === 410 ? 'gone' : status >= 300 && status < 400 ? 'redirected' : 'refused'
  return { kind: 'failed', failure, status, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** Seconds, or a moment (RFC 9110 §10.2.3). */
function millisecondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined
  const wait = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now()
  return Number.isFinite(wait) && wait > 0 ? wait : undefined
}

const failed = (failure: WebhookFailure): WebhookAnswer => ({ kind: 'failed', failure })
