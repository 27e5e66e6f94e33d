import { writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import type { Logger } from 'pino'
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid'
import { platforms } from '../integrations/index.ts'
import type { Config } from './config.ts'
import { diskRoom } from './documents/blobs/disk-room.ts'
import { threadRenderer } from './documents/render/thread-renderer.ts'
import { type DeliveryRate, deliveryRate } from './domain/delivery-rate.ts'
import { taskIn } from './domain/inquiry.ts'
import type { Municipality } from './domain/municipality.ts'
import { type ComposeDeps, composeRecord } from './flow/compose-record.ts'
import { deliverRecord } from './flow/deliver-record.ts'
import { throughGate } from './flow/gated-archive.ts'
import { keepMessage } from './flow/hear-archive.ts'
import { ensureAdminKey } from './flow/manage-keys.ts'
import type { ArchiveConnector } from './flow/ports.ts'
import { CONVERTING_MS_MAX } from './flow/prepare-attachments.ts'
import { runWork, type Step, type WorkDeps } from './flow/run-work.ts'
import { settleRecord } from './flow/settle-record.ts'
import type { Store } from './flow/store-port.ts'
import { restoreWork, sweepWork } from './flow/sweep-work.ts'
import { type Metrics, openMetrics } from './http/metrics.ts'
import { oidcCaller } from './http/oidc.ts'
import { buildServer, type HttpDeps } from './http/server.ts'
import { type Backend, openBackend } from './jobs/backend.ts'
import { keepRunning } from './jobs/keep-running.ts'
import { repeat } from './jobs/repeat.ts'
import { type Job, openWorkQueue, startWorkers, type WorkQueue } from './jobs/work-queue.ts'
import {
  type Closers,
  closers,
  openArchive,
  openBlobs,
  openCodes,
  openDatabasePlace,
  openPreparer,
  queueSettings
} from './parts.ts'
import { checkDatabase, type Database, openDatabase } from './store/database.ts'
import { storeOn } from './store/index.ts'
import { migrate } from './store/migrate.ts'
import { version } from './version.ts'

/** Names made from it are ours, and the same on every machine (RFC 9562 §5.5). */
const NAMESPACE = 'f3b0f5a4-5c6e-5f0d-9d3c-0a1e7b6a2c11'
const SWEEP_MS = 1_000
const RESTORE_MS = 60_000

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
  const renderer = threadRenderer({
    blobs,
    log: (facts, message) => log.info(facts, message),
    processes: config.RENDER_PROCESSES,
    level: config.PDFA_LEVEL
  })
  open.add(renderer.close)
  const preparer = openPreparer(config, blobs, env, (facts, message) => log.info(facts, message))
  open.add(preparer.close)
  const metrics = openMetrics({
    inquiries: () => storeOn(db).inquiries.counts(),
    unmatched: () => storeOn(db).messages.unmatched(archive.name)
  })
  const store = counted(storeOn(db), metrics)
  const { titleLengthMax, fileBytesMax } = archive.capabilities
  const composing: ComposeDeps = {
    ...{ blobs, renderer, preparer, municipality: municipalityOf(config), idFor: nameId },
    limits: { codes, titleLengthMax },
    ...(fileBytesMax !== undefined && { fileBytesMax })
  }

  const adminKey = await firstKey(config, store, now, place.embedded !== undefined)
  if (work) await startWorking({ config, store, queue, backend, archive, composing, log, now, open })
  const address = api
    ? await serve(config, open, {
        ...httpDeps({ config, db, store, backend, queue, archive, metrics, log, now }),
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

const nameId = (name: string): string => uuidv5(name, NAMESPACE)

const municipalityOf = (config: Config): Municipality => ({
  name: config.MUNICIPALITY_NAME,
  administrativEnhet: config.ADMINISTRATIV_ENHET,
  saksansvarlig: config.SAKSANSVARLIG,
  language: config.DOCUMENT_LANGUAGE,
  ...(config.ARKIVDEL !== undefined && { arkivdel: config.ARKIVDEL })
})

interface Working {
  readonly config: Config
  readonly store: Store
  readonly queue: WorkQueue
  readonly backend: Backend
  readonly archive: ArchiveConnector
  readonly composing: ComposeDeps
  readonly log: Logger
  readonly now: () => Date
  readonly open: Closers
}

async function startWorking(working: Working): Promise<void> {
  const { config, store, queue, backend, archive, composing, log, now, open } = working
  const deps: WorkDeps = { store, now, random: Math.random, enqueue: queue.enqueue, log }
  const delivering = { blobs: composing.blobs, settleDelayMs: config.SETTLE_SECONDS * 1_000 }
  const job = (task: Job['task'], concurrency: number, deadlineMs: number, step: Step): Job => ({
    task,
    concurrency,
    run: (inquiryId, stopped) => runWork(deps, step, { inquiryId, task, deadlineMs }, stopped)
  })
  const deliveriesAtOnce = Math.min(config.DELIVERIES_AT_ONCE, archive.capabilities.deliveriesAtOnceMax)
  const rate = rateOf(config, archive)
  const jobs = [
    job('compose', config.RENDER_PROCESSES + 1, CONVERTING_MS_MAX + 300_000, composeRecord(composing)),
    job(
      'deliver',
      deliveriesAtOnce,
      300_000,
      throughGate(archive, (gated) => deliverRecord({ archive: gated, ...delivering }), rate)
    ),
    job(
      'settle',
      deliveriesAtOnce,
      60_000,
      throughGate(archive, (gated) => settleRecord({ archive: gated, ...delivering }))
    )
  ]
  const workers = await startWorkers(backend, jobs, log)
  const sweep = repeat(
    SWEEP_MS,
    () => sweepWork({ store, archive: archive.name, ...(rate && { rate }), now, enqueueAll: queue.enqueueAll }),
    (err) => log.warn({ err }, 'the sweep failed; it comes again')
  )
  const watch = repeat(
    RESTORE_MS,
    () => restoreWork(deps),
    (err) => log.warn({ err }, 'lost work was not looked for; it comes again')
  )
  open.add(() => workers.stop(config.STOP_SECONDS * 1_000))
  open.add(sweep.stop)
  open.add(watch.stop)
  listen(working)
}

/** Keeps what the archive sends of itself, when it does. Every process that works listens. */
function listen({ config, store, archive, log, now, open }: Working): void {
  const { inbound } = archive
  if (!inbound) return
  const keep = keepMessage({ store, archive: archive.name, now, log })
  const listening = keepRunning((signal) => inbound(keep, signal), {
    onEnd: (err, times) =>
      log[times > 2 ? 'error' : 'warn']({ err, times }, 'the archive’s messages stopped; they are listened for again')
  })
  open.add(() => listening.stop(config.STOP_SECONDS * 1_000))
}

/** The stricter of what the archive and the settings say. */
function rateOf({ DELIVERIES_PER_MINUTE_MAX }: Config, { capabilities }: ArchiveConnector): DeliveryRate | undefined {
  const perMinuteMax = Math.min(
    DELIVERIES_PER_MINUTE_MAX ?? Number.POSITIVE_INFINITY,
    capabilities.deliveriesPerMinuteMax ?? Number.POSITIVE_INFINITY
  )
  return Number.isFinite(perMinuteMax) ? deliveryRate(perMinuteMax) : undefined
}

interface Serving {
  readonly config: Config
  readonly db: Database
  readonly store: Store
  readonly backend: Backend
  readonly queue: WorkQueue
  readonly archive: ArchiveConnector
  readonly metrics: Metrics
  readonly log: Logger
  readonly now: () => Date
}

function httpDeps({ config, db, store, backend, queue, archive, metrics, log, now }: Serving) {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_ROLE_CLAIM: roleClaim } = config
  return {
    store,
    keys: store.keys,
    attachments: store.attachments,
    platforms,
    archive,
    metrics,
    log,
    now,
    newId: () => uuidv7(),
    idFor: nameId,
    enqueue: queue.enqueue,
    checkQueue: backend.check,
    checkDatabase: () => checkDatabase(db),
    room: diskRoom({ folder: config.DATA_FOLDER, freeBytesMin: config.DISK_FREE_MB_MIN * 1_048_576 }),
    attachmentBytesMax: config.ATTACHMENT_MB_MAX * 1_048_576,
    requestsPerMinute: config.REQUESTS_PER_MINUTE,
    version,
    ...(issuer !== undefined && audience !== undefined && { oidc: oidcCaller({ issuer, audience, roleClaim }) })
  }
}

async function serve(config: Config, open: Closers, deps: HttpDeps): Promise<string> {
  const server = await buildServer(deps)
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

/** Every move is counted where it is made, so a counter cannot be forgotten. */
function counted(store: Store, metrics: Metrics): Store {
  const { inquiries } = store
  return {
    ...store,
    inquiries: {
      ...inquiries,
      async move(move) {
        const queued = await inquiries.move(move)
        if (move.from !== move.to.state) metrics.moved(move.to.state)
        if (move.attempt) {
          const seconds = (move.at.getTime() - move.attempt.startedAt.getTime()) / 1_000
          metrics.tried(taskIn(move.from) ?? 'settle', move.attempt.outcome, seconds)
        }
        return queued
      }
    }
  }
}
