import { randomBytes } from 'node:crypto'
import { EARLIER_SECRET_MS, type WebhookEndpoint, type WebhookType } from '../domain/webhook.ts'
import type { Clock } from './ports.ts'
import type { WebhookChanges, WebhookSender, WebhookStore } from './webhook-port.ts'

/** Each is one more row for each thing that happens. */
const ENDPOINTS_MAX = 20

export interface WebhookDeps {
  readonly webhooks: WebhookStore
  readonly sender: Pick<WebhookSender, 'checkUrl'>
  readonly now: Clock
  readonly newId: () => string
}

export interface WantedWebhook {
  readonly url: string
  readonly description: string
  readonly types: readonly WebhookType[]
}

/** As Standard Webhooks writes it: 256 random bits. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** Told from now on. The secret is shown this once. Throws Refused('webhook-url-not-allowed'), Conflict. */
export async function makeWebhook(
  { webhooks, sender, now, newId }: WebhookDeps,
  wanted: WantedWebhook,
  actor: string
): Promise<{ readonly webhook: WebhookEndpoint; readonly secret: string }> {
  sender.checkUrl(wanted.url)
  const id = newId()
  const secret = newSecret()
  await webhooks.add({ ...wanted, id, secret, madeAt: now(), madeBy: actor }, ENDPOINTS_MAX)
  return { webhook: await webhooks.get(id), secret }
}

/** Throws NotFound, Refused('webhook-url-not-allowed'), Conflict('webhook-removed'). */
export async function changeWebhook(
  { webhooks, sender, now }: WebhookDeps,
  id: string,
  changes: WebhookChanges,
  actor: string
): Promise<WebhookEndpoint> {
  if (changes.url !== undefined) sender.checkUrl(changes.url)
  await webhooks.change(id, changes, now(), actor)
  return webhooks.get(id)
}

/** A new secret, shown this once; the one before signs too for a day. Throws NotFound, Conflict('webhook-removed'). */
export async function rotateSecret({ webhooks, now }: WebhookDeps, id: string, actor: string) {
  const at = now()
  const secret = newSecret()
  const earlierSecretUntil = new Date(at.getTime() + EARLIER_SECRET_MS)
  await webhooks.rotate(id, secret, earlierSecretUntil, at, actor)
  return { secret, earlierSecretUntil }
}
