import { Refused } from './errors.ts'
import type { InquiryContent } from './inquiry.ts'

/** What one part of a platform's payload turned out to be: an inquiry, or noise with a reason in bokmål. */
export type Reading = { readonly inquiry: InquiryContent } | NotInquiry

export interface NotInquiry {
  /** A whole sentence, such as «En reaksjon er ikke en henvendelse.» */
  readonly notInquiry: string
  /** JSON pointer of the part. */
  readonly at: string
}

/**
 * The only inquiry among the parts of a payload; noise beside it does not count. Throws Refused: `not-an-inquiry` when
 * there is none, `several-inquiries` when there are more.
 */
export function theOneInquiry(readings: readonly Reading[]): InquiryContent {
  const inquiries = readings.flatMap((reading) => ('inquiry' in reading ? [reading.inquiry] : []))
  const [only] = inquiries
  if (!only) throw noneAmong(readings.flatMap((reading) => ('notInquiry' in reading ? [reading] : [])))
  if (inquiries.length === 1) return only
  throw new Refused(
    'several-inquiries',
    `Innholdet har ${inquiries.length} henvendelser, men merkingen gjelder bare én. Ingen av dem er tatt imot. Send dem én om gangen.`,
    [{ pointer: '/payload', detail: `har ${inquiries.length} henvendelser` }]
  )
}

const POINTERS_MAX = 10

function noneAmong(noise: readonly NotInquiry[]): Refused {
  const why = [...new Set(noise.map(({ notInquiry }) => notInquiry))].slice(0, POINTERS_MAX)
  return new Refused(
    'not-an-inquiry',
    `${why.join(' ') || 'Innholdet er tomt.'} Ingenting er tatt imot. Send selve innlegget, kommentaren eller meldingen det gjelder.`,
    noise.slice(0, POINTERS_MAX).map(({ at, notInquiry }) => ({ pointer: at, detail: notInquiry }))
  )
}
