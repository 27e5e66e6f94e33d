import type { Facts, ThreadHit } from '../domain/assess.ts'
import { asksFor, type Guideline } from '../domain/guideline.ts'
import type { ContextMessage, Inquiry } from '../domain/inquiry.ts'
import { screen } from '../domain/screening/screen.ts'

type OfText = Pick<Facts, 'hits' | 'danger'>

/** What screening says of an inquiry's own words. */
export function screened({ text, author }: Pick<ContextMessage, 'text' | 'author'>): OfText {
  const { displayName } = author
  const { hits, danger } = screen(text, displayName === undefined ? {} : { authorName: displayName })
  return { hits, danger: danger.length > 0 }
}

/** What screening says of an inquiry, and of its thread when the guideline asks. */
export function screenedFor(guideline: Guideline, inquiry: Inquiry): OfText & Pick<Facts, 'threadHits'> {
  const isAsked = asksFor(guideline, 'threadHits')
  return { ...screened(inquiry), ...(isAsked && { threadHits: threadHitsOf(inquiry.context) }) }
}

const threadHitsOf = ({ parents, siblings }: Inquiry['context']): readonly ThreadHit[] => [
  ...hitsAmong('parents', parents),
  ...hitsAmong('siblings', siblings)
]

const hitsAmong = (among: ThreadHit['among'], posts: readonly ContextMessage[]): readonly ThreadHit[] =>
  posts.flatMap((message, post) => {
    const kinds = new Set(screened(message).hits.map(({ kind }) => kind))
    return [...kinds].map((kind) => ({ kind, among, post }))
  })
