import type { Decision } from '../domain/decision.ts'
import type { Guideline, ReplyText } from '../domain/guideline.ts'
import type { Crisis, KeptGuideline, Policy } from '../domain/policy.ts'

/** What inquiries are judged by: guidelines and crises. Each change commits together with its audit event. */
export interface PolicyStore {
  readonly guidelines: GuidelineStore
  readonly crises: CrisisStore
  readonly replies: ReplyStore
  /** What is in force. Throws when no guideline is: see `ensure`. */
  current(): Promise<Policy>
}

export interface GuidelineStore {
  /** Newest first. */
  list(): Promise<readonly GuidelineVersion[]>
  /** Throws NotFound('guideline-not-found'). */
  get(version: number): Promise<KeptGuideline>
  /** Keeps it as a new version, in force for nobody; the same guideline again is the version that it was. */
  add(guideline: Guideline, at: Date, actor: string): Promise<{ readonly version: number; readonly isNew: boolean }>
  /** In force from now on. Throws NotFound, Conflict('guideline-in-force'). */
  activate(version: number, at: Date, decision: Decision): Promise<void>
  /** Keeps it, and puts it in force if none is. Any number of processes may do so at once. */
  ensure(guideline: Guideline, at: Date, actor: string): Promise<void>
}

export interface GuidelineVersion {
  readonly version: number
  readonly name: string
  readonly madeAt: Date
  readonly madeBy: string
  /** When it was last put in force. */
  readonly activatedAt?: Date
  readonly isInForce: boolean
}

export interface CrisisStore {
  /** Newest first, at most 100. */
  list(): Promise<readonly Crisis[]>
  /** Throws Conflict('crisis-goes-on'). */
  start(id: string, at: Date, decision: Decision): Promise<void>
  /** Throws Conflict('no-crisis'). */
  end(at: Date, decision: Decision): Promise<Crisis>
}

/** Replies that the crisis management has let go. */
export interface ReplyStore {
  released(inquiryId: string): Promise<ReleasedReply | undefined>
  /** Throws Conflict('reply-not-held') when it was let go before. */
  release(inquiryId: string, at: Date, decision: Decision & { readonly words?: ReplyText }): Promise<void>
  /** Ids of the inquiries whose replies are held, oldest first. */
  held(limit: number): Promise<readonly string[]>
}

export interface ReleasedReply {
  readonly at: Date
  readonly by: string
  /** What the crisis management put in place of the guideline's words. */
  readonly words?: ReplyText
}
