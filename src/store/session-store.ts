import type { SessionStore } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database } from './database.ts'
import { keyFromRow } from './key-store.ts'

export const sessionStore = (db: Database): SessionStore => ({
  start: ({ idSha256, keyId, at }, oldest) =>
    db.transaction().execute(async (tx) => {
      await tx.deleteFrom('console_session').where('started_at', '<=', oldest).execute()
      const times = { started_at: at, used_at: at }
      const session = { id_sha256: idSha256, key_id: keyId, marked_by: null, ...times }
      await tx.insertInto('console_session').values(session).execute()
      await appendEvent(tx, { at, actor: `key:${keyId}`, action: 'session.started', subject: keyId })
    }),

  async use(idSha256, at, { startedAfter, usedAfter }) {
    const row = await db
      .updateTable('console_session')
      .from('api_key')
      .set({ used_at: at })
      .where('id_sha256', '=', idSha256)
      .where('started_at', '>', startedAfter)
      .where('used_at', '>', usedAfter)
      .whereRef('api_key.id', '=', 'key_id')
      .where('revoked_at', 'is', null)
      .returning(['id', 'label', 'role', 'scopes', 'made_at', 'made_by', 'revoked_at', 'marked_by'])
      .executeTakeFirst()
    return row && { key: keyFromRow(row), ...(row.marked_by !== null && { markedBy: row.marked_by }) }
  },

  async remember(idSha256, markedBy) {
    await db.updateTable('console_session').set({ marked_by: markedBy }).where('id_sha256', '=', idSha256).execute()
  },

  end: (idSha256, at) =>
    db.transaction().execute(async (tx) => {
      const ended = await tx
        .deleteFrom('console_session')
        .where('id_sha256', '=', idSha256)
        .returning('key_id')
        .executeTakeFirst()
      if (!ended) return
      const { key_id: keyId } = ended
      await appendEvent(tx, { at, actor: `key:${keyId}`, action: 'session.ended', subject: keyId })
    })
})
