import { type Selectable, sql } from 'kysely'
import type { BulkAction, BulkKind, Selection } from '../domain/bulk-action.ts'
import { Conflict, NotFound } from '../domain/errors.ts'
import type { BulkOrder, BulkStore, TakenBulk } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { BulkActionTable, Database, Tx } from './database.ts'
import { fromRow, selectInquiries } from './inquiry-row.ts'
import { storable } from './stored-json.ts'

export const bulkStore = (db: Database): BulkStore => ({
  async preview(selection, limit) {
    const { count } = await selected(db, selection)
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    const oldest = selected(db, selection).select('id').orderBy('id').limit(limit)
    const rows = await selectInquiries(db).where('inquiry.id', 'in', oldest).orderBy('inquiry.id').execute()
    return { count: Number(count), sample: rows.map(fromRow) }
  },

  start: (order, at) => db.transaction().execute((tx) => start(tx, order, at)),
  get: (id) => read(db, id),

  async latest(limit) {
    const rows = await db.selectFrom('bulk_action').select('id').orderBy('id', 'desc').limit(limit).execute()
    return Promise.all(rows.map(({ id }) => read(db, id)))
  },

  cancel: (id, at, { actor, reason }) =>
    db.transaction().execute(async (tx) => {
      await read(tx, id)
      if (!(await end(tx, id, { ended_at: at, cancelled_by: actor }))) throw ended(id)
      await appendEvent(tx, { at, actor, action: 'bulk.cancelled', subject: `bulk:${id}`, reason })
      return read(tx, id)
    }),

  take: (at, until) => take(db, at, until),

  async left(id, limit) {
    const rows = await unfinished(db, id).orderBy('inquiry_id').limit(limit).execute()
    return rows.map((row) => row.inquiry_id)
  },

  async keepOutcome(id, inquiryId, outcome) {
    await db
      .updateTable('bulk_item')
      .set({ outcome })
      .where('bulk_id', '=', id)
      .where('inquiry_id', '=', inquiryId)
      .where('outcome', 'is', null)
      .execute()
  },

  putBack: (id, at, nextAt) => db.transaction().execute((tx) => putBack(tx, id, at, nextAt))
})

async function start(tx: Tx, order: BulkOrder, at: Date): Promise<BulkAction> {
  const { id, kind, reason, actor, perMinute, selection, count } = order
  const values = { id, action: kind, reason: storable(reason), per_minute: perMinute, made_at: at, made_by: actor }
  await tx
    .insertInto('bulk_action')
    .values({ ...values, next_at: at })
    .execute()
  const { numInsertedOrUpdatedRows: chosen = 0n } = await tx
    .insertInto('bulk_item')
    .columns(['bulk_id', 'inquiry_id'])
    .expression(selected(tx, selection).select([sql<string>`${id}::uuid`.as('bulk_id'), 'id']))
    .executeTakeFirstOrThrow()
  if (chosen !== BigInt(count)) throw changed(Number(chosen), count)
  const facts = { kind, count, perMinute }
  await appendEvent(tx, { at, actor, action: 'bulk.started', subject: `bulk:${id}`, facts, reason })
  return read(tx, id)
}

async function take(db: Database, at: Date, until: Date): Promise<readonly TakenBulk[]> {
  const rows = await db
    .updateTable('bulk_action')
    .set({ next_at: until })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('bulk_action')
        .select('id')
        .where('ended_at', 'is', null)
        .where('next_at', '<=', at)
        .forUpdate()
        .skipLocked()
    )
    .returning(['id', 'action', 'reason', 'made_by', 'per_minute'])
    .execute()
  return rows.map(({ id, action, reason, made_by: madeBy, per_minute: perMinute }) => ({
    ...{ id, reason, madeBy, perMinute },
    kind: action as BulkKind
  }))
}

async function putBack(tx: Tx, id: string, at: Date, nextAt: Date): Promise<void> {
  if (await unfinished(tx, id).limit(1).executeTakeFirst()) {
    await tx.updateTable('bulk_action').set({ next_at: nextAt }).where('id', '=', id).execute()
    return
  }
  if (!(await end(tx, id, { ended_at: at }))) return
  const { madeBy: actor, total, done } = await read(tx, id)
  await appendEvent(tx, { at, actor, action: 'bulk.ended', subject: `bulk:${id}`, facts: { total, done } })
}

const selected = (db: Database | Tx, { states, code, source, receivedFrom, receivedTo }: Selection) =>
  db
    .selectFrom('inquiry')
    .where('state', 'in', [...states])
    .$if(code !== undefined, (q) => q.where(sql<string>`status #>> '{trouble,code}'`, '=', code ?? ''))
    .$if(source !== undefined, (q) => q.where('source', '=', source ?? ''))
    .$if(receivedFrom !== undefined, (q) => q.where('received_at', '>=', receivedFrom ?? new Date(0)))
    .$if(receivedTo !== undefined, (q) => q.where('received_at', '<', receivedTo ?? new Date(0)))

const unfinished = (db: Database | Tx, id: string) =>
  db.selectFrom('bulk_item').select('inquiry_id').where('bulk_id', '=', id).where('outcome', 'is', null)

async function end(
  tx: Tx,
  id: string,
  set: Pick<Partial<Selectable<BulkActionTable>>, 'ended_at' | 'cancelled_by'>
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('bulk_action')
    .set(set)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

async function read(db: Database | Tx, id: string): Promise<BulkAction> {
  const row = await db.selectFrom('bulk_action').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound('bulk-action-not-found', `Det finnes ingen massehandling med id ${id}.`)
  const items = await db
    .selectFrom('bulk_item')
    .select(({ fn }) => ['outcome', fn.countAll<string>().as('count')])
    .where('bulk_id', '=', id)
    .groupBy('outcome')
    .execute()
  const counts = items.map(({ outcome, count }) => [outcome, Number(count)] as const)
  return {
    id,
    kind: row.action as BulkKind,
    reason: row.reason,
    perMinute: row.per_minute,
    madeAt: row.made_at,
    madeBy: row.made_by,
    ...(row.ended_at && { endedAt: row.ended_at }),
    ...(row.cancelled_by !== null && { cancelledBy: row.cancelled_by }),
    total: counts.reduce((sum, [, count]) => sum + count, 0),
    done: counts.find(([outcome]) => outcome === 'done')?.[1] ?? 0,
    refused: Object.fromEntries(counts.filter(([outcome]) => outcome !== null && outcome !== 'done'))
  }
}

const changed = (now: number, count: number) =>
  new Conflict(
    'selection-changed',
    `Utvalget har ${now} henvendelser nå, og ikke ${count}. Ingenting er gjort. Forhåndsvis på nytt.`
  )

const ended = (id: string) =>
  new Conflict('bulk-action-ended', `Massehandlingen ${id} er ferdig. Det er ingenting å avbryte.`)
