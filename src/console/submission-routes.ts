import type { FastifyPluginAsync } from 'fastify'
import type { GivenReplyInput } from '../../schemas/policy.ts'
import { Refused } from '../domain/errors.ts'
import { findInquiries } from '../flow/look-up-inquiry.ts'
import { recordReply } from '../flow/record-reply.ts'
import { handedIn, instant } from '../http/to-submission.ts'
import type { Shared } from './console-deps.ts'
import { type Addressed, detailsPage, idIn, MADE_BEFORE } from './details-page.ts'
import { type Fault, faultsOf } from './faults.ts'
import { pageAsked } from './list-page.ts'
import { postedFields } from './read-posted.ts'
import { replyBody, replyFormFrom } from './reply-form.ts'
import { listView } from './submission-view.ts'
import { bodyMaker } from './to-submission.ts'

/** What somebody has sent, how it goes with it, and the answer that is to be given. */
export const submissionRoutes =
  (shared: Shared): FastifyPluginAsync =>
  async (app) => {
    const { deps, show, forThose } = shared
    const details = detailsPage(shared)
    const make = bodyMaker<GivenReplyInput>(app, 'GivenReplyInput')
    const forReaders = forThose('inquiries:read')

    app.get<Addressed>('/skjema/innsendinger', forReaders, async (request, reply) => {
      const { actor } = request.caller
      const found = await findInquiries(deps, actor, { receivedBy: actor, ...pageAsked(request.query.foer) })
      return show(request, reply, 'list', listView(found, deps.now()))
    })

    app.get<Addressed>('/skjema/innsendinger/:id', forReaders, (request, reply) => details(request, reply))

    app.post<Addressed>('/skjema/innsendinger/:id/svar', forThose('inquiries:write'), async (request, reply) => {
      const posted = postedFields(request)
      const form = replyFormFrom(posted)
      const again = (faults: readonly Fault[]) => details(request, reply.code(422), { reply: form, faults })
      if (!posted.isOurs) return again([MADE_BEFORE])
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
