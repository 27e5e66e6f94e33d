import { type ValueType, valueTypes } from '../catalogue/value-types.ts'
import { readDateTime } from './moments.ts'
import { UnreadableXml } from './parsed-element.ts'

const readers: Readonly<Record<(typeof valueTypes)[ValueType]['xsd']['base'], (text: string) => unknown>> = {
  string: (text) => (text === '' ? undefined : text),
  integer: (text) => (/^[+-]?\d+$/.test(text.trim()) ? Number(text) : undefined),
  boolean: (text) => ({ true: true, 1: true, false: false, 0: false })[text.trim()],
  date: (text) => (/^\d{4}-\d\d-\d\d$/.test(text.trim()) ? text.trim() : undefined),
  dateTime: (text) => readDateTime(text.trim())
}

/** The value that the text of an element says. Throws UnreadableXml when it is not of the element's kind. */
export function readValue(type: ValueType, text: string, path: string): unknown {
  const value = readers[valueTypes[type].xsd.base](text)
  if (value === undefined) throw new UnreadableXml(`${path} har en verdi av feil slag.`)
  return value
}
