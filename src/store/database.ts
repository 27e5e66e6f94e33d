import { Socket } from 'node:net'
import { type Generated, Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { Pool } from 'pg'

/** The tables, as `schemas/database` makes them. */
export interface Tables {
  inquiry: InquiryTable
  work_item: WorkItemTable
  attempt: AttemptTable
  case_founder: CaseFounderTable
  archive_plan: { inquiry_id: string; plan: unknown; record_xml: string; composed_at: Date }
  delivery_step: { inquiry_id: string; name: string; started_at: Date; done_at: Date | null; result: unknown }
  attachment: AttachmentTable
  idempotency_key: { actor: string; key: string; inquiry_id: string; at: Date }
  api_key: ApiKeyTable
  console_session: ConsoleSessionTable
  administrator: AdministratorTable
  own_pages: { version: number; pages: unknown; changed_at: Date; changed_by: string }
  callback_client: CallbackClientTable
  linked_journalpost: LinkedJournalpostTable
  archive_gate: ArchiveGateTable
  archive_message: ArchiveMessageTable
  audit_event: { seq: Generated<string>; at: Date; actor: string; action: string; subject: string; facts: unknown }
  event_reason: { seq: string; words: string }
  bulk_action: BulkActionTable
  guideline: { version: Generated<number>; document: unknown; sha256: string; made_at: Date; made_by: string }
  guideline_activation: { id: Generated<number>; version: number; at: Date; by: string }
  crisis: CrisisTable
  reply_release: { inquiry_id: string; at: Date; by: string; words: unknown }
  bulk_item: { bulk_id: string; inquiry_id: string; outcome: string | null }
}

export interface InquiryTable {
  id: string
  source: string
  external_id: string
  event_key: string
  state: string
  status: unknown
  content: unknown
  received_bytes: Buffer
  received_at: Date
  received_by: string
  changed_at: Date
  follows: string | null
  saksaar: number | null
  sakssekvensnummer: number | null
  journalpostnummer: number | null
  words: string | null
  corrections: unknown
  assessment: unknown
  answer_due_at: Date | null
  answered_at: Date | null
  case_key: string | null
}

export interface WorkItemTable {
  inquiry_id: string
  task: string
  due_at: Date
  tries: Generated<number>
  first_failed_at: Date | null
  generation: Generated<number>
  enqueued: Generated<number>
  enqueued_until: Date | null
  lease: string | null
  leased_until: Date | null
  saksmappe: string | null
}

interface CaseFounderTable {
  key: string
  inquiry_id: string
}

interface AttemptTable {
  id: Generated<string>
  inquiry_id: string
  task: string
  started_at: Date
  ended_at: Date
  outcome: string
  code: string | null
  message: string | null
}

interface AttachmentTable {
  id: string
  sha256: string
  size: string
  media_type: string
  file_name: string
  stored_at: Date
  stored_by: string
}

interface ApiKeyTable {
  id: string
  secret_sha256: string
  label: string
  role: string
  scopes: string[]
  made_at: Date
  made_by: string
  revoked_at: Date | null
}

interface ConsoleSessionTable {
  id_sha256: string
  key_id: string
  started_at: Date
  used_at: Date
  marked_by: string | null
}

interface AdministratorTable {
  id: string
  version: number
  name: string
  acts_as: string[]
  unit: string
  valid_from: Date
  valid_to: Date | null
  may: string[]
  changed_at: Date
  changed_by: string
}

interface CallbackClientTable {
  id: string
  version: number
  registration: unknown
  key_sha256: string
  changed_at: Date
  changed_by: string
  ended_at: Date | null
}

interface LinkedJournalpostTable {
  inquiry_id: string
  saksaar: number
  sakssekvensnummer: number
  journalpostnummer: number
  journalpost_system_id: string
  archive: string
  linked_at: Date
  linked_by: string
}

interface ArchiveGateTable {
  archive: string
  failures: Generated<number>
  closed_until: Date | null
  paused_at: Date | null
  paused_by: string | null
  paused_reason: string | null
  next_delivery_at: Date | null
}

interface ArchiveMessageTable {
  id: Generated<string>
  archive: string
  remote_id: string
  correlation: string | null
  kind: string
  payload: unknown
  received_at: Date
  kept_at: Date
  inquiry_id: string | null
  standing: Generated<string>
}

export interface BulkActionTable {
  id: string
  action: string
  reason: string
  per_minute: number
  made_at: Date
  made_by: string
  next_at: Date
  ended_at: Date | null
  cancelled_by: string | null
}

interface CrisisTable {
  id: string
  started_at: Date
  started_by: string
  ended_at: Date | null
  ended_by: string | null
}

export type Database = Kysely<Tables>
export type Tx = Transaction<Tables>

export interface DatabaseOptions {
  readonly url: string
  readonly connectionsMax: number
  /** Told of idle connections that break; the pool replaces them. */
  readonly onError: (error: Error) => void
}

/** No statement of ours is near this; the server ends one that is, and a transaction that was left open as long. */
const STATEMENT_MS_MAX = 10_000
/** A server that has not said even that by now is out of reach, or the connection leads nowhere. */
const ANSWER_MS_MAX = 15_000
const IDLE_MS_MAX = 10_000

/** A pool of connections to PostgreSQL (14 or newer). Whatever is asked has an answer or fails within 15 s. */
export function openDatabase({ url, connectionsMax, onError }: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT_MS_MAX,
    idle_in_transaction_session_timeout: STATEMENT_MS_MAX,
    idleTimeoutMillis: IDLE_MS_MAX,
    stream: impatientSocket,
    keepAlive: true,
    application_name: 'arkivbro',
    // A connection that breaks between two statements has nobody else to tell, and would end the process.
    onConnect: (client) => void client.on('error', onError)
  })
  pool.on('error', () => undefined)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  pools.set(db, pool)
  return db
}

/** Silence on it while something is asked ends the connection, and so all that waits there; idle ones end sooner. */
function impatientSocket(): Socket {
  const socket = new Socket()
  return socket.setTimeout(ANSWER_MS_MAX, () => socket.destroy())
}

/** A statement that each connection prepares once, under its name. */
export interface Statement {
  readonly name: string
  readonly text: string
}

const pools = new WeakMap<Database, Pool>()

/**
 * Runs the statement of a hot path: prepared once in each connection, and past the query builder. Planning intake anew
 * each time, and building its text, would cost as much as running it.
 */
export async function runPrepared<Row extends object>(
  db: Database,
  statement: Statement,
  values: readonly unknown[]
): Promise<readonly Row[]> {
  const { rows } = await poolOf(db).query<Row>({ ...statement, values: [...values] })
  return rows
}

/**
 * The same for several statements with the same values, in one transaction; gives the rows of each. When `check` throws
 * for them, nothing is changed.
 */
export async function runPreparedTogether(
  db: Database,
  statements: readonly Statement[],
  values: readonly unknown[],
  check: (results: readonly (readonly object[])[]) => unknown = () => undefined
): Promise<readonly (readonly object[])[]> {
  const client = await poolOf(db).connect()
  try {
    await client.query('begin')
    const results: (readonly object[])[] = []
    for (const statement of statements) {
      results.push((await client.query<object>({ ...statement, values: [...values] })).rows)
    }
    check(results)
    await client.query('commit')
    client.release()
    return results
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true)
    )
    throw error
  }
}

function poolOf(db: Database): Pool {
  const pool = pools.get(db)
  if (!pool) throw new Error('This database was not opened by openDatabase.')
  return pool
}

/** The database read the statement and said no: data that it cannot take, a broken rule, a deadlock, a limit. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(2[123]|40|54)/.test(error.code)

export const isUniqueViolation = (error: unknown, constraint: string): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === constraint

/** Resolves when the database answers. */
export async function checkDatabase(db: Database): Promise<void> {
  await sql`select 1`.execute(db)
}

/** `server_version_num`: 150018 is 15.18. */
export async function serverVersion(db: Database): Promise<number> {
  const { rows } = await sql<{ version: number }>`select current_setting('server_version_num')::int as version`.execute(
    db
  )
  return rows[0]?.version ?? 0
}
