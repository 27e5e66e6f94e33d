import type { Reading, Span } from './reading.ts'

/** Letters that stand in Norwegian series: not G, I, M, O, Q, W, but GA of the gas-driven. */
const plate =
  /(?<![\p{L}\d])(?:ga|[a-fhj-lnpr-vx-z]{2})(?:[ -]?)\d(?:\d{4}|\d \d{3}|\d{2} \d{2})(?![\p{L}\d]|[.,:]\d)/gu

/** Words and abbreviations of two letters that numbers follow. */
const words = new Set(
  'ab av be ca de du en er et fe fy ha ja jf jr kr la le ly na ny nr pa pr ps re se sa sv ta ti tv va ve ut pc pk sr st'.split(
    ' '
  )
)
const amountAfter = /^(?:,-|\s?(?:kr|kroner|nok|stk|innb|personer|menneske)\p{L}{0,6}(?!\p{L}))/u
const AROUND = 12 // characters

/** Registration marks of cars: two letters of a real series and five digits. */
export function licencePlates({ text, lower }: Reading): readonly Span[] {
  return [...lower.matchAll(plate)].flatMap(({ 0: found, index }) => {
    const end = index + found.length
    const letters = found.slice(0, 2)
    const isWritten = text.slice(index, index + 2) === letters.toUpperCase()
    if (amountAfter.test(lower.slice(end, end + AROUND))) return []
    if (letters === 'kr' || letters === 'nr' || letters === 'ca') return []
    if (!isWritten && words.has(letters)) return []
    return [{ start: index, end }]
  })
}
