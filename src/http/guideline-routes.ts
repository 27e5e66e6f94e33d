import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DecisionInput } from '../../schemas/actions.ts'
import { Guideline } from '../../schemas/guideline.ts'
import {
  GuidelineAdded,
  GuidelineChanges,
  GuidelineTrial,
  GuidelineVersions,
  KeptGuideline
} from '../../schemas/policy.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import type { Guideline as Kept } from '../domain/guideline.ts'
import { guidelineDiff } from '../domain/guideline-diff.ts'
import { activateGuideline, type KeepDeps, keepGuideline, tryGuideline } from '../flow/guidelines.ts'
import type { Store } from '../flow/store-port.ts'
import { takeYaml } from './take-yaml.ts'
import { wire } from './views.ts'

export interface GuidelineDeps extends KeepDeps {
  readonly store: Store
  /** Throws when the text is no YAML. */
  readonly readYaml: (text: string) => unknown
}

const tags = ['Retningslinjen']
const read = { scope: 'inquiries:read' } as const
const manage = { scope: 'guideline:manage' } as const
const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Versjonen av retningslinjen.' })
const params = Type.Object({ version: Version })
const notFound = { 404: problemResponse('Versjonen finnes ikke.') }
const SHOWN_MAX = 200

const currentRoute = {
  config: read,
  schema: {
    operationId: 'getGuideline',
    summary: 'Retningslinjen som gjelder',
    description: 'Kategoriene, reglene og svarene henvendelser avgjøres etter nå.',
    tags,
    response: { 200: answer(KeptGuideline, 'Den som gjelder.'), ...commonProblems }
  }
} as const

const listRoute = {
  config: read,
  schema: {
    operationId: 'listGuidelines',
    summary: 'Alle versjonene av retningslinjen',
    tags,
    response: { 200: answer(GuidelineVersions, 'Nyeste først.'), ...commonProblems }
  }
} as const

const getRoute = {
  config: read,
  schema: {
    operationId: 'getGuidelineVersion',
    summary: 'Se én versjon av retningslinjen',
    tags,
    params,
    response: { 200: answer(KeptGuideline, 'Versjonen.'), ...notFound, ...commonProblems }
  }
} as const

const keepRoute = {
  config: manage,
  schema: {
    operationId: 'keepGuideline',
    summary: 'Lagre en retningslinje',
    description:
      'Som JSON, eller som YAML med innholdstypen application/yaml. Den blir en ny versjon som ikke gjelder før den tas i bruk.',
    tags,
    body: ref(Guideline),
    response: {
      200: answer(GuidelineAdded, 'Den var lagret fra før.'),
      201: answer(GuidelineAdded, 'Lagret.'),
      422: problemResponse('Retningslinjen henger ikke sammen, eller viser til koder som ikke finnes.'),
      ...bodyProblems,
      ...commonProblems
    }
  }
} as const

const diffRoute = {
  config: read,
  schema: {
    operationId: 'compareGuidelines',
    summary: 'Hva er ulikt fra en annen versjon?',
    tags,
    params,
    querystring: Type.Object({ from: Version }, { additionalProperties: false }),
    response: { 200: answer(GuidelineChanges, 'Forskjellene, ting for ting.'), ...notFound, ...commonProblems }
  }
} as const

const tryRoute = {
  config: manage,
  schema: {
    operationId: 'tryGuideline',
    summary: 'Prøv den mot lagrede henvendelser',
    description: 'Hva den ville avgjort annerledes. Ingenting endres.',
    tags,
    params,
    querystring: Type.Object(
      { limit: Type.Integer({ minimum: 1, maximum: 5_000, default: 500, description: 'Så mange, fra de nyeste.' }) },
      { additionalProperties: false }
    ),
    response: { 200: answer(GuidelineTrial, 'Det som ville blitt annerledes.'), ...notFound, ...commonProblems }
  }
} as const

const activateRoute = {
  config: manage,
  schema: {
    operationId: 'activateGuideline',
    summary: 'Ta den i bruk',
    description: 'Gjelder for det som kommer inn fra nå. Det som er avgjort, blir stående.',
    tags,
    params,
    body: ref(DecisionInput),
    response: {
      200: answer(GuidelineVersions, 'Tatt i bruk.'),
      ...notFound,
      409: problemResponse('Den gjelder allerede.'),
      422: problemResponse('Den viser til koder som ikke finnes lenger.'),
      ...bodyProblems,
      ...commonProblems
    }
  }
} as const

export const guidelineRoutes =
  (deps: GuidelineDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { guidelines } = deps.policies
    takeYaml(app, deps.readYaml)
    const versions = async () => ({ versions: wire(await guidelines.list()) })
    const viewOf = ({ version, guideline }: { version: number; guideline: Kept }) => ({
      version,
      // Kept from a body that the schema let through.
      guideline: guideline as Guideline
    })

    app.get('/guideline', currentRoute, async () => viewOf(await deps.inForce.get()))
    app.get('/guideline/versions', listRoute, versions)
    app.get('/guideline/versions/:version', getRoute, async ({ params: { version } }) =>
      viewOf(await guidelines.get(version))
    )

    app.post('/guideline/versions', keepRoute, async ({ body, caller }, reply) => {
      const added = await keepGuideline(deps, body, caller.actor)
      return reply.code(added.isNew ? 201 : 200).send(added)
    })

    app.get('/guideline/versions/:version/diff', diffRoute, async ({ params: { version }, query: { from } }) => {
      const [before, after] = await Promise.all([guidelines.get(from), guidelines.get(version)])
      return { changes: [...guidelineDiff(before.guideline, after.guideline)] }
    })

    app.post(
      '/guideline/versions/:version/try',
      tryRoute,
      async ({ params: { version }, query: { limit }, caller }) => {
        const { seen, changed } = await tryGuideline(deps, version, limit, caller.actor)
        const shown = changed.slice(0, SHOWN_MAX).map(({ id, fields }) => ({ id, fields: { ...fields } }))
        return { seen, changedCount: changed.length, changed: shown }
      }
    )

    app.post('/guideline/versions/:version/activate', activateRoute, async ({ params: { version }, body, caller }) => {
      await activateGuideline(deps, version, { actor: caller.actor, reason: body.reason })
      return versions()
    })
  }
