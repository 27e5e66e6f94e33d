import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import type { CallbackClient, CallbackRegistration } from '../domain/callback-client.ts'
import type { Decision } from '../domain/decision.ts'
import { Conflict, type Pointer, Refused } from '../domain/errors.ts'
import type { Policy } from '../domain/policy.ts'
import { unknownCategory } from './assess-inquiry.ts'
import type { LatelyRead } from './lately-read.ts'
import type { Clock } from './ports.ts'
import type { CallbackClientStore } from './store-port.ts'

export interface CallbackClientDeps {
  readonly callbackClients: CallbackClientStore
  /** What intake knows of them, told of each change. */
  readonly knownClients: Pick<LatelyRead<unknown>, 'forget'>
  /** What is in force now. */
  readonly policy: () => Promise<Policy>
  readonly now: Clock
  readonly newId: () => string
}

const RSA_BITS_MIN = 2_048

/**
 * Registers a moderation tool. Throws Refused: `public-key-not-valid`, `category-unknown`, `said-twice`;
 * Conflict('signing-key-in-use').
 */
export async function registerClient(
  deps: CallbackClientDeps,
  wanted: CallbackRegistration,
  decision: Decision
): Promise<CallbackClient> {
  const checked = await checkedRegistration(deps, wanted)
  return keep(deps, { ...checked, id: deps.newId(), version: 1, ...changed(deps, decision) }, 'registered', decision)
}

/**
 * Replaces the whole registration as it was in `version`; with it the key, when the tool has a new one. Throws as above,
 * NotFound, Conflict (`callback-client-changed`, `callback-client-ended`).
 */
export async function replaceClient(
  deps: CallbackClientDeps,
  id: string,
  wanted: CallbackRegistration,
  { version, ...decision }: Decision & { readonly version: number }
): Promise<CallbackClient> {
  if ((await deps.callbackClients.get(id)).endedAt) throw endedBefore(id)
  const checked = await checkedRegistration(deps, wanted)
  return keep(deps, { ...checked, id, version: version + 1, ...changed(deps, decision) }, 'changed', decision)
}

/** From now on nothing that it signs counts. Throws NotFound, Conflict (`callback-client-ended`, `callback-client-changed`). */
export async function endClient(deps: CallbackClientDeps, id: string, decision: Decision): Promise<CallbackClient> {
  const stood = await deps.callbackClients.get(id)
  if (stood.endedAt) throw endedBefore(id)
  const change = changed(deps, decision)
  const ended = { ...stood, version: stood.version + 1, ...change, endedAt: change.changedAt }
  return keep(deps, ended, 'ended', decision)
}

const changed = ({ now }: CallbackClientDeps, { actor }: Decision) => ({ changedAt: now(), changedBy: actor })

async function keep(
  { callbackClients, knownClients }: CallbackClientDeps,
  client: CallbackClient,
  what: 'registered' | 'changed' | 'ended',
  { reason }: Decision
): Promise<CallbackClient> {
  const facts = { version: client.version, source: client.source, keySha256: client.keySha256 }
  // Also when nobody knows how it ended: it may have been kept.
  await callbackClients.keep(client, { action: `callback-client.${what}`, facts, reason }).finally(knownClients.forget)
  return client
}

async function checkedRegistration({ policy }: CallbackClientDeps, wanted: CallbackRegistration) {
  const key = publicKeyFrom(wanted.publicKey)
  const { guideline } = await policy()
  const unknown = namedCategories(wanted).filter(({ category }) => !Object.hasOwn(guideline.categories, category))
  if (unknown.length > 0) {
    throw unknownCategory(
      guideline,
      unknown.map(({ pointer }) => pointer)
    )
  }
  const twice = [...twiceIn(wanted, 'actions'), ...twiceIn(wanted, 'policies')]
  if (twice.length > 0) throw saidTwice(twice)
  const keySha256 = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
  return { ...wanted, publicKey: key.export({ type: 'spki', format: 'pem' }).toString(), keySha256 }
}

/** Only what is meant to be public is taken: a private key also holds a public one, and must not come here. */
function publicKeyFrom(pem: string): KeyObject {
  try {
    const key = /^\s*-----BEGIN PUBLIC KEY-----/.test(pem) ? createPublicKey(pem) : undefined
    const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0
    if (key?.asymmetricKeyType === 'rsa' && bits >= RSA_BITS_MIN) return key
  } catch {
    // Not a key at all: refused as any other that is not of the right kind.
  }
  throw new Refused(
    'public-key-not-valid',
    `Nøkkelen er ikke en offentlig RSA-nøkkel på minst ${RSA_BITS_MIN} bit i PEM («BEGIN PUBLIC KEY»). Ingenting er lagret. Hent den offentlige nøkkelen i moderasjonsverktøyet; den private skal aldri ut derfra.`,
    [{ pointer: '/publicKey', detail: 'er ikke en slik nøkkel' }]
  )
}

const namedCategories = ({ actions, policies }: CallbackRegistration) => [
  ...actions.flatMap((action, n) =>
    action.means === 'inquiry' && action.category !== undefined
      ? [{ category: action.category, pointer: `/actions/${n}/category` }]
      : []
  ),
  ...policies.map(({ category }, n) => ({ category, pointer: `/policies/${n}/category` }))
]

const twiceIn = (wanted: CallbackRegistration, list: 'actions' | 'policies'): readonly Pointer[] =>
  wanted[list].flatMap(({ id }, n) =>
    wanted[list].findIndex((other) => other.id === id) < n
      ? [{ pointer: `/${list}/${n}/id`, detail: 'står der fra før' }]
      : []
  )

const saidTwice = (pointers: readonly Pointer[]) =>
  new Refused(
    'said-twice',
    'En handling eller regel står to ganger, så ingen kunne vite hva den betyr. Ingenting er lagret.',
    pointers
  )

const endedBefore = (id: string) =>
  new Conflict(
    'callback-client-ended',
    `Registreringen ${id} er avsluttet. Registrer verktøyet på nytt hvis det skal brukes igjen.`
  )
