import { journalpostLabel } from '../domain/receipt.ts'
import type { FollowUpStore, LinkedJournalpost } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database, Tx } from './database.ts'

export const followUpStore = (db: Database): FollowUpStore => ({
  of: (id) => linkedTo(db, id),

  link: (id, receipt, at, actor) =>
    db.transaction().execute(async (tx) => {
      const { saksaar, sakssekvensnummer, journalpostnummer, journalpostSystemID, archive } = receipt
      const inserted = await tx
        .insertInto('linked_journalpost')
        .values({
          ...{ inquiry_id: id, saksaar, sakssekvensnummer, journalpostnummer, archive },
          ...{ journalpost_system_id: journalpostSystemID, linked_at: at, linked_by: actor }
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('inquiry_id')
        .executeTakeFirst()
      const journalpost = journalpostLabel(receipt)
      if (inserted) await appendEvent(tx, { at, actor, action: 'inquiry.linked', subject: id, facts: { journalpost } })
      const linked = (await linkedTo(tx, id)).find((one) => one.journalpost === journalpost)
      if (!linked) throw new Error('A link was neither kept nor known.')
      return linked
    })
})

async function linkedTo(db: Database | Tx, id: string): Promise<readonly LinkedJournalpost[]> {
  const rows = await db
    .selectFrom('linked_journalpost')
    .selectAll()
    .where('inquiry_id', '=', id)
    .orderBy('journalpostnummer')
    .limit(1_000)
    .execute()
  return rows.map((row) => ({
    journalpost: journalpostLabel(row),
    ...{ archive: row.archive, linkedAt: row.linked_at, linkedBy: row.linked_by }
  }))
}
