import { type RawBuilder, sql } from 'kysely'
import type { InquiryState } from '../domain/inquiry.ts'

/**
 * Whether an inquiry stands in one of the states, or waits for one that does, or for one that waits for such a one. It is
 * asked of what the others are now, so nothing is to be kept in step.
 */
export const isAsking = (states: readonly InquiryState[]): RawBuilder<boolean> => sql<boolean>`(
  inquiry.state = any (${[...states]}::text[])
  or (inquiry.state = 'received' and inquiry.status ? 'waitsFor' and exists (
    with recursive ahead (state, next) as (
      select state, status ->> 'waitsFor' from inquiry nearest where nearest.id = (inquiry.status ->> 'waitsFor')::uuid
      union
      select other.state, other.status ->> 'waitsFor'
      from ahead join inquiry other on other.id = next::uuid where ahead.state = 'received'
    )
    select from ahead where state = any (${[...states]}::text[]))))`
