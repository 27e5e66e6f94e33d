import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { DecisionInput } from '../../schemas/actions.ts'
import { CrisisState, HeldReplies, ReleasedReplies } from '../../schemas/policy.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { type CrisisDeps, endCrisis, startCrisis } from '../flow/crisis.ts'
import { RELEASED_AT_ONCE_MAX, releaseHeldReplies } from '../flow/reply.ts'
import { wire } from './views.ts'

const tags = ['Krise']

const stateRoute = {
  config: { scope: 'overview:read' },
  schema: {
    operationId: 'getCrisis',
    summary: 'Er krisemodus på?',
    tags,
    response: { 200: answer(CrisisState, 'Slik er det nå.'), ...commonProblems }
  }
} as const

const change = (operationId: string, summary: string, description: string, conflict: string) =>
  ({
    config: { scope: 'crisis:lead' },
    schema: {
      ...{ operationId, summary, description, tags },
      body: ref(DecisionInput),
      response: {
        200: answer(CrisisState, 'Gjort.'),
        409: problemResponse(conflict),
        ...bodyProblems,
        ...commonProblems
      }
    }
  }) as const

const startRoute = change(
  'startCrisis',
  'Slå på krisemodus',
  'Henvendelser tas imot og journalføres som før. Svarene holdes tilbake til kriseledelsen slipper dem.',
  'Krisemodus er på fra før.'
)

const endRoute = change(
  'endCrisis',
  'Slå av krisemodus',
  'Svar på det som kommer inn fra nå, er frie. Det som er holdt tilbake, må fortsatt slippes.',
  'Krisemodus er ikke på.'
)

const heldRoute = {
  config: { scope: 'overview:read' },
  schema: {
    operationId: 'listHeldReplies',
    summary: 'Svar som er holdt tilbake',
    tags,
    response: { 200: answer(HeldReplies, 'Henvendelsene det gjelder, eldste først, høyst 200.'), ...commonProblems }
  }
} as const

const releaseAllRoute = {
  config: { scope: 'crisis:lead' },
  schema: {
    operationId: 'releaseHeldReplies',
    summary: 'Slipp alle svar som er holdt tilbake',
    description: 'Med tekstene retningslinjen har, høyst 200 om gangen. Skal et svar endres, slipp det for seg.',
    tags,
    body: ref(DecisionInput),
    response: { 200: answer(ReleasedReplies, 'Sluppet.'), ...bodyProblems, ...commonProblems }
  }
} as const

/** In a crisis the crisis management controls all communication. */
export const crisisRoutes =
  (deps: CrisisDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const state = async () => {
      const [latest, ...others] = await deps.policies.crises.list()
      const isOn = latest !== undefined && latest.endedAt === undefined
      const earlier = isOn || !latest ? others : [latest, ...others]
      return { isOn, ...(isOn && { crisis: wire(latest) }), earlier: wire(earlier) }
    }

    app.get('/crisis', stateRoute, state)

    app.get('/crisis/held-replies', heldRoute, async () => ({
      inquiries: [...(await deps.policies.replies.held(RELEASED_AT_ONCE_MAX))]
    }))

    app.post('/crisis/release-replies', releaseAllRoute, ({ body, caller }) =>
      releaseHeldReplies(deps, { actor: caller.actor, reason: body.reason })
    )

    app.post('/crisis/start', startRoute, async ({ body, caller }) => {
      await startCrisis(deps, { actor: caller.actor, reason: body.reason })
      return state()
    })

    app.post('/crisis/end', endRoute, async ({ body, caller }) => {
      await endCrisis(deps, { actor: caller.actor, reason: body.reason })
      return state()
    })
  }
