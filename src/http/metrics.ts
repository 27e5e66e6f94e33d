import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { Type } from 'typebox'
import { commonProblems } from '../../schemas/problem.ts'
import type { InquiryState, Task } from '../domain/inquiry.ts'
import type { WebhookAnswer } from '../domain/webhook.ts'
import type { AttemptOutcome, Backlog, InquiryCounts } from '../flow/store-port.ts'

/** What this process counts. Labels have few values; none comes from a caller. */
export interface Metrics {
  readonly registry: Registry
  received(answer: 'new' | 'repeated'): void
  moved(to: InquiryState): void
  tried(task: Task, outcome: AttemptOutcome, seconds: number): void
  webhookCalled(outcome: WebhookAnswer['kind']): void
}

export function openMetrics(measured: Measured): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'arkivbro_' })
  const registers = [registry]
  const received = new Counter({
    name: 'arkivbro_inquiries_received_total',
    help: 'Henvendelser denne prosessen har tatt imot.',
    labelNames: ['answer'] as const,
    registers
  })
  const moved = new Counter({
    name: 'arkivbro_inquiry_moves_total',
    help: 'Tilstandsskifter denne prosessen har gjort, etter ny tilstand.',
    labelNames: ['to'] as const,
    registers
  })
  const tried = new Histogram({
    name: 'arkivbro_attempt_seconds',
    help: 'Varighet av forsøk, etter oppgave og utfall.',
    labelNames: ['task', 'outcome'] as const,
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120],
    registers
  })
  const webhookCalled = new Counter({
    name: 'arkivbro_webhook_calls_total',
    help: 'Kall til mottakere av webhooker fra denne prosessen, etter utfall.',
    labelNames: ['outcome'] as const,
    registers
  })
  openGauges(registry, measured)
  openWebhookGauge(registry, measured)
  return {
    registry,
    received: (answer) => received.inc({ answer }),
    moved: (to) => moved.inc({ to }),
    tried: (task, outcome, seconds) => tried.observe({ task, outcome }, seconds),
    webhookCalled: (outcome) => webhookCalled.inc({ outcome })
  }
}

/** What is read from the database and the queue at each scrape, so that it is right whichever process is asked. */
export interface Measured {
  counts(): Promise<InquiryCounts>
  backlog(): Promise<Backlog>
  /** Jobs that wait in the queue. */
  waiting(): Promise<Readonly<Record<Task, number>>>
  /** Messages from the archive that answer nothing we know of. */
  unmatched(): Promise<number>
  /** Messages to webhook endpoints that have not come through. */
  webhookBacklog(): Promise<number>
}

function openGauges(registry: Registry, measured: Measured): void {
  // The gauges of one scrape are read at the same time, and share one look.
  const [counts, backlog] = [shared(measured.counts), shared(measured.backlog)]
  const registers = [registry]
  new Gauge({
    name: 'arkivbro_oldest_open_seconds',
    help: 'Hvor lenge den eldste åpne henvendelsen har stått i samme tilstand.',
    registers,
    async collect() {
      this.set(secondsSince((await counts()).oldestOpen))
    }
  })
  new Gauge({
    name: 'arkivbro_oldest_open_age_seconds',
    help: 'Hvor lenge det er siden den eldste henvendelsen som er på vei, ble mottatt.',
    registers,
    async collect() {
      this.set(secondsSince((await backlog()).openSince))
    }
  })
  new Gauge({
    name: 'arkivbro_oldest_due_seconds',
    help: 'Hvor lenge den eldste oppgaven som ingen har tatt, har vært klar.',
    registers,
    async collect() {
      this.set(secondsSince((await backlog()).dueSince))
    }
  })
  new Gauge({
    name: 'arkivbro_unmatched_messages',
    help: 'Meldinger fra arkivet uten kjent henvendelse.',
    registers,
    async collect() {
      this.set(await measured.unmatched())
    }
  })
  new Gauge({
    name: 'arkivbro_inquiries',
    help: 'Henvendelser i databasen, etter tilstand.',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      for (const [state, count] of Object.entries((await counts()).byState)) this.set({ state }, count)
    }
  })
  openPeopleGauges(registry, counts)
  new Gauge({
    name: 'arkivbro_work_due',
    help: 'Oppgaver i databasen som er klare og som ingen har tatt.',
    labelNames: ['task'] as const,
    registers,
    async collect() {
      for (const [task, count] of Object.entries((await backlog()).dueByTask)) this.set({ task }, count)
    }
  })
  new Gauge({
    name: 'arkivbro_queue_jobs',
    help: 'Jobber som venter i køen. Mangler når køen ikke svarer.',
    labelNames: ['task'] as const,
    registers,
    async collect() {
      this.reset()
      const waiting = await measured.waiting().catch(() => ({}))
      for (const [task, count] of Object.entries(waiting)) this.set({ task }, count)
    }
  })
}

function openWebhookGauge(registry: Registry, measured: Pick<Measured, 'webhookBacklog'>): void {
  new Gauge({
    name: 'arkivbro_webhook_backlog',
    help: 'Meldinger til webhooker som ikke er kommet fram, bortsett fra til dem som er slått av.',
    registers: [registry],
    async collect() {
      this.set(await measured.webhookBacklog())
    }
  })
}

/** What waits for the municipality's own people. */
function openPeopleGauges(registry: Registry, counts: Measured['counts']): void {
  new Gauge({
    name: 'arkivbro_needs_action',
    help: 'Henvendelser på listen «Trenger handling», også de som venter bak en annen eller på at leveringene til arkivet går igjen.',
    registers: [registry],
    async collect() {
      this.set((await counts()).needsAction.count)
    }
  })
  new Gauge({
    name: 'arkivbro_oldest_needs_action_seconds',
    help: 'Hvor lenge den eldste på listen «Trenger handling» har stått slik.',
    registers: [registry],
    async collect() {
      this.set(secondsSince((await counts()).needsAction.oldest))
    }
  })
  new Gauge({
    name: 'arkivbro_unanswered',
    help: 'Henvendelser uten svar, etter hvor mye av tiden som er gått, i prosent.',
    labelNames: ['past'] as const,
    registers: [registry],
    async collect() {
      const { count, byWarning } = (await counts()).unanswered
      const late = Object.entries(byWarning)
      for (const [past, number] of late) this.set({ past }, number)
      this.set({ past: '0' }, count - late.reduce((sum, [, number]) => sum + number, 0))
    }
  })
}

const secondsSince = (at: Date | undefined): number => (at ? (Date.now() - at.getTime()) / 1_000 : 0)

/** One look for all who ask while it lasts. */
function shared<T>(look: () => Promise<T>): () => Promise<T> {
  let looking: Promise<T> | undefined
  return () => {
    looking ??= look().finally(() => {
      looking = undefined
    })
    return looking
  }
}

const metricsRouteOptions = {
  config: { scope: 'metrics:read' },
  schema: {
    operationId: 'getMetrics',
    summary: 'Målinger for overvåking',
    description: 'I Prometheus sitt tekstformat. Antallene er fra databasen, tellerne fra denne prosessen.',
    tags: ['Drift'],
    response: {
      200: { description: 'Målingene.', content: { 'text/plain': { schema: Type.String() } } },
      ...commonProblems
    }
  }
} as const

export const metricsRoute =
  ({ registry }: Metrics): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/metrics', metricsRouteOptions, async (_request, reply) => {
      reply.type(registry.contentType)
      return registry.metrics()
    })
  }
