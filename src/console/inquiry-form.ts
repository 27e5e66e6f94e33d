import { instantInNorway } from '../domain/norwegian-time.ts'
import type { Fault } from './faults.ts'
import { readPostLink } from './post-link.ts'
import type { Posted } from './read-posted.ts'

/** The form as it is filled in. */
export interface InquiryForm {
  /** Made when the form is first shown: however often it is sent, it is one inquiry. */
  readonly form: string
  readonly link: string
  readonly source: string
  readonly kind: string
  readonly text: string
  readonly language: string
  readonly name: string
  readonly handle: string
  readonly published: string
  readonly category: string
  readonly reason: string
  readonly by: string
  readonly case: string
  readonly protected: string
  readonly note: string
  /** Ids of the files that are uploaded already. */
  readonly attachments: readonly string[]
}

const fieldNames = [
  ...['form', 'link', 'source', 'kind', 'text', 'language', 'name', 'handle', 'published', 'category', 'reason', 'by'],
  ...['case', 'protected', 'note']
] as const

const empty = Object.fromEntries(fieldNames.map((name) => [name, ''])) as unknown as InquiryForm

export const emptyForm = (form: string, by: string): InquiryForm => ({
  ...empty,
  ...{ form, by, kind: 'comment', attachments: [] }
})

/** What was posted, with the files that came along and without those that were taken away. */
export function formFrom({ value, values, files }: Posted): InquiryForm {
  const away = new Set(values('remove'))
  const attachments = [...values('attachment'), ...files.map(({ id }) => id)].filter((id) => !away.has(id))
  return {
    ...(Object.fromEntries(fieldNames.map((name) => [name, value(name)])) as unknown as InquiryForm),
    attachments: [...new Set(attachments)]
  }
}

/** Every field with its value, for a page that has them along without showing them. */
export const fieldsOf = ({ attachments, ...form }: InquiryForm): readonly (readonly [string, string])[] => [
  ...Object.entries(form),
  ...attachments.map((id) => ['attachment', id] as const)
]

/** The body that a caller of the API would send, and what keeps it from being one. */
export function bodyFrom(form: InquiryForm): { readonly body: object; readonly faults: readonly Fault[] } {
  const link = readPostLink(form.link)
  const source = form.source || link?.source
  const published = form.published.trim() === '' ? undefined : publishedAt(form.published)
  const body = {
    ...(source !== undefined && { source: source === 'other' && link ? link.source : source }),
    externalId: link?.externalId ?? `skjema-${form.form}`,
    kind: form.kind,
    ...given('permalink', form.link),
    author: { ...given('displayName', form.name), ...given('handle', form.handle) },
    text: form.text,
    ...given('language', form.language),
    ...(published && { publishedAt: published.toISOString() }),
    attachments: form.attachments.map((id) => ({ id })),
    ...given('caseNumber', form.case),
    ...given('note', form.note),
    mark: {
      ...{ by: form.by, reason: form.reason },
      ...given('category', form.category),
      ...(form.protected !== '' && { protectedPerson: true })
    }
  }
  const faults = [
    ...(source === undefined ? [{ field: 'source', text: 'Velg hvor innlegget sto, eller lim inn lenken.' }] : []),
    ...(form.published.trim() !== '' && !published ? [{ field: 'published', text: NO_SUCH_TIME }] : [])
  ]
  return { body, faults }
}

const NO_SUCH_TIME = 'Tidspunktet finnes ikke. Skriv det slik: 21.11.2026 18.42.'

/** As the browser's own field gives it, or as people write it. */
export function publishedAt(text: string): Date | undefined {
  const written = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (?:kl\.? )?(\d{1,2})[.:](\d{2}))?$/.exec(text.trim())
  if (!written) return instantInNorway(text.trim().slice(0, 16))
  const [, day = '', month = '', year = '', hour = '0', minute = '00'] = written
  const two = (number: string) => number.padStart(2, '0')
  return instantInNorway(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}`)
}

const given = (name: string, value: string) => (value.trim() === '' ? {} : { [name]: value.trim() })
