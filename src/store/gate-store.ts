import { type Selectable, sql, type Updateable } from 'kysely'
import { type ArchiveGate, closedAfter, gatePhase, OPEN_GATE, TRYING_MS } from '../domain/archive-gate.ts'
import type { AuditEvent } from '../domain/audit-event.ts'
import { latestTurn } from '../domain/delivery-rate.ts'
import type { GateStore } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database, Tables } from './database.ts'
import { storable } from './stored-json.ts'

export const gateStore = (db: Database): GateStore => ({
  look: (archive) => look(db, archive),

  async pass(archive, at) {
    const gate = await look(db, archive)
    if (gatePhase(gate, at) === 'open') return gate
    // Of all that come when the time is out, the one that closes the gate behind it goes through.
    const taken = await db
      .updateTable('archive_gate')
      .set({ closed_until: after(at, TRYING_MS) })
      .where('archive', '=', archive)
      .where('paused_at', 'is', null)
      .where('closed_until', '<=', at)
      .executeTakeFirst()
    return taken.numUpdatedRows === 1n ? gate : undefined
  },

  async takeTurn(archive, rate, at) {
    const { rows } = await sql`
      insert into archive_gate as gate (archive, next_delivery_at)
      values (${archive}, ${after(at, rate.intervalMs)})
      on conflict (archive) do update set next_delivery_at =
        greatest(gate.next_delivery_at, ${at}) + ${rate.intervalMs} * interval '1 millisecond'
      where gate.next_delivery_at is null or gate.next_delivery_at <= ${latestTurn(rate, at)}
      returning archive`.execute(db)
    return rows.length === 1
  },

  failed: (archive, isLockedOut, at) =>
    change(db, archive, (gate) => {
      const failures = gate.failures + 1
      const until = closedAfter(failures, isLockedOut, at)
      const set = { failures, closed_until: until ?? null }
      if (!until) return { set }
      return {
        set,
        event: { at, actor: archive, action: 'archive.closed', facts: { failures, until: until.toISOString() } }
      }
    }),

  worked: (archive, at) =>
    change(db, archive, (gate) => ({
      set: { failures: 0, closed_until: null },
      ...(gate.closedUntil && { event: { at, actor: archive, action: 'archive.opened' } })
    })),

  pause: (archive, { at, by, reason }) =>
    change(db, archive, () => ({
      set: { paused_at: at, paused_by: by, paused_reason: storable(reason) },
      event: { at, actor: by, action: 'archive.paused' }
    })),

  resume: (archive, at, by) =>
    change(db, archive, () => ({
      set: { failures: 0, closed_until: null, paused_at: null, paused_by: null, paused_reason: null },
      event: { at, actor: by, action: 'archive.resumed' }
    }))
})

async function look(db: Database, archive: string): Promise<ArchiveGate> {
  const row = await db.selectFrom('archive_gate').selectAll().where('archive', '=', archive).executeTakeFirst()
  return row ? gateFrom(row) : OPEN_GATE
}

interface Change {
  readonly set: Updateable<Tables['archive_gate']>
  readonly event?: Omit<AuditEvent, 'subject'>
}

/** Changes the gate as it stands, with its audit event, in one transaction. */
async function change(db: Database, archive: string, decide: (gate: ArchiveGate) => Change): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('archive_gate')
      .values({ archive })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const ofArchive = tx.selectFrom('archive_gate').selectAll().where('archive', '=', archive)
    const { set, event } = decide(gateFrom(await ofArchive.forUpdate().executeTakeFirstOrThrow()))
    await tx.updateTable('archive_gate').set(set).where('archive', '=', archive).execute()
    if (event) await appendEvent(tx, { ...event, subject: `archive:${archive}` })
  })
}

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

const gateFrom = (row: Selectable<Tables['archive_gate']>): ArchiveGate => ({
  failures: row.failures,
  ...(row.closed_until && { closedUntil: row.closed_until }),
  ...(row.next_delivery_at && { nextDeliveryAt: row.next_delivery_at }),
  ...(row.paused_at && { paused: { at: row.paused_at, by: row.paused_by ?? '', reason: row.paused_reason ?? '' } })
})
