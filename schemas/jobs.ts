import { Type } from 'typebox'

/** What every queue carries: an id only, so that a job can hold neither stale nor personal data. */
export const JobPayload = Type.Object(
  { inquiryId: Type.String({ pattern: '^[0-9a-f-]{36}$' }) },
  { additionalProperties: false }
)
