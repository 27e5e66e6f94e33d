import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import { type Dialect, PAGE_ORDER } from './dialects.ts'
import { isObject, type Resource, readResource } from './resource.ts'

const PAGES_MAX = 200
const PAGE_SIZE = 100

interface Wanted {
  readonly href: string
  readonly filter: string | undefined
  readonly dialect: Dialect
  /** In bokmål, without anything personal. */
  readonly what: string
}

/**
 * Every object of a list, page by page, each once (N5TG 1.1, chapter 6). Throws ArchiveFailure when the list cannot be
 * read to its end, since what is not shown cannot be told from what is not there.
 */
export async function listAll(get: (href: string) => Promise<Resource>, wanted: Wanted): Promise<readonly Resource[]> {
  const { href, filter, dialect, what } = wanted
  const found = new Map<string, Resource>()
  let next: string | undefined = firstPage(href, filter, dialect)
  let received = 0
  for (let page = 1; next !== undefined; page += 1) {
    if (page > PAGES_MAX) throw new ArchiveFailure('needs-human', `Arkivets liste av ${what} tar ikke slutt.`)
    const answer = await get(next)
    const results = resultsIn(answer)
    if (results.length === 0) break
    const before = found.size
    for (const one of results) found.set(one.links.get('self') ?? JSON.stringify(one.fields), one)
    if (found.size === before) throw new ArchiveFailure('transient', `Arkivets liste av ${what} går i ring.`)
    received += results.length
    next = pageAfter(answer, wanted, received)
  }
  return [...found.values()]
}

/** An empty list may come without `results`; what is no list stands for itself. */
function resultsIn(answer: Resource): readonly Resource[] {
  const { results, count } = answer.fields
  if (Array.isArray(results)) return results.filter(isObject).map((one) => readResource(one))
  return count === undefined && Object.keys(answer.fields).length > 0 ? [answer] : []
}

const query = (href: string, parts: readonly string[]) => `${href}${href.includes('?') ? '&' : '?'}${parts.join('&')}`

/** The filter comes first and keeps its name unencoded: some servers know it by sight. */
const filtered = (filter: string) => `$filter=${encodeURIComponent(filter)}`

function firstPage(href: string, filter: string | undefined, { pagesBy }: Dialect): string {
  if (filter === undefined) return href
  return query(href, [filtered(filter), ...(pagesBy === 'skip' ? paging(0) : [])])
}

const paging = (skip: number) => [`$top=${PAGE_SIZE}`, `$skip=${skip}`, `$orderby=${PAGE_ORDER}`]

/** `count` does not say when a list ends: it is the whole list's in the standard and the page's in current nikita. */
function pageAfter(answer: Resource, { href, filter, dialect }: Wanted, received: number): string | undefined {
  const next = answer.links.get('next')
  if (dialect.pagesBy === 'next') return next
  if (filter !== undefined) return query(href, [filtered(filter), ...paging(received)])
  if (next === undefined || resultsIn(answer).length === answer.fields.count) return undefined
  throw new ArchiveFailure('unsupported', 'Arkivet gir ikke hele listen. Kontroller N5TG_DIALECT.')
}
