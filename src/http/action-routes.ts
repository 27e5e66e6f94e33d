import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DecisionInput } from '../../schemas/actions.ts'
import { Status } from '../../schemas/inquiry-views.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import {
  askArchive,
  dismissInquiry,
  holdInquiry,
  type PersonAction,
  type PersonActionDeps,
  releaseInquiry,
  retryInquiry
} from '../flow/person-actions.ts'
import { statusView } from './views.ts'

interface Action {
  readonly path: string
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly act: PersonAction
}

/** What a person can do with one inquiry, and needs nothing but a reason for. */
const actions: readonly Action[] = [
  {
    path: 'retry',
    operationId: 'retryInquiry',
    summary: 'Prøv igjen nå',
    description: 'Det som kan ligge i arkivet fra før, blir slått opp der først.',
    act: retryInquiry
  },
  {
    path: 'ask',
    operationId: 'askArchive',
    summary: 'Spør arkivet nå',
    description:
      'Arkivet blir spurt om det har journalposten. Ingenting sendes: Har arkivet den ikke, trenger henvendelsen fortsatt handling.',
    act: askArchive
  },
  {
    path: 'dismiss',
    operationId: 'dismissInquiry',
    summary: 'Avvis: skal ikke arkiveres',
    description: 'Bare det som ikke er begynt sendt til arkivet, kan avvises. Begrunnelsen blir stående.',
    act: dismissInquiry
  },
  {
    path: 'hold',
    operationId: 'holdInquiry',
    summary: 'Sett på vent',
    description: 'Henvendelsen blir ikke sendt før noen slipper den. Det som er på vei til arkivet, kan ikke stanses.',
    act: holdInquiry
  },
  {
    path: 'release',
    operationId: 'releaseInquiry',
    summary: 'Slipp det som er satt på vent',
    description: 'Henvendelsen går videre derfra den stod.',
    act: releaseInquiry
  }
]

const actionRoute = ({ operationId, summary, description }: Action) =>
  ({
    config: { scope: 'inquiries:act' },
    schema: {
      ...{ operationId, summary, description },
      tags: ['Handlinger'],
      params: Type.Object({ id: Uuid('Henvendelsens id.') }),
      body: ref(DecisionInput),
      response: {
        200: answer(Status, 'Gjort. Slik står henvendelsen nå.'),
        404: problemResponse('Henvendelsen finnes ikke.'),
        409: problemResponse('Henvendelsen har gått videre. Hent den på nytt.'),
        ...commonProblems,
        ...bodyProblems
      }
    }
  }) as const

export const actionRoutes =
  (deps: PersonActionDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    for (const action of actions) {
      app.post(`/inquiries/:id/${action.path}`, actionRoute(action), async ({ params: { id }, body, caller }) => {
        await action.act(deps, id, { actor: caller.actor, reason: body.reason })
        const { status, work } = await deps.store.inquiries.get(id)
        return statusView(status, work)
      })
    }
  }
