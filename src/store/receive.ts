import { eventKey, type InquiryState } from '../domain/inquiry.ts'
import { answerDueAt } from '../domain/reply.ts'
import type { Arrival, Reception } from '../flow/store-port.ts'
import { type Database, isRefusal, isUniqueViolation, runPrepared } from './database.ts'
import { inBatches } from './in-batches.ts'
import { storable, toStored } from './stored-json.ts'
import { jobIdOf } from './work-store.ts'

/** How long a fresh inquiry is left to the queue before the sweep looks after it. */
const LEFT_TO_QUEUE_SECONDS = 15

/** Statements at once: while some are on their way to the disk, others are planned. */
const AT_ONCE_MAX = 4
const ROWS_MAX = 32
const BATCH_BYTES_MAX = 1024 * 1024

/**
 * The hot path. Inquiry, work item and audit event are written by one statement, and inquiries that come in the same
 * moment by the same one, so that they share a round trip and an fsync. Of simultaneous doubles the unique natural key
 * lets exactly one through.
 */
export function receiver(db: Database): (arrival: Arrival) => Promise<Reception> {
  const insertTogether = inBatches({
    run: (rows: readonly Row[]) => insert(db, rows),
    atOnceMax: AT_ONCE_MAX,
    itemsMax: ROWS_MAX,
    bytesMax: BATCH_BYTES_MAX,
    bytesOf: ({ content, bytes }) => content.length + bytes.byteLength
  })
  return async (arrival) => {
    const row = rowOf(arrival)
    const { receivedBy } = arrival.inquiry
    const { key } = row
    if (key === undefined) {
      const isFirst = await insertTogether(row).catch((error: unknown) => {
        // What one row is refused for must not hit the others of its batch: each is tried once more, alone.
        if (isRefusal(error)) return insertAlone(db, row)
        throw error
      })
      return isFirst ? first(row.id) : known(row, await byNaturalKey(db, arrival))
    }
    const before = await byIdempotencyKey(db, receivedBy, key)
    if (before) return before
    // Alone, so that no two batches ever wait for each other's keys.
    if (await insertAlone(db, row)) return first(row.id)
    return known(row, (await byNaturalKey(db, arrival)) ?? (await byIdempotencyKey(db, receivedBy, key)))
  }
}

const first = (id: string): Reception => ({
  kind: 'first',
  queued: { inquiryId: id, task: 'compose', jobId: jobIdOf(id, 1, 1) }
})

/** What stands there is our own when the statement had come through and only its answer was lost. */
function known({ id }: Row, reception: Known | undefined): Reception {
  if (!reception) throw new Error('An inquiry was neither kept nor known.')
  return reception.id === id ? first(id) : reception
}

type Known = Extract<Reception, { kind: 'known' }>

interface Row {
  readonly id: string
  readonly source: string
  readonly externalId: string
  readonly eventKey: string
  readonly content: string
  readonly bytes: Uint8Array
  readonly at: Date
  readonly actor: string
  readonly facts: string
  readonly follows: string | undefined
  readonly answers: string | undefined
  readonly assessment: string
  readonly answerDueAt: Date | undefined
  readonly caseKey: string | undefined
  readonly key: string | undefined
}

function rowOf({ inquiry, assessment, bytes, idempotencyKey }: Arrival): Row {
  const { id, source, externalId, event, receivedAt, receivedBy, received, follows, direction, mark } = inquiry
  const { guideline, category, decisions, caseKey } = assessment
  return {
    id,
    source,
    externalId,
    eventKey: eventKey(event),
    content: toStored(inquiry),
    bytes,
    at: receivedAt,
    actor: receivedBy,
    facts: toStored({
      ...{ source, event: event.type, sha256: received.sha256, size: received.size, administrator: mark.administrator },
      ...{ guideline, category, emergency: decisions.emergency?.value }
    }),
    follows,
    answers: direction === 'outgoing' ? follows : undefined,
    assessment: toStored(assessment),
    answerDueAt: answerDueAt(inquiry, assessment),
    caseKey: caseKey === undefined ? undefined : storable(caseKey),
    key: idempotencyKey
  }
}

const columns = [
  ['id', 'uuid'],
  ['source', 'text'],
  ['externalId', 'text'],
  ['eventKey', 'text'],
  ['content', 'jsonb'],
  ['bytes', 'bytea'],
  ['at', 'timestamptz'],
  ['actor', 'text'],
  ['facts', 'jsonb'],
  ['follows', 'uuid'],
  ['answers', 'uuid'],
  ['assessment', 'jsonb'],
  ['answerDueAt', 'timestamptz'],
  ['caseKey', 'text'],
  ['key', 'text']
] as const satisfies readonly (readonly [keyof Row, string])[]

const statements = new Map<number, { readonly name: string; readonly text: string }>()

/** The statement for so many rows; each connection prepares it once. */
function statementFor(count: number) {
  const made = statements.get(count)
  if (made) return made
  const tuples = Array.from(
    { length: count },
    (_, row) => `(${columns.map(([, type], n) => `$${row * columns.length + n + 1}::${type}`).join(', ')})`
  )
  const statement = { name: `arkivbro_receive_${count}`, text: keep(tuples.join(', ')) }
  statements.set(count, statement)
  return statement
}

const keep = (tuples: string) => `
  with arrived (id, source, external_id, event_key, content, bytes, at, actor, facts, follows, answers, assessment,
                answer_due_at, case_key, key) as materialized (
    values ${tuples}
  ), kept as (
    insert into inquiry (id, source, external_id, event_key, state, status, content, received_bytes, received_at,
                         received_by, changed_at, follows, assessment, answer_due_at, case_key)
    select id, source, external_id, event_key, 'received', '{"state":"received"}', content, bytes, at, actor, at, follows,
           assessment, answer_due_at, case_key
    from arrived
    on conflict on constraint inquiry_natural_key do nothing
    returning id
  ), work as (
    insert into work_item (inquiry_id, task, due_at, enqueued, enqueued_until)
    select id, 'compose', at, 1, at + make_interval(secs => ${LEFT_TO_QUEUE_SECONDS}) from kept join arrived using (id)
  ), answered as (
    update inquiry set answered_at = arrived.at from kept join arrived using (id)
    where inquiry.id = arrived.answers and inquiry.answered_at is null
  ), event as (
    insert into audit_event (at, actor, action, subject, facts)
    select at, actor, 'inquiry.received', id, facts from kept join arrived using (id)
  ), remembered as (
    insert into idempotency_key (actor, key, inquiry_id, at)
    select actor, key, id, at from kept join arrived using (id) where key is not null
  )
  select id from kept`

/** Which of the rows were first. In the order of their keys, so that batches with the same doubles never deadlock. */
async function insert(db: Database, rows: readonly Row[]): Promise<readonly boolean[]> {
  const ordered = [...rows].sort((a, b) => (naturalKey(a) < naturalKey(b) ? -1 : 1))
  const values = ordered.flatMap((row) => columns.map(([column]) => row[column]))
  const kept = await runPrepared<{ id: string }>(db, statementFor(rows.length), values)
  const ids = new Set(kept.map(({ id }) => id))
  return rows.map(({ id }) => ids.has(id))
}

const naturalKey = ({ source, externalId, eventKey }: Row) => `${source}\u0000${externalId}\u0000${eventKey}`

async function insertAlone(db: Database, row: Row): Promise<boolean> {
  const [isFirst = false] = await insert(db, [row]).catch((error: unknown) => {
    // Another request with the same idempotency key and another natural key has just won.
    if (isUniqueViolation(error, 'idempotency_key_pkey')) return [false]
    throw error
  })
  return isFirst
}

interface KnownRow {
  readonly id: string
  readonly received_at: Date
  readonly state: string
}

async function byNaturalKey(db: Database, { inquiry }: Arrival): Promise<Known | undefined> {
  const row = await db
    .selectFrom('inquiry')
    .select(['id', 'received_at', 'state'])
    .where('source', '=', inquiry.source)
    .where('external_id', '=', inquiry.externalId)
    .where('event_key', '=', eventKey(inquiry.event))
    .executeTakeFirst()
  return row && knownBy('natural-key', row)
}

async function byIdempotencyKey(db: Database, actor: string, key: string): Promise<Known | undefined> {
  const row = await db
    .selectFrom('idempotency_key')
    .innerJoin('inquiry', 'inquiry.id', 'idempotency_key.inquiry_id')
    .select(['inquiry.id', 'inquiry.received_at', 'inquiry.state'])
    .where('actor', '=', actor)
    .where('key', '=', key)
    .executeTakeFirst()
  return row && knownBy('idempotency-key', row)
}

const knownBy = (by: Known['by'], row: KnownRow): Known => ({
  kind: 'known',
  by,
  id: row.id,
  receivedAt: row.received_at,
  state: row.state as InquiryState
})
