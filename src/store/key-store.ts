import type { Selectable } from 'kysely'
import type { ApiKey, Role, Scope } from '../domain/access.ts'
import type { KeyStore } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database, Tables } from './database.ts'
import { storable } from './stored-json.ts'

export const keyStore = (db: Database): KeyStore => ({
  async find(id) {
    const row = await db.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirst()
    return row && { ...keyFromRow(row), secretSha256: row.secret_sha256 }
  },

  async list() {
    const rows = await db.selectFrom('api_key').selectAll().orderBy('made_at').limit(1_000).execute()
    return rows.map(keyFromRow)
  },

  add: ({ id, label, role, scopes, madeAt, madeBy }, secretSha256) =>
    db.transaction().execute(async (tx) => {
      await tx
        .insertInto('api_key')
        .values({
          id,
          secret_sha256: secretSha256,
          label: storable(label),
          role,
          scopes: [...scopes],
          made_at: madeAt,
          made_by: madeBy,
          revoked_at: null
        })
        .execute()
      await appendEvent(tx, {
        at: madeAt,
        actor: madeBy,
        action: 'key.made',
        subject: id,
        facts: { role, scopes: scopes.join(' ') }
      })
    }),

  revoke: (id, at, actor) =>
    db.transaction().execute(async (tx) => {
      const revoked = await tx
        .updateTable('api_key')
        .set({ revoked_at: at })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      if (revoked.numUpdatedRows !== 1n) return false
      await appendEvent(tx, { at, actor, action: 'key.revoked', subject: id })
      return true
    })
})

export const keyFromRow = (row: Omit<Selectable<Tables['api_key']>, 'secret_sha256'>): ApiKey => ({
  id: row.id,
  label: row.label,
  role: row.role as Role,
  scopes: row.scopes as Scope[],
  madeAt: row.made_at,
  madeBy: row.made_by,
  ...(row.revoked_at && { revokedAt: row.revoked_at })
})
