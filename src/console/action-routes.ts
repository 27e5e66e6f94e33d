import type { FastifyPluginAsync } from 'fastify'
import { Conflict } from '../domain/errors.ts'
import { findInquiries } from '../flow/look-up-inquiry.ts'
import { actionFormFrom, offered } from './action-form.ts'
import type { Shared } from './console-deps.ts'
import { type Addressed, detailsPage, idIn, MADE_BEFORE } from './details-page.ts'
import type { Fault } from './faults.ts'
import { pageAsked } from './list-page.ts'
import { postedFields } from './read-posted.ts'
import { waitingView } from './submission-view.ts'
import { bodyMaker } from './to-submission.ts'

/** What waits for an archivist, and what they decide about one. */
export const actionRoutes =
  (shared: Shared): FastifyPluginAsync =>
  async (app) => {
    const { deps, show, forThose } = shared
    const make = bodyMaker<{ readonly reason: string }>(app, 'DecisionInput')
    const details = detailsPage(shared)
    const forDeciders = forThose('inquiries:act')

    app.get<Addressed>('/skjema/trenger-handling', forDeciders, async (request, reply) => {
      const found = await findInquiries(deps, request.caller.actor, {
        needsAction: true,
        ...pageAsked(request.query.foer)
      })
      return show(request, reply, 'waiting', waitingView(found))
    })

    app.post<Addressed>('/skjema/innsendinger/:id/handling', forDeciders, async (request, reply) => {
      const id = idIn(request)
      const posted = postedFields(request)
      const action = actionFormFrom(posted)
      const again = (status: number, faults: readonly Fault[]) =>
        details(request, reply.code(status), { action, faults })
      if (!posted.isOurs) return again(422, [MADE_BEFORE])
      const chosen = offered(action.action)
      const { body, faults } = make({ reason: action.reason.trim() }, request)
      const all = [...(chosen ? [] : [{ field: 'action', text: 'Velg hva du vil gjøre.' }]), ...faults]
      if (!chosen || all.length > 0) return again(422, all)
      try {
        await chosen.act(deps, id, { actor: request.caller.actor, reason: body.reason })
        return await reply.redirect(`/skjema/innsendinger/${id}?gjort=${action.action}`, 303)
      } catch (error) {
        if (!(error instanceof Conflict)) throw error
        return again(409, [{ text: error.message }])
      }
    })
  }
