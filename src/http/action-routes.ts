import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DismissInput } from '../../schemas/inquiry.ts'
import { Status } from '../../schemas/inquiry-views.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import { dismissInquiry, type PersonActionDeps, retryInquiry } from '../flow/person-actions.ts'
import { statusView } from './views.ts'

const tags = ['Handlinger']
const params = Type.Object({ id: Uuid('Henvendelsens id.') })
const response = {
  200: answer(Status, 'Gjort. Slik står henvendelsen nå.'),
  404: problemResponse('Henvendelsen finnes ikke.'),
  409: problemResponse('Henvendelsen har gått videre. Hent den på nytt.'),
  ...commonProblems
}

const retryInquiryRoute = {
  config: { scope: 'inquiries:act' },
  schema: {
    operationId: 'retryInquiry',
    summary: 'Prøv igjen nå',
    description: 'Det som kan ligge i arkivet fra før, blir slått opp der først.',
    tags,
    params,
    response
  }
} as const

const dismissInquiryRoute = {
  config: { scope: 'inquiries:act' },
  schema: {
    operationId: 'dismissInquiry',
    summary: 'Avvis: skal ikke arkiveres',
    description: 'Bare det som ikke er begynt sendt til arkivet, kan avvises. Begrunnelsen blir stående.',
    tags,
    params,
    body: ref(DismissInput),
    response: { ...response, ...bodyProblems }
  }
} as const

export const actionRoutes =
  (deps: PersonActionDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const statusOf = async (id: string) => {
      const { status, work } = await deps.store.inquiries.get(id)
      return statusView(status, work)
    }

    app.post('/inquiries/:id/retry', retryInquiryRoute, async ({ params: { id }, caller }) => {
      await retryInquiry(deps, id, caller.actor)
      return statusOf(id)
    })

    app.post('/inquiries/:id/dismiss', dismissInquiryRoute, async ({ params: { id }, body, caller }) => {
      await dismissInquiry(deps, id, body.reason, caller.actor)
      return statusOf(id)
    })
  }
