import type { Attachment, Inquiry, Saksnummer } from './inquiry.ts'
import type { Restriction } from './restriction.ts'

/** What a person has put right. The inquiry itself stays as it came in. */
export interface Corrections {
  /** The category that it was moved to after it was marked. */
  readonly category?: string
  /** The case to file it in; `new` is one of its own, whatever it belongs to. */
  readonly filing?: Saksnummer | 'new'
  readonly tittel?: string // M020
  readonly offentligTittel?: string // M025
  readonly administrativEnhet?: string // M305
  readonly saksansvarlig?: string // M306
  /** What is kept from the public, as a person has put it. */
  readonly restriction?: Restriction | 'open'
  /** A person has looked at what the guideline wanted somebody to look at. */
  readonly isApproved?: true
  /** Ids of attachments that are kept out of the record, such as one with malware in it. */
  readonly withoutAttachments?: readonly string[]
}

/** The attachments that a person has kept out of the record. */
export const leftOut = ({ attachments }: Inquiry, { withoutAttachments = [] }: Corrections): readonly Attachment[] =>
  attachments.filter(({ id }) => withoutAttachments.includes(id))

/** The inquiry with the attachments that are to be filed. */
export const withoutLeftOut = (inquiry: Inquiry, { withoutAttachments = [] }: Corrections): Inquiry => ({
  ...inquiry,
  attachments: inquiry.attachments.filter(({ id }) => !withoutAttachments.includes(id))
})

/** The inquiry under the category that a person has moved it to. */
export const underCategory = (inquiry: Inquiry, { category }: Corrections = {}): Inquiry =>
  category === undefined ? inquiry : { ...inquiry, mark: { ...inquiry.mark, category } }
