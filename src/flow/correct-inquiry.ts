import type { Corrections } from '../domain/corrections.ts'
import type { Decision } from '../domain/decision.ts'
import { Refused } from '../domain/errors.ts'
import { type InquiryState, needsReview } from '../domain/inquiry.ts'
import { decide, type PersonActionDeps, wrongState } from './decide.ts'

const correctable: readonly InquiryState[] = ['received', 'in-review', 'ready', 'needs-action']

/**
 * A person puts right what will be archived, and the record is made anew. What came in stays as it came; earlier
 * corrections stand unless they are named again. Throws Conflict: `may-be-in-archive` when something was begun there,
 * `inquiry-in-wrong-state` when it is too late; Refused('attachment-unknown'), NotFound.
 */
export async function correctInquiry(
  deps: PersonActionDeps,
  id: string,
  { corrections, ...decision }: Decision & { readonly corrections: Corrections }
): Promise<void> {
  const stored = await deps.store.inquiries.get(id)
  if (!correctable.includes(stored.status.state)) throw tooLate(id)
  refuseUnknown(
    corrections,
    stored.inquiry.attachments.map((one) => one.id)
  )
  const decided = {
    to: { state: 'received' },
    action: 'inquiry.corrected',
    facts: { fields: Object.keys(corrections).join(' ') },
    // Whoever puts something right has looked at it.
    corrections: {
      ...stored.corrections,
      ...corrections,
      ...(needsReview(stored.status) && { isApproved: true as const })
    },
    unlessBegun: true
  } as const
  await decide(deps, stored, decided, decision)
}

function refuseUnknown({ withoutAttachments = [] }: Corrections, known: readonly string[]): void {
  const unknown = withoutAttachments.flatMap((id, index) =>
    known.includes(id) ? [] : [{ pointer: `/withoutAttachments/${index}`, detail: 'hører ikke til henvendelsen' }]
  )
  if (unknown.length === 0) return
  const message = 'Et vedlegg hører ikke til henvendelsen. Hent henvendelsen og bruk id-ene som står der.'
  throw new Refused('attachment-unknown', message, unknown)
}

const tooLate = (id: string) =>
  wrongState(`Henvendelsen ${id} kan ikke rettes nå. Bare det som ikke er sendt til arkivet, kan rettes.`)
