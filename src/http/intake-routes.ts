import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { InquiryInput, PlatformInput } from '../../schemas/inquiry.ts'
import { InquiryAccepted, Preview } from '../../schemas/inquiry-views.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { NotFound } from '../domain/errors.ts'
import type { PlatformNormaliser } from '../flow/ports.ts'
import type { PreviewDeps } from '../flow/preview-record.ts'
import { previewRecord } from '../flow/preview-record.ts'
import { type Received, type ReceiveInquiryDeps, receiveInquiry } from '../flow/receive-inquiry.ts'
import type { ReplyDeps } from '../flow/reply.ts'
import { sendAccepted } from './accepted-view.ts'
import { contentFrom, submissionFrom } from './to-submission.ts'

export interface IntakeDeps extends Omit<ReplyDeps, 'store'>, ReceiveInquiryDeps, PreviewDeps {
  readonly platforms: readonly PlatformNormaliser[]
  readonly onReceived: (answer: 'new' | 'repeated') => void
}

const tags = ['Henvendelser inn']
const answers = {
  200: answer(InquiryAccepted, 'Den samme henvendelsen er mottatt før; dette er det første svaret.'),
  202: answer(
    InquiryAccepted,
    'Mottatt og trygt lagret. Fra nå av blir den journalført nøyaktig én gang, eller står under «Trenger handling».'
  ),
  ...bodyProblems,
  422: problemResponse('Innholdet er forstått, men kan ikke tas imot slik. Ingenting er lagret.'),
  ...commonProblems
}
const headers = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Valgfri. Samme nøkkel gir samme svar.' })
  )
})

const receiveInquiryRoute = {
  config: { scope: 'inquiries:write' },
  schema: {
    operationId: 'receiveInquiry',
    summary: 'Ta imot en henvendelse',
    description:
      'Henvendelsen er trygt lagret når svaret er 202. Samme innhold på nytt gir 200 og det første svaret; annet innhold under samme nøkkel (source, externalId, event) gir 422 med det som er ulikt.',
    tags,
    headers,
    body: ref(InquiryInput),
    response: answers
  }
} as const

const previewInquiryRoute = {
  config: { scope: 'inquiries:write' },
  schema: {
    operationId: 'previewInquiry',
    summary: 'Se arkivposten før noe lagres eller sendes',
    description: 'Svaret er arkivmeldingen slik den ville blitt, og hva som må rettes. Bare at noen så, blir loggført.',
    tags,
    body: ref(InquiryInput),
    response: {
      200: answer(Preview, 'Slik ville arkivposten blitt.'),
      422: answers[422],
      ...bodyProblems,
      ...commonProblems
    }
  }
} as const

const receiveFromPlatformRoute = (platforms: readonly PlatformNormaliser[]) =>
  ({
    config: { scope: 'inquiries:write' },
    schema: {
      operationId: 'receiveFromPlatform',
      summary: 'Ta imot plattformens egen melding',
      description: platforms.map(({ name, description }) => `**${name}**: ${description}`).join('\n\n'),
      tags,
      headers,
      params: Type.Object({
        platform: Type.String({
          maxLength: 60,
          description: 'Plattformen meldingen kommer fra.',
          examples: platforms.map(({ name }) => name)
        })
      }),
      body: ref(PlatformInput),
      response: { ...answers, 404: problemResponse('Plattformen er ikke kjent.') }
    }
  }) as const

export const intakeRoutes =
  (deps: IntakeDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const platforms = new Map(deps.platforms.map((platform) => [platform.name, platform]))
    const answered = (reply: FastifyReply, received: Received) => {
      deps.onReceived(received.isNew ? 'new' : 'repeated')
      return sendAccepted(deps, reply, received)
    }

    app.post('/inquiries', receiveInquiryRoute, async (request, reply) => {
      const submission = submissionFrom(request, contentFrom(request.body), request.body)
      return answered(reply, await receiveInquiry(deps, submission))
    })

    app.post('/inquiries/from/:platform', receiveFromPlatformRoute(deps.platforms), async (request, reply) => {
      const platform = platforms.get(request.params.platform)
      if (!platform) throw unknownPlatform([...platforms.keys()])
      const submission = submissionFrom(request, platform.normalise(request.body.payload), request.body)
      return answered(reply, await receiveInquiry(deps, submission))
    })

    app.post('/preview', previewInquiryRoute, async (request) => {
      const submission = submissionFrom(request, contentFrom(request.body), request.body)
      const { record, faults, documentBytes } = await previewRecord(deps, submission)
      return { record, faults, documentBytes }
    })
  }

const unknownPlatform = (known: readonly string[]) =>
  new NotFound(
    'platform-not-found',
    `Arkivbro kjenner plattformene ${known.join(', ')}. For andre: POST /v1/inquiries.`
  )
