/** A start or end tag. */
export interface Tag {
  readonly type: 'tag'
  readonly name: string // lower case
  readonly closes: boolean
  /** The decoded value of an attribute; the first wins. */
  attribute(name: string): string | undefined
}

export type HtmlToken = { readonly type: 'text'; readonly text: string } | Tag

/**
 * Cuts HTML into tags and text. Comments, and scripts and styles with what is in them, are left out; what is not a whole
 * tag is text. Each character is looked at a fixed number of times.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  const endOf = tagEnds(html)
  let from = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const end = endOf(at)
    if (end === undefined) {
      at++
      continue
    }
    if (at > from) yield { type: 'text', text: html.slice(from, at) }
    const tag = tagFrom(html.slice(at, end))
    at = end
    if (tag && !tag.closes && (tag.name === 'script' || tag.name === 'style')) at = endOfUnseen(html, tag.name, end)
    from = at
    if (tag) yield tag
  }
  if (from < html.length) yield { type: 'text', text: html.slice(from) }
}

/** Where the content of a script or style ends: at its end tag, or with the text. */
function endOfUnseen(html: string, name: 'script' | 'style', from: number): number {
  const endTag = name === 'script' ? /<\/script/gi : /<\/style/gi
  endTag.lastIndex = from
  return endTag.exec(html)?.index ?? html.length
}

/** Finds where what begins at a `<` ends. Remembers what is not to be found, so that nothing is searched for twice. */
function tagEnds(html: string): (at: number) => number | undefined {
  const missing = new Set<string>()
  const find = (what: string, from: number): number | undefined => {
    const at = missing.has(what) ? -1 : html.indexOf(what, from)
    if (at >= 0) return at + what.length
    missing.add(what)
    return undefined
  }
  let mindsQuotes = true

  /** After the first `>` that is not inside an attribute's quotes; undefined when a quote is never closed. */
  function quotedEnd(at: number): number | undefined {
    const mark = /=\s*["']|>/g
    mark.lastIndex = at
    for (let found = mark.exec(html); found; found = mark.exec(html)) {
      if (found[0] === '>') return mark.lastIndex
      const after = find(found[0].slice(-1), mark.lastIndex)
      if (after === undefined) break
      mark.lastIndex = after
    }
    mindsQuotes = false
    return undefined
  }

  return (at) => {
    if (html.startsWith('<!--', at)) return find('-->', at + 4)
    if (!/^<(\/?[a-z]|[!?])/i.test(html.slice(at, at + 3))) return undefined
    const plainEnd = find('>', at)
    return plainEnd === undefined || !mindsQuotes ? plainEnd : (quotedEnd(at) ?? plainEnd)
  }
}

const attributePattern = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g

function tagFrom(source: string): Tag | undefined {
  const name = /^<\/?([a-z][a-z0-9]*)/i.exec(source)
  if (!name?.[1]) return undefined
  return {
    type: 'tag',
    name: name[1].toLowerCase(),
    closes: source.startsWith('</'),
    attribute(wanted) {
      for (const [, key, double, single, bare] of source.slice(name[0].length).matchAll(attributePattern)) {
        if (key?.toLowerCase() === wanted) return decodeEntities(double ?? single ?? bare ?? '')
      }
      return undefined
    }
  }
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  shy: '\u00ad',
  hellip: '…',
  bull: '•',
  middot: '·',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  euro: '€',
  copy: '©',
  sect: '§',
  deg: '°',
  aelig: 'æ',
  oslash: 'ø',
  aring: 'å',
  AElig: 'Æ',
  Oslash: 'Ø',
  Aring: 'Å',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  oacute: 'ó',
  ograve: 'ò',
  ocirc: 'ô',
  agrave: 'à',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß'
}

/** Replaces numeric entities and the named ones that people meet; leaves the others as they are written. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) =>
    name === undefined
      ? characterOf(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
      : ((Object.hasOwn(named, name) ? named[name] : undefined) ?? whole)
  )

/** Code points that no text may hold become U+FFFD, as in a browser. */
function characterOf(code: number): string {
  const isText = code >= 0x20 || code === 9 || code === 10 || code === 13
  const isSurrogate = code >= 0xd800 && code <= 0xdfff
  return isText && !isSurrogate && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}
