import type { Selectable } from 'kysely'
import type { Assessment } from '../domain/assess.ts'
import type { Corrections } from '../domain/corrections.ts'
import { NotFound } from '../domain/errors.ts'
import type { Inquiry, InquiryStatus, Task } from '../domain/inquiry.ts'
import type { StoredInquiry, WorkItem } from '../flow/store-port.ts'
import type { Database, InquiryTable, WorkItemTable } from './database.ts'
import { fromStored } from './stored-json.ts'

export type InquiryRow = Pick<
  Selectable<InquiryTable>,
  'content' | 'status' | 'changed_at' | 'corrections' | 'assessment' | 'answered_at'
> & {
  [Column in 'task' | 'due_at' | 'tries' | 'first_failed_at' | 'leased_until']: Selectable<WorkItemTable>[Column] | null
}

/** Inquiries with their work, without the received bytes. */
export const selectInquiries = (db: Database) =>
  db
    .selectFrom('inquiry')
    .leftJoin('work_item', 'work_item.inquiry_id', 'inquiry.id')
    .select([
      'content',
      'status',
      'changed_at',
      'corrections',
      'assessment',
      'answered_at',
      'task',
      'due_at',
      'tries',
      'first_failed_at',
      'leased_until'
    ])

export function fromRow(row: InquiryRow): StoredInquiry {
  return {
    inquiry: fromStored<Inquiry>(row.content),
    status: fromStored<InquiryStatus>(row.status),
    changedAt: row.changed_at,
    ...(row.corrections !== null && { corrections: fromStored<Corrections>(row.corrections) }),
    ...(row.assessment !== null && { assessment: fromStored<Assessment>(row.assessment) }),
    ...(row.answered_at && { answeredAt: row.answered_at }),
    ...(row.task !== null && row.due_at !== null && { work: workOf(row.task as Task, row.due_at, row) })
  }
}

function workOf(task: Task, dueAt: Date, row: InquiryRow): WorkItem {
  return {
    task,
    dueAt,
    tries: row.tries ?? 0,
    ...(row.first_failed_at && { firstFailedAt: row.first_failed_at }),
    ...(row.leased_until && { leasedUntil: row.leased_until })
  }
}

export const noInquiry = (id: string) => new NotFound('inquiry-not-found', `Det finnes ingen henvendelse med id ${id}.`)

/** What a search looks through: who, where, and the words themselves. */
export const searchedWords = `to_tsvector('simple', left(concat_ws(' ',
  content #>> '{author,displayName}', content #>> '{author,handle}', content ->> 'externalId',
  content ->> 'permalink', content #>> '{mark,category}', content ->> 'text'), 50000))`
