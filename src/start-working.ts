import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { type DeliveryRate, deliveryRate } from './domain/delivery-rate.ts'
import { WEBHOOKS_KEPT_MS } from './domain/webhook.ts'
import { amendRecord } from './flow/amend-record.ts'
import { runBulk } from './flow/bulk-actions.ts'
import { type ComposeDeps, composeRecord } from './flow/compose-record.ts'
import { deliverRecord } from './flow/deliver-record.ts'
import { type DeliverWebhooksDeps, webhookDelivery } from './flow/deliver-webhooks.ts'
import { throughGate } from './flow/gated-archive.ts'
import { keepMessage } from './flow/hear-archive.ts'
import type { ArchiveConnector } from './flow/ports.ts'
import { CONVERTING_MS_MAX } from './flow/prepare-attachments.ts'
import { runWork, type Step, type WorkDeps } from './flow/run-work.ts'
import { settleRecord } from './flow/settle-record.ts'
import type { BulkStore, Store } from './flow/store-port.ts'
import { restoreWork, sweepWork } from './flow/sweep-work.ts'
import type { Backend } from './jobs/backend.ts'
import { keepRunning } from './jobs/keep-running.ts'
import { repeat } from './jobs/repeat.ts'
import { type Job, startWorkers, type WorkQueue } from './jobs/work-queue.ts'
import type { Closers } from './parts.ts'

const SWEEP_MS = 1_000
const LISTENING_STOP_MS_MAX = 2_000
const RESTORE_MS = 60_000
const PRUNE_MS = 3_600_000

interface Working {
  readonly config: Config
  readonly store: Store
  readonly bulk: BulkStore
  readonly telling: Pick<DeliverWebhooksDeps, 'webhooks' | 'sender' | 'onCall'>
  readonly queue: WorkQueue
  readonly backend: Backend
  readonly archive: ArchiveConnector
  readonly composing: ComposeDeps
  readonly log: Logger
  readonly now: () => Date
  readonly open: Closers
}

/** Does the work: runs jobs, hands over what is due, finds what is lost, and hears the archive. Stops with the closers. */
export async function startWorking(working: Working): Promise<void> {
  const { config, store, bulk, queue, backend, archive, composing, log, now, open } = working
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
      throughGate(
        archive,
        (gated) => deliverRecord({ archive: gated, ...delivering, restrictionOf: composing.restrictionOf }),
        rate
      )
    ),
    job(
      'settle',
      deliveriesAtOnce,
      60_000,
      throughGate(archive, (gated) => settleRecord({ archive: gated, ...delivering }))
    ),
    job(
      'amend',
      deliveriesAtOnce,
      150_000,
      throughGate(archive, (gated) => amendRecord({ archive: gated, ...delivering }))
    )
  ]
  const workers = await startWorkers(backend, jobs, log)
  open.add(() => workers.stop(config.STOP_SECONDS * 1_000))
  const again: Again = (everyMs, work, message) =>
    open.add(repeat(everyMs, work, (err) => log.warn({ err }, message)).stop)
  const sweeping = { store, archive: archive.name, ...(rate && { rate }), now, enqueueAll: queue.enqueueAll }
  again(SWEEP_MS, () => sweepWork(sweeping), 'the sweep failed; it comes again')
  again(RESTORE_MS, () => restoreWork(deps), 'lost work was not looked for; it comes again')
  again(SWEEP_MS, () => runBulk({ ...deps, bulk }), 'a bulk action stopped; it goes on')
  tell(working, again)
  listen(working)
}

/** Sends webhooks, and forgets those of long ago. */
function tell({ config, telling, log, now, open }: Working, again: Again): void {
  const onError = (err: unknown) => log.warn({ err }, 'webhooks were not sent; they come again')
  const delivery = webhookDelivery({
    ...telling,
    now,
    random: Math.random,
    onError,
    stoppingMs: config.STOP_SECONDS * 1_000
  })
  open.add(delivery.stop)
  again(SWEEP_MS, delivery.begin, 'webhooks were not looked for; it comes again')
  const prune = () => telling.webhooks.prune(new Date(now().getTime() - WEBHOOKS_KEPT_MS), now())
  again(PRUNE_MS, prune, 'old webhooks were not erased; it comes again')
}

type Again = (everyMs: number, work: () => Promise<unknown>, message: string) => void

/** Keeps what the archive sends of itself, when it does. Every process that works listens. */
function listen({ store, archive, log, now, open }: Working): void {
  const { inbound } = archive
  if (!inbound) return
  const keep = keepMessage({ store, archive: archive.name, now, log })
  const listening = keepRunning((signal) => inbound(keep, signal), {
    onEnd: (err, times) =>
      log[times > 2 ? 'error' : 'warn']({ err, times }, 'the archive’s messages stopped; they are listened for again')
  })
  // It holds no work: what is not acknowledged comes again.
  open.add(() => listening.stop(LISTENING_STOP_MS_MAX))
}

/** The stricter of what the archive and the settings say. */
function rateOf({ DELIVERIES_PER_MINUTE_MAX }: Config, { capabilities }: ArchiveConnector): DeliveryRate | undefined {
  const perMinuteMax = Math.min(
    DELIVERIES_PER_MINUTE_MAX ?? Number.POSITIVE_INFINITY,
    capabilities.deliveriesPerMinuteMax ?? Number.POSITIVE_INFINITY
  )
  return Number.isFinite(perMinuteMax) ? deliveryRate(perMinuteMax) : undefined
}
