import { randomUUID } from 'node:crypto'

export const account = {
  user: 'arkivbro@example.com',
  password: 'passord-som-ingen-far-se',
  clientId: 'arkivbro-klient',
  clientSecret: 'hemmelighet-som-ingen-far-se'
} as const

/** Who is signed in, kept in memory: a restart forgets them all. */
export function openTokens() {
  const live = new Set<string>()
  const client = `Basic ${Buffer.from(`${account.clientId}:${account.clientSecret}`).toString('base64')}`
  const basic = `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`
  return {
    issued: 0,
    /** A token for a right grant (RFC 6749 §4.3, §4.4); undefined for a wrong one. */
    issue(parameters: URLSearchParams, authorization: string | undefined): string | undefined {
      if (authorization !== client) return undefined
      const isUser = parameters.get('username') === account.user && parameters.get('password') === account.password
      const grant = parameters.get('grant_type')
      if (grant !== 'client_credentials' && !(grant === 'password' && isUser)) return undefined
      const token = randomUUID()
      live.add(token)
      this.issued += 1
      return token
    },
    believes: (authorization: string | undefined) =>
      authorization === basic || live.has((authorization ?? '').replace('Bearer ', '')),
    forget: (authorization: string | undefined) => void live.delete((authorization ?? '').replace('Bearer ', '')),
    forgetAll: () => live.clear()
  }
}
