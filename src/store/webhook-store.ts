import { sql } from 'kysely'
import type { AuditAction, AuditEvent } from '../domain/audit-event.ts'
import { Conflict, NotFound } from '../domain/errors.ts'
import type { DisabledBecause, WebhookEndpoint, WebhookFailure, WebhookType } from '../domain/webhook.ts'
import type { NewWebhook, Replay, WebhookChanges, WebhookStore } from '../flow/webhook-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database, Tx } from './database.ts'
import { storable } from './stored-json.ts'
import { webhookOutbox } from './webhook-outbox.ts'

export const webhookStore = (db: Database): WebhookStore => ({
  ...webhookOutbox(db),

  list: () => select(db),

  async get(id) {
    const [endpoint] = await select(db, id)
    if (!endpoint) throw noWebhook(id)
    return endpoint
  },

  add: (endpoint, endpointsMax) => db.transaction().execute((tx) => add(tx, endpoint, endpointsMax)),
  change: (id, changes, at, actor) => db.transaction().execute((tx) => change(tx, id, changes, { at, actor })),

  remove: (id, at, actor) =>
    changing(db, id, async (tx) => {
      await sql`update webhook_endpoint set disabled_at = coalesce(disabled_at, ${at}), disabled_because = 'removed',
        earlier_secret = null where id = ${id}`.execute(tx)
      await sql`update webhook_message set due_at = null, outcome = 'dropped'
        where endpoint_id = ${id} and due_at is not null`.execute(tx)
      await tell(tx, 'webhook.removed', id, { at, actor })
    }),

  rotate: (id, secret, until, at, actor) =>
    changing(db, id, async (tx) => {
      await sql`update webhook_endpoint set earlier_secret = secret, earlier_until = ${until}, secret = ${secret}
        where id = ${id}`.execute(tx)
      await tell(tx, 'webhook.secret-rotated', id, { at, actor, facts: { earlierUntil: until.toISOString() } })
    }),

  ping: (id, at, actor) =>
    changing(db, id, async (tx) => {
      const { rows } = await sql<{ id: string }>`insert into webhook_message (endpoint_id, type, at, data, due_at)
        values (${id}, 'ping', ${at}, '{}', ${at}) returning id`.execute(tx)
      await tell(tx, 'webhook.tested', id, { at, actor })
      return rows[0]?.id ?? ''
    }),

  replay: (id, what, at, actor) =>
    changing(db, id, async (tx) => {
      const count = await replay(tx, id, what, at)
      const facts =
        'messageId' in what
          ? { message: what.messageId }
          : { count, since: what.since.toISOString(), delivered: what.delivered }
      await tell(tx, 'webhook.replayed', id, { at, actor, facts })
      return count
    })
})

async function add(tx: Tx, endpoint: NewWebhook, endpointsMax: number): Promise<void> {
  const { id, url, description, types, secret, madeAt: at, madeBy: actor } = endpoint
  // One at a time, so that together they are no more than may be.
  await sql`lock table webhook_endpoint in share row exclusive mode`.execute(tx)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from webhook_endpoint
    where disabled_because is distinct from 'removed'`.execute(tx)
  if ((rows[0]?.n ?? 0) >= endpointsMax) throw tooMany(endpointsMax)
  await sql`insert into webhook_endpoint (id, url, description, types, secret, made_at, made_by)
    values (${id}, ${url}, ${storable(description)}, ${[...types]}, ${secret}, ${at}, ${actor})`.execute(tx)
  await tell(tx, 'webhook.made', id, { at, actor, facts: { host: new URL(url).host, types: types.join(' ') } })
}

async function change(
  tx: Tx,
  id: string,
  changes: WebhookChanges,
  by: Pick<AuditEvent, 'at' | 'actor'>
): Promise<void> {
  await hold(tx, id)
  const { url, description, types, disabled } = changes
  await sql`update webhook_endpoint set
      url = coalesce(${url ?? null}, url), types = coalesce(${types ? [...types] : null}::text[], types),
      description = coalesce(${description === undefined ? null : storable(description)}, description)
    where id = ${id}`.execute(tx)
  if (disabled === 'person') {
    await sql`update webhook_endpoint set disabled_at = ${by.at}, disabled_because = 'person'
      where id = ${id} and disabled_at is null`.execute(tx)
  }
  if (disabled === null) {
    await sql`update webhook_endpoint set disabled_at = null, disabled_because = null, failing_since = null,
      held_until = null where id = ${id}`.execute(tx)
  }
  const facts = {
    fields: Object.keys(changes).join(' '),
    ...(url !== undefined && { host: new URL(url).host }),
    ...(types && { types: types.join(' ') }),
    ...(disabled !== undefined && { isEnabled: disabled === null })
  }
  await tell(tx, 'webhook.changed', id, { ...by, facts })
}

async function replay(tx: Tx, id: string, what: Replay, at: Date): Promise<number> {
  const again = sql`update webhook_message set due_at = ${at}, tries = 0, outcome = null, lease = null, leased_until = null`
  if ('messageId' in what) {
    const { numAffectedRows: count = 0n } = await sql`${again}
      where endpoint_id = ${id} and id = ${what.messageId}`.execute(tx)
    if (count === 0n) throw noMessage(what.messageId)
    return Number(count)
  }
  const { numAffectedRows: count = 0n } = await sql`${again} where endpoint_id = ${id} and at >= ${what.since}
    and (outcome is distinct from 'delivered' or ${what.delivered}::boolean)`.execute(tx)
  return Number(count)
}

/** Does something with an endpoint that is not removed, while nobody else changes it. */
const changing = <T>(db: Database, id: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (tx) => {
    await hold(tx, id)
    return work(tx)
  })

async function hold(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql<{ because: string | null }>`select disabled_because as because from webhook_endpoint
    where id = ${id} for update`.execute(tx)
  const [row] = rows
  if (!row) throw noWebhook(id)
  if (row.because === 'removed') throw removed(id)
}

const tell = (tx: Tx, action: AuditAction, subject: string, event: Omit<AuditEvent, 'action' | 'subject'>) =>
  appendEvent(tx, { ...event, action, subject })

interface EndpointRow {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly types: string[]
  readonly made_at: Date
  readonly made_by: string
  readonly earlier_until: Date | null
  readonly disabled_at: Date | null
  readonly disabled_because: string | null
  readonly succeeded_at: Date | null
  readonly failed_at: Date | null
  readonly failure: string | null
  readonly failing_since: Date | null
  readonly backlog: number
}

/** Without the secrets. */
async function select(db: Database, id?: string): Promise<readonly WebhookEndpoint[]> {
  const { rows } = await sql<EndpointRow>`
    select id, url, description, types, made_at, made_by, disabled_at, disabled_because, succeeded_at, failed_at, failure,
           failing_since, case when earlier_secret is not null then earlier_until end as earlier_until,
           (select count(*)::int from webhook_message where endpoint_id = endpoint.id and due_at is not null) as backlog
    from webhook_endpoint endpoint where ${id ?? null}::uuid is null or id = ${id ?? null}::uuid
    order by made_at, id`.execute(db)
  return rows.map(fromRow)
}

const fromRow = (row: EndpointRow): WebhookEndpoint => ({
  ...{ id: row.id, url: row.url, description: row.description, types: row.types as WebhookType[] },
  ...{ madeAt: row.made_at, madeBy: row.made_by },
  ...(row.earlier_until && { earlierSecretUntil: row.earlier_until }),
  ...(row.disabled_at && { disabled: { at: row.disabled_at, because: row.disabled_because as DisabledBecause } }),
  health: {
    ...(row.succeeded_at && { lastSuccessAt: row.succeeded_at }),
    ...(row.failed_at && { lastFailureAt: row.failed_at }),
    ...(row.failure !== null && { lastFailure: row.failure as WebhookFailure }),
    ...(row.failing_since && { failingSince: row.failing_since }),
    backlog: row.backlog
  }
})

const noWebhook = (id: string) => new NotFound('webhook-not-found', `Det finnes ingen webhook med id ${id}.`)

const noMessage = (id: string) =>
  new NotFound(
    'webhook-message-not-found',
    `Webhooken har ingen melding med id ${id}. Meldinger tas vare på i 30 dager.`
  )

const removed = (id: string) =>
  new Conflict('webhook-removed', `Webhooken ${id} er fjernet for godt. Ingenting er gjort. Lag en ny om den trengs.`)

const tooMany = (max: number) =>
  new Conflict('too-many-webhooks', `Det kan ikke være flere enn ${max} webhooker. Fjern en som ikke brukes.`)
