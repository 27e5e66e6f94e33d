import { createHash } from 'node:crypto'
import { v5 as uuidv5 } from 'uuid'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import { byName } from '../../src/domain/administrator.ts'
import { saksnummerFrom, type Task } from '../../src/domain/inquiry.ts'
import type { Policy } from '../../src/domain/policy.ts'
import { amendRecord } from '../../src/flow/amend-record.ts'
import { type ComposeDeps, composeRecord } from '../../src/flow/compose-record.ts'
import { deliverRecord } from '../../src/flow/deliver-record.ts'
import { throughGate } from '../../src/flow/gated-archive.ts'
import type { ArchiveConnector, AttachmentPreparer, BlobStore, DocumentRenderer } from '../../src/flow/ports.ts'
import { type ReceiveInquiryDeps, receiveInquiry } from '../../src/flow/receive-inquiry.ts'
import { restrictionBy } from '../../src/flow/restriction-of.ts'
import type { Step } from '../../src/flow/run-work.ts'
import { settleRecord } from '../../src/flow/settle-record.ts'
import type { Store } from '../../src/flow/store-port.ts'
import { contentFrom } from '../../src/http/to-submission.ts'
import { standardGuideline } from '../../src/standard-guideline.ts'

/** What the flow leans on, all of which may be replaced by something that fails. */
export interface Outside {
  readonly store: Store
  readonly archive: ArchiveConnector
  readonly blobs: BlobStore
  readonly renderer: DocumentRenderer
  readonly preparer: AttachmentPreparer
  readonly restrictionOf?: ComposeDeps['restrictionOf']
}

const municipality = {
  name: 'Eksempel kommune',
  administrativEnhet: 'Servicetorget',
  saksansvarlig: 'Ufordelt',
  language: 'nb' as const
}

/** Bytes that follow from the thread: setting the page is tried where the renderer is. */
export const plainRenderer: DocumentRenderer = {
  formatDetaljer: 'PDF/A-2a',
  render: async (document) => Buffer.from(`%PDF-1.7\n${JSON.stringify(document)}\n%%EOF\n`)
}

/** Takes every file for one in an archive format: opening them is tried where the preparer is. */
export const plainPreparer: AttachmentPreparer = {
  prepare: async () => ({ outcome: { kind: 'kept' }, findings: [] })
}

/** What a new installation judges by. */
export const standardPolicy: Policy = { version: 1, guideline: await standardGuideline() }

/** The step of a task, as the service puts it together. */
export function stepFor(task: Task, outside: Outside, settleDelayMs?: number): Step {
  const { archive, blobs, renderer, preparer } = outside
  const idFor = (name: string) => uuidv5(name, uuidv5.URL)
  const { fileBytesMax, skjerming: takesSkjerming } = archive.capabilities
  const largest = fileBytesMax === undefined ? {} : { fileBytesMax }
  const restrictionOf = outside.restrictionOf ?? restrictionBy(async () => standardPolicy)
  const composing: ComposeDeps = {
    ...{ blobs, renderer, preparer, municipality, limits: {}, takesSkjerming, idFor },
    ...largest,
    restrictionOf
  }
  const delivering = { blobs, ...(settleDelayMs !== undefined && { settleDelayMs }) }
  switch (task) {
    case 'compose':
      return composeRecord(composing)
    case 'deliver':
      return throughGate(archive, (gated) => deliverRecord({ archive: gated, ...delivering, restrictionOf }))
    case 'settle':
      return throughGate(archive, (gated) => settleRecord({ archive: gated, ...delivering }))
    case 'amend':
      return throughGate(archive, (gated) => amendRecord({ archive: gated, ...delivering }))
  }
}

/** What the steps are tried with: one who may mark, and no pages. */
const whoMay: Pick<ReceiveInquiryDeps, 'administrators' | 'ownPages'> = {
  administrators: {
    get: async () =>
      byName([
        {
          ...{ id: uuidv5('servicetorget', uuidv5.URL), version: 1, name: 'servicetorget', actsAs: [] },
          ...{ unit: 'Servicetorget', may: ['mark'], from: new Date(0), changedAt: new Date(0), changedBy: 'prove' }
        }
      ])
  },
  ownPages: { get: async () => ({ version: 0, pages: [] }) }
}

type Receiving = Omit<ReceiveInquiryDeps, 'room' | 'policy' | keyof typeof whoMay> & { readonly policy?: Policy }

/** Takes in an inquiry as the API does; gives its id. */
export async function receive({ policy = standardPolicy, ...deps }: Receiving, body: InquiryInput): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(body))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const { inquiry } = await receiveInquiry(
    { ...deps, ...whoMay, room: async () => undefined, policy: async () => policy },
    {
      content: contentFrom(body),
      mark: {
        ...{ by: body.mark.by, reason: body.mark.reason },
        ...(body.mark.category !== undefined && { category: body.mark.category }),
        ...(body.mark.protectedPerson !== undefined && { protectedPerson: body.mark.protectedPerson })
      },
      attachments: body.attachments ?? [],
      ...(body.caseNumber !== undefined && { caseNumber: saksnummerFrom(body.caseNumber) }),
      ...(body.follows !== undefined && { follows: body.follows }),
      ...(body.direction !== undefined && { direction: body.direction }),
      received: { bytes, mediaType: 'application/json', sha256, secretsBlanked: 0 },
      body,
      actor: 'prove'
    }
  )
  return inquiry.id
}
