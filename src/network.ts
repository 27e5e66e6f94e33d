import { isIP } from 'node:net'
import { type Config, InvalidConfig } from './config.ts'
import type { WebhookSender } from './flow/webhook-port.ts'
import { version } from './version.ts'
import { type AllowedTargets, allowedTargets } from './webhooks/allowed-targets.ts'
import { webhookSender } from './webhooks/webhook-sender.ts'

/** What calls webhook endpoints. Throws InvalidConfig. */
export const openWebhookSender = ({ WEBHOOK_PRIVATE_TARGETS: given }: Config): WebhookSender =>
  webhookSender({ targets: targetsOf(given), version })

function targetsOf(given: string | undefined): AllowedTargets {
  try {
    return allowedTargets(given)
  } catch {
    throw new InvalidConfig(
      'WEBHOOK_PRIVATE_TARGETS har noe som verken er en vert, en adresse eller et nett. Skriv «vert,10.0.0.0/8».'
    )
  }
}

/** From where the word of a proxy is taken about who calls. Throws InvalidConfig, also for a net that holds most of the world. */
export function trustedProxies({ TRUSTED_PROXIES: given = '' }: Config): readonly string[] {
  const proxies = given.split(',').map((proxy) => proxy.trim())
  const named = proxies.filter((proxy) => proxy !== '')
  if (named.every(isAddressOrNet)) return named
  throw new InvalidConfig(
    'TRUSTED_PROXIES har noe som verken er en adresse eller et nett, eller et nett som er for stort. Skriv «10.20.0.4,10.30.0.0/24».'
  )
}

function isAddressOrNet(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  if (prefix === undefined) return true
  const bits = Number(prefix)
  return /^\d{1,3}$/.test(prefix) && bits >= (version === 4 ? 8 : 32) && bits <= (version === 4 ? 32 : 128)
}
