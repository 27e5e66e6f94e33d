import { writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import type { Logger } from 'pino'
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid'
import { platforms } from '../integrations/index.ts'
import type { Config } from './config.ts'
import type { ConsoleDeps } from './console/console-deps.ts'
import { diskRoom } from './documents/blobs/disk-room.ts'
import { threadRenderer } from './documents/render/thread-renderer.ts'
import { taskIn } from './domain/inquiry.ts'
import type { Municipality } from './domain/municipality.ts'
import type { Policy } from './domain/policy.ts'
import { type ArchiveLacks, archiveLacks } from './flow/archive-lacks.ts'
import type { ComposeDeps } from './flow/compose-record.ts'
import type { PermitSigner } from './flow/deletion.ts'
import { countInquiries } from './flow/health.ts'
import { type LatelyRead, latelyRead } from './flow/lately-read.ts'
import { ensureAdminKey } from './flow/manage-keys.ts'
import type { WebhookDeps } from './flow/manage-webhooks.ts'
import type { PolicyStore } from './flow/policy-port.ts'
import type { ArchiveConnector, BlobStore } from './flow/ports.ts'
import { restrictionBy } from './flow/restriction-of.ts'
import type { BulkStore, Move, Store } from './flow/store-port.ts'
import { type Measured, type Metrics, openMetrics } from './http/metrics.ts'
import { oidcCaller } from './http/oidc.ts'
import type { buildServer, HttpDeps } from './http/server.ts'
import { type Backend, openBackend } from './jobs/backend.ts'
import { repeat } from './jobs/repeat.ts'
import { openWorkQueue, type WorkQueue } from './jobs/work-queue.ts'
import { openWebhookSender, trustedProxies } from './network.ts'
import {
  type Closers,
  closers,
  moderationTools,
  openArchive,
  openBlobs,
  openCodes,
  openDatabasePlace,
  openPermits,
  openPreparer,
  queueSettings,
  whoMay
} from './parts.ts'
import { readYaml, standardGuideline } from './standard-guideline.ts'
import { startWorking } from './start-working.ts'
import { bulkStore } from './store/bulk-store.ts'
import { checkDatabase, type Database, openDatabase } from './store/database.ts'
import { followUpStore } from './store/follow-up-store.ts'
import { storeOn } from './store/index.ts'
import { migrate } from './store/migrate.ts'
import { policyStore } from './store/policy-store.ts'
import { sessionStore } from './store/session-store.ts'
import { webhookStore } from './store/webhook-store.ts'
import { version } from './version.ts'

/** Names made from it are ours, and the same on every machine (RFC 9562 §5.5). */
const NAMESPACE = 'f3b0f5a4-5c6e-5f0d-9d3c-0a1e7b6a2c11'
const ASK_LACKING_MS = 600_000

export interface Running {
  /** Where the API answers; absent for a worker. */
  readonly address?: string
  /** The administrator's key, when this start made it. */
  readonly adminKey?: string
  /** Resolves when the service can no longer do its work and should be restarted. */
  readonly broken: Promise<string>
  /** Takes no new work, lets running work finish, then lets go of everything. */
  stop(): Promise<void>
}

export interface StartOptions {
  readonly config: Config
  readonly env: NodeJS.ProcessEnv
  readonly log: Logger
  readonly api: boolean
  readonly work: boolean
}

/** Puts the parts together. Every dependency in the program is decided in this file. */
export async function startService(options: StartOptions): Promise<Running> {
  const open = closers(options.log)
  try {
    return await start(options, open)
  } catch (error) {
    await open.closeAll()
    throw error
  }
}

async function start(options: StartOptions, open: Closers): Promise<Running> {
  const { config, env, log, api, work } = options
  const now = () => new Date()
  const archive = openArchive(config, env)
  const codes = openCodes(config)
  const place = await openDatabasePlace(config, log)
  if (place.embedded) open.add(place.embedded.stop)
  const onError = (err: Error) => log.warn({ err }, 'a connection broke')
  const db = openDatabase({ url: place.url, connectionsMax: config.DATABASE_CONNECTIONS, onError })
  open.add(() => db.destroy())
  await migrate(db)
  const blobs = await openBlobs(config)
  const backend = await openBackend(queueSettings(config, place.url), onError)
  open.add(backend.close)
  const queue = await openWorkQueue(backend, log)
  open.add(queue.close)
  const { renderer, preparer } = openDocuments(options, blobs, open)
  const telling = { webhooks: webhookStore(db), sender: openWebhookSender(config) }
  const plain = storeOn(db)
  const metrics = openMetrics({
    ...measuredIn(plain, queue, archive, now),
    webhookBacklog: telling.webhooks.backlog
  })
  const store = counted(plain, metrics)
  const { titleLengthMax, fileBytesMax, skjerming } = archive.capabilities
  const judging = await openPolicies(db, now())
  const composing: ComposeDeps = {
    ...{ blobs, renderer, preparer, municipality: municipalityOf(config), idFor: nameId },
    limits: { codes, titleLengthMax },
    takesSkjerming: skjerming,
    restrictionOf: restrictionBy(judging.policies.guidelines.get),
    ...(fileBytesMax !== undefined && { fileBytesMax })
  }

  const permits = await openPermits(config, place.embedded !== undefined)
  const lacks = askedNowAndThen(archiveLacks({ archive, log }), open)
  const adminKey = await firstKey(config, store, now, place.embedded !== undefined)
  const bulk = bulkStore(db)
  const shared = { config, store, bulk, queue, backend, archive, log, now }
  if (work) await startWorking({ ...shared, composing, open, telling: { ...telling, onCall: metrics.webhookCalled } })
  const address = api
    ? await serve(config, open, {
        ...httpDeps({ ...shared, ...judging, ...telling, db, permits, lacks, metrics }),
        ...composing
      })
    : undefined
  return {
    ...(address !== undefined && { address }),
    ...(adminKey !== undefined && { adminKey }),
    broken: place.embedded
      ? place.embedded.exited.then(() => 'Den innebygde databasen har stoppet.')
      : new Promise<never>(() => undefined),
    stop: () => open.closeAll()
  }
}

/** What makes archive documents and looks at attachments, each in processes of its own. */
function openDocuments({ config, env, log }: StartOptions, blobs: BlobStore, open: Closers) {
  const say = (facts: Record<string, unknown>, message: string) => log.info(facts, message)
  const renderer = threadRenderer({
    ...{ blobs, log: say, processes: config.RENDER_PROCESSES, level: config.PDFA_LEVEL }
  })
  open.add(renderer.close)
  const preparer = openPreparer(config, blobs, env, say)
  open.add(preparer.close)
  return { renderer, preparer }
}

/** What inquiries are judged by: the guideline of the release, until the municipality has put its own in force. */
async function openPolicies(db: Database, at: Date) {
  const policies = policyStore(db)
  await policies.guidelines.ensure(await standardGuideline(), at, 'arkivbro')
  return { policies, inForce: latelyRead(policies.current) }
}

const nameId = (name: string): string => uuidv5(name, NAMESPACE)

/** Asked now, and again every ten minutes; nothing waits for the answer. */
function askedNowAndThen(lacks: ArchiveLacks, open: Closers): ArchiveLacks {
  void lacks.ask()
  open.add(repeat(ASK_LACKING_MS, lacks.ask, () => undefined).stop)
  open.add(lacks.stop)
  return lacks
}

const municipalityOf = (config: Config): Municipality => ({
  name: config.MUNICIPALITY_NAME,
  administrativEnhet: config.ADMINISTRATIV_ENHET,
  saksansvarlig: config.SAKSANSVARLIG,
  language: config.DOCUMENT_LANGUAGE,
  ...(config.ARKIVDEL !== undefined && { arkivdel: config.ARKIVDEL }),
  ...(config.POSTMOTTAK !== undefined && { postmottak: config.POSTMOTTAK })
})

interface Serving {
  readonly config: Config
  readonly db: Database
  readonly store: Store
  readonly policies: PolicyStore
  readonly inForce: LatelyRead<Policy>
  readonly permits: PermitSigner | undefined
  readonly bulk: BulkStore
  readonly webhooks: WebhookDeps['webhooks']
  readonly sender: WebhookDeps['sender']
  readonly backend: Backend
  readonly queue: WorkQueue
  readonly archive: ArchiveConnector
  readonly lacks: ArchiveLacks
  readonly metrics: Metrics
  readonly log: Logger
  readonly now: () => Date
}

function httpDeps({ config, db, store, backend, queue, permits, ...parts }: Serving) {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_ROLE_CLAIM: roleClaim } = config
  return {
    ...parts,
    store,
    ...whoMay(db),
    ...moderationTools(db),
    followUps: followUpStore(db),
    keys: store.keys,
    sessions: sessionStore(db),
    attachments: store.attachments,
    platforms,
    policy: parts.inForce.get,
    readYaml,
    ...(permits && { permits }),
    newId: () => uuidv7(),
    idFor: nameId,
    enqueue: queue.enqueue,
    checkQueue: backend.check,
    checkDatabase: () => checkDatabase(db),
    room: diskRoom({ folder: config.DATA_FOLDER, freeBytesMin: config.DISK_FREE_MB_MIN * 1_048_576 }),
    attachmentBytesMax: config.ATTACHMENT_MB_MAX * 1_048_576,
    requestsPerMinute: config.REQUESTS_PER_MINUTE,
    trustedProxies: trustedProxies(config),
    version,
    ...(issuer !== undefined && audience !== undefined && { oidc: oidcCaller({ issuer, audience, roleClaim }) })
  }
}

type ServeDeps = HttpDeps & Omit<ConsoleDeps, 'onReceived'>

async function serve(config: Config, open: Closers, deps: ServeDeps): Promise<string> {
  // To load them is a third of a start, and a worker needs neither.
  const [{ consolePages }, { buildServer }] = await Promise.all([
    import('./console/console.ts'),
    import('./http/server.ts')
  ])
  const console = consolePages({ ...deps, onReceived: deps.metrics.received })
  const server = await buildServer({ ...deps, console })
  open.add(() => closeServer(server, config.STOP_SECONDS * 1_000))
  await server.listen({ host: config.HOST, port: config.PORT })
  const { port } = server.server.address() as AddressInfo
  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? 'localhost' : config.HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Answers what has been asked. A connection that falls idle meanwhile is closed, and one that drags on is cut. */
async function closeServer(server: Awaited<ReturnType<typeof buildServer>>, graceMs: number): Promise<void> {
  const hanging = setInterval(() => server.server.closeIdleConnections(), 50)
  const dragging = setTimeout(() => server.server.closeAllConnections(), graceMs)
  await server.close().finally(() => {
    clearInterval(hanging)
    clearTimeout(dragging)
  })
}

/** The key of the settings; or, on the embedded default, one made at the first start and kept in the data folder. */
async function firstKey(
  config: Config,
  store: Store,
  now: () => Date,
  isEmbedded: boolean
): Promise<string | undefined> {
  const keys = { keys: store.keys, now }
  if (config.ADMIN_KEY !== undefined) await ensureAdminKey(keys, config.ADMIN_KEY)
  if (config.ADMIN_KEY !== undefined || !isEmbedded || (await store.keys.list()).length > 0) return undefined
  const token = await ensureAdminKey(keys)
  await writeFile(resolve(config.DATA_FOLDER, 'admin-key'), `${token}\n`, { mode: 0o600 })
  return token
}

const measuredIn = (
  store: Store,
  queue: WorkQueue,
  archive: ArchiveConnector,
  now: () => Date
): Omit<Measured, 'webhookBacklog'> => ({
  counts: () => countInquiries({ store, archive }),
  backlog: () => store.work.backlog(now()),
  waiting: queue.waiting,
  unmatched: () => store.messages.unmatched(archive.name)
})

/** Every move is counted where it is made, so a counter cannot be forgotten. */
function counted(store: Store, metrics: Metrics): Store {
  const { inquiries } = store
  const count = ({ from, to, at, attempt }: Move) => {
    if (from !== to.state) metrics.moved(to.state)
    if (!attempt) return
    const seconds = (at.getTime() - attempt.startedAt.getTime()) / 1_000
    metrics.tried(taskIn(from) ?? 'settle', attempt.outcome, seconds)
  }
  return {
    ...store,
    inquiries: {
      ...inquiries,
      async move(move) {
        const queued = await inquiries.move(move)
        count(move)
        return queued
      },
      async moveAll(moves) {
        const queued = await inquiries.moveAll(moves)
        moves.forEach(count)
        return queued
      }
    }
  }
}
