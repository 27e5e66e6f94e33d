import type { AuditAction, AuditEvent } from '../domain/audit-event.ts'
import type { AuditStore } from '../flow/store-port.ts'
import type { Database, Tx } from './database.ts'
import { fromStored, toStored } from './stored-json.ts'

export async function appendEvent(db: Database | Tx, event: AuditEvent): Promise<void> {
  const { at, actor, action, subject, facts = {} } = event
  await db
    .insertInto('audit_event')
    .values({ at, actor, action, subject, facts: toStored(facts) })
    .execute()
}

export const auditStore = (db: Database): AuditStore => ({
  append: (event) => appendEvent(db, event),

  async about(subject) {
    const rows = await db
      .selectFrom('audit_event')
      .selectAll()
      .where('subject', '=', subject)
      .orderBy('seq')
      .limit(1_000)
      .execute()
    return rows.map((row) => ({
      at: row.at,
      actor: row.actor,
      action: row.action as AuditAction,
      subject: row.subject,
      facts: fromStored(row.facts)
    }))
  }
})
