import { afterCall, type WebhookAnswer, webhookBody } from '../domain/webhook.ts'
import type { Clock } from './ports.ts'
import type { TakenMessage, WebhookSender, WebhookStore } from './webhook-port.ts'

/** Longer than any call takes: after this somebody else sends what a dead process had taken, under the same id. */
const SENDING_MS_MAX = 60_000
const AT_ONCE_MAX = 8

export interface DeliverWebhooksDeps {
  readonly webhooks: WebhookStore
  readonly sender: Pick<WebhookSender, 'send'>
  readonly now: Clock
  /** Between 0 and 1. */
  readonly random: () => number
  /** Told of each call that was made. */
  readonly onCall: (kind: WebhookAnswer['kind']) => void
  readonly onError: (error: unknown) => void
  /** How long calls may go on after we are told to stop. */
  readonly stoppingMs: number
}

export interface WebhookDelivery {
  /** Begins to send what is due to each endpoint that nothing is being sent to from here; resolves when it has begun. */
  begin(): Promise<void>
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>
  /** Begins nothing more; what has not come to an end in a while is given back. */
  stop(): Promise<void>
}

/** Sends webhooks. Each endpoint has its own lane, so that a slow one keeps no other waiting. Safe in several processes. */
export function webhookDelivery(deps: DeliverWebhooksDeps): WebhookDelivery {
  const lanes = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  const cutting = new AbortController()
  const idle = async () => void (await Promise.all(lanes.values()))

  return {
    async begin() {
      if (stopping.signal.aborted) return
      for (const id of await deps.webhooks.due(deps.now())) {
        if (lanes.has(id) || stopping.signal.aborted) continue
        const lane = sendDue(deps, id, stopping.signal, cutting.signal)
        lanes.set(
          id,
          lane.catch(deps.onError).finally(() => lanes.delete(id))
        )
      }
    },
    idle,
    async stop() {
      stopping.abort()
      const timer = setTimeout(() => cutting.abort(), deps.stoppingMs)
      await idle().finally(() => clearTimeout(timer))
    }
  }
}

/** A few at a time until nothing is due, or one fails: then the next round goes on. */
async function sendDue(
  deps: DeliverWebhooksDeps,
  endpoint: string,
  stopping: AbortSignal,
  cut: AbortSignal
): Promise<void> {
  while (!stopping.aborted) {
    const at = deps.now()
    const taken = await deps.webhooks.take(endpoint, at, new Date(at.getTime() + SENDING_MS_MAX), AT_ONCE_MAX)
    const ends = await Promise.all(taken.map((message) => sendOne(deps, message, cut)))
    if (ends.length === 0 || ends.includes('failed')) return
  }
}

async function sendOne(
  { webhooks, sender, now, random, onCall }: DeliverWebhooksDeps,
  taken: TakenMessage,
  cut: AbortSignal
): Promise<'delivered' | 'failed'> {
  const { id, url, secrets, tries, failingSince } = taken
  const at = now()
  const began = performance.now()
  const answer = await sender.send({ id, url, at, secrets, body: webhookBody(taken) }, cut).catch((error) => {
    if (!cut.aborted) throw error
  })
  if (!answer) {
    await webhooks.handBack(taken)
    return 'failed'
  }
  onCall(answer.kind)
  const after = afterCall(answer, { tries, at: now(), jitter: random(), ...(failingSince && { failingSince }) })
  await webhooks.keepAttempt(taken, { at, milliseconds: Math.round(performance.now() - began), answer }, after)
  return answer.kind
}
