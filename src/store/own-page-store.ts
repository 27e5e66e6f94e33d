import { sql } from 'kysely'
import { Conflict } from '../domain/errors.ts'
import type { OwnPage } from '../domain/own-page.ts'
import type { OwnPageStore } from '../flow/store-port.ts'
import { appendEvent } from './audit-store.ts'
import type { Database } from './database.ts'
import { fromStored, toStored } from './stored-json.ts'

/** What the audit log calls the list. */
const SUBJECT = 'own-pages'

export const ownPageStore = (db: Database): OwnPageStore => ({
  async current() {
    const row = await db.selectFrom('own_pages').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
    if (!row) return { version: 0, pages: [] }
    const { version, changed_at: changedAt, changed_by: changedBy } = row
    return { version, pages: fromStored<OwnPage[]>(row.pages), changedAt, changedBy }
  },

  replace: (version, pages, at, { actor, reason }) =>
    db.transaction().execute(async (tx) => {
      // The next version of whatever is there by now: of two at once, one finds it taken.
      const { rows } = await sql`
        insert into own_pages (version, pages, changed_at, changed_by)
        select ${version}::int, ${toStored(pages)}::jsonb, ${at}::timestamptz, ${actor}
        where (select coalesce(max(version), 0) from own_pages) = ${version}::int - 1
        on conflict do nothing returning version`.execute(tx)
      if (rows.length === 0) throw changedSince()
      const facts = { version, count: pages.length }
      await appendEvent(tx, { at, actor, action: 'pages.changed', subject: SUBJECT, facts, reason })
    })
})

const changedSince = () =>
  new Conflict(
    'pages-changed',
    'Listen over kommunens egne sider er endret siden du hentet den. Ingenting er gjort. Hent den på nytt, og gjør endringen hvis den fortsatt trengs.'
  )
