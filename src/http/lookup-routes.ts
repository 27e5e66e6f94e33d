import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { CASE_NUMBER_PATTERN } from '../../schemas/inquiry.ts'
import { InquiryDetails, InquiryList, State, Timeline } from '../../schemas/inquiry-views.ts'
import { commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import type { Caller } from '../domain/access.ts'
import { saksnummerFrom } from '../domain/inquiry.ts'
import {
  findInquiries,
  type LookupDeps,
  type LookupQuery,
  openDocument,
  readInquiry,
  readRecord,
  readTimeline
} from '../flow/look-up-inquiry.ts'
import { instant } from './to-submission.ts'
import { detailsView, eventsView, summaryView } from './views.ts'

const tags = ['Oppslag']
const byId = Type.Object({ id: Uuid('Henvendelsens id.') })
const notFound = { 404: problemResponse('Det finnes ikke.') }

const ListQuery = Type.Object(
  {
    state: Type.Optional(
      Type.Unsafe<Static<typeof State>>({ ...State, description: 'Bare henvendelser i denne tilstanden.' })
    ),
    needsAction: Type.Optional(
      Type.Boolean({
        description:
          'Bare det som venter på et menneske: selv, bak en annen henvendelse som gjør det, eller fordi leveringene er satt på pause eller arkivet ikke har tatt imot noe på et døgn.'
      })
    ),
    unanswered: Type.Optional(Type.Boolean({ description: 'Bare dem der den som skrev, ikke har fått svar.' })),
    emergency: Type.Optional(Type.Boolean({ description: 'Bare dem som sier at noen kan være i fare.' })),
    category: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'Bare denne kategorien.' })),
    client: Type.Optional(
      Type.String({
        pattern: '^(me|(key|callback):[a-z0-9-]{1,40})$',
        description: 'Bare det denne har sendt inn. me: du selv. callback:id: et moderasjonsverktøy. key:id: en nøkkel.'
      })
    ),
    since: Type.Optional(Type.String({ format: 'date-time', description: 'Det samme som «from».' })),
    source: Type.Optional(
      Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,59}$', description: 'Bare henvendelser fra denne kanalen.' })
    ),
    text: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'Ord i tekst, navn, brukernavn eller id.' })
    ),
    caseNumber: Type.Optional(Type.String({ pattern: CASE_NUMBER_PATTERN, description: 'Saksnummer, 2026/412.' })),
    from: Type.Optional(Type.String({ format: 'date-time', description: 'Mottatt fra og med.' })),
    to: Type.Optional(Type.String({ format: 'date-time', description: 'Mottatt før.' })),
    cursor: Type.Optional(Uuid('«next» fra forrige svar.')),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'Så mange om gangen.' }))
  },
  { additionalProperties: false }
)

const listInquiriesRoute = {
  config: { scope: 'inquiries:read' },
  schema: {
    operationId: 'listInquiries',
    summary: 'Finn henvendelser, nyeste først',
    tags,
    querystring: ListQuery,
    response: { 200: answer(InquiryList, 'De nyeste som passer, og «next» når det kan være flere.'), ...commonProblems }
  }
} as const

const getInquiryRoute = {
  config: { scope: 'inquiries:read' },
  schema: {
    operationId: 'getInquiry',
    summary: 'Se hvor en henvendelse står',
    tags,
    params: byId,
    response: { 200: answer(InquiryDetails, 'Henvendelsen.'), ...notFound, ...commonProblems }
  }
} as const

const getTimelineRoute = {
  config: { scope: 'inquiries:read' },
  schema: {
    operationId: 'getTimeline',
    summary: 'Alt som har skjedd med en henvendelse',
    tags,
    params: byId,
    response: { 200: answer(Timeline, 'Hendelsene, eldste først.'), ...notFound, ...commonProblems }
  }
} as const

const getRecordRoute = {
  config: { scope: 'records:read' },
  schema: {
    operationId: 'getRecord',
    summary: 'Hent arkivmeldingen',
    tags,
    params: byId,
    produces: ['application/xml'],
    response: {
      200: { description: 'Arkivmeldingen.', content: { 'application/xml': { schema: Type.String() } } },
      ...notFound,
      ...commonProblems
    }
  }
} as const

const getDocumentRoute = {
  config: { scope: 'records:read' },
  schema: {
    operationId: 'getDocument',
    summary: 'Hent en fil i arkivposten; 1 er PDF/A-dokumentet',
    tags,
    params: Type.Object({
      id: Uuid('Henvendelsens id.'),
      n: Type.Integer({ minimum: 1, maximum: 1_000, description: 'Filens nummer i arkivposten.' })
    }),
    response: {
      200: {
        description: 'Filen.',
        content: { '*/*': { schema: Type.Unsafe({ type: 'string', format: 'binary' }) } }
      },
      ...notFound,
      ...commonProblems
    }
  }
} as const

export const lookupRoutes =
  (deps: LookupDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/inquiries', listInquiriesRoute, async ({ query, caller }) => {
      const { limit = 50 } = query
      const found = await findInquiries(deps, caller.actor, queryFrom(query, caller, limit))
      const next = found.length === limit ? found.at(-1)?.inquiry.id : undefined
      return { inquiries: found.map((one) => summaryView(one)), ...(next !== undefined && { next }) }
    })

    app.get('/inquiries/:id', getInquiryRoute, async ({ params, caller }) =>
      detailsView(await readInquiry(deps, params.id, caller.actor))
    )

    app.get('/inquiries/:id/timeline', getTimelineRoute, async ({ params, caller }) => ({
      events: eventsView(await readTimeline(deps, params.id, caller.actor))
    }))

    app.get('/inquiries/:id/record', getRecordRoute, async ({ params, caller }, reply) => {
      reply.type('application/xml; charset=utf-8')
      return readRecord(deps, params.id, caller.actor)
    })

    await app.register(documentRoute(deps))
  }

function queryFrom(query: Static<typeof ListQuery>, { actor }: Caller, limit: number): LookupQuery {
  const { state, needsAction, source, text, caseNumber, from, since = from, to, cursor, client, category } = query
  return {
    ...(state && { states: [state] }),
    ...(needsAction && { needsAction }),
    ...(query.unanswered && { isUnanswered: true }),
    ...(query.emergency && { isEmergency: true }),
    ...(client !== undefined && { receivedBy: client === 'me' ? actor : client }),
    ...(category !== undefined && { category }),
    ...(source !== undefined && { source }),
    ...(text !== undefined && { words: text }),
    ...(caseNumber !== undefined && { saksnummer: saksnummerFrom(caseNumber) }),
    ...(since !== undefined && { receivedFrom: instant(since, since === from ? '/from' : '/since') }),
    ...(to !== undefined && { receivedTo: instant(to, '/to') }),
    ...(cursor !== undefined && { before: cursor }),
    limit
  }
}

const documentRoute =
  (deps: LookupDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/inquiries/:id/documents/:n', getDocumentRoute, async ({ params, caller }, reply) => {
      const { file, bytes } = await openDocument(deps, params.id, params.n, caller.actor)
      const isShown = file.mimeType === 'application/pdf' && file.variantformat === 'A'
      return reply
        .type(isShown ? file.mimeType : 'application/octet-stream')
        .header('content-disposition', `${isShown ? 'inline' : 'attachment'}; filename="${file.referanseDokumentfil}"`)
        .header('content-length', file.filstoerrelse)
        .header('digest', `sha-256=${Buffer.from(file.sha256, 'hex').toString('base64')}`)
        .send(bytes)
    })
  }
