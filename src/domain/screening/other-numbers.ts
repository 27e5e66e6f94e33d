import type { Reading } from './reading.ts'

const LOOK = 30 // characters
const lastWords = /(?:(?<first>\p{L}+)[\s.:#-]{1,3})?(?<second>\p{L}+)[\s.:#-]{0,3}$/u

/** Words, whole or as the first part of a compound, after which a long number is the number of a thing. */
const things =
  /^(?:(?:id|kid|kr|nok|ref|org|gnr|bnr|imei|linje|rute|beløp)$|ordre|sak(?:s|nr|nummer|$)|journal|faktura|kunde|medlem|måle|artikkel|artikel|vare|serie|spor|pakke|sending|bestilling|avtale|lisens|referanse|telleren$)/u
const plainNumber = /^(?:nr|nummer|nummeret|er|\p{L})$/u

/** Whether the words before a number say that it is a thing's: a case, an order, an invoice. */
export function isNumberOfThing({ lower }: Reading, start: number): boolean {
  const { first, second = '' } = lastWords.exec(lower.slice(Math.max(0, start - LOOK), start))?.groups ?? {}
  return things.test(second) || (first !== undefined && plainNumber.test(second) && things.test(first))
}
