import { Type } from 'typebox'

export const UUID_PATTERN = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'

/** RFC 9562 as we write it: lower case and without a prefix, since it is compared as text. */
export const Uuid = (description?: string) =>
  Type.String({
    format: 'uuid',
    pattern: UUID_PATTERN,
    ...(description !== undefined && { description })
  })
