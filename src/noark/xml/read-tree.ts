import { Parser } from 'xml2js'
import type { ObjectName } from '../catalogue/object-names.ts'
import { isValueType } from '../catalogue/value-types.ts'
import { type CodeBook, standardCodes } from '../codes/code-book.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { type ElementLayout, layoutOf, type ObjectLayout, specialOf } from '../dialects/layout.ts'
import type { Tree } from '../dialects/tree.ts'
import {
  type ParsedElement,
  parsedChildren,
  parsedText,
  parsedType,
  plainText,
  UnreadableXml
} from './parsed-element.ts'
import { readValue } from './read-value.ts'

/**
 * Reads a document of the dialect back to the value it was written from. Rejects with UnreadableXml what is not XML, and
 * whatever the dialect does not have: unknown elements, wrong namespaces, wrong values, too many or too few. It does not
 * look at the order of elements; the schema does.
 */
export async function readTree<D extends Dialect>(
  dialect: D,
  xml: string,
  codes: CodeBook = standardCodes
): Promise<Tree<D, D['root']>> {
  const { root, name, schemas } = dialect
  const document = await parse(xml)
  const { namespace } = schemas[0]
  if (document?.$ns?.local !== root || document.$ns.uri !== namespace) {
    throw new UnreadableXml(`Dokumentet er ikke ${name}: roten skal være ${root} i ${namespace}.`)
  }
  return readObject({ dialect, codes }, root, document, root) as Tree<D, D['root']>
}

async function parse(xml: string): Promise<ParsedElement | undefined> {
  try {
    return await new Parser({ xmlns: true, explicitRoot: false, emptyTag: () => ({}) }).parseStringPromise(xml)
  } catch (cause) {
    throw new UnreadableXml('Dokumentet er ikke gyldig XML.', { cause })
  }
}

interface Reading {
  readonly dialect: Dialect
  readonly codes: CodeBook
}

function readObject(reading: Reading, object: ObjectName, element: ParsedElement, path: string): object {
  const type = parsedType(element, path)
  const special = type === undefined ? undefined : specialOf(reading.dialect, object, type)
  if (type !== undefined && type !== object && !special) throw new UnreadableXml(`${path} har en ukjent xsi:type.`)
  if (parsedText(element).trim() !== '') throw new UnreadableXml(`${path} har tekst der det skal stå elementer.`)
  const layout = layoutOf(reading.dialect, special ?? object)
  const found = childrenByName(layout, element, path)
  for (const row of layout.elements) refuseWrongCount(layout, row, found, path)
  const values = layout.elements.flatMap((row): [string, unknown][] => {
    const children = found.get(row.name)
    if (!children) return []
    const all = children.map((child) => readElement(reading, row, child, `${path}/${row.name}`))
    return [[row.name, row.max === 'many' ? all : all[0]]]
  })
  return { ...(special && { type: special }), ...Object.fromEntries(values) }
}

type Found = ReadonlyMap<string, readonly ParsedElement[]>

function childrenByName({ schema, elements }: ObjectLayout, element: ParsedElement, path: string): Found {
  const found = new Map<string, ParsedElement[]>()
  for (const child of parsedChildren(element)) {
    const { local, uri } = child.$ns
    if (!elements.some(({ name }) => name === local))
      throw new UnreadableXml(`${path} har et ukjent element, ${local}.`)
    if (uri !== schema.namespace) throw new UnreadableXml(`${path}/${local} står i feil navnerom.`)
    const others = found.get(local)
    if (others) others.push(child)
    else found.set(local, [child])
  }
  return found
}

function refuseWrongCount({ elements }: ObjectLayout, row: ElementLayout, found: Found, path: string): void {
  const { name, min, max, choice } = row
  const count = found.get(name)?.length ?? 0
  const taken = elements.find(
    (one) => one.choice !== undefined && one.choice === choice && one !== row && found.has(one.name)
  )
  if (max === 1 && count > 1) throw new UnreadableXml(`${path}/${name} står flere ganger.`)
  if (count > 0 && taken) throw new UnreadableXml(`${path} kan ikke ha både ${name} og ${taken.name}.`)
  if (min === 1 && count === 0 && !taken) throw new UnreadableXml(`${path} mangler ${name}.`)
}

function readElement(reading: Reading, { name, holds }: ElementLayout, child: ParsedElement, path: string): unknown {
  const { dialect, codes } = reading
  if (isValueType(holds)) return readValue(holds, plainText(child, path), path)
  if (holds !== 'code') return readObject(reading, holds, child, path)
  if (dialect.codes === 'object') return (readObject(reading, 'kode', child, path) as { readonly kode: string }).kode
  const code = codes.codeOf(name, plainText(child, path))
  if (code === undefined) throw new UnreadableXml(`${path} har en tekst som ikke står i kodelisten.`)
  return code
}
