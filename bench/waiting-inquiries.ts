import { v7 as uuidv7 } from 'uuid'
import { checkedArkivmelding } from '../src/noark/checked-arkivmelding.ts'
import { type Database, openDatabase, runPrepared } from '../src/store/database.ts'
import { startEmbeddedPostgres } from '../src/store/embedded/embedded-postgres.ts'
import { storeOn } from '../src/store/index.ts'
import { migrate } from '../src/store/migrate.ts'
import { arrival } from '../test/store/arrival.ts'
import { planMaker } from '../test/support/plan-maker.ts'

export const onError = (error: Error) => console.error(error.message)

/** The embedded PostgreSQL as it ships, fsync and all, with a pool as large as the service's. */
export async function startDatabase(folder: string) {
  const server = await startEmbeddedPostgres({ folder, log: () => undefined })
  const db = openDatabase({ url: server.url, connectionsMax: 16, onError })
  await migrate(db)
  const stop = async () => {
    await db.destroy()
    await server.stop()
  }
  return { url: server.url, db, store: storeOn(db), stop }
}

export type StartedDatabase = Awaited<ReturnType<typeof startDatabase>>

/** Takes in and composes one inquiry, and copies its rows until so many wait for delivery. All have their documents. */
export async function makeWaiting(db: Database, count: number): Promise<void> {
  const { id } = await composeOne(db)
  for (let left = count - 1; left > 0; left -= COPIES_AT_ONCE) {
    const ids = Array.from({ length: Math.min(left, COPIES_AT_ONCE) }, () => uuidv7())
    await runPrepared(db, { name: 'copy', text: copy }, [id, ids])
  }
  await runPrepared(db, { name: 'settle', text: 'analyze' }, [])
}

const COPIES_AT_ONCE = 5_000

async function composeOne(db: Database): Promise<{ id: string }> {
  const { inquiries, work } = storeOn(db)
  const at = new Date()
  const arrived = arrival({ receivedAt: at, externalId: uuidv7() })
  const { id } = arrived.inquiry
  await inquiries.receive(arrived)
  const lease = await work.claim(id, 'compose', at, 20_000)
  const { plan } = planMaker({ inquiryId: id })
  await inquiries.move({
    ...{ id, at, from: 'received', to: { state: 'ready' }, actor: 'bench', action: 'inquiry.composed' },
    plan: { plan, recordXml: checkedArkivmelding(plan).xml },
    next: { kind: 'due', dueAt: new Date(at.getTime() + 1), failed: false },
    attempt: { startedAt: at, outcome: 'done' },
    ...(lease && { lease: lease.token })
  })
  return { id }
}

const copy = `
  with copies as (select unnest($2::uuid[]) as copy),
  inquiries as (
    insert into inquiry (id, source, external_id, event_key, state, status, content, received_bytes, received_at,
                         received_by, changed_at, words)
    select copy, source, copy, event_key, state, status,
           replace(replace(content::text, id::text, copy::text), external_id, copy::text)::jsonb,
           received_bytes, received_at, received_by, changed_at, words
    from inquiry, copies where id = $1
  ), plans as (
    insert into archive_plan (inquiry_id, plan, record_xml, composed_at)
    select copy, replace(plan::text, inquiry_id::text, copy::text)::jsonb,
           replace(record_xml, inquiry_id::text, copy::text), composed_at
    from archive_plan, copies where inquiry_id = $1
  )
  insert into work_item (inquiry_id, task, due_at)
  select copy, task, due_at from work_item, copies where inquiry_id = $1`
