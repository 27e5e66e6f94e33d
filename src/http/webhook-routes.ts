import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import {
  MadeWebhook,
  Ordered,
  Pinged,
  RecoverInput,
  RotatedSecret,
  WebhookChangeInput,
  WebhookDetails,
  WebhookInput,
  WebhookList,
  WebhookMessages,
  WebhookView
} from '../../schemas/webhooks.ts'
import type { WebhookEndpoint } from '../domain/webhook.ts'
import { changeWebhook, makeWebhook, rotateSecret, type WebhookDeps } from '../flow/manage-webhooks.ts'
import type { AuditStore } from '../flow/store-port.ts'
import type { SentMessage, WebhookChanges } from '../flow/webhook-port.ts'
import { instant } from './to-submission.ts'
import { eventsView, wire } from './views.ts'

export interface WebhookRoutesDeps extends WebhookDeps {
  readonly store: { readonly audit: Pick<AuditStore, 'about'> }
}

const tags = ['Webhooker']
const config = { scope: 'webhooks:manage' } as const
const params = Type.Object({ id: Uuid('Webhookens id.') })
const notFound = { 404: problemResponse('Webhooken finnes ikke.') }
const refusals = {
  409: problemResponse('Webhooken er fjernet, eller det er for mange.'),
  422: problemResponse('Adressen kan ikke kalles. Ingenting er lagret.'),
  ...bodyProblems,
  ...commonProblems
}
const gone = { ...notFound, 409: problemResponse('Webhooken er fjernet.'), ...commonProblems }

const listRoute = {
  config,
  schema: {
    operationId: 'listWebhooks',
    summary: 'Hvem får vite det når noe skjer?',
    tags,
    response: { 200: answer(WebhookList, 'Alle, også dem som er slått av, eldste først.'), ...commonProblems }
  }
} as const

const makeRoute = {
  config,
  schema: {
    operationId: 'makeWebhook',
    summary: 'Lag en webhook',
    description:
      'Meldingene følger Standard Webhooks: signert, og sendt på nytt i tre døgn om de ikke kommer fram. De sier aldri hvem som skrev eller hva. Det kan være 20 webhooker.',
    tags,
    body: ref(WebhookInput),
    response: { 201: answer(MadeWebhook, 'Laget. Ta vare på «secret» nå.'), ...refusals }
  }
} as const

const getRoute = {
  config,
  schema: {
    operationId: 'getWebhook',
    summary: 'Hvordan går det med en webhook?',
    tags,
    params,
    response: { 200: answer(WebhookDetails, 'Webhooken, og hva som er gjort med den.'), ...notFound, ...commonProblems }
  }
} as const

const changeRoute = {
  config,
  schema: {
    operationId: 'changeWebhook',
    summary: 'Endre en webhook, eller slå den av eller på',
    description: 'Det som venter, blir liggende mens den er av. Det som skjer imens, blir ikke meldt.',
    tags,
    params,
    body: ref(WebhookChangeInput),
    response: { 200: answer(WebhookView, 'Endret.'), ...notFound, ...refusals }
  }
} as const

const removeRoute = {
  config,
  schema: {
    operationId: 'removeWebhook',
    summary: 'Fjern en webhook for godt',
    description: 'Ingenting mer sendes, og det som venter, blir droppet. Sporet etter den blir stående.',
    tags,
    params,
    response: { 204: Type.Null({ description: 'Fjernet.' }), ...gone }
  }
} as const

const rotateRoute = {
  config,
  schema: {
    operationId: 'rotateWebhookSecret',
    summary: 'Gi en webhook ny hemmelighet',
    description: 'I 24 timer signeres det med begge, så mottakeren kan bytte uten at noe går tapt.',
    tags,
    params,
    response: { 200: answer(RotatedSecret, 'Byttet. Ta vare på «secret» nå.'), ...gone }
  }
} as const

const pingRoute = {
  config,
  schema: {
    operationId: 'pingWebhook',
    summary: 'Send en prøvemelding',
    description: 'Den har typen «ping». Se i meldingene hvordan det gikk.',
    tags,
    params,
    response: { 202: answer(Pinged, 'Sendes nå.'), ...gone }
  }
} as const

const messagesRoute = {
  config,
  schema: {
    operationId: 'listWebhookMessages',
    summary: 'Hva er sendt, og hvordan gikk det?',
    tags,
    params,
    querystring: Type.Object(
      {
        before: Type.Optional(Uuid('Bare de som er eldre enn denne.')),
        limit: Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'Så mange om gangen.' })
      },
      { additionalProperties: false }
    ),
    response: { 200: answer(WebhookMessages, 'Nyeste først, de siste 30 dagene.'), ...notFound, ...commonProblems }
  }
} as const

const replayRoute = {
  config,
  schema: {
    operationId: 'replayWebhookMessage',
    summary: 'Send en melding på nytt',
    description: 'Med samme «webhook-id», så en mottaker som har den, kan la den ligge.',
    tags,
    params: Type.Object({ id: Uuid('Webhookens id.'), message: Uuid('Meldingens id.') }),
    response: { 202: answer(Ordered, 'Sendes nå.'), ...gone }
  }
} as const

const recoverRoute = {
  config,
  schema: {
    operationId: 'recoverWebhook',
    summary: 'Send alt siden et tidspunkt på nytt',
    tags,
    params,
    body: ref(RecoverInput),
    response: { 202: answer(Ordered, 'Sendes nå, i rekkefølge.'), ...gone, ...bodyProblems }
  }
} as const

export const webhookRoutes =
  (deps: WebhookRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { webhooks, now } = deps

    app.get('/webhooks', listRoute, async () => ({ webhooks: (await webhooks.list()).map(view) }))

    app.post('/webhooks', makeRoute, async ({ body, caller: { actor } }, reply) => {
      const { webhook, secret } = await makeWebhook(deps, body, actor)
      return reply
        .code(201)
        .header('location', `/v1/webhooks/${webhook.id}`)
        .send({ webhook: view(webhook), secret })
    })

    app.get('/webhooks/:id', getRoute, async ({ params: { id } }) => ({
      ...view(await webhooks.get(id)),
      events: eventsView(await deps.store.audit.about(id))
    }))

    app.patch('/webhooks/:id', changeRoute, async ({ params: { id }, body, caller: { actor } }) =>
      view(await changeWebhook(deps, id, changesFrom(body), actor))
    )

    app.delete('/webhooks/:id', removeRoute, async ({ params: { id }, caller: { actor } }, reply) => {
      await webhooks.remove(id, now(), actor)
      return reply.code(204).send(null)
    })

    app.post('/webhooks/:id/rotate-secret', rotateRoute, async ({ params: { id }, caller: { actor } }) =>
      wire(await rotateSecret(deps, id, actor))
    )

    app.post('/webhooks/:id/ping', pingRoute, async ({ params: { id }, caller: { actor } }, reply) =>
      reply.code(202).send({ message: await webhooks.ping(id, now(), actor) })
    )

    app.get('/webhooks/:id/messages', messagesRoute, async ({ params: { id }, query: { before, limit } }) => {
      await webhooks.get(id)
      const messages = await webhooks.messages(id, { limit, ...(before !== undefined && { before }) })
      const oldest = messages.at(-1)
      return { messages: messages.map(messageView), ...(messages.length === limit && oldest && { next: oldest.id }) }
    })

    app.post('/webhooks/:id/messages/:message/replay', replayRoute, async ({ params, caller: { actor } }, reply) => {
      const count = await webhooks.replay(params.id, { messageId: params.message }, now(), actor)
      return reply.code(202).send({ count })
    })

    app.post('/webhooks/:id/recover', recoverRoute, async ({ params: { id }, body, caller: { actor } }, reply) => {
      const what = { since: instant(body.since, '/since'), delivered: body.delivered === true }
      return reply.code(202).send({ count: await webhooks.replay(id, what, now(), actor) })
    })
  }

const view = (webhook: WebhookEndpoint) => ({ ...wire(webhook), isEnabled: webhook.disabled === undefined })

const messageView = ({ id, inquiryId, type, at, state, nextTryAt, attempts }: SentMessage) =>
  wire({ id, inquiryId, type, at, state, nextTryAt, attempts })

const changesFrom = ({ url, description, types, isEnabled }: WebhookChangeInput): WebhookChanges => ({
  ...(url !== undefined && { url }),
  ...(description !== undefined && { description }),
  ...(types && { types }),
  ...(isEnabled !== undefined && { disabled: isEnabled ? null : 'person' })
})
