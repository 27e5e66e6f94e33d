import { sql } from 'kysely'
import type { ArchivePlan } from '../domain/archive-plan.ts'
import { Conflict } from '../domain/errors.ts'
import { canMove, type InquiryState, taskIn } from '../domain/inquiry.ts'
import type { Move, Next, QueuedWork } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database, Tx } from './database.ts'
import { searchedWords } from './inquiry-row.ts'
import { isTalkedOf, putBehind, wakeForNews } from './message-store.ts'
import { storable, toStored } from './stored-json.ts'
import { jobIdOf } from './work-store.ts'

const LEFT_TO_QUEUE_MS = 15_000

/** One transaction: the lease still held, the state still `from`, then state, plan, work, attempt and audit event. */
export async function move(db: Database, wanted: Move): Promise<QueuedWork | undefined> {
  const { id, from, to } = wanted
  if (!canMove(from, to.state) && from !== to.state) throw wrongState(wanted)
  return db.transaction().execute(async (tx) => {
    await holdWork(tx, id, wanted.lease)
    await changeState(tx, wanted)
    if (wanted.unlessBegun) await mustNotHaveBegun(tx, id)
    if (wanted.plan) await keepPlan(tx, wanted, wanted.plan)
    if (wanted.forgetSteps) await forgetSteps(tx, id, wanted.forgetSteps)
    await keepAttempt(tx, wanted)
    await appendEvent(tx, {
      at: wanted.at,
      actor: wanted.actor,
      action: wanted.action,
      subject: id,
      ...(wanted.facts && { facts: wanted.facts }),
      ...(wanted.reason !== undefined && { reason: wanted.reason })
    })
    const queued = await setWork(tx, wanted, wanted.next)
    if (mayHaveNews(from) && taskIn(to.state)) await wakeForNews(tx, id)
    return queued
  })
}

/** While somebody held it in one of these, a message about it may have come that they have not heard. */
const mayHaveNews = (state: InquiryState): boolean => taskIn(state) === 'settle' || state === 'sending'

/** The work is locked before the inquiry, by persons and workers alike, so that they never wait for each other. */
async function holdWork(tx: Tx, id: string, lease: string | undefined): Promise<void> {
  const work = await tx
    .selectFrom('work_item')
    .select('lease')
    .where('inquiry_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (lease !== undefined && work?.lease !== lease) {
    throw new Conflict('lease-lost', 'En annen arbeider har overtatt henvendelsen.')
  }
}

async function mustNotHaveBegun(tx: Tx, id: string): Promise<void> {
  const step = await tx.selectFrom('delivery_step').select('name').where('inquiry_id', '=', id).executeTakeFirst()
  if (!step && !(await isTalkedOf(tx, id))) return
  throw new Conflict(
    'may-be-in-archive',
    `Henvendelsen ${id} kan allerede ligge i arkivet og kan ikke avvises. Prøv igjen, så spør Arkivbro arkivet først.`
  )
}

async function forgetSteps(tx: Tx, id: string, which: NonNullable<Move['forgetSteps']>): Promise<void> {
  const ofInquiry = tx.deleteFrom('delivery_step').where('inquiry_id', '=', id)
  const { numDeletedRows } = await ofInquiry.where('done_at', 'is', null).executeTakeFirst()
  if (which !== 'lost') return
  if (numDeletedRows === 0n) await ofInquiry.execute()
  await putBehind(tx, id)
}

async function changeState(tx: Tx, wanted: Move): Promise<void> {
  const { id, from, to, at, asOf, corrections } = wanted
  const receipt = 'receipt' in to ? to.receipt : undefined
  const changed = await tx
    .updateTable('inquiry')
    .set({
      state: to.state,
      status: toStored(to),
      changed_at: at,
      ...(corrections && { corrections: toStored(corrections) }),
      ...(from === 'received' && { words: searchedWords }),
      ...(receipt && {
        saksaar: receipt.saksaar,
        sakssekvensnummer: receipt.sakssekvensnummer,
        journalpostnummer: receipt.journalpostnummer
      })
    })
    .where('id', '=', id)
    .where('state', '=', from)
    .$if(asOf !== undefined, (update) => update.where('changed_at', '=', asOf ?? at))
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw wrongState(wanted)
  if (receipt || to.state === 'dismissed') await wakeLaterInquiries(tx, id, at)
}

/** Later events of the same post, and what says that it follows, wait for its saksmappe, or to know that there is none. */
async function wakeLaterInquiries(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`
    update work_item set due_at = ${at}, enqueued_until = null
    from (
      select later.id from inquiry later join inquiry first using (source, external_id)
      where first.id = ${id} and later.id <> first.id and later.state = 'received'
      union
      select id from inquiry where follows = ${id} and state = 'received'
    ) later
    where work_item.inquiry_id = later.id and work_item.lease is null`.execute(tx)
}

async function keepPlan(tx: Tx, { id, at }: Move, { plan, recordXml }: NonNullable<Move['plan']>): Promise<void> {
  const values = { inquiry_id: id, plan: toStored(plan), record_xml: recordXml, composed_at: at }
  await tx
    .insertInto('archive_plan')
    .values(values)
    .onConflict((conflict) => conflict.column('inquiry_id').doUpdateSet(values))
    .execute()
}

async function keepAttempt(tx: Tx, { id, from, at, attempt }: Move): Promise<void> {
  if (!attempt) return
  await tx
    .insertInto('attempt')
    .values({
      inquiry_id: id,
      task: taskIn(from) ?? 'none',
      started_at: attempt.startedAt,
      ended_at: at,
      outcome: attempt.outcome,
      code: attempt.trouble?.code ?? null,
      message: attempt.trouble ? storable(attempt.trouble.message) : null
    })
    .execute()
}

async function setWork(tx: Tx, { id, to, at, plan }: Move, next: Next): Promise<QueuedWork | undefined> {
  if (next.kind === 'go-on') return undefined
  const task = taskIn(to.state)
  if (next.kind === 'nothing' || !task) {
    await tx.deleteFrom('work_item').where('inquiry_id', '=', id).execute()
    return undefined
  }
  const isDue = next.dueAt <= at
  const enqueuedUntil = isDue ? new Date(at.getTime() + LEFT_TO_QUEUE_MS) : null
  const saksmappe = plan ? saksmappeOf(plan.plan) : null
  const { rows } = await sql<{ generation: number }>`
    insert into work_item as work
      (inquiry_id, task, due_at, tries, first_failed_at, enqueued, enqueued_until, saksmappe)
    values (${id}, ${task}, ${next.dueAt}, ${next.failed ? 1 : 0}, ${next.failed ? at : null}, 1, ${enqueuedUntil},
      ${saksmappe})
    on conflict (inquiry_id) do update set
      task = excluded.task, due_at = excluded.due_at, lease = null, leased_until = null,
      tries = case when ${next.failed} then work.tries + 1 else 0 end,
      first_failed_at = case when ${next.failed} then coalesce(work.first_failed_at, ${at}) end,
      generation = work.generation + 1, enqueued = 1, enqueued_until = excluded.enqueued_until,
      saksmappe = coalesce(excluded.saksmappe, work.saksmappe)
    returning generation`.execute(tx)
  const generation = rows[0]?.generation ?? 1
  return isDue ? { inquiryId: id, task, jobId: jobIdOf(id, generation, 1) } : undefined
}

/** What deliveries share that must not go at once: a saksmappe that is there already. A new one is its own. */
const saksmappeOf = ({ casePolicy }: ArchivePlan): string | null =>
  casePolicy.mode === 'existing' ? `${casePolicy.saksnummer.saksaar}/${casePolicy.saksnummer.sakssekvensnummer}` : null

const wrongState = ({ id, from, to }: Move) =>
  new Conflict(
    'inquiry-in-wrong-state',
    `Henvendelsen ${id} kan ikke gå fra «${from}» til «${to.state}» nå. Hent den på nytt og se hvor den står.`
  )
