import type { Received } from '../flow/receive-inquiry.ts'
import { type ReplyDeps, replyTo } from '../flow/reply.ts'
import { wire } from './views.ts'

/** What whoever hands in an inquiry is told: that we have it, what was decided at once, and what to tell the one who wrote. */
export async function acceptedView(deps: ReplyDeps, received: Received) {
  const { isNew, inquiry, assessment } = received
  const { id, receivedAt } = inquiry
  const reply = await replyTo(deps, received)
  return {
    ...{ id, receivedAt: receivedAt.toISOString(), isNew, status: `/v1/inquiries/${id}` },
    ...(assessment && { category: assessment.category }),
    isEmergency: assessment?.decisions.emergency?.value === true,
    proposals: (assessment?.proposals ?? []).map(({ value, rule }) => ({ category: value, rule })),
    ...(assessment?.decisions.review && { review: assessment.decisions.review.value }),
    ...(reply && { reply: wire(reply) })
  }
}
