import { sql } from 'kysely'
import { type Task, taskIn, workingStates } from '../domain/inquiry.ts'
import type { WorkStore } from '../flow/store-port.ts'
import type { Database } from './database.ts'

/**
 * One statement. The inquiry is locked and looked at again, so that what a person or a worker moves at the same moment
 * is left alone; only open inquiries are read, by their index.
 */
export async function restoreWork(
  db: Database,
  at: Date,
  limit: number,
  actor: string
): ReturnType<WorkStore['restore']> {
  const tasks = sql.join(workingStates.map((state) => sql`(${state}, ${taskIn(state)})`))
  const { rows } = await sql<{ inquiry_id: string; task: Task }>`
    with tasks (state, task) as (values ${tasks}),
    lost as (
      select inquiry.id, inquiry.state from inquiry
      where state = any(${[...workingStates]})
        and not exists (select from work_item where inquiry_id = inquiry.id)
      order by id limit ${limit} for update skip locked
    ),
    restored as (
      insert into work_item (inquiry_id, task, due_at, saksmappe)
      select id, task, ${at},
        (plan #>> '{casePolicy,saksnummer,saksaar}') || '/' || (plan #>> '{casePolicy,saksnummer,sakssekvensnummer}')
      from lost join tasks using (state) left join archive_plan on archive_plan.inquiry_id = lost.id
      on conflict do nothing
      returning inquiry_id, task
    ),
    event as (
      insert into audit_event (at, actor, action, subject, facts)
      select ${at}, ${actor}, 'inquiry.work-restored', inquiry_id, jsonb_build_object('task', task) from restored
    )
    select inquiry_id, task from restored`.execute(db)
  return rows.map(({ inquiry_id, task }) => ({ id: inquiry_id, task }))
}
