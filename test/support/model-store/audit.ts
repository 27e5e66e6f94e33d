import type { AuditEvent } from '../../../src/domain/audit-event.ts'
import type { AuditStore } from '../../../src/flow/store-port.ts'
import { copyOf, kept, type Model, type Tables } from './tables.ts'

export function append({ events }: Tables, { facts = {}, ...event }: AuditEvent): void {
  events.push(kept({ ...event, facts }))
}

export const auditModel = (model: Model): AuditStore => ({
  append: async (event) => model.transaction((tables) => append(tables, event)),
  about: async (subject) =>
    model
      .tables()
      .events.filter((row) => row.subject === subject)
      .slice(0, 1_000)
      .map(copyOf)
})
