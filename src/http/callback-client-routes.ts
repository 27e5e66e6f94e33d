import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DecisionInput } from '../../schemas/actions.ts'
import {
  CallbackClient,
  CallbackClientChangeInput,
  CallbackClientInput,
  CallbackClientList
} from '../../schemas/callbacks.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import type { CallbackRegistration, CallbackClient as Client } from '../domain/callback-client.ts'
import { type CallbackClientDeps, endClient, registerClient, replaceClient } from '../flow/manage-callback-clients.ts'
import { wire } from './views.ts'

const tags = ['Moderasjonsverktøy']
const config = { scope: 'callbacks:manage' } as const
const params = Type.Object({ id: Uuid('Verktøyets id.') })
const notFound = { 404: problemResponse('Verktøyet finnes ikke.') }
const refusals = {
  409: problemResponse('Registreringen er endret eller avsluttet, eller nøkkelen er i bruk.'),
  422: problemResponse('Nøkkelen eller en kategori kan ikke brukes. Ingenting er lagret.'),
  ...bodyProblems,
  ...commonProblems
}

const listRoute = {
  config,
  schema: {
    operationId: 'listCallbackClients',
    summary: 'Hvilke moderasjonsverktøy kan sende hit?',
    tags,
    response: { 200: answer(CallbackClientList, 'Alle som er eller har vært registrert.'), ...commonProblems }
  }
} as const

const registerRoute = {
  config,
  schema: {
    operationId: 'registerCallbackClient',
    summary: 'Registrer et moderasjonsverktøy',
    description:
      'Hvem som signerer, hvor i meldingen innlegget står, og hva verktøyets handlinger og regler betyr i retningslinjen. Verktøyet kan bare sende henvendelser inn; alt annet krever en nøkkel.',
    tags,
    body: ref(CallbackClientInput),
    response: { 201: answer(CallbackClient, 'Registrert.'), ...refusals }
  }
} as const

const replaceRoute = {
  config,
  schema: {
    operationId: 'replaceCallbackClient',
    summary: 'Endre en registrering',
    description: 'Hele registreringen, i stedet for den som var. I andre prosesser virker den innen ett sekund.',
    tags,
    params,
    body: ref(CallbackClientChangeInput),
    response: { 200: answer(CallbackClient, 'Endret.'), ...notFound, ...refusals }
  }
} as const

const endRoute = {
  config,
  schema: {
    operationId: 'endCallbackClient',
    summary: 'Avslutt en registrering',
    description: 'Det verktøyet sender fra nå av, blir avvist. Det som er mottatt, står.',
    tags,
    params,
    body: ref(DecisionInput),
    response: { 200: answer(CallbackClient, 'Avsluttet.'), ...notFound, ...refusals }
  }
} as const

export const callbackClientRoutes =
  (deps: CallbackClientDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/callback-clients', listRoute, async () => ({
      clients: (await deps.callbackClients.list()).map(clientView)
    }))

    app.post('/callback-clients', registerRoute, async ({ body: { reason, ...wanted }, caller: { actor } }, reply) =>
      reply.code(201).send(clientView(await registerClient(deps, registrationFrom(wanted), { actor, reason })))
    )

    app.put('/callback-clients/:id', replaceRoute, async ({ params: { id }, body, caller: { actor } }) => {
      const { reason, version, ...wanted } = body
      return clientView(await replaceClient(deps, id, registrationFrom(wanted), { actor, reason, version }))
    })

    app.post('/callback-clients/:id/end', endRoute, async ({ params: { id }, body: { reason }, caller: { actor } }) =>
      clientView(await endClient(deps, id, { actor, reason }))
    )
  }

type Wanted = Omit<CallbackClientInput, 'reason'>

const registrationFrom = ({ kinds = [], ...wanted }: Wanted): CallbackRegistration => ({
  ...wanted,
  kinds,
  actions: wanted.actions.map(({ id, means, category }) =>
    means === 'ignore' ? { id, means } : { id, means, ...(category !== undefined && { category }) }
  )
})

const clientView = (client: Client) => wire({ ...client, address: `/v1/callbacks/moderation/${client.id}` })
