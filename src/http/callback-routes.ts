import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ModerationCallback } from '../../schemas/callbacks.ts'
import { InquiryAccepted } from '../../schemas/inquiry-views.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import { receiveCallback } from '../flow/receive-callback.ts'
import type { ReceiveInquiryDeps } from '../flow/receive-inquiry.ts'
import type { ReplyDeps } from '../flow/reply.ts'
import { sendAccepted } from './accepted-view.ts'
import { type SignedDeps, signerOf, takeSigned } from './signed.ts'
import { handedIn } from './to-submission.ts'

export type CallbackDeps = Omit<ReplyDeps, 'store'> &
  ReceiveInquiryDeps &
  SignedDeps & { readonly onReceived: (answer: 'new' | 'repeated') => void }

const receiveCallbackRoute = {
  config: { signed: true },
  schema: {
    operationId: 'receiveModerationCallback',
    summary: 'Ta imot en signert melding fra et moderasjonsverktøy',
    description:
      'Verktøyet sender den når noen har gjort en handling. Innlegget er trygt lagret når svaret er 202. Samme handling på samme innlegg igjen gir 200 og det første svaret; en annen handling på et innlegg Arkivbro har, gir 422.',
    tags: ['Moderasjonsverktøy'],
    security: [{ signatur: [] }],
    params: Type.Object({ client: Uuid('Verktøyets id, fra registreringen.') }),
    body: ref(ModerationCallback),
    response: {
      200: answer(InquiryAccepted, 'Handlingen på innlegget er mottatt før; dette er det første svaret.'),
      202: answer(InquiryAccepted, 'Mottatt og trygt lagret.'),
      204: Type.Null({ description: 'Handlingen angår ikke arkivet. Ingenting er lagret.' }),
      422: problemResponse('Handlingen, regelen eller den som gjorde den, er ikke kjent. Ingenting er lagret.'),
      ...bodyProblems,
      ...commonProblems
    }
  }
} as const

/** What moderation tools send us, signed. */
export const callbackRoutes =
  (deps: CallbackDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    takeSigned(app, deps)

    app.post('/callbacks/moderation/:client', receiveCallbackRoute, async (request, reply) => {
      const received = await receiveCallback(deps, signerOf(request), request.body, handedIn(request))
      if (!received) return reply.code(204).send(null)
      deps.onReceived(received.isNew ? 'new' : 'repeated')
      return sendAccepted(deps, reply, received)
    })
  }
