import type { FastifyReply } from 'fastify'
import { isEmergency, NO_EMERGENCY_CHANNEL, wantsDeletion } from '../domain/assess.ts'
import type { Received } from '../flow/receive-inquiry.ts'
import { type ReplyDeps, replyTo } from '../flow/reply.ts'
import { wire } from './views.ts'

/** What whoever hands in an inquiry is told: that we have it, what was decided at once, and what to tell the one who wrote. */
async function acceptedView(deps: ReplyDeps, received: Received) {
  const { isNew, inquiry, assessment } = received
  const { id, receivedAt } = inquiry
  const reply = await replyTo(deps, received)
  return {
    ...{ id, receivedAt: receivedAt.toISOString(), isNew, status: `/v1/inquiries/${id}` },
    ...(assessment && { category: assessment.category }),
    isEmergency: isEmergency(assessment),
    ...(isEmergency(assessment) && { emergencyNotice: NO_EMERGENCY_CHANNEL }),
    proposals: (assessment?.proposals ?? []).map(({ value, rule }) => ({ category: value, rule })),
    ...(assessment?.decisions.review && { review: assessment.decisions.review.value }),
    ...(reply && { reply: wire(reply) }),
    ...(isToBeDeleted(received) && { deletionPermit: `/v1/inquiries/${id}/deletion-permit` })
  }
}

const isToBeDeleted = ({ inquiry, assessment }: Received): boolean =>
  inquiry.event.type !== 'deleted' && wantsDeletion(assessment)

/** Answers that it is ours: 202 the first time, 200 again. */
export async function sendAccepted(deps: ReplyDeps, reply: FastifyReply, received: Received) {
  const view = await acceptedView(deps, received)
  return reply
    .code(received.isNew ? 202 : 200)
    .header('location', view.status)
    .send(view)
}
