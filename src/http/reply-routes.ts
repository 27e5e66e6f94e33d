import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { InquiryAccepted } from '../../schemas/inquiry-views.ts'
import {
  DeletedInput,
  DeletionPermit,
  GivenReplyInput,
  PermitKeys,
  ReleaseReplyInput,
  Reply
} from '../../schemas/policy.ts'
import { bodyProblems, commonProblems, problemResponse } from '../../schemas/problem.ts'
import { answer, ref } from '../../schemas/ref.ts'
import { Uuid } from '../../schemas/uuid.ts'
import { type DeletionDeps, permitDeletion, recordDeletion } from '../flow/deletion.ts'
import type { ReceiveInquiryDeps } from '../flow/receive-inquiry.ts'
import { recordReply } from '../flow/record-reply.ts'
import { type ReplyDeps, readReply, releaseReply } from '../flow/reply.ts'
import { sendAccepted } from './accepted-view.ts'
import { handedIn, instant } from './to-submission.ts'
import { wire } from './views.ts'

export type AnsweringDeps = ReceiveInquiryDeps & ReplyDeps & DeletionDeps

const params = Type.Object({ id: Uuid('Henvendelsens id.') })
const notFound = { 404: problemResponse('Det finnes ikke.') }
const accepted = {
  200: answer(InquiryAccepted, 'Registrert før; dette er det første svaret.'),
  202: answer(InquiryAccepted, 'Registrert. Det blir journalført i samme sak.'),
  422: problemResponse('Kan ikke registreres slik. Ingenting er lagret.'),
  ...notFound,
  ...bodyProblems,
  ...commonProblems
}

const readRoute = {
  config: { scope: 'inquiries:read' },
  schema: {
    operationId: 'getReply',
    summary: 'Svaret den som skrev, skal få',
    description:
      'At saker ikke behandles i sosiale medier, og hvor en skal skrive. Saksnummeret er med når det kan oppgis.',
    tags: ['Svar og sletting'],
    params,
    response: { 200: answer(Reply, 'Svaret.'), ...notFound, ...commonProblems }
  }
} as const

const recordRoute = {
  config: { scope: 'inquiries:write' },
  schema: {
    operationId: 'recordReply',
    summary: 'Registrer at svaret er gitt',
    description: 'Svaret journalføres som utgående i samme sak.',
    tags: ['Svar og sletting'],
    params,
    body: ref(GivenReplyInput),
    response: accepted
  }
} as const

const releaseRoute = {
  config: { scope: 'crisis:lead' },
  schema: {
    operationId: 'releaseReply',
    summary: 'Slipp et svar som er holdt tilbake',
    description: 'For kriseledelsen. Teksten kan endres.',
    tags: ['Krise'],
    params,
    body: ref(ReleaseReplyInput),
    response: {
      200: answer(Reply, 'Svaret, som nå kan gis.'),
      409: problemResponse('Svaret er ikke holdt tilbake.'),
      ...notFound,
      ...bodyProblems,
      ...commonProblems
    }
  }
} as const

const permitRoute = {
  config: { scope: 'inquiries:read' },
  schema: {
    operationId: 'getDeletionPermit',
    summary: 'Kan innlegget slettes?',
    description:
      'Svaret er 409 til arkivet har bekreftet at det har innlegget; deretter en signert tillatelse. Vis den til den som sletter.',
    tags: ['Svar og sletting'],
    params,
    response: {
      200: answer(DeletionPermit, 'Innlegget kan slettes.'),
      409: problemResponse('Ikke slett innlegget ennå.'),
      ...notFound,
      ...commonProblems
    }
  }
} as const

const deletedRoute = {
  config: { scope: 'inquiries:write' },
  schema: {
    operationId: 'recordDeletion',
    summary: 'Registrer at innlegget er slettet',
    description: 'Slettingen journalføres i samme sak.',
    tags: ['Svar og sletting'],
    params,
    body: ref(DeletedInput),
    response: accepted
  }
} as const

const keysRoute = {
  config: { scope: 'inquiries:read' },
  schema: {
    operationId: 'listPermitKeys',
    summary: 'Offentlige nøkler som tillatelser kontrolleres med',
    tags: ['Svar og sletting'],
    response: {
      200: answer(PermitKeys, 'Nøklene.'),
      ...commonProblems
    }
  }
} as const

/** What is told to the one who wrote, and the deletion of what must not stand. */
export const replyRoutes =
  (deps: AnsweringDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/inquiries/:id/reply', readRoute, async ({ params: { id } }) => wire(await readReply(deps, id)))

    app.post('/inquiries/:id/reply', recordRoute, async (request, reply) => {
      const { at, ...given } = request.body
      const received = await recordReply(
        deps,
        request.params.id,
        { ...given, at: instant(at, '/at') },
        handedIn(request)
      )
      return sendAccepted(deps, reply, received)
    })

    app.post('/inquiries/:id/reply/release', releaseRoute, async ({ params: { id }, body, caller: { actor } }) => {
      const { reason, words } = body
      return wire(await releaseReply(deps, id, { actor, reason, ...(words && { words }) }))
    })

    app.get('/inquiries/:id/deletion-permit', permitRoute, async ({ params: { id }, caller }) => {
      const { permit, claims } = await permitDeletion(deps, id, caller.actor)
      const { journalpost, receivedSha256, rule, guideline } = claims
      return { permit, journalpost, receivedSha256, rule, guideline }
    })

    app.post('/inquiries/:id/deleted', deletedRoute, async (request, reply) => {
      const { at, by, reason } = request.body
      const deletion = { by, reason, at: instant(at, '/at') }
      const received = await recordDeletion(deps, request.params.id, deletion, handedIn(request))
      return sendAccepted(deps, reply, received)
    })

    app.get('/permit-keys', keysRoute, async () => ({
      keys: (deps.permits?.publicKeys ?? []).map((key) => ({ ...key }))
    }))
  }
