import type { AttachmentStore } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database } from './database.ts'
import { storable } from './stored-json.ts'

export const attachmentStore = (db: Database): AttachmentStore => ({
  add: ({ id, sha256, size, mediaType, fileName }, at, actor) =>
    db.transaction().execute(async (tx) => {
      await tx
        .insertInto('attachment')
        .values({
          id,
          sha256,
          size: String(size),
          media_type: mediaType,
          file_name: storable(fileName),
          stored_at: at,
          stored_by: actor
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await appendEvent(tx, { at, actor, action: 'attachment.stored', subject: id, facts: { sha256, size, mediaType } })
    }),

  async find(ids) {
    if (ids.length === 0) return []
    const rows = await db
      .selectFrom('attachment')
      .selectAll()
      .where('id', 'in', [...ids])
      .execute()
    return rows.map((row) => ({
      id: row.id,
      sha256: row.sha256,
      size: Number(row.size),
      mediaType: row.media_type,
      fileName: row.file_name
    }))
  }
})
