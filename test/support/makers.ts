import type { InquiryInput } from '../../schemas/inquiry.ts'
import type { Caller } from './caller.ts'
import { waitFor } from './wait-for.ts'

let made = 0

/** The body of an inquiry like many others; each has its own id. */
export const inquiryBody = (changes: Partial<InquiryInput> = {}): InquiryInput => {
  made += 1
  return {
    source: 'facebook',
    externalId: `1001_${made}`,
    kind: 'comment',
    permalink: `https://www.facebook.com/eksempelkommune/posts/1001?comment_id=${made}`,
    author: { displayName: 'Kari Eksempel', handle: 'kari.eksempel' },
    text: 'Når blir Storgata brøytet?',
    language: 'nb',
    publishedAt: '2026-11-21T18:42:10+01:00',
    mark: { by: 'servicetorget', reason: 'Spørsmål som må besvares', at: '2026-11-21T19:00:00+01:00' },
    ...changes
  }
}

export interface Details {
  readonly id: string
  readonly status: {
    readonly state: string
    readonly label: string
    readonly trouble?: { readonly code: string; readonly message: string }
  }
  readonly archive?: {
    readonly saksnummer: string
    readonly journalpostnummer: number
    readonly journalpost: string
    readonly location?: string
  }
  readonly related: readonly { readonly id: string; readonly event: string; readonly state: string }[]
  readonly attempts: readonly { readonly task: string; readonly outcome: string }[]
  readonly documents: number
}

/** Waits until an inquiry has come to rest: journaled, dismissed, or somebody's turn. */
export async function settled({ call }: Pick<Caller, 'call'>, id: string, atMostMs = 45_000): Promise<Details> {
  let details: Details | undefined
  const resting = ['journaled', 'dismissed', 'needs-action', 'in-review', 'handled-manually']
  await waitFor(
    async () => {
      details = (await (await call(`/v1/inquiries/${id}`)).json()) as Details
      return resting.includes(details.status.state)
    },
    `inquiry ${id} has come to rest`,
    { atMostMs, everyMs: 50 }
  )
  if (!details) throw new Error('unreachable')
  return details
}

/** At rest, once somebody has let on what the guideline wants looked at, such as a thread that may tell of health. */
export async function settledOnceLookedAt(
  by: Pick<Caller, 'call' | 'post'>,
  id: string,
  atMostMs?: number
): Promise<Details> {
  const details = await settled(by, id, atMostMs)
  if (details.status.trouble?.code !== 'review-needed') return details
  const { status } = await by.post(`/v1/inquiries/${id}/approve`, { reason: 'Kontrollert.' })
  if (status !== 200) throw new Error(`The approval of ${id} was answered ${status}.`)
  return settled(by, id, atMostMs)
}
