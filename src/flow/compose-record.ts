import { Readable } from 'node:stream'
import type { ArchivePlan } from '../domain/archive-plan.ts'
import { composeThread } from '../domain/compose-thread.ts'
import type { Inquiry, InquiryStatus, Saksnummer, Trouble } from '../domain/inquiry.ts'
import type { Municipality } from '../domain/municipality.ts'
import { checkedArkivmelding } from '../noark/checked-arkivmelding.ts'
import type { RecordLimits } from '../noark/rules.ts'
import { planRecord } from './plan-record.ts'
import type { BlobStore, DocumentRenderer } from './ports.ts'
import { type Try, WORKER, type WorkDeps } from './run-work.ts'
import type { StoredInquiry } from './store-port.ts'

const DOCUMENT_BYTES_MAX = 100 * 1024 * 1024
/** How long a later event waits before it looks again for its post's saksmappe; the journaling wakes it sooner. */
const LOOK_AGAIN_MS = 60_000

export interface ComposeDeps {
  readonly blobs: BlobStore
  readonly renderer: DocumentRenderer
  readonly municipality: Municipality
  readonly limits: RecordLimits
  /** UUIDv5 in our own namespace. */
  readonly idFor: (name: string) => string
}

/** Step 2: render the thread, keep the originals beside it, and freeze the record that will be sent. Safe to repeat. */
export const composeRecord =
  (composing: ComposeDeps) =>
  async (deps: WorkDeps, { stored, lease, startedAt, signal }: Try): Promise<void> => {
    const { store, now, enqueue } = deps
    const { inquiry, status } = stored
    const filing = await filingOf(deps, inquiry)
    if (filing.kind === 'wait') {
      const at = now()
      const lookAgainAt = new Date(at.getTime() + LOOK_AGAIN_MS)
      const trouble = {
        code: 'waits-for-first',
        message: `Venter på at henvendelsen ${filing.id}, om samme innlegg, blir journalført, så de havner i samme sak.`
      }
      // It may wait for weeks: only the first look is worth a line in the log.
      if (saysTheSame(status, trouble)) return store.work.handBack(inquiry.id, lease.token, lookAgainAt)
      await store.inquiries.move({
        id: inquiry.id,
        from: status.state,
        to: { state: 'received', trouble },
        at,
        actor: WORKER,
        action: 'inquiry.try-again',
        facts: { code: trouble.code },
        lease: lease.token,
        next: { kind: 'due', dueAt: lookAgainAt, failed: false }
      })
      return
    }
    const bytes = await store.inquiries.bytes(inquiry.id)
    const plan = await compose(composing, inquiry, bytes, filing.saksnummer, signal)
    const { xml, faults } = checkedArkivmelding(plan, composing.limits)
    const common = { id: inquiry.id, from: status.state, at: now(), actor: WORKER, lease: lease.token }
    if (faults.length > 0) {
      const message = faults.map((fault) => `${fault.element}: ${fault.message}`).join('; ')
      const trouble = { code: 'record-not-valid', message: `Arkivposten oppfyller ikke Noark 5: ${message}` }
      await store.inquiries.move({
        ...common,
        to: { state: 'needs-action', trouble },
        action: 'inquiry.needs-action',
        facts: { code: trouble.code },
        next: { kind: 'nothing' },
        attempt: { startedAt, outcome: 'needs-action', trouble }
      })
      return
    }
    const queued = await store.inquiries.move({
      ...common,
      to: { state: 'ready' },
      action: 'inquiry.composed',
      facts: { files: plan.record.dokumenter.length, thread: plan.record.dokumenter[0]?.objekter[0]?.sha256 },
      plan: { plan, recordXml: xml },
      next: { kind: 'due', dueAt: common.at, failed: false },
      attempt: { startedAt, outcome: 'done' }
    })
    if (queued) enqueue(queued)
  }

type Filing =
  | { readonly kind: 'file'; readonly saksnummer?: Saksnummer }
  | { readonly kind: 'wait'; readonly id: string }

/** A case that a person named; else that of the post's first inquiry; else a new one. */
async function filingOf({ store }: WorkDeps, inquiry: Inquiry): Promise<Filing> {
  if (inquiry.caseNumber) return { kind: 'file', saksnummer: inquiry.caseNumber }
  const others = (await store.inquiries.ofPost(inquiry.source, inquiry.externalId)).filter(
    (other) => other.inquiry.id !== inquiry.id && other.status.state !== 'dismissed'
  )
  const first = others.find((other) => other.inquiry.id < inquiry.id) ?? others.find(hasGoneAhead)
  if (!first) return { kind: 'file' }
  if (!('receipt' in first.status)) return { kind: 'wait', id: first.inquiry.id }
  const { saksaar, sakssekvensnummer } = first.status.receipt
  return { kind: 'file', saksnummer: { saksaar, sakssekvensnummer } }
}

/** Of two that came in the same moment, the later may have been composed before the first was there to be seen. */
const hasGoneAhead = ({ inquiry, status }: StoredInquiry): boolean =>
  status.state !== 'received' && inquiry.caseNumber === undefined

const saysTheSame = (status: InquiryStatus, trouble: Trouble): boolean =>
  'trouble' in status && status.trouble?.code === trouble.code && status.trouble.message === trouble.message

async function compose(
  { blobs, renderer, municipality, idFor }: ComposeDeps,
  inquiry: Inquiry,
  bytes: Uint8Array,
  saksnummer: Saksnummer | undefined,
  signal: AbortSignal
): Promise<ArchivePlan> {
  const pdf = await renderer.render(composeThread(inquiry, municipality), signal)
  const keep = (file: Uint8Array) => blobs.put(Readable.from([file]), { maxBytes: DOCUMENT_BYTES_MAX, signal })
  const thread = await keep(pdf)
  const original = await keep(bytes)
  return planRecord({
    inquiry,
    municipality,
    thread: { ...thread, mediaType: 'application/pdf' },
    original: { ...original, mediaType: inquiry.received.mediaType },
    ...(saksnummer && { saksnummer }),
    idFor: (name) => idFor(`${inquiry.id}/${name}`)
  })
}
