import { sql } from 'kysely'
import type { WebhookMessage } from '../domain/webhook.ts'
import type { KeptAttempt, SentMessage, TakenMessage, WebhookStore } from '../flow/webhook-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database, Tx } from './database.ts'

/** Messages on their way out. */
export const webhookOutbox = (
  db: Database
): Pick<WebhookStore, 'due' | 'take' | 'handBack' | 'keepAttempt' | 'messages' | 'prune' | 'backlog'> => ({
  async due(at) {
    const { rows } = await sql<{ id: string }>`
      select id from webhook_endpoint endpoint
      where disabled_at is null and coalesce(held_until <= ${at}, true)
        and exists (select from webhook_message where endpoint_id = endpoint.id and due_at <= ${at}
                    and coalesce(leased_until <= ${at}, true))`.execute(db)
    return rows.map(({ id }) => id)
  },

  async take(id, at, until, limit) {
    const { rows } = await takeQuery(id, at, until, limit).execute(db)
    return rows.map(takenFrom).sort((a, b) => Number(a.seq) - Number(b.seq))
  },

  async handBack({ seq, lease }) {
    await sql`update webhook_message set lease = null, leased_until = null where seq = ${seq} and lease = ${lease}`.execute(
      db
    )
  },

  keepAttempt: (taken, attempt, after) => db.transaction().execute((tx) => keepAttempt(tx, taken, attempt, after)),

  async messages(id, { before, limit }) {
    const { rows } = await sql<SentRow>`
      select *, coalesce((
          select jsonb_agg(jsonb_build_object('at', at, 'milliseconds', milliseconds, 'status', status, 'failure', failure)
                           order by attempt.seq)
          from webhook_attempt attempt where message_seq = message.seq), '[]') as attempts
      from webhook_message message
      where endpoint_id = ${id} and (${before ?? null}::uuid is null
        or seq < (select seq from webhook_message where id = ${before ?? null}::uuid))
      order by seq desc limit ${limit}`.execute(db)
    return rows.map(sentFrom)
  },

  async prune(before, at) {
    await sql`delete from webhook_attempt where at < ${before}`.execute(db)
    await sql`delete from webhook_message message using webhook_endpoint endpoint
      where endpoint.id = endpoint_id and at < ${before} and (due_at is null or disabled_at is not null)`.execute(db)
    await sql`update webhook_endpoint set earlier_secret = null where earlier_until <= ${at}
      and earlier_secret is not null`.execute(db)
  },

  async backlog() {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n
      from webhook_message message join webhook_endpoint endpoint on endpoint.id = endpoint_id
      where due_at is not null and disabled_at is null`.execute(db)
    return rows[0]?.n ?? 0
  }
})

/** A message of an inquiry goes when all that came before it are done with. Danger goes before all others. */
const takeQuery = (id: string, at: Date, until: Date, limit: number) => sql<TakenRow>`
  with open as (
    select *, case when failing_since is null then ${limit}::int else 1 end as at_once from webhook_endpoint
    where id = ${id} and disabled_at is null and coalesce(held_until <= ${at}, true)
  ), free as (
    select seq from webhook_message message
    where endpoint_id = ${id} and due_at <= ${at} and coalesce(leased_until <= ${at}, true)
      and not exists (
        select from webhook_message earlier
        where earlier.endpoint_id = message.endpoint_id and earlier.inquiry_id = message.inquiry_id
          and earlier.seq < message.seq and earlier.due_at is not null)
    order by type <> 'inquiry.emergency', due_at, seq limit (select at_once from open) for update skip locked
  )
  update webhook_message message set lease = gen_random_uuid(), leased_until = ${until}
  from free, open where message.seq = free.seq
  returning message.*, url, secret, failing_since,
            case when earlier_until > ${at} then earlier_secret end as earlier_secret`

async function keepAttempt(
  tx: Tx,
  taken: TakenMessage,
  { at, milliseconds, answer }: Parameters<WebhookStore['keepAttempt']>[1],
  { message, disable, heldUntil }: Parameters<WebhookStore['keepAttempt']>[2]
): Promise<void> {
  const { endpointId, seq, lease, inquiryId } = taken
  const failure = answer.kind === 'failed' ? answer.failure : null
  // The endpoint is locked before its messages, by persons and workers alike.
  const { numAffectedRows: disabled } = await sql`update webhook_endpoint set
      succeeded_at = case when ${failure}::text is null then ${at} else succeeded_at end,
      failed_at = case when ${failure}::text is null then failed_at else ${at} end,
      failure = coalesce(${failure}, failure),
      failing_since = case when ${failure}::text is not null then coalesce(failing_since, ${at}) end,
      held_until = ${heldUntil ?? null}
    where id = ${endpointId}`.execute(tx)
  if (disable && disabled === 1n) await disableEndpoint(tx, endpointId, disable, at)
  const dueAt = message.kind === 'waiting' ? message.dueAt : null
  const { numAffectedRows: kept } = await sql`update webhook_message set due_at = ${dueAt}, tries = tries + 1,
      lease = null, leased_until = null, outcome = ${message.kind === 'waiting' ? null : message.kind}
    where seq = ${seq} and lease = ${lease} and due_at is not null`.execute(tx)
  // What waits behind it need not be looked at before.
  if (kept === 1n && dueAt && inquiryId !== undefined) {
    await sql`update webhook_message set due_at = greatest(due_at, ${dueAt}) where endpoint_id = ${endpointId}
      and inquiry_id = ${inquiryId} and seq > ${seq} and due_at is not null`.execute(tx)
  }
  await sql`insert into webhook_attempt (message_seq, at, milliseconds, status, failure)
    select seq, ${at}::timestamptz, ${milliseconds}::int, ${answer.status ?? null}::int, ${failure}::text from webhook_message
    where seq = ${seq}`.execute(tx)
}

async function disableEndpoint(tx: Tx, id: string, because: 'gone' | 'failing', at: Date): Promise<void> {
  const { numAffectedRows } = await sql`update webhook_endpoint set disabled_at = ${at}, disabled_because = ${because}
    where id = ${id} and disabled_at is null`.execute(tx)
  if (numAffectedRows !== 1n) return
  await appendEvent(tx, { at, actor: 'arkivbro', action: 'webhook.disabled', subject: id, facts: { because } })
}

interface MessageRow {
  readonly seq: string
  readonly id: string
  readonly endpoint_id: string
  readonly inquiry_id: string | null
  readonly type: string
  readonly at: Date
  readonly data: Record<string, string>
  readonly due_at: Date | null
  readonly tries: number
  readonly lease: string
  readonly outcome: string | null
}

type TakenRow = MessageRow & {
  readonly url: string
  readonly secret: string
  readonly earlier_secret: string | null
  readonly failing_since: Date | null
}

type SentRow = MessageRow & { readonly attempts: readonly Record<string, string | number | null>[] }

const messageFrom = ({ id, inquiry_id: inquiryId, type, at, data }: MessageRow): WebhookMessage => ({
  ...{ id, type: type as WebhookMessage['type'], at, data },
  ...(inquiryId !== null && { inquiryId })
})

const takenFrom = (row: TakenRow): TakenMessage => ({
  ...messageFrom(row),
  ...{ endpointId: row.endpoint_id, seq: row.seq, lease: row.lease, tries: row.tries, url: row.url },
  secrets: row.earlier_secret === null ? [row.secret] : [row.secret, row.earlier_secret],
  ...(row.failing_since && { failingSince: row.failing_since })
})

const sentFrom = (row: SentRow): SentMessage => ({
  ...messageFrom(row),
  state: row.due_at ? 'waiting' : (row.outcome as SentMessage['state']),
  ...(row.due_at && { nextTryAt: row.due_at }),
  attempts: row.attempts.map(
    ({ at, milliseconds, status, failure }): KeptAttempt => ({
      ...{ at: new Date(String(at)), milliseconds: Number(milliseconds) },
      ...(status !== null && { status: Number(status) }),
      ...(failure !== null && { failure: String(failure) })
    })
  )
})
