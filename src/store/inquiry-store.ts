import { sql } from 'kysely'
import { type InquiryState, inquiryStates, openStates } from '../domain/inquiry.ts'
import { answerWarnings } from '../domain/reply.ts'
import type { InquiryCounts, InquiryQuery, InquiryStore, StoredInquiry, Unanswered } from '../flow/store-port.ts'
import { isAsking } from './asking.ts'
import { standsFor } from './case-founder.ts'
import { type Database, runPrepared } from './database.ts'
import { fromRow, type InquiryRow, noInquiry, searchedWords, selectInquiries } from './inquiry-row.ts'
import { mover, moverOfAll } from './move.ts'
import { receiver } from './receive.ts'
import { storable } from './stored-json.ts'
import { readTogether } from './together.ts'

export const inquiryStore = (db: Database): InquiryStore => ({
  receive: receiver(db),
  move: mover(db),
  moveAll: moverOfAll(db),
  get: getter(db),

  async bytes(id) {
    const row = await db.selectFrom('inquiry').select('received_bytes').where('id', '=', id).executeTakeFirst()
    if (!row) throw noInquiry(id)
    return row.received_bytes
  },

  ofPost: postReader(db),

  async firstOfCase(caseKey, before) {
    const row = await selectInquiries(db)
      .where('case_key', '=', storable(caseKey))
      .where('inquiry.id', '<', before)
      .where('state', '<>', 'dismissed')
      .orderBy('inquiry.id')
      .limit(1)
      .executeTakeFirst()
    return row && fromRow(row)
  },

  async founderOf(key) {
    const row = await selectInquiries(db)
      .innerJoin('case_founder', 'case_founder.inquiry_id', 'inquiry.id')
      .where('key', '=', storable(key))
      .where(sql.raw<boolean>(standsFor('case_founder.key')))
      .executeTakeFirst()
    return row && fromRow(row)
  },

  async related({ id, source, externalId, follows }) {
    const rows = await selectInquiries(db)
      .where((eb) =>
        eb.or([
          eb.and([eb('source', '=', source), eb('external_id', '=', externalId)]),
          eb('follows', '=', id),
          ...(follows === undefined ? [] : [eb('inquiry.id', '=', follows)])
        ])
      )
      .where('inquiry.id', '<>', id)
      .orderBy('inquiry.id')
      .limit(200)
      .execute()
    return rows.map(fromRow)
  },

  async find(query) {
    const rows = await findRows(db, query)
    return rows.map(fromRow)
  },

  counts: (asking) => countsOf(db, asking)
})

function getter(db: Database): InquiryStore['get'] {
  const { sql: text } = selectInquiries(db).where(sql<boolean>`inquiry.id = any (${[]})`).compile()
  const getTogether = readTogether(async (ids) => {
    const rows = await runPrepared<InquiryRow>(db, { name: 'arkivbro_inquiries', text }, [ids])
    return new Map(rows.map(fromRow).map((stored) => [stored.inquiry.id, stored]))
  })
  return async (id) => {
    const stored = await getTogether(id)
    if (!stored) throw noInquiry(id)
    return stored
  }
}

function postReader(db: Database): InquiryStore['ofPost'] {
  const { sql: ofOne } = selectInquiries(db)
    .where(sql<boolean>`source = post ->> 0 and external_id = post ->> 1`)
    .where(sql<boolean>`inquiry.id is distinct from (post ->> 2)::uuid`)
    .orderBy('inquiry.id')
    .limit(sql.lit(200))
    .compile()
  const text = `
    select n::integer, found.* from unnest($1::jsonb[]) with ordinality as wanted (post, n)
    cross join lateral (${ofOne}) found`
  const readPosts = readTogether(async (wanted) => {
    const posts = [...new Set(wanted)]
    const found = new Map<string, StoredInquiry[]>()
    for (const { n, ...row } of await runPrepared<PostRow>(db, { name: 'arkivbro_of_post', text }, [posts])) {
      const key = posts[n - 1] ?? ''
      found.set(key, [...(found.get(key) ?? []), fromRow(row)])
    }
    return found
  })
  return async (source, externalId, except) =>
    (await readPosts(JSON.stringify([source, externalId, except ?? null]))) ?? []
}

type PostRow = InquiryRow & { readonly n: number }

function findRows(db: Database, query: InquiryQuery) {
  const { states, source, words, saksnummer, receivedFrom, receivedTo, before, limit } = query
  const { asking, receivedBy, category, isUnanswered, isEmergency } = query
  return selectInquiries(db)
    .$if(states !== undefined, (q) => q.where('state', 'in', states ?? []))
    .$if(asking !== undefined, (q) => q.where(isAsking(asking ?? [])))
    .$if(source !== undefined, (q) => q.where('source', '=', source ?? ''))
    .$if(receivedBy !== undefined, (q) => q.where('received_by', '=', receivedBy ?? ''))
    .$if(category !== undefined, (q) => q.where(sql<boolean>`assessment ->> 'category' = ${category}`))
    .$if(isUnanswered !== undefined, (q) =>
      q.where('answer_due_at', 'is not', null).where('answered_at', 'is', null).where('state', '<>', 'dismissed')
    )
    .$if(isEmergency !== undefined, (q) => q.where(sql<boolean>`${sql.raw(EMERGENCY)}`))
    .$if(words !== undefined, (q) => q.where(matches(storable(words ?? ''))))
    .$if(saksnummer !== undefined, (q) =>
      q
        .where('saksaar', '=', saksnummer?.saksaar ?? 0)
        .where('sakssekvensnummer', '=', saksnummer?.sakssekvensnummer ?? 0)
    )
    .$if(receivedFrom !== undefined, (q) => q.where('received_at', '>=', receivedFrom ?? new Date(0)))
    .$if(receivedTo !== undefined, (q) => q.where('received_at', '<', receivedTo ?? new Date(0)))
    .$if(before !== undefined, (q) => q.where('inquiry.id', '<', before ?? ''))
    .orderBy('inquiry.id', 'desc')
    .limit(limit)
    .execute()
}

const EMERGENCY = "assessment #>> '{decisions,emergency,value}' = 'true'"

/** Inquiries that nobody has composed yet are few, and have no index. */
const matches = (words: string) => sql<boolean>`(words @@ websearch_to_tsquery('simple', ${words})
  or (words is null and inquiry.state = 'received' and ${sql.raw(searchedWords)} @@ websearch_to_tsquery('simple', ${words})))`

/** When the day began in Norway. */
const today = sql`date_trunc('day', now() at time zone 'Europe/Oslo') at time zone 'Europe/Oslo'`

async function countsOf(db: Database, asking: readonly InquiryState[]): Promise<InquiryCounts> {
  const states = await db
    .selectFrom('inquiry')
    .select(({ fn }) => ['state', fn.countAll<string>().as('count'), fn.min('changed_at').as('oldest')])
    .groupBy('state')
    .execute()
  const needing = await db
    .selectFrom('inquiry')
    .select(({ fn }) => [fn.countAll<string>().as('count'), fn.min('changed_at').as('oldest')])
    .where(isAsking(asking))
    .executeTakeFirstOrThrow()
  const journaled = await sql<{ count: string }>`
    select count(*) as count from inquiry where state = 'journaled'
      and changed_at >= ${today} and ((corrections -> 'category' is null and not status ? 'amendedAt') or exists (
        select from audit_event where subject = inquiry.id::text
          and action in ('inquiry.journaled', 'inquiry.record-chosen') and at >= ${today}))`.execute(db)
  const sources = await db
    .selectFrom('inquiry')
    .select(({ fn }) => ['source', fn.max('received_at').as('last')])
    .groupBy('source')
    .execute()
  const byState = Object.fromEntries(inquiryStates.map((state) => [state, 0])) as Record<InquiryState, number>
  for (const row of states) byState[row.state as InquiryState] = Number(row.count)
  const [oldestOpen] = states
    .filter(({ state }) => openStates.some((open) => open === state))
    .map(({ oldest }) => oldest)
    .sort((a, b) => a.getTime() - b.getTime())
  return {
    byState,
    journaledToday: Number(journaled.rows[0]?.count ?? 0),
    needsAction: { count: Number(needing.count), ...(needing.oldest && { oldest: needing.oldest }) },
    ...(oldestOpen && { oldestOpen }),
    lastReceivedBySource: Object.fromEntries(sources.map((row) => [row.source, row.last])),
    unanswered: await unansweredIn(db)
  }
}

async function unansweredIn(db: Database): Promise<Unanswered> {
  const { rows } = await sql<{ warning: number; count: string; emergencies: string; next: Date }>`
    select coalesce((select max(step) from unnest(${[...answerWarnings]}::int[]) as step
             where now() >= received_at + (answer_due_at - received_at) * step / 100), 0) as warning,
           count(*) as count, min(answer_due_at) as next,
           count(*) filter (where ${sql.raw(EMERGENCY)}) as emergencies
    from inquiry where answer_due_at is not null and answered_at is null and state <> 'dismissed'
    group by 1`.execute(db)
  const countOf = (step: number) => Number(rows.find(({ warning }) => warning === step)?.count ?? 0)
  const [nextDue] = rows.map(({ next }) => next).sort((a, b) => a.getTime() - b.getTime())
  return {
    count: rows.reduce((sum, { count }) => sum + Number(count), 0),
    byWarning: { 50: countOf(50), 70: countOf(70), 90: countOf(90), 100: countOf(100) },
    emergencies: rows.reduce((sum, { emergencies }) => sum + Number(emergencies), 0),
    ...(nextDue && { nextDue })
  }
}
