import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { OwnPages, OwnPagesInput } from '../../schemas/administrators.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { type OwnPageDeps, replaceOwnPages } from '../flow/manage-own-pages.ts'
import { wire } from './views.ts'

const tags = ['Administratorer']

const getRoute = {
  config: { scope: 'administrators:read' },
  schema: {
    operationId: 'getOwnPages',
    summary: 'Hvilke kontoer er kommunens egne?',
    description: 'Det de skriver, blir journalført som kommunens svar til henvendelsen det svarer på.',
    tags,
    response: { 200: answer(OwnPages, 'Kommunens egne kontoer.'), ...commonProblems }
  }
} as const

const replaceRoute = {
  config: { scope: 'administrators:manage' },
  schema: {
    operationId: 'replaceOwnPages',
    summary: 'Si hvilke kontoer som er kommunens egne',
    description:
      'Hele listen, i stedet for den som var. Det som alt er mottatt, står. I andre prosesser virker den innen ett sekund.',
    tags,
    body: ref(OwnPagesInput),
    response: {
      200: answer(OwnPages, 'Listen slik den er nå.'),
      409: problemResponse('Listen er endret av en annen. Hent den på nytt.'),
      422: problemResponse('En side kan ikke kjennes igjen. Ingenting er lagret.'),
      ...bodyProblems,
      ...commonProblems
    }
  }
} as const

export const ownPageRoutes =
  (deps: OwnPageDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/pages', getRoute, async () => wire(await deps.pages.current()))

    app.put('/pages', replaceRoute, async ({ body: { version, pages, reason }, caller: { actor } }) =>
      wire(await replaceOwnPages(deps, pages, { version, actor, reason }))
    )
  }
