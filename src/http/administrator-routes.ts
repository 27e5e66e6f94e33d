import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import {
  Administrator,
  AdministratorChangeInput,
  AdministratorDetails,
  AdministratorInput,
  AdministratorList,
  EndAppointmentInput
} from '../../schemas/administrators.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import { isAppointedAt } from '../domain/administrator.ts'
import {
  type AdministratorDeps,
  type Appointment,
  type AppointmentChanges,
  appoint,
  changeAppointment,
  endAppointment
} from '../flow/manage-administrators.ts'
import type { AuditStore } from '../flow/store-port.ts'
import { instant } from './to-submission.ts'
import { eventsView, wire } from './views.ts'

export interface AdministratorRoutesDeps extends AdministratorDeps {
  readonly store: { readonly audit: Pick<AuditStore, 'about'> }
}

const tags = ['Administratorer']
const read = { scope: 'administrators:read' } as const
const manage = { scope: 'administrators:manage' } as const
const params = Type.Object({ id: Uuid('Administratorens id.') })
const notFound = { 404: problemResponse('Administratoren finnes ikke.') }
const refusals = {
  409: problemResponse('Utnevningen er endret eller avsluttet av en annen, eller navnet er i bruk.'),
  422: problemResponse('Tidsrommet er ikke gyldig. Ingenting er lagret.'),
  ...bodyProblems,
  ...commonProblems
}

const listRoute = {
  config: read,
  schema: {
    operationId: 'listAdministrators',
    summary: 'Hvem er utnevnt til å merke, svare og slette?',
    tags,
    querystring: Type.Object(
      { at: Type.Optional(Type.String({ format: 'date-time', description: 'Bare de som var utnevnt da.' })) },
      { additionalProperties: false }
    ),
    response: {
      200: answer(AdministratorList, 'Alle som er eller har vært utnevnt, eldste først.'),
      ...commonProblems
    }
  }
} as const

const getRoute = {
  config: read,
  schema: {
    operationId: 'getAdministrator',
    summary: 'Se en utnevning, og hvordan den har vært',
    tags,
    params,
    response: { 200: answer(AdministratorDetails, 'Utnevningen.'), ...notFound, ...commonProblems }
  }
} as const

const appointRoute = {
  config: manage,
  schema: {
    operationId: 'appointAdministrator',
    summary: 'Utnevn en administrator',
    description:
      'Bare den som er utnevnt til å merke («mark»), kan stå i «mark.by». To kan ikke ha samme navn i samme tidsrom. I andre prosesser virker utnevningen innen ett sekund.',
    tags,
    body: ref(AdministratorInput),
    response: { 201: answer(Administrator, 'Utnevnt.'), ...refusals }
  }
} as const

const changeRoute = {
  config: manage,
  schema: {
    operationId: 'changeAdministrator',
    summary: 'Rett en utnevning',
    description:
      'Endringen gjelder hele tidsrommet. Det som skal gjelde fra en dag, er en ny utnevning: Avslutt denne, og utnevn på nytt. Det som alt er merket, står.',
    tags,
    params,
    body: ref(AdministratorChangeInput),
    response: { 200: answer(Administrator, 'Rettet.'), ...notFound, ...refusals }
  }
} as const

const endRoute = {
  config: manage,
  schema: {
    operationId: 'endAppointment',
    summary: 'Avslutt en utnevning',
    description: 'Det som ble merket før den sluttet, står. En utnevning som ikke har begynt, begynner aldri.',
    tags,
    params,
    body: ref(EndAppointmentInput),
    response: { 200: answer(Administrator, 'Avsluttet.'), ...notFound, ...refusals }
  }
} as const

export const administratorRoutes =
  (deps: AdministratorRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/administrators', listRoute, async ({ query }) => {
      const at = query.at === undefined ? undefined : instant(query.at, '/at')
      const all = await deps.appointments.list()
      return { administrators: wire(at ? all.filter((one) => isAppointedAt(one, at)) : all) }
    })

    app.get('/administrators/:id', getRoute, async ({ params: { id } }) => {
      const [now, ...earlier] = await deps.appointments.versions(id)
      return { ...wire(now), earlier: wire(earlier), events: eventsView(await deps.store.audit.about(id)) }
    })

    app.post('/administrators', appointRoute, async ({ body, caller: { actor } }, reply) => {
      const made = await appoint(deps, appointmentFrom(body), { actor, reason: body.reason })
      return reply.code(201).header('location', `/v1/administrators/${made.id}`).send(wire(made))
    })

    app.patch('/administrators/:id', changeRoute, async ({ params: { id }, body, caller: { actor } }) => {
      const { version, reason } = body
      return wire(await changeAppointment(deps, id, { version, reason, actor, changes: changesFrom(body) }))
    })

    app.post('/administrators/:id/end', endRoute, async ({ params: { id }, body, caller: { actor } }) => {
      const { reason, at } = body
      const end = at === undefined ? {} : { end: instant(at, '/at') }
      return wire(await endAppointment(deps, id, { reason, actor, ...end }))
    })
  }

const appointmentFrom = ({ name, actsAs = [], unit, may, from, to }: AdministratorInput): Appointment => ({
  ...{ name, actsAs, unit, may },
  ...(from !== undefined && { from: instant(from, '/from') }),
  ...(to !== undefined && { to: instant(to, '/to') })
})

function changesFrom({ name, actsAs, unit, may, to }: AdministratorChangeInput): AppointmentChanges {
  return {
    ...(name !== undefined && { name }),
    ...(actsAs !== undefined && { actsAs }),
    ...(unit !== undefined && { unit }),
    ...(may !== undefined && { may }),
    ...(to !== undefined && { to: to === null ? null : instant(to, '/to') })
  }
}
