import type { Author } from '../../../src/domain/inquiry.ts'
import { type Fields, known } from '../../../src/domain/payload-fields.ts'

/**
 * Who wrote, from `from: { id, name, link }` or the older `sender_name`. The id of a person is scoped to the page, that of
 * a page is its own. Facebook leaves `from` out when the app may not see it.
 */
export const readAuthor = (from: Fields | undefined, name?: string): Author =>
  known({
    id: from?.id('id'),
    displayName: (from?.text('name') ?? name) || undefined,
    profileUrl: from && facebookAddress(from, 'link')
  })

/** Facebook gives some addresses without the host, such as `/arna/videos/1/`. */
export const facebookAddress = (fields: Fields, name: string): string | undefined =>
  fields.address(name, 'https://www.facebook.com')
