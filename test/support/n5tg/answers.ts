import type { DialectName } from '../../../integrations/archives/noark5-api/dialects.ts'
import { codeLists, ownFields, rel, underOf } from './model.ts'
import type { Held } from './objects.ts'

export interface Body {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const FIELDS = 'virksomhetsspesifikkeMetadata'

type Links = Record<string, { readonly href: string; readonly templated?: boolean }>

/** How things are written out: objects with their rels, lists with their pages, in the ways of a dialect. */
export function openAnswers(origin: () => string, dialect: DialectName, withholds: ReadonlySet<string>) {
  const link = (path: string) => ({ href: `${origin()}/n5/${path}` })
  const search = (path: string) => ({ href: `${origin()}/n5/${path}{?$filter&$orderby&$top&$skip}`, templated: true })

  const offered = (links: Links): Links =>
    Object.fromEntries(Object.entries(links).filter(([name]) => !withholds.has(name)))

  function object(held: Held): Record<string, unknown> {
    const links: Links = { self: link(`o/${held.id}`) }
    for (const [list, make] of underOf(dialect, held.kind)) {
      links[rel(list)] = search(`o/${held.id}/${list}`)
      links[rel(make)] = link(`o/${held.id}/${make}`)
    }
    if (held.kind === 'journalpost') links[rel('arkivstruktur/mappe')] = link(`o/${held.id}/mappe`)
    if (held.kind === 'dokumentobjekt') links[rel('arkivstruktur/fil')] = link(`o/${held.id}/fil`)
    return { ...held.fields, _links: offered(links) }
  }

  const single = (held: Held, status = 200): Body => ({
    status,
    body: object(held),
    headers: { etag: `"${held.version}"` }
  })

  /** N5TG 1.1, chapter 6: an empty list has no results. */
  function list(found: readonly Held[], path: string, raw: string, query: ReadonlyMap<string, string>): Body {
    const pageMax = dialect === 'nikita-2021' ? 20 : 2
    const skip = Number(query.get('$skip') ?? 0)
    const page = found.slice(skip, skip + Math.min(pageMax, Number(query.get('$top') ?? 10)))
    const links: Links = { self: link(path) }
    if (skip + page.length < found.length) links.next = { href: nextPage(path, raw, skip + page.length) }
    const count = dialect === 'nikita-current' ? page.length : found.length
    return { status: 200, body: { count, ...(page.length > 0 && { results: page.map(object) }), _links: links } }
  }

  function nextPage(path: string, raw: string, skip: number): string {
    const kept = raw.split('&').filter((part) => part !== '' && !part.includes('skip='))
    // nikita 2021 forgets the question mark when there was no query.
    if (dialect === 'nikita-2021' && kept.length === 0) return `${origin()}/n5/${path}/&$skip=${skip}`
    return `${origin()}/n5/${path}?${[...kept, `$skip=${skip}`].join('&')}`
  }

  const packages: Readonly<Record<string, () => Links>> = {
    '': () => ({
      self: link(''),
      [rel('login/oidc')]: link('provider'),
      [rel('arkivstruktur')]: link('arkivstruktur'),
      [rel('sakarkiv')]: link('sakarkiv'),
      [rel('metadata')]: link('metadata'),
      [rel('admin')]: link('admin')
    }),
    arkivstruktur: () =>
      Object.fromEntries(
        ['arkivdel', 'klassifikasjonssystem', 'klasse', 'dokumentbeskrivelse', 'dokumentobjekt'].map((name) => [
          rel(`arkivstruktur/${name}`),
          search(`alle/${name}`)
        ])
      ),
    sakarkiv: () =>
      Object.fromEntries(['saksmappe', 'journalpost'].map((name) => [rel(`sakarkiv/${name}`), search(`alle/${name}`)])),
    metadata: () => ({
      ...Object.fromEntries(
        Object.keys(codeLists).map((name) => [rel(`metadata/${name.toLowerCase()}`), link(`kodeliste/${name}`)])
      ),
      [rel(`metadata/${dialect === 'standard-1.1' ? FIELDS : FIELDS.toLowerCase()}`)]: link('feltliste')
    }),
    admin: () => ({ [rel('admin/system')]: link('system') })
  }

  /** The root and the packages; whoever is not signed in sees the way to sign in and nothing else. */
  function entry(path: string, isSignedIn: boolean): Body | undefined {
    const links = packages[path]?.()
    if (!links) return undefined
    const shown = isSignedIn
      ? links
      : Object.fromEntries(Object.entries(links).filter(([name]) => /login|self/.test(name)))
    return { status: 200, body: { _links: offered(shown) } }
  }

  const fieldList = (missing: ReadonlySet<string>): Body => {
    const results = Object.entries(ownFields).filter(([navn]) => !missing.has(navn))
    return { status: 200, body: { count: results.length, results: results.map(([navn, type]) => ({ navn, type })) } }
  }

  const codes = (name: string, missing: ReadonlySet<string>): Body => ({
    status: 200,
    body: {
      count: codeLists[name]?.length,
      results: codeLists[name]
        ?.filter((kode) => !missing.has(kode))
        .map((kode) => ({ kode, kodenavn: kode, _links: link(kode) }))
    }
  })

  /** Words that echo what was sent, as servers' do; nikita 2021 has its own shape and 400 for nearly everything. */
  const no = (status: number, message: string, exception: string): Body =>
    dialect === 'nikita-2021'
      ? {
          status: [401, 403, 429].includes(status) || status >= 500 ? status : 400,
          body: { message, stackTrace: exception }
        }
      : { status, body: { feil: { kode: status, beskrivelse: message } } }

  return { single, list, entry, codes, fieldList, no, origin, link }
}
