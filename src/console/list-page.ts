import { isFormId } from './form-view.ts'

const ROWS = 50

/** What to find for the page that comes before an id: one more than it shows, which tells whether there are older ones. */
export const pageAsked = (before: string | undefined) => ({
  limit: ROWS + 1,
  ...(before !== undefined && isFormId(before) && { before })
})

/** The rows of the page, and the id that the older ones come before. */
export function pageRows<Found, Row extends { readonly id: string }>(
  found: readonly Found[],
  rowOf: (one: Found) => Row
) {
  const rows = found.slice(0, ROWS).map(rowOf)
  return { rows, older: found.length > ROWS ? rows.at(-1)?.id : undefined }
}
