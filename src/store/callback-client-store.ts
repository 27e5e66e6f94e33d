import { type Selectable, sql } from 'kysely'
import type { CallbackClient, CallbackRegistration } from '../domain/callback-client.ts'
import { Conflict, NotFound } from '../domain/errors.ts'
import type { CallbackClientStore } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database, Tables, Tx } from './database.ts'
import { fromStored, toStored } from './stored-json.ts'

export const callbackClientStore = (db: Database): CallbackClientStore => ({
  list: () => current(db),

  async get(id) {
    const client = (await current(db)).find((one) => one.id === id)
    if (!client) throw new NotFound('callback-client-not-found', `Det finnes ikke noe moderasjonsverktøy med id ${id}.`)
    return client
  },

  keep: (client, event) =>
    db.transaction().execute(async (tx) => {
      // One at a time, so that no key is given away twice at once.
      await sql`lock table callback_client in share row exclusive mode`.execute(tx)
      const others = await current(tx)
      const { id, version, keySha256, changedAt, changedBy } = client
      if (version !== (others.find((other) => other.id === id)?.version ?? 0) + 1) throw changedSince(id)
      const holder = others.find((other) => other.id !== id && !other.endedAt && other.keySha256 === keySha256)
      if (holder && !client.endedAt) throw inUse(holder.id)
      await tx.insertInto('callback_client').values(toRow(client)).execute()
      await appendEvent(tx, { ...event, at: changedAt, actor: changedBy, subject: id })
    })
})

async function current(db: Database | Tx): Promise<readonly CallbackClient[]> {
  const rows = await db
    .selectFrom('callback_client')
    .selectAll()
    .distinctOn('id')
    .orderBy('id')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(fromRow)
}

type Row = Selectable<Tables['callback_client']>

const toRow = ({ id, version, keySha256, changedAt, changedBy, endedAt, ...registration }: CallbackClient): Row => ({
  ...{ id, version, registration: toStored(registration), key_sha256: keySha256 },
  ...{ changed_at: changedAt, changed_by: changedBy, ended_at: endedAt ?? null }
})

const fromRow = (row: Row): CallbackClient => ({
  ...fromStored<CallbackRegistration>(row.registration),
  ...{ id: row.id, version: row.version, keySha256: row.key_sha256 },
  ...{ changedAt: row.changed_at, changedBy: row.changed_by },
  ...(row.ended_at && { endedAt: row.ended_at })
})

const changedSince = (id: string) =>
  new Conflict(
    'callback-client-changed',
    `Registreringen ${id} er endret siden du hentet den. Ingenting er gjort. Hent den på nytt, og gjør endringen hvis den fortsatt trengs.`
  )

const inUse = (id: string) =>
  new Conflict(
    'signing-key-in-use',
    `Nøkkelen er registrert for verktøyet ${id}. Hadde to den samme, kunne det ene sendt det andres meldinger. Ingenting er gjort. Bruk en egen nøkkel for hvert verktøy.`
  )
