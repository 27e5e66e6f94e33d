import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { KeyInput, KeyList, MadeKey } from '../../schemas/keys.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { type KeyDeps, makeKey, revokeKey } from '../flow/manage-keys.ts'
import { wire } from './views.ts'

const tags = ['Nøkler']
const config = { scope: 'keys:manage' } as const

const listKeysRoute = {
  config,
  schema: {
    operationId: 'listKeys',
    summary: 'Vis nøklene, aldri hemmelighetene',
    tags,
    response: { 200: answer(KeyList, 'Alle nøkler, også de tilbaketrukne.'), ...commonProblems }
  }
} as const

const makeKeyRoute = {
  config,
  schema: {
    operationId: 'makeKey',
    summary: 'Lag en nøkkel',
    description: 'Hemmeligheten vises bare i dette svaret. Tilgangene kan være færre enn rollen har, aldri flere.',
    tags,
    body: ref(KeyInput),
    response: { 201: answer(MadeKey, 'Laget. Ta vare på «token» nå.'), ...bodyProblems, ...commonProblems }
  }
} as const

const revokeKeyRoute = {
  config,
  schema: {
    operationId: 'revokeKey',
    summary: 'Trekk tilbake en nøkkel',
    description: 'Den virker ikke lenger. Andre prosesser slutter å godta den innen fem sekunder.',
    tags,
    params: Type.Object({
      id: Type.String({ pattern: '^[a-z0-9-]{1,32}$', description: 'Nøkkelens id, det før punktumet.' })
    }),
    response: {
      204: Type.Null({ description: 'Trukket tilbake.' }),
      404: problemResponse('Nøkkelen finnes ikke.'),
      ...commonProblems
    }
  }
} as const

export const keyRoutes =
  (deps: KeyDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/keys', listKeysRoute, async () => ({ keys: wire(await deps.keys.list()) }))

    app.post('/keys', makeKeyRoute, async ({ body: { label, role, scopes }, caller }, reply) => {
      const made = await makeKey(deps, { label, role, ...(scopes && { scopes }) }, caller.actor)
      return reply.code(201).send({ key: wire(made.key), token: made.token })
    })

    app.delete('/keys/:id', revokeKeyRoute, async ({ params, caller }, reply) => {
      await revokeKey(deps, params.id, caller.actor)
      return reply.code(204).send(null)
    })
  }
