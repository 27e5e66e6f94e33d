import { type Selectable, sql } from 'kysely'
import { type Administrator, type AdministratorRight, namesakeOf } from '../domain/administrator.ts'
import { Conflict, NotFound } from '../domain/errors.ts'
import type { AdministratorStore } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database, Tables, Tx } from './database.ts'
import { storable } from './stored-json.ts'

export const administratorStore = (db: Database): AdministratorStore => ({
  list: () => current(db),

  async versions(id) {
    const rows = await db
      .selectFrom('administrator')
      .selectAll()
      .where('id', '=', id)
      .orderBy('version', 'desc')
      .execute()
    const [now, ...before] = rows.map(fromRow)
    if (!now) throw new NotFound('administrator-not-found', `Det finnes ingen administrator med id ${id}.`)
    return [now, ...before]
  },

  keep: (administrator, event) =>
    db.transaction().execute(async (tx) => {
      // One at a time, so that no two names are given away at once.
      await sql`lock table administrator in share row exclusive mode`.execute(tx)
      const others = await current(tx)
      const { id, version, changedAt, changedBy } = administrator
      if (version !== (others.find((other) => other.id === id)?.version ?? 0) + 1) throw changedSince(id)
      const namesake = namesakeOf(administrator, others)
      if (namesake) throw inUse(namesake.id)
      await tx.insertInto('administrator').values(toRow(administrator)).execute()
      await appendEvent(tx, { ...event, at: changedAt, actor: changedBy, subject: id })
    })
})

async function current(db: Database | Tx): Promise<readonly Administrator[]> {
  const rows = await db
    .selectFrom('administrator')
    .selectAll()
    .distinctOn('id')
    .orderBy('id')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(fromRow)
}

type Row = Selectable<Tables['administrator']>

const toRow = ({ id, version, name, actsAs, unit, from, to, may, changedAt, changedBy }: Administrator): Row => ({
  ...{ id, version, name: storable(name), acts_as: actsAs.map(storable), unit: storable(unit) },
  ...{ valid_from: from, valid_to: to ?? null, may: [...may], changed_at: changedAt, changed_by: changedBy }
})

const fromRow = (row: Row): Administrator => ({
  id: row.id,
  version: row.version,
  name: row.name,
  actsAs: row.acts_as,
  unit: row.unit,
  from: row.valid_from,
  ...(row.valid_to && { to: row.valid_to }),
  may: row.may as AdministratorRight[],
  changedAt: row.changed_at,
  changedBy: row.changed_by
})

const changedSince = (id: string) =>
  new Conflict(
    'administrator-changed',
    `Utnevningen ${id} er endret siden du hentet den. Ingenting er gjort. Hent den på nytt, og gjør endringen hvis den fortsatt trengs.`
  )

const inUse = (id: string) =>
  new Conflict(
    'name-in-use',
    `Et av navnene er i bruk av administratoren ${id} i samme tidsrom, så ingen kunne vite hvem av dem som merket. Ingenting er gjort. Velg et annet navn, eller avslutt den andre utnevningen først.`
  )
