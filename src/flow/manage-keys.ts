import { createHash, randomBytes } from 'node:crypto'
import { type ApiKey, type Role, type Scope, scopesOf } from '../domain/access.ts'
import { NotFound } from '../domain/errors.ts'
import type { Clock } from './ports.ts'
import type { KeyStore } from './store-port.ts'

export interface KeyDeps {
  readonly keys: KeyStore
  readonly now: Clock
}

export interface NewKey {
  readonly label: string
  readonly role: Role
  /** Fewer than the role has; never more. */
  readonly scopes?: readonly Scope[]
}

/** SHA-256 is enough for a secret of 256 random bits; there is nothing to guess. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Makes a key. The secret is shown this once and kept only as its SHA-256. */
export async function makeKey(
  { keys, now }: KeyDeps,
  { label, role, scopes }: NewKey,
  actor: string,
  secret: string = randomBytes(32).toString('base64url')
): Promise<{ readonly key: ApiKey; readonly token: string }> {
  const granted = scopes ? scopesOf[role].filter((scope) => scopes.includes(scope)) : scopesOf[role]
  const id = randomBytes(6).toString('hex')
  const key: ApiKey = { id, label, role, scopes: granted, madeAt: now(), madeBy: actor }
  await keys.add(key, hashOfSecret(secret))
  return { key, token: `${id}.${secret}` }
}

/** From now on the key opens nothing. Throws NotFound when there is none, or it was revoked before. */
export async function revokeKey({ keys, now }: KeyDeps, id: string, actor: string): Promise<void> {
  if (!(await keys.revoke(id, now(), actor))) {
    throw new NotFound('key-not-found', `Det finnes ingen gyldig nøkkel med id ${id}.`)
  }
}

/**
 * Sees to it that the administrator's key is there: the one given as `id.secret`, or a new one. Any number of processes
 * may do so at once. Gives the token.
 */
export async function ensureAdminKey(deps: KeyDeps, token?: string): Promise<string> {
  const label = 'Administrator'
  if (token === undefined) return (await makeKey(deps, { label, role: 'admin' }, 'arkivbro')).token
  const [id = '', secret = ''] = token.split('.', 2)
  const key: ApiKey = { id, label, role: 'admin', scopes: scopesOf.admin, madeAt: deps.now(), madeBy: 'settings' }
  await deps.keys.add(key, hashOfSecret(secret)).catch(async (error: unknown) => {
    // Another process, or an earlier start, was first.
    if ((await deps.keys.find(id)) === undefined) throw error
  })
  return token
}
