/**
 * What goes into a jsonb column and comes back the same: dates survive as `{"$date": …}`. What PostgreSQL cannot hold
 * (U+0000, lone surrogates) becomes U+FFFD; the exact bytes stand beside it, as received.
 */
export const toStored = (value: unknown): string => JSON.stringify(storedForm(value))

export const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD')

/** The same, for a place inside other JSON. */
export function storedForm(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() }
  if (typeof value === 'string') return storable(value)
  if (Array.isArray(value)) return value.map(storedForm)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storedForm(inner)]))
}

/** Reads what `toStored` wrote, as `pg` hands it over: parsed. */
export function fromStored<T>(value: unknown): T {
  return decode(value) as T
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode)
  if (value === null || typeof value !== 'object') return value
  if ('$date' in value && typeof value.$date === 'string') return new Date(value.$date)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decode(inner)]))
}
