import type { ArchivePlan } from '../domain/archive-plan.ts'
import { Conflict } from '../domain/errors.ts'
import { canMove, type InquiryState, taskIn } from '../domain/inquiry.ts'
import type { InquiryStore, Move, QueuedWork } from '../flow/store-port.ts'
import { standsFor } from './case-founder.ts'
import { type Database, runPreparedTogether } from './database.ts'
import { searchedWords } from './inquiry-row.ts'
import { wakeForNewsOfRows } from './message-store.ts'
import { storable, storedForm } from './stored-json.ts'
import { together } from './together.ts'
import { jobIdOf } from './work-store.ts'

/**
 * One transaction: the lease still held, the state still `from`, then state, plan, work, attempt and audit event. Moves
 * of the same moment share it, with its round trips and its fsync.
 */
export function mover(db: Database): InquiryStore['move'] {
  const moveTogether = together((rows) => moveRows(db, rows))
  return async (wanted) => {
    refuseUnknown(wanted)
    return workAfter(wanted, await moveTogether(rowOf(wanted)))
  }
}

/** The same for moves that go together or not at all. */
export const moverOfAll =
  (db: Database): InquiryStore['moveAll'] =>
  async (moves) => {
    moves.forEach(refuseUnknown)
    const workOf = (moved: readonly Moved[]) => moves.flatMap((wanted, n) => workAfter(wanted, moved[n]) ?? [])
    return workOf(await moveRows(db, JSON.stringify(moves.map(rowOf)), workOf))
  }

/** When `check` throws for what came of them, none is made. */
async function moveRows(
  db: Database,
  rows: string,
  check: (moved: readonly Moved[]) => unknown = () => undefined
): Promise<readonly Moved[]> {
  const first = rows.includes('"founders":') ? [found] : []
  const last = rows.includes('"may_have_news":true') ? [wakeForNewsOfRows] : []
  const movedIn = (results: readonly (readonly object[])[]) => results[first.length + 1] as readonly Moved[]
  const statements = [...first, hold, move, ...last]
  return movedIn(await runPreparedTogether(db, statements, [rows], (results) => check(movedIn(results))))
}

function refuseUnknown(wanted: Move): void {
  if (!canMove(wanted.from, wanted.to.state) && wanted.from !== wanted.to.state) throw wrongState(wanted)
}

/** The work to queue. Throws why the move was refused, when it was. */
function workAfter(wanted: Move, moved: Moved | undefined): QueuedWork | undefined {
  const { id, to, at, next } = wanted
  if (!moved?.is_held) throw new Conflict('lease-lost', 'En annen arbeider har overtatt henvendelsen.')
  if (!moved.is_changed)
    throw moved.has_begun ? mayBeInArchive(id) : moved.is_late ? caseFounded(id) : wrongState(wanted)
  const task = taskIn(to.state)
  const isDue = next.kind === 'due' && next.dueAt <= at
  return task && isDue ? { inquiryId: id, task, jobId: jobIdOf(id, moved.generation ?? 1, 1) } : undefined
}

interface Moved {
  readonly is_held: boolean
  readonly has_begun: boolean
  readonly is_late: boolean
  readonly is_changed: boolean
  readonly generation: number | null
}

/** While somebody held it in one of these, a message about it may have come that they have not heard. */
const mayHaveNews = (state: InquiryState): boolean => taskIn(state) === 'settle' || state === 'sending'

/** Null is what a move leaves as it is. */
function rowOf({ id, from, to, at, next, attempt, plan, judgement, ...rest }: Move) {
  const receipt = 'receipt' in to ? to.receipt : undefined
  const task = taskIn(to.state)
  return {
    ...{ id, from, at, state: to.state, status: storedForm(to), lease: rest.lease, as_of: rest.asOf },
    ...{ unless_begun: rest.unlessBegun, forget: rest.forgetSteps, actor: rest.actor, action: rest.action },
    ...{ facts: storedForm(rest.facts ?? {}), reason: rest.reason === undefined ? undefined : storable(rest.reason) },
    corrections: rest.corrections && storedForm(rest.corrections),
    founders: rest.founders && storedForm(rest.founders),
    ...(judgement && {
      assessment: storedForm(judgement.assessment),
      judged_key: storedForm(judgement.assessment.caseKey),
      answer_due_at: judgement.answerDueAt
    }),
    ...(receipt && {
      saksaar: receipt.saksaar,
      sakssekvensnummer: receipt.sakssekvensnummer,
      journalpostnummer: receipt.journalpostnummer
    }),
    ...(plan && { plan: storedForm(plan.plan), record_xml: plan.recordXml, saksmappe: saksmappeOf(plan.plan) }),
    ...(attempt && {
      tried: taskIn(from) ?? 'none',
      started_at: attempt.startedAt,
      outcome: attempt.outcome,
      code: attempt.trouble?.code,
      message: attempt.trouble && storable(attempt.trouble.message)
    }),
    ends_wait: receipt !== undefined || to.state === 'dismissed',
    may_have_news: mayHaveNews(from) && task !== undefined,
    next: next.kind === 'due' && !task ? 'nothing' : next.kind,
    ...(next.kind === 'due' && { task, due_at: next.dueAt, failed_at: next.failed ? at : undefined })
  }
}

/**
 * Who founds the saksmappe of a key, unless somebody has before. Before all other locks, and in the order of the keys, so
 * that nobody who holds an inquiry waits here. What is written here for a move that is then refused does no harm: who
 * stands there founds the saksmappe, is dismissed, or has got another key with another category.
 */
const found = {
  name: 'arkivbro_found',
  text: `
  insert into case_founder as founded (key, inquiry_id)
  select distinct on (key) key, founder::uuid
  from rows from (jsonb_to_recordset($1) as (founders jsonb)) with ordinality as wanted (founders, n),
       jsonb_each_text(founders) as claim (key, founder)
  order by key, n
  on conflict (key) do update set inquiry_id = excluded.inquiry_id
  where not exists (select from inquiry where id = founded.inquiry_id and ${standsFor('founded.key')})`
}

/**
 * The work is locked before the inquiry, by persons and workers alike, so that they never wait for each other. What
 * comes after sees all that others did before.
 */
const hold = {
  name: 'arkivbro_hold',
  text: `
  with wanted as (select id from jsonb_to_recordset($1) as wanted (id uuid)),
  work as (
    select inquiry_id from work_item where inquiry_id = any (array(select id from wanted))
    order by inquiry_id for update
  )
  select from inquiry where id = any (array(select id from wanted)) and (select count(*) from work) >= 0
  order by id for no key update`
}

const move = {
  name: 'arkivbro_move',
  text: `
  with wanted as materialized (
    select * from rows from (jsonb_to_recordset($1) as (
      id uuid, "from" text, at timestamptz, state text, status jsonb, lease uuid, as_of timestamptz,
      unless_begun boolean, forget text, actor text, action text, facts jsonb, reason text,
      saksaar integer, sakssekvensnummer integer, journalpostnummer integer, ends_wait boolean,
      corrections jsonb, founders jsonb, assessment jsonb, judged_key text, answer_due_at timestamptz,
      plan jsonb, record_xml text, saksmappe text,
      tried text, started_at timestamptz, outcome text, code text, message text,
      next text, task text, due_at timestamptz, failed_at timestamptz
    )) with ordinality
  ), allowed as (
    select wanted.*, wanted.lease is null or work_item.lease is not distinct from wanted.lease as is_held,
           coalesce(unless_begun, false) and (
             exists (select from delivery_step where inquiry_id = wanted.id)
             or exists (select from archive_message where inquiry_id = wanted.id and standing <> 'past')) as has_begun,
           exists (select from jsonb_each_text(founders) as claim (key, founder) join case_founder using (key)
                   where inquiry_id <> founder::uuid) as is_late
    from wanted left join work_item on inquiry_id = id
  ), changed as (
    update inquiry set
      state = allowed.state, status = allowed.status, changed_at = allowed.at,
      words = case when "from" = 'received' then ${searchedWords} else words end,
      corrections = coalesce(allowed.corrections, inquiry.corrections),
      assessment = coalesce(allowed.assessment, inquiry.assessment),
      case_key = case when allowed.assessment is null then case_key else judged_key end,
      answer_due_at = case when allowed.assessment is null then inquiry.answer_due_at else allowed.answer_due_at end,
      saksaar = coalesce(allowed.saksaar, inquiry.saksaar),
      sakssekvensnummer = coalesce(allowed.sakssekvensnummer, inquiry.sakssekvensnummer),
      journalpostnummer = coalesce(allowed.journalpostnummer, inquiry.journalpostnummer)
    from allowed
    where inquiry.id = allowed.id and inquiry.state = "from" and is_held and not has_begun and not is_late
      and changed_at = coalesce(as_of, changed_at)
    returning allowed.*, source, external_id, case_key
  ), woken as (
    -- Later events of the same post, what says that it follows, and what shares its case, wait for its saksmappe, or to
    -- know that there is none.
    update work_item set due_at = at, enqueued_until = null
    from (
      select later.id, at from changed join inquiry later using (source, external_id)
      where changed.ends_wait and later.id <> changed.id and later.state = 'received'
      union
      select later.id, at from changed join inquiry later on follows = changed.id
      where changed.ends_wait and later.state = 'received'
      union
      select later.id, at from changed join inquiry later using (case_key)
      where changed.ends_wait and later.id <> changed.id and later.state = 'received'
    ) later
    where inquiry_id = later.id and lease is null
  ), planned as (
    insert into archive_plan (inquiry_id, plan, record_xml, composed_at)
    select id, plan, record_xml, at from changed where plan is not null
    on conflict (inquiry_id) do update set
      plan = excluded.plan, record_xml = excluded.record_xml, composed_at = excluded.composed_at
  ), forgotten as (
    delete from delivery_step step using changed
    where inquiry_id = id and forget is not null and (done_at is null or (forget = 'lost' and not exists (
      select from delivery_step other where other.inquiry_id = id and other.done_at is null)))
  ), past as (
    -- What has been heard belongs to a send that is lost. What is new may still be about it, and is looked at first.
    update archive_message set standing = 'past' from changed
    where inquiry_id = changed.id and forget = 'lost' and standing = 'heard'
  ), held_again as (
    delete from reply_release using changed where inquiry_id = id and assessment is not null
  ), tried as (
    insert into attempt (inquiry_id, task, started_at, ended_at, outcome, code, message)
    select id, tried, started_at, at, outcome, code, message from changed where outcome is not null
  ), told as (
    insert into audit_event (at, actor, action, subject, facts)
    select at, actor, action, id, facts from changed order by ordinality
    returning seq, subject
  ), explained as (
    insert into event_reason (seq, words)
    select seq, reason from told join changed on subject = id::text where reason is not null
  ), ended as (
    delete from work_item using changed where inquiry_id = id and next = 'nothing'
  ), due as (
    insert into work_item as work (inquiry_id, task, due_at, tries, first_failed_at, enqueued, enqueued_until, saksmappe)
    select id, task, due_at, case when failed_at is null then 0 else 1 end, failed_at, 1,
           case when due_at <= at then at + interval '15 seconds' end, saksmappe
    from changed where next = 'due'
    on conflict (inquiry_id) do update set
      task = excluded.task, due_at = excluded.due_at, lease = null, leased_until = null,
      tries = case when excluded.tries = 0 then 0 else work.tries + 1 end,
      first_failed_at = case when excluded.tries > 0 then coalesce(work.first_failed_at, excluded.first_failed_at) end,
      generation = work.generation + 1, enqueued = 1, enqueued_until = excluded.enqueued_until,
      saksmappe = coalesce(excluded.saksmappe, work.saksmappe)
    returning inquiry_id, generation
  )
  select allowed.is_held, allowed.has_begun, allowed.is_late, changed.id is not null as is_changed, generation
  from allowed left join changed using (ordinality) left join due on due.inquiry_id = changed.id
  order by ordinality`
}

/** What deliveries share that must not go at once: a saksmappe that is there already. A new one is its own. */
const saksmappeOf = ({ casePolicy }: ArchivePlan): string | undefined =>
  casePolicy.mode === 'existing'
    ? `${casePolicy.saksnummer.saksaar}/${casePolicy.saksnummer.sakssekvensnummer}`
    : undefined

const mayBeInArchive = (id: string) =>
  new Conflict(
    'may-be-in-archive',
    `Henvendelsen ${id} kan allerede ligge i arkivet, og kan verken endres eller avvises. Velg «spør arkivet nå» først.`
  )

const caseFounded = (id: string) =>
  new Conflict(
    'case-founded',
    `En annen henvendelse opprettet saken som henvendelsen ${id} hører til, i samme øyeblikk.`
  )

const wrongState = ({ id, from, to }: Move) =>
  new Conflict(
    'inquiry-in-wrong-state',
    `Henvendelsen ${id} kan ikke gå fra «${from}» til «${to.state}» nå. Hent den på nytt og se hvor den står.`
  )
