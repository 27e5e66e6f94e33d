import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { type DialectName, dialects } from '../../../integrations/archives/noark5-api/dialects.ts'
import type { Body, openAnswers } from './answers.ts'
import type { openFiles } from './files.ts'
import { type Kind, rel, underOf } from './model.ts'
import { type Held, No, type openObjects } from './objects.ts'
import { BadQuery, parseFilter, queryOf } from './odata.ts'
import type { openTokens } from './tokens.ts'

export interface Archive {
  readonly dialect: DialectName
  readonly objects: ReturnType<typeof openObjects>
  readonly tokens: ReturnType<typeof openTokens>
  readonly files: ReturnType<typeof openFiles>
  readonly answers: ReturnType<typeof openAnswers>
  readonly bytesInOneGoMax: number
  readonly missingCodes: ReadonlySet<string>
  readonly silentOnChecksums: boolean
  readonly silentOnLimit: boolean
}

/** What a request comes to. `isTruncated`: the file that comes in is kept by half. */
export async function route(archive: Archive, request: IncomingMessage, isTruncated = false): Promise<Body> {
  try {
    return await dispatch(archive, request, isTruncated)
  } catch (error) {
    if (error instanceof No) return archive.answers.no(error.status, error.message, error.exception)
    if (error instanceof BadQuery) return archive.answers.no(400, error.message, 'ODataException')
    throw error
  }
}

async function dispatch(archive: Archive, request: IncomingMessage, isTruncated: boolean): Promise<Body> {
  const { tokens, answers, objects, bytesInOneGoMax, silentOnLimit } = archive
  const [address = '', raw = ''] = (request.url ?? '').split(/\?(.*)/s)
  const path = address.replace(/^\/n5\/?/, '')
  const isSignedIn = tokens.believes(request.headers.authorization)
  if (path === 'provider') return { status: 200, body: provider(archive) }
  if (path === 'token') return token(archive, request, raw)
  const entry = answers.entry(path, isSignedIn)
  if (entry && (isSignedIn || path === '') && request.headers.authorization === undefined) return entry
  if (!isSignedIn) return { status: 401, body: { error: 'unauthorized' } }
  if (entry) return entry
  if (path === 'system') {
    return { status: 200, body: { leverandoer: 'prøve', bulkgrense: silentOnLimit ? undefined : bytesInOneGoMax } }
  }
  const [area, id = '', ...rest] = path.split('/')
  if (area === 'feltliste') return answers.fieldList(archive.missingCodes)
  if (area === 'kodeliste') return answers.codes(id, archive.missingCodes)
  if (area === 'alle') return found(archive, searched(archive, id as Kind, raw), path, raw)
  if (area === 'del') return part(archive, id, request)
  const object = objects.get(id)
  if (area !== 'o' || !object) throw new No(404, `No ${path}`, 'NoarkEntityNotFoundException')
  return rest.length === 0
    ? onObject(archive, object, request)
    : underObject(archive, object, rest.join('/'), request, raw, isTruncated)
}

const provider = ({ dialect, answers }: Archive) => {
  const { href } = answers.link('token')
  return dialect === 'nikita-2021'
    ? { authorization_endpoint: href }
    : { token_endpoint: href, authorization_endpoint: `${href}/nei` }
}

async function token({ dialect, tokens }: Archive, request: IncomingMessage, raw: string): Promise<Body> {
  const form = await text(request)
  const parameters = new URLSearchParams(dialects[dialect].asksTokenBy === 'query' ? raw : form)
  const issued = tokens.issue(parameters, request.headers.authorization)
  return issued === undefined
    ? { status: 400, body: { error: 'invalid_grant', error_description: form } }
    : { status: 200, body: { access_token: issued, token_type: 'bearer', expires_in: 28_799 } }
}

const keyed = /^contains\(beskrivelse,'[^']*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[^']*'\)$/

/** What a search looks through. One for a key with a UUID has an index, as in an archive that holds thousands. */
function searched({ objects }: Archive, kind: Kind, raw: string): readonly Held[] {
  const uuid = keyed.exec(queryOf(raw).get('$filter') ?? '')?.[1]
  return uuid === undefined ? objects.of(kind) : objects.tellingOf(kind, uuid)
}

function found({ answers, dialect }: Archive, all: readonly Held[], path: string, raw: string): Body {
  const query = queryOf(raw)
  // nikita 2021 reads a query only when the filter stands first.
  if (dialect === 'nikita-2021' && raw !== '' && !raw.startsWith('$filter=')) throw new BadQuery('No $filter first')
  const filter = query.get('$filter')
  const isWanted = filter === undefined ? () => true : parseFilter(filter)
  return answers.list(
    all.filter(({ fields }) => isWanted(fields)),
    path,
    raw,
    query
  )
}

async function onObject(archive: Archive, object: Held, request: IncomingMessage): Promise<Body> {
  const { objects, answers, dialect } = archive
  if (request.method === 'GET') return answers.single(object)
  const isPatch = request.method === 'PATCH'
  if (request.method !== 'DELETE' && isPatch !== (dialects[dialect].changesBy === 'merge-patch'))
    throw new No(400, 'Method')
  if (isPatch && request.headers['content-type'] !== 'application/merge-patch+json') throw new No(415, 'Media type')
  const version = request.headers[dialect === 'nikita-2021' ? 'etag' : 'if-match']
  if (version === undefined) throw new No(400, 'eTag is missing')
  if (version !== `"${object.version}"`)
    throw new No(dialect === 'nikita-current' ? 412 : 409, 'Version', 'NoarkConcurrencyException')
  if (request.method === 'DELETE') {
    objects.remove(object)
    return { status: 204 }
  }
  objects.change(object, JSON.parse(await text(request)) as Record<string, unknown>)
  return answers.single(object)
}

async function underObject(
  archive: Archive,
  object: Held,
  rest: string,
  request: IncomingMessage,
  raw: string,
  isTruncated: boolean
): Promise<Body> {
  const { objects, answers, dialect } = archive
  if (rest === 'fil') return file(archive, object, request, isTruncated)
  if (rest === 'mappe' && object.parent) return found(archive, [object.parent], `o/${object.id}/mappe`, raw)
  const reference = `${rel('arkivstruktur/ny-kryssreferanse')}`
  if (rest.startsWith('arkivstruktur/ny-kryssreferanse') && dialect !== 'nikita-2021') {
    if (request.method === 'GET')
      return { status: 200, body: { url: `${answers.link(`o/${object.id}/${rest}/$ref?$id=`).href}` } }
    const to = objects.get(/[0-9a-f-]{36}$/.exec(queryOf(raw).get('$id') ?? '')?.[0] ?? '')
    if (!to) throw new No(404, reference, 'NoarkEntityNotFoundException')
    refuseTwice(archive, object, to.id)
    return answers.single(objects.add('kryssreferanse', { referanseTilRegistrering: to.id }, object), 201)
  }
  for (const [list, make, kind] of underOf(dialect, object.kind)) {
    if (rest === list) return found(archive, objects.under(object, kind), `o/${object.id}/${rest}`, raw)
    if (rest !== make) continue
    if (request.method === 'GET') return { status: 200, body: {} }
    const fields = JSON.parse(await text(request)) as Record<string, unknown>
    if (kind === 'kryssreferanse') refuseTwice(archive, object, String(fields.tilSystemID))
    const made = objects.create(kind, fields, object)
    return { ...answers.single(made, 201), headers: { etag: '"0"', location: answers.link(`o/${made.id}`).href } }
  }
  throw new No(404, rest, 'NoarkEntityNotFoundException')
}

function refuseTwice({ objects }: Archive, from: Held, to: string): void {
  const known = objects.under(from, 'kryssreferanse').some((one) => Object.values(one.fields).includes(to))
  if (known) throw new No(400, `${to} is referred to already`)
}

async function file(
  { files, answers, silentOnChecksums }: Archive,
  object: Held,
  request: IncomingMessage,
  isTruncated: boolean
): Promise<Body> {
  if (request.method === 'GET') {
    if (!object.file?.bytes) throw new No(404, 'No file', 'NoarkEntityNotFoundException')
    return { status: 200, body: object.file.bytes }
  }
  const total = request.headers['x-upload-content-length']
  if (total !== undefined) {
    const next = files.open(object, Number(total))
    return { status: 200, headers: { location: answers.link(`del/${next}`).href } }
  }
  await files.whole(object, request, isTruncated)
  if (silentOnChecksums) object.fields = { ...object.fields, sjekksum: undefined }
  return answers.single(object, 201)
}

async function part({ files, answers }: Archive, at: string, request: IncomingMessage): Promise<Body> {
  const taken = await files.part(at, request)
  if ('object' in taken) return answers.single(taken.object, 201)
  const headers = { location: answers.link(`del/${taken.next}`).href, range: `0-${taken.received - 1}` }
  return { status: 200, headers }
}
