import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { GivenReplyInput } from '../../schemas/policy.ts'
import { NotFound, Refused } from '../domain/errors.ts'
import { findInquiries, readInquiry } from '../flow/look-up-inquiry.ts'
import { recordReply } from '../flow/record-reply.ts'
import { replyTo } from '../flow/reply.ts'
import { handedIn, instant } from '../http/to-submission.ts'
import type { Shared } from './console-deps.ts'
import { type Fault, faultsOf, told } from './faults.ts'
import { isFormId, markersView } from './form-view.ts'
import { postedFields } from './read-posted.ts'
import { emptyReply, type ReplyForm, replyBody, replyFormFrom } from './reply-form.ts'
import { detailsView, listView } from './submission-view.ts'
import { bodyMaker } from './to-submission.ts'

const PAGE = 50
const NOT_OURS: Fault = { text: 'Siden var laget før du logget inn, så ingenting er gjort. Se over og send på nytt.' }

interface Addressed {
  readonly Params: { readonly id: string }
  readonly Querystring: Readonly<Record<string, string | undefined>>
}

/** What somebody has sent, how it goes with it, and the answer that is to be given. */
export const submissionRoutes =
  ({ deps, show, forThose }: Shared): FastifyPluginAsync =>
  async (app) => {
    const make = bodyMaker<GivenReplyInput>(app, 'GivenReplyInput')
    const forReaders = forThose('inquiries:read')

    async function details(
      request: FastifyRequest<Addressed>,
      reply: FastifyReply,
      given?: ReplyForm,
      faults: readonly Fault[] = []
    ) {
      const parts = await readInquiry(deps, idIn(request), request.caller.actor)
      const answer = await replyTo(deps, parts.stored)
      const { guideline } = await deps.policy()
      const form = given ?? emptyReply(answer, deps.now())
      return show(request, reply, 'details', {
        ...detailsView(parts, answer, guideline),
        ...(await markersView(deps, form.by, 'reply')),
        ...{ form, mayReply: request.caller.scopes.includes('inquiries:write') },
        ...{ arrived: request.query.mottatt ?? '', recorded: request.query.svar ?? '' },
        ...told(faults)
      })
    }

    app.get<Addressed>('/skjema/innsendinger', forReaders, async (request, reply) => {
      const { foer } = request.query
      const before = foer !== undefined && isFormId(foer) ? { before: foer } : {}
      const { actor } = request.caller
      const found = await findInquiries(deps, actor, { receivedBy: actor, limit: PAGE + 1, ...before })
      return show(request, reply, 'list', listView(found, PAGE, deps.now()))
    })

    app.get<Addressed>('/skjema/innsendinger/:id', forReaders, (request, reply) => details(request, reply))

    app.post<Addressed>('/skjema/innsendinger/:id/svar', forThose('inquiries:write'), async (request, reply) => {
      const posted = postedFields(request)
      const form = replyFormFrom(posted)
      const again = (faults: readonly Fault[]) => details(request, reply.code(422), form, faults)
      if (!posted.isOurs) return again([NOT_OURS])
      const made = replyBody(form)
      const { body, faults, brought } = make(made.body, request)
      const all = [...made.faults, ...faults.filter(({ field }) => !made.faults.some((own) => own.field === field))]
      if (all.length > 0) return again(all)
      try {
        const { at, ...given } = body
        await recordReply(deps, idIn(request), { ...given, at: instant(at, '/at') }, handedIn(brought))
        return await reply.redirect(`/skjema/innsendinger/${idIn(request)}?svar=registrert`, 303)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return again(faultsOf(error))
      }
    })
  }

function idIn({ params: { id } }: FastifyRequest<Addressed>): string {
  if (isFormId(id)) return id
  throw new NotFound('inquiry-not-found', 'Det finnes ingen henvendelse på denne adressen.')
}
