import type { Json } from '../flow/ports.ts'
import type { LedgerStore, PlanStore } from '../flow/store-port.ts'
import type { Database } from './database.ts'
import { fromStored, toStored } from './stored-json.ts'

export const ledgerStore = (db: Database): LedgerStore => ({
  async start(id, name, at) {
    const started = await db
      .insertInto('delivery_step')
      .values({ inquiry_id: id, name, started_at: at, done_at: null, result: null })
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .executeTakeFirst()
    if (started) return { kind: 'new' }
    const { done_at, result } = await db
      .selectFrom('delivery_step')
      .select(['done_at', 'result'])
      .where('inquiry_id', '=', id)
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    return done_at ? { kind: 'done', result: fromStored<Json>(result) } : { kind: 'started' }
  },

  async finish(id, name, at, result) {
    await db
      .updateTable('delivery_step')
      .set({ done_at: at, result: toStored(result) })
      .where('inquiry_id', '=', id)
      .where('name', '=', name)
      .execute()
  },

  async hasSteps(id) {
    const step = await db.selectFrom('delivery_step').select('name').where('inquiry_id', '=', id).executeTakeFirst()
    return step !== undefined
  }
})

export const planStore = (db: Database): PlanStore => ({
  async get(id) {
    const row = await db
      .selectFrom('archive_plan')
      .select(['plan', 'record_xml'])
      .where('inquiry_id', '=', id)
      .executeTakeFirst()
    return row && { plan: fromStored(row.plan), recordXml: row.record_xml }
  }
})
