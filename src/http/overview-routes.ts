import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Overview, Readiness } from '../../schemas/inquiry-views.ts'
import { commonProblems } from '../../schemas/problem.ts'
import { answer } from '../../schemas/ref.ts'
import type { GatePhase } from '../domain/archive-gate.ts'
import { filedStates, type InquiryState } from '../domain/inquiry.ts'
import { type AnswerWarning, answerWarnings } from '../domain/reply.ts'
import { checkHealth, type HealthDeps, type OverviewParts, overview } from '../flow/health.ts'
import type { Unanswered } from '../flow/store-port.ts'
import { archiveView } from './views.ts'

export const overviewRoutes =
  (deps: HealthDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/overview',
      {
        config: { scope: 'overview:read' },
        schema: {
          operationId: 'getOverview',
          summary: 'Hvordan står det til?',
          description: 'Én setning først: «Alt er journalført.» eller «3 henvendelser trenger deg.»',
          tags: ['Oppslag'],
          response: { 200: answer(Overview, 'Tilstanden nå.'), ...commonProblems }
        }
      },
      async () => overviewView(await overview(deps))
    )
  }

/** Liveness tells nothing but that the process answers, so it is the one open endpoint. */
export const healthRoutes =
  (deps: HealthDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/health/live', liveRoute, async () => ({ status: 'ok' }) as const)

    app.get(
      '/health/ready',
      {
        schema: {
          operationId: 'getReadiness',
          summary: 'Svarer database, kø, filer og arkiv?',
          tags: ['Drift'],
          description: 'Klar betyr at henvendelser kan tas imot; en taus kø eller et taust arkiv gjør dem bare sene.',
          response: {
            200: answer(Readiness, 'Klar.'),
            503: answer(Readiness, 'Ikke klar; «parts» sier hva som mangler.'),
            401: commonProblems[401],
            429: commonProblems[429],
            500: commonProblems[500]
          }
        }
      },
      async (_request, reply) => {
        const { ready, parts } = await checkHealth(deps)
        return reply.code(ready ? 200 : 503).send({ ready, parts: [...parts] })
      }
    )
  }

const liveRoute = {
  config: { open: true },
  schema: {
    operationId: 'getLiveness',
    summary: 'Svarer prosessen?',
    description: 'Trenger ingen nøkkel, og sier ikke noe mer.',
    tags: ['Drift'],
    security: [],
    response: {
      200: Type.Object({ status: Type.Literal('ok') }, { description: 'Prosessen svarer.' }),
      429: commonProblems[429]
    }
  }
} as const

const working: readonly InquiryState[] = ['received', 'ready', 'sending', 'amending']

function overviewView({ counts, archive, isCrisis }: OverviewParts) {
  const { byState, needsAction, oldestOpen, journaledToday, lastReceivedBySource, unanswered } = counts
  const inProgress = working.reduce((sum, state) => sum + byState[state], 0)
  return {
    sentence: [
      sentence(needsAction.count, inProgress + byState['awaiting-receipt'] + byState['unknown-outcome']),
      ...deliveryTexts[archive.phase],
      ...(archive.lacking?.length ? ['Arkivet mangler noe som leveringene trenger.'] : []),
      ...messagesText(archive.unmatchedMessages),
      ...unansweredText(unanswered),
      ...(isCrisis ? ['Krisemodus er på; svarene holdes tilbake.'] : [])
    ].join(' '),
    needsAction: {
      count: needsAction.count,
      ...(needsAction.oldest && { oldestSince: needsAction.oldest.toISOString() }),
      see: '/v1/inquiries?needsAction=true'
    },
    inProgress: { count: inProgress, ...(oldestOpen && { oldestSince: oldestOpen.toISOString() }) },
    awaitingArchive: byState['awaiting-receipt'],
    unknownOutcome: byState['unknown-outcome'],
    journaledToday,
    journaled: filedStates.reduce((sum, state) => sum + byState[state], 0),
    dismissed: byState.dismissed,
    archive: archiveView(archive),
    unanswered: unansweredView(unanswered),
    crisis: isCrisis,
    sources: Object.entries(lastReceivedBySource).map(([source, at]) => ({ source, lastReceivedAt: at.toISOString() }))
  }
}

/** What is worth a sentence more: deliveries that do not go. */
const deliveryTexts: Record<GatePhase, readonly string[]> = {
  open: [],
  trying: ['Arkivet har sviktet; én henvendelse prøver seg nå.'],
  closed: ['Leveringene venter en stund, fordi arkivet svikter.'],
  paused: ['Leveringene er satt på pause.']
}

function unansweredView({ count, byWarning, nextDue, emergencies }: Unanswered) {
  const past = (step: AnswerWarning) =>
    answerWarnings.filter((each) => each >= step).reduce((sum, each) => sum + byWarning[each], 0)
  return {
    ...{ count, overdue: past(100), past50: past(50), past70: past(70), past90: past(90), emergencies },
    ...(nextDue && { nextDue: nextDue.toISOString() }),
    see: '/v1/inquiries?unanswered=true'
  }
}

function unansweredText({ byWarning, emergencies }: Unanswered): readonly string[] {
  const late = byWarning[100]
  return [
    ...(emergencies > 0 ? [`Fare for liv kan være nevnt i ${counted(emergencies)} uten svar.`] : []),
    ...(late > 0 ? [`Fristen for å svare er gått ut for ${counted(late)}.`] : [])
  ]
}

const counted = (count: number): string => (count === 1 ? '1 henvendelse' : `${count} henvendelser`)

function messagesText(unmatched: number): readonly string[] {
  if (unmatched === 0) return []
  if (unmatched === 1) return ['1 melding fra arkivet gjelder ingen kjent henvendelse.']
  return [`${unmatched} meldinger fra arkivet gjelder ingen kjent henvendelse.`]
}

function sentence(needing: number, open: number): string {
  if (needing === 1) return '1 henvendelse trenger deg.'
  if (needing > 1) return `${needing} henvendelser trenger deg.`
  if (open > 0) return `Ingen henvendelser trenger deg. ${open} er på vei til arkivet.`
  return 'Alt er journalført.'
}
