/** A document that is not what it should be. The message is bokmål, and holds names of elements but nothing they say. */
export class UnreadableXml extends Error {
  override readonly name = 'UnreadableXml'
}

interface QualifiedName {
  readonly local: string
  readonly uri: string
}

/** An element as xml2js gives it with `xmlns`: its name, text and attributes, and each child in an array. */
export interface ParsedElement {
  readonly $ns: QualifiedName
  readonly _?: string
  readonly $?: Readonly<Record<string, QualifiedName & { readonly value: string }>>
  readonly [child: string]: unknown
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
const XMLNS = 'http://www.w3.org/2000/xmlns/'

export const parsedText = ({ _: text }: ParsedElement): string => text ?? ''

/** Text of an element that may have nothing else. `label` is the one attribute that Noark has, on systemID. */
export function plainText(element: ParsedElement, path: string): string {
  if (parsedChildren(element).length > 0) throw new UnreadableXml(`${path} har elementer der det skal stå tekst.`)
  refuseAttributes(element, path, ({ local, uri }) => uri === '' && local === 'label' && path.endsWith('/systemID'))
  return parsedText(element)
}

export const parsedChildren = (element: ParsedElement): readonly ParsedElement[] =>
  Object.entries(element).flatMap(([name, children]) =>
    name !== '$' && name !== '$ns' && Array.isArray(children) ? (children as readonly ParsedElement[]) : []
  )

/** The local name that xsi:type says. */
export function parsedType(element: ParsedElement, path: string): string | undefined {
  refuseAttributes(element, path, ({ uri }) => uri === XSI)
  const attribute = Object.values(element.$ ?? {}).find(({ local, uri }) => uri === XSI && local === 'type')
  return attribute?.value.trim().replace(/^[^:]*:/, '')
}

function refuseAttributes(element: ParsedElement, path: string, isKnown: (name: QualifiedName) => boolean): void {
  const unknown = Object.values(element.$ ?? {}).find((attribute) => attribute.uri !== XMLNS && !isKnown(attribute))
  if (unknown) throw new UnreadableXml(`${path} har et ukjent attributt, ${unknown.local}.`)
}
