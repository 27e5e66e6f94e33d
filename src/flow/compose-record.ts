import { Readable } from 'node:stream'
import type { ArchivePlan } from '../domain/archive-plan.ts'
import { type Assessment, withFindings } from '../domain/assess.ts'
import { composeThread } from '../domain/compose-thread.ts'
import { underCategory, withoutLeftOut } from '../domain/corrections.ts'
import { Conflict } from '../domain/errors.ts'
import { REVIEW_NEEDED, type Trouble } from '../domain/inquiry.ts'
import type { Municipality } from '../domain/municipality.ts'
import type { PreparedAttachment } from '../domain/prepared-attachment.ts'
import { forArchive } from '../domain/protected-person.ts'
import { checkedArkivmelding } from '../noark/checked-arkivmelding.ts'
import type { RecordLimits } from '../noark/rules.ts'
import { fileSizeTrouble } from './file-size-trouble.ts'
import { type Filing, filingOf } from './filing.ts'
import { planRecord } from './plan-record.ts'
import type { AttachmentPreparer, BlobStore, Clock, DocumentRenderer } from './ports.ts'
import { attachmentTrouble, prepareAttachments } from './prepare-attachments.ts'
import type { RestrictionOf } from './restriction-of.ts'
import { type Try, WORKER, type WorkDeps } from './run-work.ts'
import { showPrepared } from './show-prepared.ts'
import { positionTrouble, skjermingTrouble } from './skjerming-trouble.ts'
import type { StoredInquiry } from './store-port.ts'

const DOCUMENT_BYTES_MAX = 100 * 1024 * 1024
/**
 * How long a later event waits before it looks again for its post's saksmappe. What settles the first wakes it sooner,
 * unless that happens in the very moment of the look; so it looks once more soon, and after that hardly ever.
 */
const LOOK_ONCE_MORE_MS = 60_000
const LOOK_AGAIN_MS = 3_600_000

export interface ComposeDeps {
  readonly blobs: BlobStore
  readonly renderer: DocumentRenderer
  readonly preparer: AttachmentPreparer
  readonly municipality: Municipality
  readonly limits: RecordLimits
  /** Largest file that the archive takes, in bytes; absent when there is no limit. */
  readonly fileBytesMax?: number
  /** Whether the archive can keep a record from the public. */
  readonly takesSkjerming: boolean
  readonly restrictionOf: RestrictionOf
  /** UUIDv5 in our own namespace. */
  readonly idFor: (name: string) => string
}

/** Step 2: render the thread, keep the originals beside it, and freeze the record that will be sent. Safe to repeat. */
export const composeRecord =
  (composing: ComposeDeps) =>
  async (deps: WorkDeps, { stored, lease, startedAt, signal }: Try): Promise<void> => {
    const { store, now, enqueue } = deps
    const { inquiry, status } = stored
    const filing = await filingOf(store, stored)
    if (filing.kind === 'wait') {
      const at = now()
      const trouble = {
        code: 'waits-for-first',
        message: `Venter på at henvendelsen ${filing.id}, som denne hører til, blir journalført, så de havner i samme sak.`
      }
      // It may wait for weeks: only the first look is worth a line in the log.
      if (status.state === 'received' && status.waitsFor === filing.id && status.trouble?.code === trouble.code) {
        return store.work.handBack(inquiry.id, lease.token, new Date(at.getTime() + LOOK_AGAIN_MS))
      }
      await store.inquiries.move({
        id: inquiry.id,
        from: status.state,
        to: { state: 'received', trouble, waitsFor: filing.id },
        at,
        actor: WORKER,
        action: 'inquiry.try-again',
        facts: { code: trouble.code },
        lease: lease.token,
        next: { kind: 'due', dueAt: new Date(at.getTime() + LOOK_ONCE_MORE_MS), failed: false }
      })
      return
    }
    const readBytes = () => store.inquiries.bytes(inquiry.id)
    const composed =
      reviewOf(stored, stored.assessment) ?? (await compose(composing, { stored, readBytes, filing, now, signal }))
    const common = { id: inquiry.id, from: status.state, at: now(), actor: WORKER, lease: lease.token }
    if ('trouble' in composed) {
      const { trouble, rule } = composed
      await store.inquiries.move({
        ...common,
        to: { state: rule === undefined ? 'needs-action' : 'in-review', trouble },
        action: rule === undefined ? 'inquiry.needs-action' : 'inquiry.held',
        facts: { code: trouble.code, rule },
        next: { kind: 'nothing' },
        attempt: { startedAt, outcome: 'needs-action', trouble }
      })
      return
    }
    const { plan, recordXml } = composed
    const frozen = store.inquiries.move({
      ...common,
      to: { state: 'ready' },
      action: 'inquiry.composed',
      facts: { files: plan.record.dokumenter.length, thread: plan.record.dokumenter[0]?.objekter[0]?.sha256 },
      plan: { plan, recordXml },
      ...(filing.founders && { founders: filing.founders }),
      next: { kind: 'due', dueAt: common.at, failed: false },
      attempt: { startedAt, outcome: 'done' }
    })
    const queued = await frozen.catch((error: unknown) => {
      if (!(error instanceof Conflict) || error.code !== 'case-founded') throw error
      // Next time it finds the one that came first.
      return store.work.handBack(inquiry.id, lease.token, common.at)
    })
    if (queued) enqueue(queued)
  }

/** Why a person must look before anything is sent, by which rule; nothing when somebody has, or need not. */
function reviewOf({ corrections }: Pick<StoredInquiry, 'corrections'>, assessment?: Assessment): Stopped | undefined {
  const review = assessment?.decisions.review
  if (!review || corrections?.isApproved) return undefined
  return { trouble: { code: REVIEW_NEEDED, message: review.value }, rule: review.rule }
}

/** A person must look, because of a rule of the guideline or because there can be no record. */
interface Stopped {
  readonly trouble: Trouble
  readonly rule?: string
}

interface Composing {
  readonly stored: StoredInquiry
  readonly readBytes: () => Promise<Uint8Array>
  readonly filing: Extract<Filing, { kind: 'file' }>
  readonly now: Clock
  readonly signal: AbortSignal
}

/** The record; or why a person must look before there can be one. */
async function compose(
  composing: ComposeDeps,
  { stored, readBytes, filing, now, signal }: Composing
): Promise<{ readonly plan: ArchivePlan; readonly recordXml: string } | Stopped> {
  const { blobs, renderer, preparer, municipality, limits, fileBytesMax, takesSkjerming, restrictionOf, idFor } =
    composing
  const { corrections = {} } = stored
  const { saksnummer, earlier } = filing
  const whole = underCategory(stored.inquiry, corrections)
  const inquiry = withoutLeftOut(whole, corrections)
  const prepared = await prepareAttachments({ preparer, now }, inquiry.attachments, signal)
  const assessment = stored.assessment && withFindings(stored.assessment, findingKinds(prepared))
  const restriction = await restrictionOf({
    ...{ inquiry, corrections },
    ...(assessment && { assessment }),
    ...(filing.earlier && { earlier: filing.earlier })
  })
  const unsafe = attachmentTrouble(prepared) ?? positionTrouble(prepared, restriction)
  // Before the document shows any of them.
  if (unsafe) return { trouble: unsafe }
  const review = reviewOf(stored, assessment)
  if (review) return review
  const shown = forArchive({ inquiry }, restriction).inquiry.attachments
  const thread = composeThread(whole, municipality, earlier, corrections, restriction)
  const document = showPrepared(thread, shown, prepared)
  const pdf = await renderer.render(document, signal)
  const keep = (file: Uint8Array) => blobs.put(Readable.from([file]), { maxBytes: DOCUMENT_BYTES_MAX, signal })
  const kept = await keep(pdf)
  const original = await keep(await readBytes())
  const plan = planRecord({
    inquiry,
    municipality,
    thread: { ...kept, mediaType: 'application/pdf', formatDetaljer: renderer.formatDetaljer },
    original: { ...original, mediaType: inquiry.received.mediaType },
    prepared,
    corrections,
    ...(assessment && { decisions: assessment.decisions }),
    ...(restriction && { restriction }),
    ...(saksnummer && { saksnummer }),
    ...(earlier && { earlier }),
    ...(limits.titleLengthMax !== undefined && { titleLengthMax: limits.titleLengthMax }),
    idFor: (name) => idFor(`${inquiry.id}/${name}`)
  })
  const beyond = fileSizeTrouble(plan, fileBytesMax) ?? skjermingTrouble(plan, takesSkjerming)
  if (beyond) return { trouble: beyond }
  const { xml, faults } = checkedArkivmelding(plan, limits)
  if (faults.length === 0) return { plan, recordXml: xml }
  const message = faults.map((fault) => `${fault.element}: ${fault.message}`).join('; ')
  return { trouble: { code: 'record-not-valid', message: `Arkivposten oppfyller ikke Noark 5: ${message}` } }
}

const findingKinds = (prepared: readonly PreparedAttachment[]): readonly string[] =>
  prepared.flatMap(({ findings }) => findings.map(({ kind }) => kind))
