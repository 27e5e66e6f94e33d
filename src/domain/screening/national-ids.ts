import { idnr } from '@navikt/fnrvalidator'
import { BLANKED } from '../secrets.ts'
import { type DigitGroups, digitGroups, hasCheckDigit, type NumberCandidate, numbersOf } from './numbers.ts'
import { originalSpan, read, type Span } from './reading.ts'
import { merged } from './spans.ts'

const DIGITS = 11

/** A fødselsnummer or a D-number; H-numbers and the synthetic numbers of test populations count as fødselsnummer. */
export type NationalIdKind = 'fodselsnummer' | 'd-number'

/** What kind of national id the eleven digits are, if their date and check digits are right. */
export function nationalIdKind(digits: string): NationalIdKind | undefined {
  const found = idnr(digits)
  if (found.status === 'invalid') return undefined
  return found.type.startsWith('dnr') ? 'd-number' : 'fodselsnummer'
}

/** Every fødselsnummer and D-number among the digits, however they are written apart. */
export const nationalIds = (groups: DigitGroups): readonly (NumberCandidate & { kind: NationalIdKind })[] =>
  numbersOf(groups, DIGITS, hasCheckDigit).flatMap((number) => {
    const kind = nationalIdKind(number.digits)
    return kind ? [{ ...number, kind }] : []
  })

/**
 * The text with every fødselsnummer and D-number blanked, for titles, file names and logs. Everything else stays as it
 * is, and a second time changes nothing. Digits that are grown together with more digits are another number.
 */
export function withoutNationalIds(text: string): string {
  if (!/\p{N}/u.test(text)) return text
  const reading = read(text)
  const spans = merged(nationalIds(digitGroups(reading)).map((number) => originalSpan(reading, number)))
  return spans.length === 0 ? text : blanked(Array.from(text), spans)
}

function blanked(characters: readonly string[], spans: readonly Span[]): string {
  const pieces: string[] = []
  let from = 0
  for (const { start, end } of spans) {
    pieces.push(characters.slice(from, start).join(''), BLANKED)
    from = end
  }
  return pieces.join('') + characters.slice(from).join('')
}
