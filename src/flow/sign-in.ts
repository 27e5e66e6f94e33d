import { createHash, randomBytes } from 'node:crypto'
import type { ApiKey, Caller } from '../domain/access.ts'
import { Unauthenticated } from '../domain/errors.ts'
import { knownKey } from './known-key.ts'
import type { Clock } from './ports.ts'
import type { KeyStore, SessionStore } from './store-port.ts'

export interface SignInDeps {
  readonly keys: Pick<KeyStore, 'find'>
  readonly sessions: SessionStore
  readonly now: Clock
}

/** Somebody who is signed in, and what the session remembers for them. */
export interface SignedIn {
  readonly caller: Caller
  /** What the key is called. */
  readonly label: string
  /** Id of the administrator who marked last. */
  readonly markedBy?: string
}

export interface SessionBegun {
  readonly id: string
  readonly maySend: boolean
}

/** How long a session lasts at most, and how long it lasts unused. */
const SESSION_MS_MAX = 8 * 3_600_000
const IDLE_MS_MAX = 30 * 60_000

/**
 * Begins a session for whoever holds a key that may send inquiries, or decide about them. Its id is a secret of 256 bits,
 * kept only as its SHA-256. Throws Unauthenticated, in the same words whatever is wrong.
 */
export async function signIn({ keys, sessions, now }: SignInDeps, token: string): Promise<SessionBegun> {
  const key = await knownKey(keys, token)
  const maySend = key?.scopes.includes('inquiries:write') === true
  if (!key || !(maySend || key.scopes.includes('inquiries:act'))) throw refused()
  const id = randomBytes(32).toString('base64url')
  const at = now()
  await sessions.start({ idSha256: hashed(id), keyId: key.id, at }, new Date(at.getTime() - SESSION_MS_MAX))
  return { id, maySend }
}

/** Who a session belongs to; nothing when it is over, or its key is revoked. Asking makes it last. */
export async function signedIn(
  { sessions, now }: Pick<SignInDeps, 'sessions' | 'now'>,
  id: string
): Promise<SignedIn | undefined> {
  const at = now()
  const used = await sessions.use(hashed(id), at, {
    startedAfter: new Date(at.getTime() - SESSION_MS_MAX),
    usedAfter: new Date(at.getTime() - IDLE_MS_MAX)
  })
  if (!used) return undefined
  const { key, markedBy } = used
  return { caller: callerBy(key), label: key.label, ...(markedBy !== undefined && { markedBy }) }
}

/** From now on the id opens nothing. */
export const signOut = ({ sessions, now }: Pick<SignInDeps, 'sessions' | 'now'>, id: string): Promise<void> =>
  sessions.end(hashed(id), now())

/** Remembers who marked, for the next inquiry of the session. */
export const rememberMarker = ({ sessions }: Pick<SignInDeps, 'sessions'>, id: string, administrator: string) =>
  sessions.remember(hashed(id), administrator)

export const callerBy = ({ id, role, scopes }: ApiKey): Caller => ({ actor: `key:${id}`, role, scopes })

const hashed = (id: string): string => createHash('sha256').update(id).digest('hex')
const refused = () =>
  new Unauthenticated(
    'Nøkkelen er ikke gyldig her. Se etter at hele nøkkelen er med, på formen «id.hemmelighet». Virker den fortsatt ikke, be den som styrer Arkivbro, om en ny.'
  )
