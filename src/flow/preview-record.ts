import { createHash } from 'node:crypto'
import type { ArchivePlan } from '../domain/archive-plan.ts'
import type { Assessment } from '../domain/assess.ts'
import { composeThread } from '../domain/compose-thread.ts'
import { fileFormat } from '../domain/file-formats.ts'
import type { Attachment, Inquiry } from '../domain/inquiry.ts'
import type { PreparedAttachment } from '../domain/prepared-attachment.ts'
import type { Restriction } from '../domain/restriction.ts'
import { checkedArkivmelding } from '../noark/checked-arkivmelding.ts'
import { assessInquiry } from './assess-inquiry.ts'
import type { ComposeDeps } from './compose-record.ts'
import { fileSizeTrouble } from './file-size-trouble.ts'
import { filingOf } from './filing.ts'
import { planRecord } from './plan-record.ts'
import { inquiryFrom, type ReceiveInquiryDeps, type Submission } from './receive-inquiry.ts'
import { skjermingTrouble } from './skjerming-trouble.ts'

export type PreviewDeps = ReceiveInquiryDeps &
  Pick<
    ComposeDeps,
    'renderer' | 'municipality' | 'limits' | 'fileBytesMax' | 'takesSkjerming' | 'restrictionOf' | 'idFor'
  >

export interface RecordPreview {
  readonly record: string // XML
  readonly faults: { element: string; message: string }[]
  readonly documentBytes: number
  readonly plan: ArchivePlan
  readonly inquiry: Inquiry
  readonly assessment: Assessment
  readonly restriction?: Restriction
}

/** The record that a submission would become. Nothing is kept or sent; only that someone looked is written down. */
export async function previewRecord(deps: PreviewDeps, submission: Submission): Promise<RecordPreview> {
  const { renderer, municipality, limits, fileBytesMax, takesSkjerming, restrictionOf, idFor, store, now } = deps
  const inquiry = await inquiryFrom(deps, submission)
  const assessment = assessInquiry(await deps.policy(), inquiry)
  const filing = await filingOf(store, { inquiry, assessment })
  const { saksnummer, earlier } = filing.kind === 'file' ? filing : {}
  const restriction = await restrictionOf({ inquiry, assessment, ...(earlier && { earlier }) })
  const pdf = await renderer.render(composeThread(inquiry, municipality, earlier, {}, restriction))
  const { bytes, mediaType } = submission.received
  const plan = planRecord({
    inquiry,
    municipality,
    thread: {
      sha256: sha256(pdf),
      size: pdf.byteLength,
      mediaType: 'application/pdf',
      formatDetaljer: renderer.formatDetaljer
    },
    prepared: inquiry.attachments.map(expected),
    original: { sha256: sha256(bytes), size: bytes.byteLength, mediaType },
    decisions: assessment.decisions,
    ...(restriction && { restriction }),
    ...(saksnummer && { saksnummer }),
    ...(earlier && { earlier }),
    ...(limits.titleLengthMax !== undefined && { titleLengthMax: limits.titleLengthMax }),
    idFor: (name) => idFor(`${inquiry.id}/${name}`)
  })
  await store.audit.append({ at: now(), actor: submission.actor, action: 'inquiry.previewed', subject: inquiry.id })
  const { xml, faults } = checkedArkivmelding(plan, limits)
  const tooLarge = fileSizeTrouble(plan, fileBytesMax)
  const openOnly = skjermingTrouble(plan, takesSkjerming)
  const beyond = [
    ...(tooLarge ? [{ element: 'filstoerrelse', message: tooLarge.message }] : []),
    ...(openOnly ? [{ element: 'skjerming', message: openOnly.message }] : [])
  ]
  return {
    ...{ record: xml, faults: [...faults, ...beyond], documentBytes: pdf.byteLength, plan, inquiry, assessment },
    ...(restriction && { restriction })
  }
}

/** Nothing is opened for a preview; the remark says that it will be. */
const expected = ({ mediaType }: Attachment): PreparedAttachment => ({
  outcome: { kind: fileFormat(mediaType).isArchiveFormat ? 'kept' : 'to-be-converted' },
  findings: []
})

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
