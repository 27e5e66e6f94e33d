import type { Facts } from '../domain/assess.ts'
import type { Inquiry } from '../domain/inquiry.ts'
import { screen } from '../domain/screening/screen.ts'

/** What screening says of an inquiry's own words. */
export function screened({ text, author }: Pick<Inquiry, 'text' | 'author'>): Pick<Facts, 'hits' | 'danger'> {
  const { displayName } = author
  const { hits, danger } = screen(text, displayName === undefined ? {} : { authorName: displayName })
  return { hits, danger: danger.length > 0 }
}
