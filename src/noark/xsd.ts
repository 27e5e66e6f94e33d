import { type ObjectName, objectMeanings } from './catalogue/object-names.ts'
import { isValueType, type ValueType, valueTypes } from './catalogue/value-types.ts'
import type { Dialect, Schema } from './dialects/dialect.ts'
import { type ElementLayout, isExtension, layoutOf, type ObjectLayout, objectsOf } from './dialects/layout.ts'

/** A line of the schema, or lines a step further in. */
type Lines = readonly (string | Lines)[]

/** The XSD of one of the dialect's schemas, written from the table; as text that ends with a line break. */
export function xsdOf(dialect: Dialect, schema: Schema): string {
  const objects = objectsOf(dialect).filter((object) => object.schema === schema && !isOpen(dialect, object.name))
  const used = new Set<string>(objects.flatMap(({ own }) => own.map(({ holds }) => holds)))
  if (dialect.codes === 'text') used.add('text')
  if (used.has('systemID')) used.add('uuid')
  const types = Object.keys(valueTypes).filter((type) => isValueType(type) && used.has(type)) as ValueType[]
  const others = [...dialect.schemas, ...dialect.extensions].filter((other) => isUsed(dialect, schema, other))
  const root: ObjectName = isExtension(dialect, schema) ? 'henvendelse' : dialect.root
  const prefixes = others.flatMap(({ prefix, namespace }) => (prefix === '' ? [] : [`xmlns:${prefix}="${namespace}"`]))
  const body: Lines = [
    ...documented(schema.title),
    ...others.map(({ namespace, file }) => `<xs:import namespace="${namespace}" schemaLocation="${file}"/>`),
    ...(root in schema.objects ? [`<xs:element name="${root}" type="${root}"/>`] : []),
    ...objects.flatMap((object) => complexType(dialect, object)),
    ...types.flatMap((type) => simpleType(dialect, type))
  ]
  const lines: Lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"',
    [`xmlns="${schema.namespace}"`, ...prefixes, `targetNamespace="${schema.namespace}"`],
    ['elementFormDefault="qualified" version="1.0">'],
    body,
    '</xs:schema>'
  ]
  return `${indented(lines).join('\n')}\n`
}

const indented = (lines: Lines): readonly string[] =>
  lines.flatMap((line) => (typeof line === 'string' ? [line] : indented(line).map((inner) => `  ${inner}`)))

const documented = (text: string): Lines => [
  '<xs:annotation>',
  [`<xs:documentation xml:lang="nb">${text}</xs:documentation>`],
  '</xs:annotation>'
]

/** Whether the format lets anything stand in the object (M711); what is of a schema we know must still follow it. */
const isOpen = (dialect: Dialect, object: ObjectName): boolean =>
  object === 'virksomhetsspesifikkeMetadata' && isExtension(dialect, layoutOf(dialect, object).schema)

/** Whether documents of the schema have elements of the other one. */
const isUsed = (dialect: Dialect, schema: Schema, other: Schema): boolean =>
  schema !== other &&
  !isExtension(dialect, schema) &&
  objectsOf(dialect).some(
    (object) => object.schema === schema && object.own.some((row) => heldBy(dialect, row)?.schema === other)
  )

function heldBy(dialect: Dialect, { holds }: ElementLayout): ObjectLayout | undefined {
  if (isValueType(holds)) return undefined
  if (holds !== 'code') return layoutOf(dialect, holds)
  return dialect.codes === 'object' ? layoutOf(dialect, 'kode') : undefined
}

function complexType(dialect: Dialect, object: ObjectLayout): Lines {
  const { name, base } = object
  const sequence = ['<xs:sequence>', particles(dialect, object), '</xs:sequence>']
  const extension = [`<xs:extension base="${base}">`, sequence, '</xs:extension>']
  const content = base ? ['<xs:complexContent>', extension, '</xs:complexContent>'] : sequence
  return [`<xs:complexType name="${name}">`, [...documented(objectMeanings[name]), ...content], '</xs:complexType>']
}

function particles(dialect: Dialect, { own, schema }: ObjectLayout): Lines {
  return own.flatMap((row, index) => {
    const element = elementOf(dialect, schema, row)
    if (row.choice === undefined) return element
    const isFirst = own[index - 1]?.choice !== row.choice
    const isLast = own[index + 1]?.choice !== row.choice
    return [...(isFirst ? ['<xs:choice>'] : []), element, ...(isLast ? ['</xs:choice>'] : [])]
  })
}

function elementOf(dialect: Dialect, schema: Schema, row: ElementLayout): Lines {
  const { name, m, meaning, min, max } = row
  const count = `${min === 0 ? ' minOccurs="0"' : ''}${max === 'many' ? ' maxOccurs="unbounded"' : ''}`
  const type = typeNameOf(dialect, schema, row)
  const said = documented(m === '–' ? meaning : `${m}: ${meaning}`)
  const held = heldBy(dialect, row)
  if (!held || !dialect.extended.includes(held.name)) {
    return [`<xs:element name="${name}" type="${type}"${count}>`, said, '</xs:element>']
  }
  const own = ['<xs:complexContent>', [`<xs:extension base="${type}"/>`], '</xs:complexContent>']
  return [
    `<xs:element name="${name}"${count}>`,
    [...said, '<xs:complexType>', own, '</xs:complexType>'],
    '</xs:element>'
  ]
}

function typeNameOf(dialect: Dialect, schema: Schema, row: ElementLayout): string {
  if (isValueType(row.holds)) return typeNames[row.holds]
  const held = heldBy(dialect, row)
  if (!held) return typeNames.text
  if (isOpen(dialect, held.name)) return 'xs:anyType'
  return held.schema === schema || held.schema.prefix === '' ? held.name : `${held.schema.prefix}:${held.name}`
}

const typeNames: Readonly<Record<ValueType, string>> = {
  string: 'fritekst',
  text: 'tekst',
  systemID: 'systemID',
  uuid: 'uuid',
  checksum: 'sjekksum',
  sha256: 'sha256',
  integer: 'heltall',
  ordinal: 'nummer',
  bytes: 'byte',
  boolean: 'xs:boolean',
  date: 'xs:date',
  dateTime: 'xs:dateTime'
}

function simpleType(dialect: Dialect, type: ValueType): Lines {
  const name = typeNames[type]
  if (name.startsWith('xs:')) return []
  const { xsd } = valueTypes[type]
  const { base, ...facets } = xsd
  const builtIn = base === 'integer' ? dialect.integers : `xs:${base}`
  const restrictions = Object.entries(facets).map(([facet, value]) => `<xs:${facet} value="${value}"/>`)
  const restriction = [`<xs:restriction base="${builtIn}">`, restrictions, '</xs:restriction>']
  if (type !== 'systemID') return [`<xs:simpleType name="${name}">`, restriction, '</xs:simpleType>']
  const labelled = ['<xs:extension base="uuid">', ['<xs:attribute name="label" type="xs:string"/>'], '</xs:extension>']
  return [
    `<xs:complexType name="${name}">`,
    ['<xs:simpleContent>', labelled, '</xs:simpleContent>'],
    '</xs:complexType>'
  ]
}
