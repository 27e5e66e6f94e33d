import type { IncomingHttpHeaders } from 'node:http'
import type { ArchiveErrorKind } from '../../../src/domain/archive-answer.ts'
import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'

/** An answer of the archive's that is no success. Its words are never the archive's. */
class HttpFailure extends ArchiveFailure {
  readonly status: number

  constructor(status: number, ...failure: ConstructorParameters<typeof ArchiveFailure>) {
    super(...failure)
    this.status = status
  }
}

/** Whether the archive answered with one of these statuses of HTTP. */
export const isAnswer = (error: unknown, ...statuses: readonly number[]): boolean =>
  error instanceof HttpFailure && statuses.includes(error.status)

/** Whether the archive said no to what was sent, so that it may hold the same from before. */
export const isRefusal = (error: unknown): error is ArchiveFailure =>
  error instanceof ArchiveFailure && ['payload', 'conflict', 'duplicate'].includes(error.error.kind)

/** What was asked of the archive: `what` in bokmål and without anything personal. */
export interface Asked {
  readonly what: string
  /** Whether the archive may have changed something, so that a lost answer leaves the outcome unknown. */
  readonly isWrite: boolean
}

interface Said {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Classes an answer that is no success. The archive's own text echoes what was sent, so it is never passed on. */
export function refusal({ status, headers, text }: Said, { what, isWrite }: Asked): ArchiveFailure {
  const said = `Arkivet svarte ${status} på ${what}.`
  const kind = kindOf(status, text, isWrite)
  const retryAfterMs = retryAfter(headers['retry-after'])
  const options = retryAfterMs === undefined ? {} : { retryAfterMs }
  return new HttpFailure(status, kind, `${said} ${remedies[kind] ?? ''}`.trim(), options)
}

function kindOf(status: number, text: string, isWrite: boolean): ArchiveErrorKind {
  const known = kinds[status]
  if (status === 400) return kindWithin(text, isWrite)
  if (known) return known
  if (status >= 300 && status < 400) return 'config'
  if (status >= 500 || status === 408 || status === 425) return isWrite ? 'unknown-outcome' : 'transient'
  return 'payload'
}

const kinds: Partial<Record<number, ArchiveErrorKind>> = {
  401: 'auth',
  403: 'auth',
  404: 'not-found',
  409: 'conflict',
  410: 'not-found',
  412: 'conflict',
  429: 'rate-limited',
  501: 'unsupported'
}

/** nikita 2021 answers 400 to nearly everything and names its exception in the text. */
function kindWithin(text: string, isWrite: boolean): ArchiveErrorKind {
  if (text.includes('NoarkEntityNotFoundException')) return 'not-found'
  if (text.includes('NoarkConcurrencyException')) return 'conflict'
  if (text.includes('StorageException')) return isWrite ? 'unknown-outcome' : 'transient'
  return 'payload'
}

const remedies: Partial<Record<ArchiveErrorKind, string>> = {
  auth: 'Brukeren til Arkivbro mangler innlogging eller rettighet. Kontroller innloggingen og rettighetene i arkivet.',
  config: 'Adressen viser videre til et annet sted, og dit følger ikke Arkivbro. Kontroller N5TG_URL.',
  conflict: 'Noen andre endret det samme. Arkivbro leser på nytt og prøver igjen av seg selv.',
  'not-found': 'Det finnes ikke, eller brukeren til Arkivbro har ikke lov til å se det.',
  payload: 'Arkivet godtar ikke innholdet. Kontroller kodene i N5TG_-innstillingene med «arkivbro doctor».',
  'rate-limited': 'Arkivet ber oss vente. Sendingen prøves igjen av seg selv.',
  transient: 'Sendingen prøves igjen av seg selv.',
  'unknown-outcome': 'Vi vet ikke om arkivet utførte det. Arkivbro slår opp før noe sendes på nytt.',
  unsupported: 'Arkivet tilbyr ikke dette. Kontroller N5TG_DIALECT.'
}

const RETRY_AFTER_MAX_MS = 3_600_000

/** Retry-After in seconds or as a date (RFC 9110 §10.2.3), at most an hour. */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), RETRY_AFTER_MAX_MS)
}
