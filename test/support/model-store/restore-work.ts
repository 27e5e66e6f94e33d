import { type Task, taskIn } from '../../../src/domain/inquiry.ts'
import { append } from './audit.ts'
import { freshWork } from './messages.ts'
import { saksmappeOf } from './saksmappe.ts'
import { ms, type Tables } from './tables.ts'

/** Work for those that should have some and have none. While a person is asked, none is what they should have. */
export function restoreWork(
  tables: Tables,
  at: Date,
  limit: number,
  actor: string
): readonly { readonly id: string; readonly task: Task }[] {
  const { inquiries, plans, work } = tables
  const lost = [...inquiries.values()]
    .filter(({ id, status }) => !work.has(id) && status.state !== 'needs-action')
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, status }) => {
      const task = taskIn(status.state)
      return task ? [{ id, task }] : []
    })
    .slice(0, limit)
  for (const { id, task } of lost) {
    const kept = plans.get(id)
    work.set(id, { ...freshWork(id, task, ms(at)), saksmappe: kept && saksmappeOf(kept.plan) })
    append(tables, { at, actor, action: 'inquiry.work-restored', subject: id, facts: { task } })
  }
  return lost
}
