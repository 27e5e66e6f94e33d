import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshStore } from '../support/setup.ts'
import { arrival } from './arrival.ts'

test.each(['update audit_event set actor = $$x$$', 'delete from audit_event', 'truncate audit_event'])(
  'the audit log refuses «%s», and stands as it was',
  async (statement) => {
    const { db, store } = await freshStore()
    const { inquiry } = arrival()
    await store.inquiries.receive(arrival(inquiry))
    const before = await store.audit.about(inquiry.id)
    expect(before).toHaveLength(1)
    await expect(sql.raw(statement).execute(db)).rejects.toThrow('audit_event is append-only')
    expect(await store.audit.about(inquiry.id)).toEqual(before)
  }
)
