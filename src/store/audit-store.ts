import type { AuditAction, AuditEvent } from '../domain/audit-event.ts'
import type { AuditStore } from '../flow/store-port.ts'
import type { Database, Tx } from './database.ts'
import { fromStored, storable, toStored } from './stored-json.ts'

export async function appendEvent(db: Database | Tx, event: AuditEvent): Promise<void> {
  const { at, actor, action, subject, facts = {}, reason } = event
  const insert = db.insertInto('audit_event').values({ at, actor, action, subject, facts: toStored(facts) })
  if (reason === undefined) return void (await insert.execute())
  await db
    .with('event', () => insert.returning('seq'))
    .insertInto('event_reason')
    .columns(['seq', 'words'])
    .expression((eb) => eb.selectFrom('event').select(['seq', eb.val(storable(reason)).as('words')]))
    .execute()
}

export const auditStore = (db: Database): AuditStore => ({
  append: (event) => appendEvent(db, event),

  async about(subject) {
    const rows = await db
      .selectFrom('audit_event')
      .leftJoin('event_reason', 'event_reason.seq', 'audit_event.seq')
      .select(['at', 'actor', 'action', 'subject', 'facts', 'words'])
      .where('subject', '=', subject)
      .orderBy('audit_event.seq')
      .limit(1_000)
      .execute()
    return rows.map((row) => ({
      at: row.at,
      actor: row.actor,
      action: row.action as AuditAction,
      subject: row.subject,
      facts: fromStored(row.facts),
      ...(row.words !== null && { reason: row.words })
    }))
  }
})
