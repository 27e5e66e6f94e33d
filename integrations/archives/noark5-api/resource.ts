import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'

/** An object as the archive answers it: its fields, and what can be done with it by rel. */
export interface Resource {
  readonly fields: Readonly<Record<string, unknown>>
  readonly links: ReadonlyMap<string, string>
  /** Version of a single object; lists and templates have none. */
  readonly etag?: string
}

/** Reads a JSON object with `_links`, by rel or as a list of `{rel, href}`. What is unknown is kept, not judged. */
export function readResource(value: unknown, etag?: string): Resource {
  if (!isObject(value)) throw new ArchiveFailure('transient', 'Arkivet svarte noe som ikke er et Noark-objekt.')
  const { _links, ...fields } = value
  return { fields, links: readLinks(_links), ...(etag !== undefined && { etag }) }
}

function readLinks(value: unknown): ReadonlyMap<string, string> {
  const pairs = Array.isArray(value)
    ? value.filter(isObject).map((link) => [link.rel, link] as const)
    : Object.entries(isObject(value) ? value : {})
  const links = new Map<string, string>()
  for (const [rel, link] of pairs) {
    const one: unknown = Array.isArray(link) ? link[0] : link
    if (typeof rel !== 'string' || !isObject(one) || typeof one.href !== 'string') continue
    // What stands after the brace is a template for searches, which are written out by ourselves.
    links.set(rel, one.href.split('{')[0] ?? '')
  }
  return links
}

export const text = ({ fields }: Resource, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Whether a field holds this text, for archives that tidy white space or compose letters otherwise. */
export const holds = (resource: Resource, name: string, wanted: string): boolean =>
  tidy(text(resource, name) ?? '') === tidy(wanted)

const tidy = (value: string) => value.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()

/** A whole number, also when it came as text. */
export function whole({ fields }: Resource, name: string): number | undefined {
  const value = fields[name]
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
}

/** `kode` of a code field; old servers give the code alone. */
export function code({ fields }: Resource, name: string): string | undefined {
  const value = fields[name]
  const kode = isObject(value) ? value.kode : value
  return typeof kode === 'string' && kode !== '' ? kode : undefined
}

export function moment(resource: Resource, name: string): Date | undefined {
  const value = new Date(text(resource, name) ?? '')
  return Number.isNaN(value.getTime()) ? undefined : value
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
