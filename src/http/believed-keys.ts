import type { Clock } from '../flow/ports.ts'
import type { KeyStore } from '../flow/store-port.ts'

/** How long a looked-up key is believed. Another process's revocation takes at most this long to bite. */
const KEY_BELIEVED_MS = 5_000
const KEYS_BELIEVED_MAX = 1_000

type Found = Awaited<ReturnType<KeyStore['find']>>

/** Keys that were looked up lately are not looked up again. What is revoked through here bites at once. */
export function believedKeys(keys: KeyStore, now: Clock): KeyStore {
  const known = new Map<string, { readonly key: Found; readonly until: number }>()
  let revocations = 0
  return {
    ...keys,

    async find(id) {
      const at = now().getTime()
      const held = known.get(id)
      if (held && held.until > at) return held.key
      const before = revocations
      const key = await keys.find(id)
      if (known.size >= KEYS_BELIEVED_MAX) known.clear()
      // What was read while a key was being revoked may be out of date already.
      if (key && before === revocations) known.set(id, { key, until: at + KEY_BELIEVED_MS })
      else known.delete(id)
      return key
    },

    async revoke(id, at, actor) {
      const revoked = await keys.revoke(id, at, actor)
      revocations += 1
      known.delete(id)
      return revoked
    }
  }
}
