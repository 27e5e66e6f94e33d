import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApiKey } from '../domain/access.ts'
import type { KeyStore } from './store-port.ts'

/** What a key's id can be; nothing else is looked up. */
const KEY_ID = /^[a-z0-9-]{1,32}$/

/** The key that `id.secret` opens; nothing when it opens none, whatever the reason. */
export async function knownKey(keys: Pick<KeyStore, 'find'>, token: string): Promise<ApiKey | undefined> {
  const [id = '', secret = ''] = token.split('.', 2)
  const isWhole = token.split('.').length === 2
  const key = isWhole && KEY_ID.test(id) ? await keys.find(id) : undefined
  // Without a key the comparison is made all the same, so that time does not tell which ids exist.
  const matches = equal(digest(secret), Buffer.from(key?.secretSha256 ?? digest('').toString('hex'), 'hex'))
  if (!key || !matches || key.revokedAt) return undefined
  const { secretSha256: _, ...known } = key
  return known
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const equal = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)
