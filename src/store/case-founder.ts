/**
 * Whether an inquiry founds the saksmappe of a key, in SQL: it is not dismissed, and the key is that of its post or still the
 * one that it shares. `key` names the column.
 */
export const standsFor = (key: string): string =>
  `(inquiry.state <> 'dismissed' and (inquiry.case_key = ${key} or starts_with(${key}, 'post ')))`
