import { Builder } from 'xml2js'
import { isBlank, xmlText } from '../xml-text.ts'

/**
 * Content of an element: text, or child elements in the order they shall stand; an array is the same element repeated.
 * `$` holds attributes. Nothing but strings, since xml2js silently loses dates and empties.
 */
export type XmlContent = string | XmlElement

export interface XmlElement {
  readonly [name: string]: XmlContent | readonly XmlContent[] | undefined
}

/** The document as a string with its declaration. Elements without content are left out; text is made lawful. */
export function xmlDocument(root: string, element: XmlElement): string {
  const builder = new Builder({
    xmldec: { version: '1.0', encoding: 'UTF-8' },
    renderOpts: { pretty: true, indent: '  ', newline: '\n' }
  })
  return builder.buildObject({ [root]: prunedElement(element) ?? {} })
}

function prunedElement(element: XmlElement): XmlElement | undefined {
  const kept: Record<string, XmlContent | readonly XmlContent[]> = {}
  for (const [name, content] of Object.entries(element)) {
    const all = content === undefined ? [] : isRepeated(content) ? content : [content]
    const [first, ...rest] = all.map(pruned).filter((one) => one !== undefined)
    if (first !== undefined) kept[name] = rest.length > 0 ? [first, ...rest] : first
  }
  return Object.keys(kept).some((name) => name !== '$') ? kept : undefined
}

function pruned(content: XmlContent): XmlContent | undefined {
  if (typeof content === 'string') return isBlank(content) ? undefined : xmlText(content)
  return prunedElement(content)
}

const isRepeated = (content: XmlContent | readonly XmlContent[]): content is readonly XmlContent[] =>
  Array.isArray(content)
