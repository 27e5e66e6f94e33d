/**
 * Hele veien i TypeScript, uten andre pakker enn Node: utnevne en administrator, sende inn et innlegg, gi svaret, og få et
 * ulovlig innlegg sikret og slettet.
 *
 *   ARKIVBRO_URL=https://arkivbro.eksempel.no ARKIVBRO_KEY=id.hemmelighet npx tsx klient.ts
 */
import { createPublicKey, type JsonWebKey, randomUUID, verify } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

const { ARKIVBRO_URL: url, ARKIVBRO_KEY: key } = process.env
if (!url || !key) throw new Error('Sett ARKIVBRO_URL og ARKIVBRO_KEY.')

const ADMINISTRATOR = 'Kari Eksempel'
const TRIES_MAX = 120

interface Accepted {
  readonly id: string
  /** Der tillatelsen til å slette kommer, når innlegget skal slettes. */
  readonly deletionPermit?: string
}

interface Inquiry {
  readonly id: string
  readonly status: { readonly state: string; readonly label: string }
  readonly archive?: { readonly journalpost: string }
}

interface Reply {
  readonly words?: { readonly nb: string }
}

interface Permit {
  readonly permit: string
  readonly journalpost: string
}

/** En feil fra Arkivbro. Meldingen sier på norsk hva som skjedde, og hva du kan gjøre. */
class Refused extends Error {
  readonly status: number

  constructor(status: number, problem: { readonly title?: string; readonly detail?: string; readonly code?: string }) {
    super(`${problem.title} ${problem.detail ?? ''} (${problem.code})`)
    this.status = status
  }
}

async function call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) })
  })
  if (!response.ok) throw new Refused(response.status, (await response.json()) as object)
  return (await response.json()) as T
}

/** Svaret, eller ingenting når statusen er en av dem vi er forberedt på. */
const unless = (status: number) => (error: unknown) => {
  if (error instanceof Refused && error.status === status) return undefined
  throw error
}

/** Spør igjen til det er et svar. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await wait(1_000)
  }
  throw new Error('Det tok for lang tid. Se på GET /v1/overview.')
}

const journaled = (id: string) =>
  until(async () => {
    const { status, archive } = await call<Inquiry>('GET', `/v1/inquiries/${id}`)
    if (['needs-action', 'in-review', 'dismissed'].includes(status.state))
      throw new Error(`Noen må se på den: ${status.label}`)
    return status.state === 'journaled' ? archive?.journalpost : undefined
  })

/** Kontrollerer tillatelsen (JWS, RFC 7515) med den offentlige nøkkelen, uten å spørre Arkivbro. */
function checkedPermit(
  permit: string,
  keys: readonly JsonWebKey[]
): { readonly inquiry: string; readonly journalpost: string } {
  const [head = '', payload = '', signature = ''] = permit.split('.')
  const { kid, alg, typ } = fromBase64<{ kid: string; alg: string; typ: string }>(head)
  const jwk = keys.find((one) => one.kid === kid)
  const isGenuine =
    jwk !== undefined &&
    alg === 'EdDSA' &&
    typ === 'arkivbro-deletion-permit+jwt' &&
    verify(
      null,
      Buffer.from(`${head}.${payload}`),
      createPublicKey({ key: jwk, format: 'jwk' }),
      Buffer.from(signature, 'base64url')
    )
  if (!isGenuine) throw new Error('Tillatelsen er ikke ekte. Ikke slett innlegget.')
  return fromBase64(payload)
}

const fromBase64 = <T>(text: string): T => JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as T

const since = new Date().toISOString()
const mark = (reason: string, category: string) => ({ by: ADMINISTRATOR, reason, category })
const nowText = () => new Date().toISOString()

// 1. Bare den som er utnevnt, kan merke innlegg. 409 «name-in-use»: Det er gjort før.
await call('POST', '/v1/administrators', {
  ...{ name: ADMINISTRATOR, unit: 'Servicetorget', may: ['mark', 'reply', 'delete'] },
  reason: 'Utnevnt av kommunikasjonssjefen.'
}).catch(unless(409))

// 2. Send inn et innlegg. Når det kommer et svar, er det trygt lagret; kommer det ikke, send det samme på nytt.
const question = await call<Accepted>('POST', '/v1/inquiries', {
  ...{ source: 'facebook', externalId: `eksempel-${randomUUID()}`, kind: 'comment' },
  permalink: 'https://www.facebook.com/eksempelkommune/posts/1',
  author: { displayName: 'Per Eksempel' },
  text: 'Når blir Storgata brøytet?',
  publishedAt: since,
  mark: mark('Spørsmål som må besvares', 'question')
})
console.log(`Journalført: ${await journaled(question.id)}`)

// 3. Hent svaret den som skrev, skal få, gi det på plattformen, og registrer at det er gitt.
const { words } = await call<Reply>('GET', `/v1/inquiries/${question.id}/reply`)
if (!words) throw new Error('Svaret er holdt tilbake av kriseledelsen.')
const given = await call<Accepted>('POST', `/v1/inquiries/${question.id}/reply`, {
  ...{ by: ADMINISTRATOR, at: nowText(), text: words.nb, language: 'nb' }
})
console.log(`Svaret journalført: ${await journaled(given.id)}`)

// 4. Et ulovlig innlegg skal sikres før det slettes. 409: Arkivet har ikke bekreftet det ennå. Ikke slett.
const unlawful = await call<Accepted>('POST', '/v1/inquiries', {
  ...{ source: 'facebook', externalId: `eksempel-${randomUUID()}`, kind: 'comment' },
  author: { displayName: 'Pål Eksempel' },
  text: 'Jeg vet hvor du bor.',
  mark: mark('Trussel mot en ansatt', 'unlawful')
})
const { deletionPermit } = unlawful
if (deletionPermit === undefined) throw new Error('Retningslinjen sier ikke at innlegget skal slettes.')
const { permit } = await until(() => call<Permit>('GET', deletionPermit).catch(unless(409)))

// 5. Kontroller tillatelsen. Nøklene hentes én gang, og tas vare på.
const { keys } = await call<{ keys: readonly JsonWebKey[] }>('GET', '/v1/permit-keys')
const permitted = checkedPermit(permit, keys)
if (permitted.inquiry !== unlawful.id) throw new Error('Tillatelsen gjelder et annet innlegg.')

// 6. Her sletter du innlegget på plattformen. Registrer så at det er gjort.
const deleted = await call<Accepted>('POST', `/v1/inquiries/${unlawful.id}/deleted`, {
  ...{ by: ADMINISTRATOR, at: nowText(), reason: 'Trussel mot en ansatt' }
})
console.log(`Slettet: ${permitted.journalpost}, slettingen journalført: ${await journaled(deleted.id)}`)

// 7. Alt denne nøkkelen har sendt siden vi begynte, med tilstand. «next» er der når det kan være flere.
let next: string | undefined
do {
  const cursor: string = next === undefined ? '' : `&cursor=${next}`
  const page: { readonly inquiries: readonly Inquiry[]; readonly next?: string } = await call(
    'GET',
    `/v1/inquiries?client=me&limit=200&since=${since}${cursor}`
  )
  for (const { id } of page.inquiries) console.log(`Sendt: ${id}`)
  next = page.next
} while (next !== undefined)
