import type { Json } from '../flow/ports.ts'
import type { LedgerStore, PlanStore } from '../flow/store-port.ts'
import { type Database, runPrepared } from './database.ts'
import { fromStored, storedForm } from './stored-json.ts'
import { leftToNextCommit, readTogether, together } from './together.ts'

export function ledgerStore(db: Database): LedgerStore {
  const writeTogether = together((rows) => runPrepared<{ is_new: boolean }>(db, write, [rows]))
  return {
    async start(id, name, at) {
      if ((await writeTogether({ id, name, at }))?.is_new) return { kind: 'new' }
      const { done_at, result } = await db
        .selectFrom('delivery_step')
        .select(['done_at', 'result'])
        .where('inquiry_id', '=', id)
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
      return done_at ? { kind: 'done', result: fromStored<Json>(result) } : { kind: 'started' }
    },

    async finish(id, name, at, result) {
      await writeTogether({ id, name, at, ends: true, result: storedForm(result) })
    },

    async hasSteps(id) {
      const step = await db.selectFrom('delivery_step').select('name').where('inquiry_id', '=', id).executeTakeFirst()
      return step !== undefined
    }
  }
}

/**
 * Starts and ends of steps. Of several who start the same step at once, one is told that it is new. Ends alone are left
 * to the next commit.
 */
const write = {
  name: 'arkivbro_write_steps',
  text: `
  with wanted as materialized (
    select * from rows from (jsonb_to_recordset($1) as (
      id uuid, name text, at timestamptz, ends boolean, result jsonb)) with ordinality
  ), ended as (
    update delivery_step step set done_at = at, result = wanted.result
    from wanted where ends and step.inquiry_id = id and step.name = wanted.name
  ), begun as (
    insert into delivery_step (inquiry_id, name, started_at)
    select id, name, at from wanted where ends is null order by id, name
    on conflict do nothing
    returning inquiry_id, name
  )
  select begun.name is not null and row_number() over (partition by id, wanted.name order by ordinality) = 1 as is_new,
         case when (select bool_and(ends is true) from wanted) then ${leftToNextCommit} end
  from wanted left join begun on inquiry_id = id and begun.name = wanted.name
  order by ordinality`
}

export const planStore = (db: Database): PlanStore => ({
  get: readTogether(async (ids) => {
    const rows = await runPrepared<PlanRow>(db, plansByIds, [ids])
    return new Map(rows.map((row) => [row.inquiry_id, fromStored(row.plan)]))
  }),

  async recordXml(id) {
    const row = await db.selectFrom('archive_plan').select('record_xml').where('inquiry_id', '=', id).executeTakeFirst()
    return row?.record_xml
  }
})

interface PlanRow {
  readonly inquiry_id: string
  readonly plan: unknown
}

const plansByIds = {
  name: 'arkivbro_plans',
  text: 'select inquiry_id, plan from archive_plan where inquiry_id = any ($1)'
}
