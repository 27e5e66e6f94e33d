import { CompiledQuery, sql } from 'kysely'
import type { AuditAction } from '../domain/audit-event.ts'
import { filedStates, type InquiryState } from '../domain/inquiry.ts'
import type { ArchiveMessage, Json } from '../flow/ports.ts'
import type { Heard, Keeping, MessageStore } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database, Tx } from './database.ts'
import { storable, toStored } from './stored-json.ts'

export const messageStore = (db: Database): MessageStore => ({
  keep: (archive, message, at) => db.transaction().execute((tx) => keep(tx, archive, message, at)),
  hear: (archive, inquiryId) => hear(db, archive, inquiryId),

  async unmatched(archive) {
    const { count } = await db
      .selectFrom('archive_message')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('archive', '=', archive)
      .where('inquiry_id', 'is', null)
      .executeTakeFirstOrThrow()
    return Number(count)
  }
})

async function keep(tx: Tx, archive: string, message: ArchiveMessage, at: Date): Promise<Keeping> {
  const { remoteId, kind, payload, receivedAt } = message
  const correlation = message.correlation === undefined ? null : storable(message.correlation)
  const { rows } = await sql<{ id: string; inquiry_id: string | null }>`
    insert into archive_message (archive, remote_id, correlation, kind, payload, received_at, kept_at, inquiry_id)
    values (${archive}, ${storable(remoteId)}, ${correlation}, ${storable(kind)}, ${toStored(payload)}, ${receivedAt},
      ${at}, (select inquiry_id from archive_plan where plan ->> 'planId' = ${correlation} limit 1))
    on conflict on constraint archive_message_once do nothing
    returning id, inquiry_id`.execute(tx)
  const [kept] = rows
  if (!kept) return { kind: 'known' }
  const { id, inquiry_id: inquiryId } = kept
  const tell = (action: AuditAction, subject: string) =>
    appendEvent(tx, { at, actor: archive, action, subject, facts: { message: id, kind } })
  if (inquiryId === null) {
    await tell('message.unmatched', `archive:${archive}`)
    return { kind: 'unmatched', id }
  }
  const state = await holdInquiry(tx, inquiryId)
  await tell(isOver(state) ? 'message.late' : 'message.kept', inquiryId)
  await wakeForNews(tx, inquiryId)
  return { kind: 'matched', id, inquiryId, state }
}

/** Its work is locked before it, as everybody does, so that a move either sees the message or is seen by it. */
async function holdInquiry(tx: Tx, id: string): Promise<InquiryState> {
  await tx.selectFrom('work_item').select('lease').where('inquiry_id', '=', id).forUpdate().execute()
  const ofInquiry = tx.selectFrom('inquiry').select('state').where('id', '=', id)
  const { state } = await ofInquiry.forNoKeyUpdate().executeTakeFirstOrThrow()
  return state as InquiryState
}

const isOver = (state: InquiryState): boolean => state === 'dismissed' || filedStates.includes(state)

/**
 * What is waited with becomes due when there is news about it, and a person who is asked gets help. Work that somebody
 * holds is left to them: they wake it themselves when they let go.
 */
export const wakeForNewsOfRows = {
  name: 'arkivbro_wake_for_news',
  text: `
  insert into work_item as work (inquiry_id, task, due_at)
  select inquiry.id, 'settle', min(kept_at) from inquiry join archive_message on inquiry_id = inquiry.id
  where inquiry.id in (
      select id from jsonb_to_recordset($1) as wanted (id uuid, may_have_news boolean) where may_have_news)
    and standing = 'new' and state in ('ready', 'sending', 'awaiting-receipt', 'unknown-outcome', 'needs-action')
  group by inquiry.id
  on conflict (inquiry_id) do update set due_at = least(work.due_at, excluded.due_at), enqueued_until = null
    where work.lease is null`
}

export async function wakeForNews(db: Database | Tx, id: string): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(wakeForNewsOfRows.text, [JSON.stringify([{ id, may_have_news: true }])]))
}

async function hear(db: Database, archive: string, inquiryId: string): Promise<Heard> {
  const all = await db
    .selectFrom('archive_message')
    .selectAll()
    .where('inquiry_id', '=', inquiryId)
    .where('standing', '<>', 'past')
    .orderBy('id')
    .execute()
  const rows = all.filter((row) => row.archive === archive)
  // Also what an archive that has been replaced once sent, or it would wake its inquiry for ever.
  const fresh = all.filter(({ standing }) => standing === 'new').map(({ id }) => id)
  if (fresh.length > 0) {
    await db.updateTable('archive_message').set({ standing: 'heard' }).where('id', 'in', fresh).execute()
  }
  return {
    messages: rows.map((row) => ({
      remoteId: row.remote_id,
      ...(row.correlation !== null && { correlation: row.correlation }),
      kind: row.kind,
      payload: row.payload as Json,
      receivedAt: row.received_at
    })),
    hasNew: rows.some(({ standing }) => standing === 'new')
  }
}
