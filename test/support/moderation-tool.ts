import { createSign, generateKeyPairSync } from 'node:crypto'
import { expect } from 'vitest'
import type { CallbackClientInput } from '../../schemas/callbacks.ts'
import type { Caller } from './caller.ts'

/** A moderation tool with a key of its own, as ROOST Coop signs. */
export function moderationTool({ address, post }: Caller & { readonly address: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const sign = (body: string | Buffer) => createSign('RSA-SHA256').update(body).sign(privateKey, 'base64')
  const sendTo = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${address}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'coop-signature': sign(body), ...headers }
    })
  return {
    pem,
    sign,
    sendTo,
    /** Registers it; what it sends goes to the address that it got. */
    async registered(changes: Partial<CallbackClientInput> = {}) {
      const response = await post('/v1/callback-clients', registration(pem, changes))
      const text = await response.text()
      expect(response.status, text).toBe(201)
      const made = JSON.parse(text) as { id: string; address: string; version: number }
      return { ...made, send: (callback: object) => sendTo(made.address, JSON.stringify(callback)) }
    }
  }
}

export const registration = (publicKey: string, changes: Partial<CallbackClientInput> = {}): CallbackClientInput => ({
  ...{ name: 'Coop', publicKey, source: 'facebook', reason: 'Avtalt.' },
  fields: {
    ...{ text: '/custom/text', authorName: '/custom/author', authorId: '/creator/id' },
    ...{ permalink: '/custom/url', publishedAt: '/custom/at' }
  },
  kinds: [{ typeId: 'kommentar', kind: 'comment' }],
  actions: [
    { id: 'til-sak', means: 'inquiry' },
    { id: 'slett-ulovlig', means: 'inquiry', category: 'unlawful' },
    { id: 'skjul-reklame', means: 'ignore' }
  ],
  policies: [
    { id: 'trusler', category: 'unlawful' },
    { id: 'politikk', category: 'political' }
  ],
  ...changes
})

let made = 0

/** What Coop sends; each about an item of its own. */
export function moderationCallback(changes: Record<string, unknown> = {}) {
  made += 1
  return {
    item: { id: `2002_${made}`, typeId: 'kommentar', typeName: 'Kommentar' },
    policies: [{ id: 'politikk', name: 'Politikk', penalty: 'NONE' }],
    rules: [],
    action: { id: 'til-sak' },
    custom: {
      ...{ text: 'Når kommer bussen?', author: 'Kari Eksempel', at: '2026-11-21T18:42:10+01:00' },
      url: `https://www.facebook.com/eksempelkommune/posts/2002?comment_id=${made}`
    },
    actorEmail: 'Moderator',
    decisionReason: 'Spørsmål til de folkevalgte.',
    creator: { id: '24680135792468', typeId: 'bruker' },
    ...changes
  }
}
