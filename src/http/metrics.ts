import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { Type } from 'typebox'
import { commonProblems } from '../../schemas/problem.ts'
import type { InquiryState, Task } from '../domain/inquiry.ts'
import type { AttemptOutcome, InquiryCounts } from '../flow/store-port.ts'

/** What this process counts. Labels have few values; none comes from a caller. */
export interface Metrics {
  readonly registry: Registry
  received(answer: 'new' | 'repeated'): void
  moved(to: InquiryState): void
  tried(task: Task, outcome: AttemptOutcome, seconds: number): void
}

export interface Counted {
  inquiries(): Promise<InquiryCounts>
  /** Messages from the archive that answer nothing we know of. */
  unmatched(): Promise<number>
}

export function openMetrics(counted: Counted): Metrics {
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
  openGauges(registry, counted)
  return {
    registry,
    received: (answer) => received.inc({ answer }),
    moved: (to) => moved.inc({ to }),
    tried: (task, outcome, seconds) => tried.observe({ task, outcome }, seconds)
  }
}

/** Read from the database at each scrape, so they are right whichever process is asked. */
function openGauges(registry: Registry, { inquiries, unmatched }: Counted): void {
  let counting: Promise<InquiryCounts> | undefined
  // The gauges of one scrape are read at the same time, and share one look in the database.
  const countOnce = () => {
    counting ??= inquiries().finally(() => {
      counting = undefined
    })
    return counting
  }
  new Gauge({
    name: 'arkivbro_oldest_open_seconds',
    help: 'Hvor lenge den eldste åpne henvendelsen har stått i samme tilstand.',
    registers: [registry],
    async collect() {
      const { oldestOpen } = await countOnce()
      this.set(oldestOpen ? (Date.now() - oldestOpen.getTime()) / 1_000 : 0)
    }
  })
  new Gauge({
    name: 'arkivbro_unmatched_messages',
    help: 'Meldinger fra arkivet uten kjent henvendelse.',
    registers: [registry],
    async collect() {
      this.set(await unmatched())
    }
  })
  new Gauge({
    name: 'arkivbro_inquiries',
    help: 'Henvendelser i databasen, etter tilstand.',
    labelNames: ['state'] as const,
    registers: [registry],
    async collect() {
      const { byState } = await countOnce()
      for (const [state, count] of Object.entries(byState)) this.set({ state }, count)
    }
  })
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
