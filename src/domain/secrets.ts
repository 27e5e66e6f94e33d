/** What stands where a secret stood: plain ASCII, so that JSON and addresses around it stay whole. */
export const BLANKED = '[fjernet]'

/** Parameters of Graph and OAuth 2 addresses that let whoever reads them act in the owner's name. */
const secretNames =
  /(?:access_?token|client_?secret|app_?secret_?proof|oauth_?token|refresh_?token|id_?token|fb_exchange_token)/gi

/**
 * Blanks the values of secrets in the raw text of a JSON body: parameters in addresses and forms (also percent-encoded,
 * also as JSON escapes them) and JSON members, in strings inside strings too. Nothing else changes, valid JSON stays
 * valid, and a second time changes nothing. Time is linear in size; the case of names does not matter.
 */
export function blankSecrets(text: string): { text: string; count: number } {
  const pieces: string[] = []
  let from = 0
  let count = 0
  for (const name of text.matchAll(secretNames)) {
    if (name.index < from || !beginsWord(text, name.index)) continue
    const after = name.index + name[0].length
    const value = memberValue(text, name.index, after) ?? parameterValue(text, after)
    if (!value || value.start === value.end || isBlanked(text, value)) continue
    pieces.push(text.slice(from, value.start), BLANKED)
    from = value.end
    count++
  }
  return count === 0 ? { text, count } : { text: pieces.join('') + text.slice(from), count }
}

interface Span {
  readonly start: number
  readonly end: number
}

const isBlanked = (text: string, { start, end }: Span): boolean =>
  end - start === BLANKED.length && text.startsWith(BLANKED, start)

/** A name may follow a mark, an underscore (`page_access_token`) or an escape (`%26`, `\u0026`, `\n`), not a letter. */
function beginsWord(text: string, at: number): boolean {
  if (!/[a-z0-9]/i.test(text.charAt(at - 1))) return true
  return /(%(25){0,4}[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[bfnrt])$/i.test(text.slice(Math.max(0, at - 11), at))
}

const PREFIX_MAX = 64 // characters of a member's name before the part that gives it away

/**
 * The value of a JSON member with this name: `"name": "value"`, whose quotes carry the same backslashes when the JSON
 * stands in a string inside other JSON.
 */
function memberValue(text: string, nameStart: number, nameEnd: number): Span | undefined {
  const quote = /^\\*"/.exec(text.slice(nameEnd, nameEnd + ESCAPES_MAX + 1))?.[0]
  if (quote === undefined || !isQuoteDepth(quote.length - 1)) return undefined
  const prefix = /[\w-]*$/.exec(text.slice(Math.max(0, nameStart - PREFIX_MAX), nameStart))?.[0] ?? ''
  if (!text.startsWith(quote, nameStart - prefix.length - quote.length)) return undefined
  const colon = /\s*:\s*/y
  colon.lastIndex = nameEnd + quote.length
  if (!colon.test(text) || !text.startsWith(quote, colon.lastIndex)) return undefined
  const start = colon.lastIndex + quote.length
  const end = stringEnd(text, start, quote.length - 1)
  return end === undefined ? undefined : { start, end }
}

const ESCAPES_MAX = 15 // backslashes before a quote four strings deep

/** 0, 1, 3, 7 and 15 backslashes stand before a quote that ends a string 0 to 4 strings deep. */
const isQuoteDepth = (backslashes: number): boolean => ((backslashes + 1) & backslashes) === 0

/**
 * Where a string ends whose own quotes carry so many backslashes. A quote with one more level of backslashes belongs to
 * the value; any other ends this string or one around it. Whole escapes only are cut, so what remains is still JSON.
 */
function stringEnd(text: string, start: number, backslashes: number): number | undefined {
  const cycle = 2 * (backslashes + 1)
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 1)) {
    let run = 0
    while (at - run > start && text[at - run - 1] === '\\') run++
    if (run % cycle !== cycle - 1) return at - (run % cycle)
  }
  return undefined
}

const equals = /=|%((?:25)*)3D|(\\+)u003d/iy

/** The value of a form parameter, up to the separator of its own level of encoding or of one further out. */
function parameterValue(text: string, nameEnd: number): Span | undefined {
  equals.lastIndex = nameEnd
  const sign = equals.exec(text)
  if (!sign) return undefined
  const start = nameEnd + sign[0].length
  if (text.startsWith(BLANKED, start)) {
    const afterMark = start + BLANKED.length
    return { start, end: valueEnd(text, afterMark, sign[1]) }
  }
  return { start, end: valueEnd(text, start, sign[1]) }
}

const stop = /[\s"'&#<>,;)\]}]|%((?:25)*)(?:2[0236]|0[9AD])|\\+(?:u([0-9a-f]{4})|\/)?/giu

function valueEnd(text: string, start: number, encoding: string | undefined): number {
  stop.lastIndex = start
  for (let found = stop.exec(text); found; found = stop.exec(text)) {
    const [mark, percent, unicode] = found
    const isDeeper = percent !== undefined && (encoding === undefined || percent.length > encoding.length)
    const isPart = mark.endsWith('/') || (unicode !== undefined && !isSeparator(Number.parseInt(unicode, 16)))
    if (!isDeeper && !isPart) return found.index
  }
  return text.length
}

const isSeparator = (code: number): boolean => code <= 0x20 || `"'&#<>,;)]}`.includes(String.fromCharCode(code))
