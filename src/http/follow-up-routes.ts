import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { FollowUpInput, LinkedJournalpost } from '../../schemas/follow-ups.ts'
import { InquiryAccepted } from '../../schemas/inquiry-views.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import { type FollowUpDeps, linkJournalpost, receiveFollowUp } from '../flow/follow-up.ts'
import type { ReceiveInquiryDeps } from '../flow/receive-inquiry.ts'
import type { ReplyDeps } from '../flow/reply.ts'
import { sendAccepted } from './accepted-view.ts'
import { journalpostFrom } from './to-decision.ts'
import { handedIn, instant } from './to-submission.ts'
import { wire } from './views.ts'

export type FollowUpRoutesDeps = FollowUpDeps & ReceiveInquiryDeps & ReplyDeps

const followUpRoute = {
  config: { scope: 'follow-ups:write' },
  schema: {
    operationId: 'addFollowUp',
    summary: 'Knytt det som kom senere på e-post eller brev, til samme sak',
    description:
      'Er det journalført fra før, oppgi journalposten: Arkivet blir spurt om den, og den vises på henvendelsen. Ellers send e-posten eller brevet, så blir det journalført i samme sak.',
    tags: ['Svar og sletting'],
    params: Type.Object({ id: Uuid('Henvendelsens id.') }),
    body: ref(FollowUpInput),
    response: {
      200: answer(InquiryAccepted, 'E-posten eller brevet er mottatt før; dette er det første svaret.'),
      201: answer(LinkedJournalpost, 'Journalposten er knyttet til henvendelsen.'),
      202: answer(InquiryAccepted, 'E-posten eller brevet er mottatt. Det blir journalført i samme sak.'),
      404: problemResponse('Henvendelsen finnes ikke.'),
      409: problemResponse('Henvendelsen har ingen sak ennå, eller arkivet kan ikke søkes i.'),
      422: problemResponse('Kan ikke knyttes slik. Ingenting er lagret.'),
      ...bodyProblems,
      ...commonProblems
    }
  }
} as const

export const followUpRoutes =
  (deps: FollowUpRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/inquiries/:id/follow-ups', followUpRoute, async (request, reply) => {
      const { body, caller } = request
      const { id } = request.params
      if ('journalpost' in body) {
        const linked = await linkJournalpost(deps, id, journalpostFrom(body.journalpost), caller.actor)
        return reply.code(201).send(wire(linked))
      }
      const { receivedAt, attachments = [], ...letter } = body
      const sent = { ...letter, attachments, receivedAt: instant(receivedAt, '/receivedAt') }
      return sendAccepted(deps, reply, await receiveFollowUp(deps, id, sent, handedIn(request)))
    })
  }
