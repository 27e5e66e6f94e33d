import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DecisionInput } from '../../schemas/actions.ts'
import {
  BulkAction,
  BulkActionInput,
  BulkActionList,
  BulkPreview,
  BulkPreviewInput,
  type SelectionInput
} from '../../schemas/bulk-actions.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import type { BulkAction as Bulk, Selection } from '../domain/bulk-action.ts'
import { type BulkDeps, cancelBulk, previewBulk, startBulk } from '../flow/bulk-actions.ts'
import { summaryView } from './views.ts'

const tags = ['Massehandlinger']
const params = Type.Object({ id: Uuid('Massehandlingens id.') })
const config = { scope: 'inquiries:act' } as const
const LATEST_MAX = 50
const PER_MINUTE = 60
const notFound = problemResponse('Massehandlingen finnes ikke.')

const previewRoute = {
  config,
  schema: {
    operationId: 'previewBulkAction',
    summary: 'Forhåndsvis et utvalg',
    description: 'Hvor mange henvendelser utvalget har, og de eldste av dem. Ingenting blir gjort.',
    tags,
    body: ref(BulkPreviewInput),
    response: { 200: answer(BulkPreview, 'Utvalget nå.'), ...commonProblems, ...bodyProblems }
  }
} as const

const startRoute = {
  config,
  schema: {
    operationId: 'startBulkAction',
    summary: 'Gjør det samme med mange henvendelser',
    description:
      'Gjøres litt om gangen, med de henvendelsene utvalget har nå. Har antallet endret seg siden forhåndsvisningen, blir ingenting gjort. Det som ikke lar seg gjøre med en henvendelse, telles med koden for hvorfor.',
    tags,
    body: ref(BulkActionInput),
    response: {
      202: answer(BulkAction, 'Begynt.'),
      409: problemResponse('Utvalget har endret seg. Forhåndsvis på nytt.'),
      ...commonProblems,
      ...bodyProblems
    }
  }
} as const

const listRoute = {
  config,
  schema: {
    operationId: 'listBulkActions',
    summary: 'De siste massehandlingene',
    tags,
    response: { 200: answer(BulkActionList, 'Nyeste først.'), ...commonProblems }
  }
} as const

const getRoute = {
  config,
  schema: {
    operationId: 'getBulkAction',
    summary: 'Hvor langt er massehandlingen kommet?',
    tags,
    params,
    response: { 200: answer(BulkAction, 'Slik står den nå.'), 404: notFound, ...commonProblems }
  }
} as const

const cancelRoute = {
  config,
  schema: {
    operationId: 'cancelBulkAction',
    summary: 'Avbryt',
    description: 'Det som er gjort, blir stående. Resten røres ikke.',
    tags,
    params,
    body: ref(DecisionInput),
    response: {
      200: answer(BulkAction, 'Avbrutt.'),
      404: notFound,
      409: problemResponse('Massehandlingen er ferdig.'),
      ...commonProblems,
      ...bodyProblems
    }
  }
} as const

export const bulkRoutes =
  (deps: BulkDeps & { readonly newId: () => string }): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/bulk-actions/preview', previewRoute, async ({ body, caller }) => {
      const { count, sample } = await previewBulk(deps, selectionFrom(body.selection), caller.actor)
      return { count, sample: sample.map((one) => summaryView(one)) }
    })

    app.post('/bulk-actions', startRoute, async ({ body, caller: { actor } }, reply) => {
      const { action: kind, count, reason, perMinute = PER_MINUTE } = body
      const selection = selectionFrom(body.selection)
      const order = { id: deps.newId(), kind, selection, count, perMinute, reason, actor }
      return reply.status(202).send(bulkView(await startBulk(deps, order)))
    })

    app.get('/bulk-actions', listRoute, async () => ({
      actions: (await deps.bulk.latest(LATEST_MAX)).map(bulkView)
    }))

    app.get('/bulk-actions/:id', getRoute, async ({ params: { id } }) => bulkView(await deps.bulk.get(id)))

    app.post('/bulk-actions/:id/cancel', cancelRoute, async ({ params: { id }, body, caller: { actor } }) =>
      bulkView(await cancelBulk(deps, id, { actor, reason: body.reason }))
    )
  }

const selectionFrom = ({ receivedFrom, receivedTo, ...others }: SelectionInput): Selection => ({
  ...others,
  ...(receivedFrom !== undefined && { receivedFrom: new Date(receivedFrom) }),
  ...(receivedTo !== undefined && { receivedTo: new Date(receivedTo) })
})

function bulkView({ kind, madeAt, endedAt, ...others }: Bulk) {
  const ended = others.cancelledBy === undefined ? 'ended' : 'cancelled'
  return {
    ...others,
    action: kind,
    state: endedAt ? ended : ('running' as const),
    madeAt: madeAt.toISOString(),
    ...(endedAt && { endedAt: endedAt.toISOString() })
  } as const
}
