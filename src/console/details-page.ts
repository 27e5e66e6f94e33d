import type { FastifyReply, FastifyRequest } from 'fastify'
import { NotFound } from '../domain/errors.ts'
import { readInquiry } from '../flow/look-up-inquiry.ts'
import { replyTo } from '../flow/reply.ts'
import { type ActionForm, actionChoices, actionsFor, offered } from './action-form.ts'
import type { Shared } from './console-deps.ts'
import { type Fault, told } from './faults.ts'
import { isFormId, markersView } from './form-view.ts'
import { channelChoices, emptyReply, type ReplyForm } from './reply-form.ts'
import { detailsView } from './submission-view.ts'

export interface Addressed {
  readonly Params: { readonly id: string }
  readonly Querystring: Readonly<Record<string, string | undefined>>
}

/** What somebody had filled in on the page, to be shown again with what is wrong. */
interface Filled {
  readonly reply?: ReplyForm
  readonly action?: ActionForm
  readonly faults?: readonly Fault[]
}

export type DetailsPage = (
  request: FastifyRequest<Addressed>,
  reply: FastifyReply,
  filled?: Filled
) => Promise<FastifyReply>

/** The page of one inquiry: how it stands, what can be done with it, and the answer that is to be given. */
export const detailsPage =
  ({ deps, show }: Shared): DetailsPage =>
  async (request, reply, filled = {}) => {
    const { actor, scopes } = request.caller
    const mayAct = scopes.includes('inquiries:act')
    const parts = await readInquiry(deps, idIn(request), actor)
    const { inquiry, status, assessment } = parts.stored
    const answer = await replyTo(deps, parts.stored)
    const judged = assessment && (await deps.policies.guidelines.get(assessment.guideline))
    const guideline = judged?.guideline ?? (await deps.policy()).guideline
    const form = filled.reply ?? emptyReply(answer, deps.now())
    const actions = mayAct ? actionsFor(status, await deps.store.ledger.hasSteps(inquiry.id)) : []
    const { mottatt, svar, gjort } = request.query
    return show(request, reply, 'details', {
      ...detailsView(parts, answer, guideline, mayAct),
      ...(await markersView(deps, form.by, 'reply')),
      channels: channelChoices(form.channel),
      ...{ form, mayReply: scopes.includes('inquiries:write'), isReplying: filled.reply !== undefined },
      actions: actionChoices(actions, filled.action?.action ?? ''),
      actionReason: filled.action?.reason ?? '',
      ...{ arrived: mottatt ?? '', recorded: svar ?? '', done: offered(gjort ?? '')?.done },
      ...told(filled.faults ?? [])
    })
  }

/** Throws NotFound for what cannot be an id. */
export function idIn({ params: { id } }: FastifyRequest<Addressed>): string {
  if (isFormId(id)) return id
  throw new NotFound('inquiry-not-found', 'Det finnes ingen henvendelse på denne adressen.')
}

export const MADE_BEFORE: Fault = {
  text: 'Siden var laget før du logget inn, så ingenting er gjort. Se over og send på nytt.'
}
