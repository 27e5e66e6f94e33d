import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { platforms } from '../../integrations/index.ts'
import { loadConfig } from '../../src/config.ts'
import { folderBlobStore } from '../../src/documents/blobs/folder-blob-store.ts'
import { latelyRead } from '../../src/flow/lately-read.ts'
import { restrictionBy } from '../../src/flow/restriction-of.ts'
import { openMetrics } from '../../src/http/metrics.ts'
import { buildServer, type HttpDeps } from '../../src/http/server.ts'
import { openLog } from '../../src/log.ts'
import { openWebhookSender } from '../../src/network.ts'
import { moderationTools, openArchive, whoMay } from '../../src/parts.ts'
import { readYaml } from '../../src/standard-guideline.ts'
import { bulkStore } from '../../src/store/bulk-store.ts'
import { checkDatabase, openDatabase } from '../../src/store/database.ts'
import { followUpStore } from '../../src/store/follow-up-store.ts'
import { storeOn } from '../../src/store/index.ts'
import { policyStore } from '../../src/store/policy-store.ts'
import { webhookStore } from '../../src/store/webhook-store.ts'
import { version } from '../../src/version.ts'

/** Where nobody listens, so whoever asks it is turned away at once. */
const NO_DATABASE = 'postgres://arkivbro@127.0.0.1:1/none'

/** What the HTTP API needs, on parts that are real and touch nothing until they are asked; the database is not there. */
export function idleParts(changes: Partial<HttpDeps> = {}): HttpDeps {
  const folder = join(tmpdir(), 'arkivbro-idle')
  const config = loadConfig({ DATA_FOLDER: folder })
  const nothing = () => Promise.reject(new Error('Nothing is measured here.'))
  const db = openDatabase({ url: NO_DATABASE, connectionsMax: 2, onError: () => undefined })
  const store = storeOn(db)
  const policies = policyStore(db)
  return {
    store,
    bulk: bulkStore(db),
    webhooks: webhookStore(db),
    sender: openWebhookSender(config),
    policies,
    inForce: latelyRead(policies.current),
    policy: policies.current,
    readYaml,
    restrictionOf: restrictionBy(policies.guidelines.get),
    ...whoMay(db),
    ...moderationTools(db),
    followUps: followUpStore(db),
    keys: store.keys,
    attachments: store.attachments,
    platforms,
    archive: openArchive(config, {}),
    lacks: { known: () => undefined, ask: async () => undefined, stop: async () => undefined },
    blobs: folderBlobStore({ folder }),
    renderer: { formatDetaljer: 'PDF/A-2a', render: () => Promise.reject(new Error('Nothing is rendered here.')) },
    municipality: {
      name: 'Eksempel kommune',
      administrativEnhet: 'Servicetorget',
      saksansvarlig: 'Ufordelt',
      language: 'nb'
    },
    limits: {},
    takesSkjerming: true,
    metrics: openMetrics({
      ...{ counts: nothing, backlog: nothing, waiting: nothing, unmatched: nothing },
      webhookBacklog: nothing
    }),
    log: openLog('silent'),
    now: () => new Date(),
    newId: () => '00000000-0000-7000-8000-000000000000',
    idFor: () => '00000000-0000-5000-8000-000000000000',
    enqueue: () => undefined,
    checkQueue: () => Promise.resolve(),
    checkDatabase: () => checkDatabase(db),
    room: async () => undefined,
    attachmentBytesMax: config.ATTACHMENT_MB_MAX * 1_048_576,
    requestsPerMinute: config.REQUESTS_PER_MINUTE,
    trustedProxies: [],
    version,
    ...changes
  }
}

/** The API's description, made by the server itself from the routes it has, as the file `schemas/openapi.json` holds it. */
export async function apiDescription(): Promise<string> {
  const server = await buildServer(idleParts())
  await server.ready()
  const description = JSON.stringify(server.swagger(), undefined, 2)
  await server.close()
  return `${description}\n`
}
