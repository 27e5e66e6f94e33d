import type { KeyStore } from '../../../src/flow/store-port.ts'
import { append } from './audit.ts'
import { copyOf, kept, type Model } from './tables.ts'

export const keyModel = (model: Model): KeyStore => ({
  async find(id) {
    const key = model.tables().apiKeys.get(id)
    return key && copyOf(key)
  },

  list: async () =>
    [...model.tables().apiKeys.values()]
      .map(({ secretSha256: _, ...key }) => copyOf(key))
      .sort((a, b) => a.madeAt.getTime() - b.madeAt.getTime()),

  add: async (key, secretSha256) =>
    model.transaction((tables) => {
      const { id, madeAt, madeBy, role, scopes } = key
      tables.apiKeys.set(id, kept({ ...key, secretSha256 }))
      const facts = { role, scopes: scopes.join(' ') }
      append(tables, { at: madeAt, actor: madeBy, action: 'key.made', subject: id, facts })
    }),

  revoke: async (id, at, actor) =>
    model.transaction((tables) => {
      const key = tables.apiKeys.get(id)
      if (!key || key.revokedAt) return false
      tables.apiKeys.set(id, kept({ ...key, revokedAt: at }))
      append(tables, { at, actor, action: 'key.revoked', subject: id })
      return true
    })
})
