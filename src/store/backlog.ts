import { sql } from 'kysely'
import { allTasks, openStates, type Task } from '../domain/inquiry.ts'
import type { Backlog } from '../flow/store-port.ts'
import type { Database } from './database.ts'

/** Ids are UUIDv7, so the first of a state by its index is its oldest. */
const openSinceQuery = sql<{ at: Date | null }>`
  select min(received_at) as at from unnest(${[...openStates]}::text[]) as open (state), lateral (
    select received_at from inquiry where inquiry.state = open.state order by id limit 1) oldest`

export async function backlogOf(db: Database, at: Date): Promise<Backlog> {
  const due = await db
    .selectFrom('work_item')
    .select(({ fn }) => ['task', fn.countAll<string>().as('count'), fn.min('due_at').as('since')])
    .where('due_at', '<=', at)
    .where((eb) => eb.or([eb('lease', 'is', null), eb('leased_until', '<', at)]))
    .groupBy('task')
    .execute()
  const open = await openSinceQuery.execute(db)
  const [dueSince] = due.map(({ since }) => since).sort((a, b) => a.getTime() - b.getTime())
  const openSince = open.rows[0]?.at
  const dueByTask = Object.fromEntries(allTasks.map((task) => [task, 0])) as Record<Task, number>
  for (const { task, count } of due) dueByTask[task as Task] = Number(count)
  return { dueByTask, ...(dueSince && { dueSince }), ...(openSince && { openSince }) }
}
