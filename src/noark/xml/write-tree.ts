import type { ObjectName, SpecialName } from '../catalogue/object-names.ts'
import { type CodeBook, standardCodes } from '../codes/code-book.ts'
import type { Dialect, Schema } from '../dialects/dialect.ts'
import { type ElementLayout, isExtension, layoutOf, specialOf } from '../dialects/layout.ts'
import type { Tree } from '../dialects/tree.ts'
import { localDateTime, norwegianDateTime } from './moments.ts'
import { type XmlContent, type XmlElement, xmlDocument } from './xml-document.ts'

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

/**
 * A value as a document of its dialect: children in the order of the schema, whatever order the value has them in;
 * nothing empty, and no moment that is none.
 */
export function writeTree<D extends Dialect>(
  dialect: D,
  tree: Tree<D, D['root']>,
  codes: CodeBook = standardCodes
): string {
  const { root, schemas } = dialect
  const content = writeObject({ dialect, codes }, root, tree, schemas[0])
  const names = schemas.map(({ prefix, namespace }) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, namespace])
  return xmlDocument(root, { ...content, $: { ...Object.fromEntries(names), 'xmlns:xsi': XSI } })
}

interface Writing {
  readonly dialect: Dialect
  readonly codes: CodeBook
}

/** `around` is the schema that the element itself belongs to, whose namespace is the default where it has no prefix. */
function writeObject(writing: Writing, object: ObjectName, value: object, around: Schema): XmlElement {
  const { dialect } = writing
  const given: Readonly<Record<string, unknown>> = { ...value }
  const special: SpecialName | undefined = specialOf(dialect, object, String(given.type))
  const { schema, elements } = layoutOf(dialect, special ?? object)
  // Something of another namespace without prefix says so on its own element.
  const declares = isExtension(dialect, schema) && schema !== around && { $: { xmlns: schema.namespace } }
  const children = elements.flatMap((element): [string, XmlContent[]][] => {
    const one = given[element.name]
    if (one === undefined) return []
    const all: readonly unknown[] = Array.isArray(one) ? one : [one]
    const written = all.map((each) => writeValue(writing, element, each, schema))
    const declared = declares
      ? written.map((each) => (typeof each === 'string' ? each : { ...each, ...declares }))
      : written
    return [[schema.prefix === '' ? element.name : `${schema.prefix}:${element.name}`, declared]]
  })
  return { ...(special && { $: { 'xsi:type': special } }), ...Object.fromEntries(children) }
}

function writeValue(writing: Writing, { name, holds }: ElementLayout, value: unknown, around: Schema): XmlContent {
  const { dialect, codes } = writing
  if (value instanceof Date) return writeMoment(dialect, value)
  if (typeof value === 'object' && value !== null) return writeObject(writing, holds as ObjectName, value, around)
  const text = String(value)
  if (holds !== 'code') return text
  const meaning = codes.textOf(name, text)
  if (dialect.codes === 'text') return meaning ?? text
  const kode = { kode: text, ...(meaning !== undefined && { beskrivelse: meaning }) }
  return writeObject(writing, 'kode', kode, around)
}

function writeMoment({ moments }: Dialect, moment: Date): string {
  if (Number.isNaN(moment.getTime())) return ''
  return moments === 'local' ? localDateTime(moment) : norwegianDateTime(moment)
}
