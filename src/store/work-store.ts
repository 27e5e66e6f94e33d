import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Task } from '../domain/inquiry.ts'
import type { Attempt, AttemptOutcome, Lease, QueuedWork, WorkStore } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import { backlogOf } from './backlog.ts'
import { type Database, isUniqueViolation, runPrepared } from './database.ts'
import { wakeForNews } from './message-store.ts'
import { restoreWork } from './restore-work.ts'
import { leftToNextCommit, together } from './together.ts'

/**
 * Name of the queue job for a piece of work. The same while the queue may still hold it, so that handing it over twice
 * is one job; a new one after every fourth time, in case the queue holds a job of that name that never runs.
 */
export const jobIdOf = (inquiryId: string, generation: number, enqueued: number): string =>
  `${inquiryId}_${generation}_${enqueued >> 2}`

/** How soon a delivery comes again when another to its saksmappe is under way. */
const SAKSMAPPE_BUSY_MS = 1_000

interface DueRow {
  inquiry_id: string
  task: Task
  generation: number
  enqueued: number
}

interface ClaimedRow {
  is_claimed: boolean
  tries: number
  first_failed_at: Date | null
  is_taken_over: boolean
}

const queued = (row: DueRow): QueuedWork => ({
  inquiryId: row.inquiry_id,
  task: row.task,
  jobId: jobIdOf(row.inquiry_id, row.generation, row.enqueued)
})

export const workStore = (db: Database): WorkStore => ({
  claim: claimer(db),

  async renew(id, token, until) {
    const renewed = await db
      .updateTable('work_item')
      .set({ leased_until: until })
      .where('inquiry_id', '=', id)
      .where('lease', '=', token)
      .executeTakeFirst()
    return renewed.numUpdatedRows === 1n
  },

  async handBack(id, token, dueAt) {
    await db
      .updateTable('work_item')
      .set({ lease: null, leased_until: null, due_at: dueAt, enqueued_until: null })
      .where('inquiry_id', '=', id)
      .where('lease', '=', token)
      .execute()
    await wakeForNews(db, id)
  },

  async takeDue(at, until, limit, tasks) {
    const { rows } = await sql<DueRow>`
      update work_item set enqueued_until = ${until}, enqueued = enqueued + 1
      where inquiry_id in (
        select inquiry_id from work_item
        where due_at <= ${at} and task = any(${[...tasks]}) and (enqueued_until is null or enqueued_until < ${at})
          and (lease is null or leased_until < ${at})
        order by due_at, inquiry_id limit ${limit} for update skip locked)
      returning inquiry_id, task, generation, enqueued`.execute(db)
    return rows.map(queued)
  },

  restore: (at, limit, actor) => restoreWork(db, at, limit, actor),

  backlog: (at) => backlogOf(db, at),

  attempts: (id) => attemptsOf(db, id),

  hurry: (id, event) =>
    db.transaction().execute(async (tx) => {
      const row = await tx
        .updateTable('work_item')
        .set((eb) => ({
          due_at: event.at,
          enqueued: eb('enqueued', '+', 4),
          enqueued_until: new Date(event.at.getTime() + 15_000)
        }))
        .where('inquiry_id', '=', id)
        .where((eb) => eb.or([eb('lease', 'is', null), eb('leased_until', '<', event.at)]))
        .returning(['inquiry_id', 'task', 'generation', 'enqueued'])
        .executeTakeFirst()
      await appendEvent(tx, { ...event, subject: id })
      return row && queued({ ...row, task: row.task as Task })
    })
})

function claimer(db: Database): WorkStore['claim'] {
  const claimTogether = together((rows) => runPrepared<ClaimedRow>(db, claim, [rows]))
  return async (id, task, at, leaseMs) => {
    const token = randomUUID()
    try {
      const row = await claimTogether({ id, task, token, at, until: new Date(at.getTime() + leaseMs) })
      return row?.is_claimed ? leaseOf(token, row) : undefined
    } catch (error) {
      if (!isUniqueViolation(error, 'work_item_one_delivery_per_saksmappe')) throw error
      await comeAgain(db, id, new Date(at.getTime() + SAKSMAPPE_BUSY_MS))
      return undefined
    }
  }
}

/** The queue has given the job away, so it holds none: should this worker die, the sweep need not wait for it. */
const claim = {
  name: 'arkivbro_claim',
  text: `
  with wanted as materialized (
    select * from rows from (jsonb_to_recordset($1) as (
      id uuid, task text, token uuid, at timestamptz, until timestamptz)) with ordinality
  ), before as (
    select inquiry_id, lease as left_by from work_item where inquiry_id = any (array(select id from wanted))
    order by inquiry_id for update
  ), claimed as (
    update work_item work set lease = token, leased_until = until, enqueued_until = null
    from wanted join before on before.inquiry_id = id
    where work.inquiry_id = id and work.task = wanted.task and due_at <= at
      and (lease is null or leased_until < at)
    returning ordinality, tries, first_failed_at, left_by is not null as is_taken_over
  )
  select claimed.ordinality is not null as is_claimed, tries, first_failed_at, is_taken_over, ${leftToNextCommit}
  from wanted left join claimed using (ordinality) order by ordinality`
}

/** Work that cannot be taken yet, and that the queue no longer holds. */
async function comeAgain(db: Database, id: string, dueAt: Date): Promise<void> {
  await db
    .updateTable('work_item')
    .set({ due_at: dueAt, enqueued_until: null })
    .where('inquiry_id', '=', id)
    .where('lease', 'is', null)
    .execute()
}

const leaseOf = (token: string, row: ClaimedRow): Lease => ({
  token,
  tries: row.tries,
  isTakenOver: row.is_taken_over,
  ...(row.first_failed_at && { firstFailedAt: row.first_failed_at })
})

async function attemptsOf(db: Database, id: string): Promise<readonly Attempt[]> {
  const rows = await db
    .selectFrom('attempt')
    .selectAll()
    .where('inquiry_id', '=', id)
    .orderBy('id')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    task: row.task as Task,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome as AttemptOutcome,
    ...(row.code !== null && { trouble: { code: row.code, message: row.message ?? '' } })
  }))
}
