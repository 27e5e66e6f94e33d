import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ArchiveStatus, PauseInput } from '../../schemas/archive.ts'
import { bodyProblems, commonProblems } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { pauseArchive, resumeArchive } from '../flow/archive-actions.ts'
import { type ArchiveStatusDeps, archiveStatus } from '../flow/archive-status.ts'
import { archiveView } from './views.ts'

const tags = ['Arkivet']
const response = { 200: answer(ArchiveStatus, 'Slik står det til nå.'), ...commonProblems }

const getArchiveRoute = {
  config: { scope: 'overview:read' },
  schema: {
    operationId: 'getArchive',
    summary: 'Svarer arkivet, og går leveringene?',
    description: 'Etter flere feil på rad venter leveringene en stund, og én henvendelse prøver seg før resten.',
    tags,
    response
  }
} as const

const pauseArchiveRoute = {
  config: { scope: 'inquiries:act' },
  schema: {
    operationId: 'pauseArchive',
    summary: 'Sett leveringene på pause',
    description: 'Henvendelser tas imot og gjøres klare som før, men ingenting sendes før noen starter igjen.',
    tags,
    body: ref(PauseInput),
    response: { ...response, ...bodyProblems }
  }
} as const

const resumeArchiveRoute = {
  config: { scope: 'inquiries:act' },
  schema: {
    operationId: 'resumeArchive',
    summary: 'Start leveringene igjen',
    description: 'Også når de er stanset fordi arkivet sviktet. Det som har ventet, sendes.',
    tags,
    response
  }
} as const

export const archiveRoutes =
  (deps: ArchiveStatusDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/archive', getArchiveRoute, async () => {
      await deps.lacks.ask()
      return archiveView(await archiveStatus(deps))
    })

    app.post('/archive/pause', pauseArchiveRoute, async ({ body, caller }) => {
      await pauseArchive(deps, body.reason, caller.actor)
      return archiveView(await archiveStatus(deps))
    })

    app.post('/archive/resume', resumeArchiveRoute, async ({ caller }) => {
      await resumeArchive(deps, caller.actor)
      return archiveView(await archiveStatus(deps))
    })
  }
