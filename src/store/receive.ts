import { eventKey, type InquiryState } from '../domain/inquiry.ts'
import type { Arrival, Reception } from '../flow/store-port.ts'
import { type Database, runPrepared } from './database.ts'
import { toStored } from './stored-json.ts'
import { jobIdOf } from './work-store.ts'

/** How long a fresh inquiry is left to the queue before the sweep looks after it. */
const LEFT_TO_QUEUE_SECONDS = 15

/**
 * The hot path: inquiry, work item, audit event and idempotency key in one statement, so in one round trip and one
 * fsync. Of simultaneous doubles the unique natural key lets exactly one through.
 */
export async function receive(db: Database, arrival: Arrival): Promise<Reception> {
  const { inquiry, idempotencyKey } = arrival
  if (idempotencyKey !== undefined) {
    const known = await byIdempotencyKey(db, inquiry.receivedBy, idempotencyKey)
    if (known) return known
  }
  const isFirst = await insert(db, arrival).catch((error: unknown) => {
    // Another request with the same idempotency key and another natural key has just won.
    if (isUniqueViolation(error, 'idempotency_key_pkey')) return false
    throw error
  })
  if (isFirst) {
    return { kind: 'first', queued: { inquiryId: inquiry.id, task: 'compose', jobId: jobIdOf(inquiry.id, 1, 1) } }
  }
  const known =
    (await byNaturalKey(db, arrival)) ??
    (idempotencyKey === undefined ? undefined : await byIdempotencyKey(db, inquiry.receivedBy, idempotencyKey))
  if (!known) throw new Error('An inquiry was neither kept nor known.')
  return known
}

const keep = {
  name: 'arkivbro_receive',
  text: `
    with kept as (
      insert into inquiry (id, source, external_id, event_key, state, status, content, received_bytes, received_at,
                           received_by, changed_at)
      values ($1, $2, $3, $4, 'received', '{"state":"received"}', $5, $6, $7, $8, $7)
      on conflict on constraint inquiry_natural_key do nothing
      returning id
    ), work as (
      insert into work_item (inquiry_id, task, due_at, enqueued, enqueued_until)
      select id, 'compose', $7, 1, $7::timestamptz + make_interval(secs => ${LEFT_TO_QUEUE_SECONDS}) from kept
    ), event as (
      insert into audit_event (at, actor, action, subject, facts)
      select $7, $8, 'inquiry.received', id, $9 from kept
    ), remembered as (
      insert into idempotency_key (actor, key, inquiry_id, at)
      select $8, $10, id, $7 from kept where $10::text is not null
    )
    select id from kept`
}

async function insert(db: Database, { inquiry, bytes, idempotencyKey }: Arrival): Promise<boolean> {
  const { id, source, externalId, event, receivedAt, receivedBy, received } = inquiry
  const facts = { source, event: event.type, sha256: received.sha256, size: received.size }
  const kept = await runPrepared(db, keep, [
    id,
    source,
    externalId,
    eventKey(event),
    toStored(inquiry),
    bytes,
    receivedAt,
    receivedBy,
    toStored(facts),
    idempotencyKey
  ])
  return kept === 1
}

interface KnownRow {
  readonly id: string
  readonly received_at: Date
  readonly state: string
}

async function byNaturalKey(db: Database, { inquiry }: Arrival): Promise<Reception | undefined> {
  const row = await db
    .selectFrom('inquiry')
    .select(['id', 'received_at', 'state'])
    .where('source', '=', inquiry.source)
    .where('external_id', '=', inquiry.externalId)
    .where('event_key', '=', eventKey(inquiry.event))
    .executeTakeFirst()
  return row && known('natural-key', row)
}

async function byIdempotencyKey(db: Database, actor: string, key: string): Promise<Reception | undefined> {
  const row = await db
    .selectFrom('idempotency_key')
    .innerJoin('inquiry', 'inquiry.id', 'idempotency_key.inquiry_id')
    .select(['inquiry.id', 'inquiry.received_at', 'inquiry.state'])
    .where('actor', '=', actor)
    .where('key', '=', key)
    .executeTakeFirst()
  return row && known('idempotency-key', row)
}

const known = (by: 'natural-key' | 'idempotency-key', row: KnownRow): Reception => ({
  kind: 'known',
  by,
  id: row.id,
  receivedAt: row.received_at,
  state: row.state as InquiryState
})

const isUniqueViolation = (error: unknown, constraint: string): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === constraint
