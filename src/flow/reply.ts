import type { Assessment } from '../domain/assess.ts'
import type { Corrections } from '../domain/corrections.ts'
import type { Decision } from '../domain/decision.ts'
import { Conflict, NotFound } from '../domain/errors.ts'
import type { ReplyText } from '../domain/guideline.ts'
import type { Inquiry, InquiryStatus } from '../domain/inquiry.ts'
import type { Municipality } from '../domain/municipality.ts'
import { type AnswerWarning, answerDueAt, answerWarning, filledReply, type ReplyFields } from '../domain/reply.ts'
import { earlierOf } from './earlier-inquiry.ts'
import type { PolicyDeps } from './guidelines.ts'
import type { RestrictionOf } from './restriction-of.ts'
import type { Store } from './store-port.ts'

export interface ReplyDeps extends PolicyDeps {
  readonly store: Pick<Store, 'inquiries' | 'plans'>
  readonly municipality: Municipality
  readonly restrictionOf: RestrictionOf
}

/** What the one who wrote should be told. */
export interface Reply {
  readonly name: string
  /** Id of the rule that chose it, and version of the guideline. */
  readonly rule: string
  readonly guideline: number
  readonly language: 'nb' | 'nn'
  /** The crisis management has not let it go. */
  readonly isHeld: boolean
  /** Absent while it is held. */
  readonly words?: ReplyText
  readonly dueAt?: Date
  readonly warning?: AnswerWarning
  readonly answeredAt?: Date
}

export interface ToldOf {
  readonly inquiry: Inquiry
  readonly status: InquiryStatus
  readonly assessment?: Assessment
  readonly corrections?: Corrections
  readonly answeredAt?: Date
}

/** Throws NotFound: `inquiry-not-found`, or `reply-not-found` for what nobody waits for an answer to. */
export async function readReply(deps: ReplyDeps, id: string): Promise<Reply> {
  const reply = await replyTo(deps, await deps.store.inquiries.get(id))
  if (reply) return reply
  throw new NotFound('reply-not-found', `Henvendelsen ${id} er ikke noe publikum venter svar på.`)
}

/** The reply to an inquiry, as the guideline that judged it says; nothing for what nobody waits for an answer to. */
export async function replyTo(deps: ReplyDeps, told: ToldOf): Promise<Reply | undefined> {
  const { inquiry, assessment, answeredAt } = told
  const chosen = assessment?.decisions.reply
  if (!assessment || !chosen) return undefined
  const dueAt = answerDueAt(inquiry, assessment)
  if (!dueAt) return undefined
  const released = assessment.crisis === undefined ? undefined : await deps.policies.replies.released(inquiry.id)
  const isHeld = assessment.crisis !== undefined && !released
  const { guideline } = await deps.policies.guidelines.get(assessment.guideline)
  const words = released?.words ?? guideline.replies[chosen.value]
  const language = inquiry.language === 'nn' || inquiry.language === 'nb' ? inquiry.language : guideline.language
  const warning = answeredAt ? undefined : answerWarning(inquiry.receivedAt, dueAt, deps.now())
  return {
    ...{ name: chosen.value, rule: chosen.rule, guideline: assessment.guideline, language, isHeld, dueAt },
    ...(!isHeld && words && { words: filledReply(words, await fieldsOf(deps, told)) }),
    ...(warning !== undefined && { warning }),
    ...(answeredAt && { answeredAt })
  }
}

/** The saksnummer is told when there is one, unless something is restricted, whoever decided that. */
async function fieldsOf(deps: ReplyDeps, told: ToldOf): Promise<ReplyFields> {
  const { name, postmottak } = deps.municipality
  const receipt = 'receipt' in told.status ? told.status.receipt : undefined
  return {
    kommune: name,
    postmottak: postmottak ?? `postmottaket i ${name}`,
    ...(receipt &&
      !(await isRestricted(deps, told)) && { saksnummer: `${receipt.saksaar}/${receipt.sakssekvensnummer}` })
  }
}

/** As it stands, with what it comes after; or as it was when the archive got it, since nobody has opened it there. */
async function isRestricted({ store, restrictionOf }: ReplyDeps, told: ToldOf): Promise<boolean> {
  const earlier = await earlierOf(store, told.inquiry)
  if (await restrictionOf({ ...told, ...(earlier && { earlier }) })) return true
  const plan = await store.plans.get(told.inquiry.id)
  return plan?.record.skjerming !== undefined
}

/**
 * The crisis management lets a reply go, perhaps in other words. Throws NotFound, Conflict('reply-not-held') when it is
 * free already.
 */
export async function releaseReply(
  deps: ReplyDeps,
  id: string,
  decision: Decision & { readonly words?: ReplyText }
): Promise<Reply> {
  const { isHeld } = await readReply(deps, id)
  if (!isHeld) throw new Conflict('reply-not-held', `Svaret på henvendelsen ${id} er ikke holdt tilbake.`)
  await deps.policies.replies.release(id, deps.now(), decision)
  return readReply(deps, id)
}

/** At most so many are let go in one request. */
export const RELEASED_AT_ONCE_MAX = 200

/** Lets go what is held, oldest first, in the guideline's words. Gives how many, and whether there are more. */
export async function releaseHeldReplies(
  { policies, now }: PolicyDeps,
  decision: Decision
): Promise<{ readonly released: number; readonly more: boolean }> {
  const held = await policies.replies.held(RELEASED_AT_ONCE_MAX + 1)
  let released = 0
  for (const id of held.slice(0, RELEASED_AT_ONCE_MAX)) {
    released += await policies.replies.release(id, now(), decision).then(() => 1, letGoByAnother)
  }
  return { released, more: held.length > RELEASED_AT_ONCE_MAX }
}

function letGoByAnother(error: unknown): number {
  if (error instanceof Conflict) return 0
  throw error
}
