import { codeText } from './codes.ts'
import { type Form, type NoarkObjects, type ObjectName, objects } from './elements.ts'
import { norwegianDateTime } from './norwegian-date-time.ts'
import type { XmlContent, XmlElement } from './xml-document.ts'

/** An object of the model as XML: children in the order of the standard, whatever order the object has them in. */
export function serialise<Name extends ObjectName>(object: Name, value: NoarkObjects[Name]): XmlElement {
  return write(object, value)
}

function write(object: ObjectName, value: object): XmlElement {
  const { prefix, attributes, elements } = objects[object]
  const values: Readonly<Record<string, unknown>> = { ...value }
  const children = Object.entries<readonly [Form, string?]>(elements).flatMap(
    ([name, [form]]): [string, readonly XmlContent[]][] => {
      const given = values[name]
      if (given === undefined) return []
      const repeated: readonly unknown[] = Array.isArray(given) ? given : [given]
      return [[prefix + name, repeated.map((one) => writeValue(name, form, one))]]
    }
  )
  return { ...(attributes && { $: attributes }), ...Object.fromEntries(children) }
}

function writeValue(name: string, form: Form, value: unknown): XmlContent {
  if (value instanceof Date) return norwegianDateTime(value)
  if (typeof value === 'object' && value !== null) return write(form as ObjectName, value)
  const text = String(value)
  return form === 'code' ? { 'm:kode': text, 'm:beskrivelse': codeText(name, text) } : text
}
