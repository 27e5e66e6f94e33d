import { createHash } from 'node:crypto'
import { composeThread } from '../domain/compose-thread.ts'
import { toArkivmelding } from '../noark/arkivmelding.ts'
import { planFaults } from '../noark/rules.ts'
import type { ComposeDeps } from './compose-record.ts'
import { filingOf } from './filing.ts'
import { planRecord } from './plan-record.ts'
import { inquiryFrom, type ReceiveInquiryDeps, type Submission } from './receive-inquiry.ts'

export type PreviewDeps = ReceiveInquiryDeps & Pick<ComposeDeps, 'renderer' | 'municipality' | 'idFor'>

export interface RecordPreview {
  readonly record: string // XML
  readonly faults: { element: string; message: string }[]
  readonly documentBytes: number
}

/** The record that a submission would become. Nothing is kept or sent; only that someone looked is written down. */
export async function previewRecord(deps: PreviewDeps, submission: Submission): Promise<RecordPreview> {
  const { renderer, municipality, idFor, store, now } = deps
  const inquiry = await inquiryFrom(deps, submission)
  const filing = await filingOf(store, inquiry)
  const { saksnummer, earlier } = filing.kind === 'file' ? filing : {}
  const pdf = await renderer.render(composeThread(inquiry, municipality, earlier))
  const { bytes, mediaType } = submission.received
  const plan = planRecord({
    inquiry,
    municipality,
    thread: { sha256: sha256(pdf), size: pdf.byteLength, mediaType: 'application/pdf' },
    original: { sha256: sha256(bytes), size: bytes.byteLength, mediaType },
    ...(saksnummer && { saksnummer }),
    ...(earlier && { earlier }),
    idFor: (name) => idFor(`${inquiry.id}/${name}`)
  })
  await store.audit.append({ at: now(), actor: submission.actor, action: 'inquiry.previewed', subject: inquiry.id })
  return { record: toArkivmelding(plan), faults: [...planFaults(plan)], documentBytes: pdf.byteLength }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
