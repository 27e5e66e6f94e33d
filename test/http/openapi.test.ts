import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { problemCodes } from '../../src/http/problem-table.ts'
import { buildServer } from '../../src/http/server.ts'
import { apiDescription, idleParts } from '../support/api-description.ts'
import { routesOf } from './routes-of.ts'

interface Media {
  readonly schema?: Schema
}

interface Schema {
  readonly $ref?: string
  readonly examples?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly [keyword: string]: unknown
}

interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly unknown[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly description?: string }[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Media>> }
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Record<string, Media> }>
  >
}

interface Description {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly tags: readonly { readonly name: string }[]
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly securitySchemes: Readonly<Record<string, unknown>>
  }
}

const text = await apiDescription()
// The server's own description, whose form the tests below check.
const api = JSON.parse(text) as Description
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation }))
)

test('schemas/openapi.json is what the server says of itself', async () => {
  const file = fileURLToPath(new URL('../../schemas/openapi.json', import.meta.url))
  expect(await readFile(file, 'utf8'), 'The API has changed. Write the file anew: npm run openapi').toBe(text)
})

test('every route is described, but for the pages of Swagger UI', async () => {
  const routes = await routesOf(async () => (await buildServer(idleParts())).ready())
  const described = (url: string) => url.replace(/:(\w+)/g, '{$1}')
  const missing = routes
    .filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/docs'))
    .filter(({ method, url }) => !api.paths[described(url)]?.[method.toLowerCase()])
  expect(missing).toEqual([])
  expect(operations.length).toBeGreaterThan(15)
})

test('is OpenAPI 3.1 with named shapes, and every reference leads somewhere', () => {
  expect(api.openapi).toMatch(/^3\.1\./)
  const names = Object.keys({ ...api.components.schemas, ...api.components.securitySchemes })
  expect(names.filter((name) => !/^[A-Za-z0-9._-]+$/.test(name))).toEqual([])
  expect(names.filter((name) => /^def-/.test(name))).toEqual([])
  const references = [...text.matchAll(/"\$ref": "([^"]*)"/g)].map(([, target = '']) => target)
  expect(references.length).toBeGreaterThan(100)
  expect([...new Set(references)].filter((target) => resolved(target) === undefined)).toEqual([])
})

test('uses every shape it names', () => {
  const unused = Object.keys(api.components.schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`))
  expect(unused).toEqual([])
})

test('names no operation twice, and sorts each under a tag that is explained', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(operations.length)
  const tags = new Set(api.tags.map(({ name }) => name))
  for (const { name, operation } of operations) {
    expect(operation.tags?.length, name).toBe(1)
    expect(tags, name).toContain(operation.tags?.[0])
  }
})

describe.each(operations)('$name', ({ operation }) => {
  test('says in Norwegian what it does and answers', () => {
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/)
    expect(operation.summary).toMatch(/^[A-ZÆØÅ].{5,}/)
    for (const { description } of Object.values(operation.responses)) {
      expect(description).toMatch(/\.$/)
      expect(description).not.toBe('Default Response')
    }
    for (const parameter of operation.parameters ?? []) expect(parameter.description, parameter.name).toMatch(/\S/)
  })

  test('tells each error under application/problem+json', () => {
    const errors = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400)
    for (const [status, { content }] of errors) {
      if (status === '503' && operation.operationId === 'getReadiness') continue
      const example = { status: Number(status), code: expect.any(String) }
      expect(content, status).toEqual({
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          example: expect.objectContaining(example)
        }
      })
    }
    const isOpen = operation.security?.length === 0
    const everywhere = isOpen ? ['429'] : ['401', '429', '500']
    const withBody = operation.requestBody ? ['400', '413', '415'] : []
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining([...everywhere, ...withBody]))
  })
})

const withJson = operations.filter(({ operation }) => operation.requestBody?.content['application/json'])

test.each(withJson)('$name has a body with a name and an example', ({ operation }) => {
  const schema = operation.requestBody?.content['application/json']?.schema
  expect(operation.requestBody?.required).toBe(true)
  expect(schema?.$ref).toMatch(/^#\/components\/schemas\/[A-Z]/)
  expect((resolved(schema?.$ref ?? '') as Schema).examples?.length).toBeGreaterThan(0)
})

test('shows the limits of what is sent in', () => {
  const unlimited = Object.entries(api.components.schemas)
    .filter(([name]) => bodies().has(name))
    .flatMap(([name, schema]) => unlimitedIn(schema, name))
  expect(unlimited).toEqual([])
  expect(resolved('#/components/schemas/InquiryInput/properties')).toMatchObject({
    text: { maxLength: 100_000 },
    attachments: { maxItems: 100 },
    context: { properties: { parents: { maxItems: 500 }, siblings: { maxItems: 500 } } }
  })
})

test('offers a file picker for an upload', () => {
  const schema = { required: ['file'], properties: { file: { type: 'string', format: 'binary' } } }
  const requestBody = { content: { 'multipart/form-data': { schema } } }
  expect(api.paths).toMatchObject({ '/v1/attachments': { post: { requestBody } } })
})

test('lists every code that an error answer can have', () => {
  const listed = (resolved('#/components/schemas/Problem/properties/code/description') ?? '') as string
  expect(problemCodes.length).toBeGreaterThan(30)
  expect(problemCodes.filter(({ code, status }) => !listed.includes(`\`${code}\` (${status})`))).toEqual([])
})

test('asks for credentials everywhere but where the process says that it lives, and for a signature on callbacks', () => {
  expect(api).toMatchObject({ security: [{ token: [] }, { brukernavn: [] }] })
  const others = operations.flatMap(({ name, operation: { security } }) => (security ? [[name, security]] : []))
  expect(Object.fromEntries(others)).toEqual({
    'GET /health/live': [],
    'POST /v1/callbacks/moderation/{client}': [{ signatur: [] }]
  })
})

const resolved = (target: string): unknown =>
  target
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], api)

/** Names of the shapes that callers send, and of those within them. */
function bodies(): ReadonlySet<string> {
  const names = new Set<string>()
  const add = (value: unknown) => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (names.has(name)) continue
      names.add(name)
      add(api.components.schemas[name])
    }
  }
  for (const { operation } of operations) add(operation.requestBody ?? {})
  return names
}

/** Texts and lists that may be of any length. */
function unlimitedIn(schema: Schema, at: string): readonly string[] {
  const { type, items, oneOf, properties = {}, format, pattern } = schema
  const isOpenText =
    type === 'string' &&
    !schema.maxLength &&
    !schema.enum &&
    !schema.const &&
    format !== 'uuid' &&
    !String(pattern).endsWith('}$')
  const isOpenList = type === 'array' && schema.maxItems === undefined
  return [
    ...(isOpenText || isOpenList ? [at] : []),
    ...Object.entries(properties).flatMap(([name, inner]) => unlimitedIn(inner, `${at}/${name}`)),
    ...(items ? unlimitedIn(items as Schema, `${at}/items`) : []),
    ...((oneOf ?? []) as readonly Schema[]).flatMap((inner, n) => unlimitedIn(inner, `${at}/oneOf/${n}`))
  ]
}
