import { nationalIdKind } from './national-ids.ts'
import { type DigitGroups, hasCheckDigit, type NumberCandidate, numbersOf } from './numbers.ts'
import { isNumberOfThing } from './other-numbers.ts'
import type { Reading, Span } from './reading.ts'

const DIGITS = 11
const GAPS_MAX = 3

/** 1234.56.78903 and what people make of it. */
const shapes = new Set(['11', '4-2-5', '4-7', '6-5', '4-2-2-3', '4-4-3'])
const accountGap = /^[\s.\p{Pd}]$/u

/** Norwegian account numbers, told by their check digit. What is a fødselsnummer is no account number. */
export function accountNumbers(reading: Reading, groups: DigitGroups): readonly Span[] {
  return numbersOf(groups, DIGITS, isAccount, GAPS_MAX)
    .filter((number) => isAccountNumber(number) && !isOtherNumber(reading, number))
    .map(({ start, end }) => ({ start: startOfIban(reading, start), end }))
}

const isAccountNumber = ({ digits, shape, gaps }: NumberCandidate): boolean =>
  shapes.has(shape) && gaps.every((gap) => accountGap.test(gap)) && nationalIdKind(digits) === undefined

/** Eleven digits in one may be the number of a thing; what letters are grown together with is no account. */
const isOtherNumber = (reading: Reading, { start, end, shape }: NumberCandidate): boolean =>
  (shape === '11' && isNumberOfThing(reading, start)) || /^-?\p{L}/u.test(reading.text.slice(end, end + 2))

const isAccount = (digits: string): boolean => hasCheckDigit(digits) && !/^0+$/.test(digits)

/** An IBAN has the country and two check digits before the account number. */
function startOfIban({ text }: Reading, start: number): number {
  const before = /NO\d\d ?$/i.exec(text.slice(Math.max(0, start - 5), start))
  return before ? start - before[0].length : start
}
