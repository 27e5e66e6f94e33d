/**
 * What goes into a jsonb column and comes back the same: dates survive as `{"$date": …}`. What PostgreSQL cannot hold
 * (U+0000, lone surrogates) becomes U+FFFD; the exact bytes stand beside it, as received.
 */
export const toStored = (value: unknown): string => JSON.stringify(storedForm(value))

export const storable = (text: string): string =>
  text.isWellFormed() && !text.includes('\u0000') ? text : text.toWellFormed().replaceAll('\u0000', '\uFFFD')

/** The same, for a place inside other JSON. */
export function storedForm(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Date) return { $date: value.toISOString() }
  return Array.isArray(value) ? value.map(storedForm) : fieldsOf(value)
}

/** A loop, since every inquiry passes here whole, and going by entries takes four times as long. */
function fieldsOf(from: object): object {
  const form: Record<string, unknown> = {}
  for (const key of Object.keys(from)) {
    const value = storedForm((from as Record<string, unknown>)[key])
    if (key === '__proto__') Object.defineProperty(form, key, { value, enumerable: true })
    else form[storable(key)] = value
  }
  return form
}

/** Reads what `toStored` wrote, as `pg` hands it over: parsed. It becomes what is given back: no copy is made. */
export function fromStored<T>(value: unknown): T {
  return decode(value) as T
}

function decode(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) if (typeof item === 'object') value[at] = decode(item)
    return value
  }
  if ('$date' in value && typeof value.$date === 'string') return new Date(value.$date)
  const fields = value as Record<string, unknown>
  for (const key of Object.keys(fields)) {
    const held = fields[key]
    if (typeof held === 'object') fields[key] = decode(held)
  }
  return fields
}
