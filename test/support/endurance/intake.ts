import { setTimeout as pause } from 'node:timers/promises'
import type { RunningService } from '../built-service.ts'
import { inquiryBody } from '../makers.ts'

export interface Intake {
  /** Ids that got 202, in the order they got it. */
  readonly promised: string[]
  /** How often each other answer came, by its code; `no-answer` for connections that broke. */
  readonly others: Map<string, number>
  /** Resolves when all have got 202. */
  readonly done: Promise<void>
}

const AT_ONCE_MAX = 16
const COME_AGAIN_MS = 500

/** Posts so many, so many a second, each again until it gets 202, to whichever process answers by then. */
export function postSteadily(api: () => RunningService, count: number, perSecond: number): Intake {
  const promised: string[] = []
  const others = new Map<string, number>()
  const startedAt = performance.now()
  let posted = 0

  async function postOne(): Promise<void> {
    const body = inquiryBody()
    for (;;) {
      const response = await api()
        .post('/v1/inquiries', body)
        .catch(() => undefined)
      const answer = (await response?.json().catch(() => undefined)) as { id?: string; code?: string } | undefined
      if (response?.ok && answer?.id !== undefined) return void promised.push(answer.id)
      const what = answer?.code ?? 'no-answer'
      others.set(what, (others.get(what) ?? 0) + 1)
      await pause(COME_AGAIN_MS)
    }
  }

  async function poster(): Promise<void> {
    while (posted < count) {
      const dueAt = startedAt + (posted * 1_000) / perSecond
      posted += 1
      await pause(Math.max(0, dueAt - performance.now()))
      await postOne()
    }
  }

  const done = Promise.all(Array.from({ length: AT_ONCE_MAX }, poster)).then(() => undefined)
  return { promised, others, done }
}
