import { type DigitGroups, type NumberCandidate, numbersOf } from './numbers.ts'
import { isNumberOfThing } from './other-numbers.ts'
import type { Reading, Span } from './reading.ts'

const DIGITS = 8
const GAPS_MAX = 3

/** Series that the Norwegian numbering plan has given out to subscribers: geographic, mobile, and 80 to 88. */
const series = /^(?:2[1-4]|3[1-35-8]|4\d|5[1-35-79]|6[1-4679]|7[0-9]|8[0-258]|9\d)/
const isInPlan = (digits: string): boolean => series.test(digits)
const shapes = new Set(['8', '2-2-2-2', '3-2-3', '4-4', '3-3-2', '2-6', '3-5', '5-3'])
const phoneGap = /^[\s.\p{Pd}]{1,2}$/u

/** What makes eight digits an amount. */
const amountAfter = /^(?:,-|\s?(?:kr|kroner|nok|mill|stk|m2|kwh|innbyggere|innbyggjarar)(?!\p{L}))/u
const AROUND = 24 // characters

/** Phone numbers: eight digits as Norwegians write them, and numbers with a country's code in front. */
export function phones(reading: Reading, groups: DigitGroups): readonly Span[] {
  const norwegian = numbersOf(groups, DIGITS, isInPlan, GAPS_MAX).filter(
    (number) => isNorwegian(number) && isAlone(reading, number) && !isOther(reading, number)
  )
  return [
    ...norwegian.map((number) => ({ start: startOfCode(reading, number.start), end: number.end })),
    ...foreign(reading)
  ]
}

function isNorwegian({ digits, shape, gaps }: NumberCandidate): boolean {
  if (!shapes.has(shape) || !gaps.every((gap) => phoneGap.test(gap))) return false
  return !isYears(digits, shape) && !isDate(digits, shape)
}

const isYears = (digits: string, shape: string): boolean =>
  shape === '4-4' && /^(?:19|20)\d\d(?:19|20)\d\d$/.test(digits)
/** 31.12.20.24 is no date, 31-12-2024 has another shape; what is left is 20241231 and 31122024. */
const isDate = (digits: string, shape: string): boolean =>
  shape === '8' && /^(?:20\d\d(?:0\d|1[0-2])[0-3]\d|[0-3]\d(?:0\d|1[0-2])(?:19|20)\d\d)$/.test(digits)

/** No digit or letter is grown together with it, and no decimals or more groups follow as in a longer number. */
function isAlone({ text }: Reading, { start, end }: Span): boolean {
  return (
    !/[\p{L}\d_/#=-]$|\d[.,]$/u.test(text.slice(Math.max(0, start - 2), start)) &&
    !/^(?:\p{L}|[.,/_-]?\d| \d{3}(?!\d))/u.test(text.slice(end, end + 5))
  )
}

const isOther = (reading: Reading, { start, end }: Span): boolean =>
  isNumberOfThing(reading, start) || amountAfter.test(reading.lower.slice(end, end + AROUND))

/** The code of Norway, when it stands in front. */
function startOfCode({ text }: Reading, start: number): number {
  const before = /\(?(?:\+|00)?\s?47\)?\s?$/.exec(text.slice(Math.max(0, start - 8), start))
  return before ? start - before[0].length : start
}

/** A plus or two zeros, a country's code and up to fifteen digits in all (E.164). */
const international = /(?<![\p{L}\d+])(?:\+|00)[1-9][\d .()-]{7,24}/gu
const INTERNATIONAL_DIGITS = { min: 9, max: 15 }

function foreign({ text }: Reading): readonly Span[] {
  return [...text.matchAll(international)].flatMap(({ 0: found, index }) => {
    const written = found.replace(/\D+$/, '')
    const count = written.replace(/\D/g, '').replace(/^00/, '').length
    const isPhone = count >= INTERNATIONAL_DIGITS.min && count <= INTERNATIONAL_DIGITS.max
    return isPhone ? [{ start: index, end: index + written.length }] : []
  })
}
