import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid'
import { onTestFinished } from 'vitest'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import { folderBlobStore } from '../../src/documents/blobs/folder-blob-store.ts'
import type { InquiryStatus } from '../../src/domain/inquiry.ts'
import { type ComposeDeps, composeRecord } from '../../src/flow/compose-record.ts'
import { deliverRecord } from '../../src/flow/deliver-record.ts'
import { throughGate } from '../../src/flow/gated-archive.ts'
import { keepMessage } from '../../src/flow/hear-archive.ts'
import type { ArchiveConnector, AttachmentPreparer, BlobStore, DocumentRenderer } from '../../src/flow/ports.ts'
import { receiveInquiry } from '../../src/flow/receive-inquiry.ts'
import { runWork, type Step, type WorkDeps } from '../../src/flow/run-work.ts'
import { settleRecord } from '../../src/flow/settle-record.ts'
import type { QueuedWork, Store } from '../../src/flow/store-port.ts'
import { sweepWork } from '../../src/flow/sweep-work.ts'
import { contentFrom, saksnummer } from '../../src/http/to-submission.ts'
import type { Database } from '../../src/store/database.ts'
import { inquiryBody } from '../support/makers.ts'
import { freshFolder, freshStore } from '../support/setup.ts'

/** What the flow leans on, all of which may be replaced by something that fails. */
export interface Outside {
  readonly store: Store
  readonly archive: ArchiveConnector
  readonly blobs: BlobStore
  readonly renderer: DocumentRenderer
  readonly preparer: AttachmentPreparer
}

export interface Workbench extends Outside {
  readonly db: Database
  /** The time it is. Nothing but the test makes it pass. */
  now(): Date
  pass(ms: number): void
  /** Takes in an inquiry as the API does; gives its id. */
  receive(changes?: Partial<InquiryInput>): Promise<string>
  /** What was handed to the queue and has not been run. */
  readonly queued: QueuedWork[]
  /** Runs one piece of work, as a worker does. */
  run(work: Pick<QueuedWork, 'inquiryId' | 'task'>, outside?: Partial<Outside>, stopped?: AbortSignal): Promise<void>
  /** Hands what is due to the queue. */
  sweep(): Promise<void>
  /** Sweeps and runs whatever is due now. Gives how much there was. */
  runDue(outside?: Partial<Outside>): Promise<number>
  /** Lets time pass from one due time to the next, at most until `atMostMs` from now, until nothing is left to do. */
  runOn(options?: { readonly outside?: Partial<Outside>; readonly atMostMs?: number }): Promise<void>
  status(id: string): Promise<InquiryStatus>
  /** The actions of the audit log about an inquiry, oldest first. */
  actions(id: string): Promise<readonly string[]>
  readonly log: { readonly level: string; readonly facts: Record<string, unknown>; readonly message: string }[]
}

export const START = new Date('2026-11-22T09:00:00Z')
const DAY_MS = 86_400_000
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

/** The steps on a real store and real files, with a clock that stands still and an archive of the test's choice. */
export async function workbench(
  archive: ArchiveConnector,
  changes: {
    readonly renderer?: DocumentRenderer
    readonly preparer?: AttachmentPreparer
    readonly settleDelayMs?: number
    readonly deliverDeadlineMs?: number
  } = {}
): Promise<Workbench> {
  const { store, db } = await freshStore()
  const blobs = folderBlobStore({ folder: freshFolder() })
  const own: Outside = {
    store,
    archive,
    blobs,
    renderer: changes.renderer ?? plainRenderer,
    preparer: changes.preparer ?? plainPreparer
  }
  const queued: QueuedWork[] = []
  const log: Workbench['log'] = []
  const say = (level: string) => (facts: Record<string, unknown>, message: string) =>
    log.push({ level, facts, message })
  const logs = { info: say('info'), warn: say('warn'), error: say('error') }
  let time = START.getTime()
  const now = () => new Date(time)
  const enqueue = (work: QueuedWork) => void queued.push(work)
  const enqueueAll = async (work: readonly QueuedWork[]) => void queued.push(...work)

  const run: Workbench['run'] = async (work, outside = {}, stopped = new AbortController().signal) => {
    const parts = { ...own, ...outside }
    const deps: WorkDeps = { store: parts.store, now, random: () => 0.5, enqueue, log: logs }
    const { inquiryId, task } = work
    const deadlineMs = (task === 'deliver' ? changes.deliverDeadlineMs : undefined) ?? 300_000
    await runWork(deps, stepFor(task, parts, changes.settleDelayMs), { inquiryId, task, deadlineMs }, stopped)
  }

  const listening = new AbortController()
  onTestFinished(() => listening.abort())
  void archive.inbound?.(keepMessage({ store, archive: archive.name, now, log: logs }), listening.signal)

  const sweep = async () => void (await sweepWork({ store, archive: archive.name, now, enqueueAll }))
  const runDue: Workbench['runDue'] = async (outside = {}) => {
    await sweep()
    const due = queued.splice(0)
    for (const work of due) await run(work, outside)
    return due.length
  }

  const runOn: Workbench['runOn'] = async ({ outside = {}, atMostMs = 30 * DAY_MS } = {}) => {
    const end = time + atMostMs
    for (;;) {
      if ((await runDue(outside)) > 0) continue
      const { rows } = await sql<{ next: Date | null }>`
        select min(greatest(due_at, enqueued_until, leased_until, case when task <> 'compose' then closed_until end))
          as next from work_item left join archive_gate on archive = ${archive.name}`.execute(db)
      const next = rows[0]?.next
      if (!next || next.getTime() > end) return
      time = Math.max(time + 1, next.getTime() + 1)
    }
  }

  return {
    ...own,
    ...{ db, now, queued, log, run, sweep, runDue, runOn },
    pass: (ms) => {
      time += ms
    },
    receive: (wanted = {}) => receive(store, now, enqueue, wanted),
    status: async (id) => (await store.inquiries.get(id)).status,
    actions: async (id) => (await store.audit.about(id)).map(({ action }) => action)
  }
}

function stepFor(task: QueuedWork['task'], outside: Outside, settleDelayMs?: number): Step {
  const { archive, blobs, renderer, preparer } = outside
  const idFor = (name: string) => uuidv5(name, uuidv5.URL)
  const { fileBytesMax } = archive.capabilities
  const largest = fileBytesMax === undefined ? {} : { fileBytesMax }
  const composing: ComposeDeps = { blobs, renderer, preparer, municipality, limits: {}, idFor, ...largest }
  const delivering = { blobs, ...(settleDelayMs !== undefined && { settleDelayMs }) }
  switch (task) {
    case 'compose':
      return composeRecord(composing)
    case 'deliver':
      return throughGate(archive, (gated) => deliverRecord({ archive: gated, ...delivering }))
    case 'settle':
      return throughGate(archive, (gated) => settleRecord({ archive: gated, ...delivering }))
  }
}

async function receive(
  store: Store,
  now: () => Date,
  enqueue: (work: QueuedWork) => void,
  wanted: Partial<InquiryInput>
): Promise<string> {
  const body = inquiryBody(wanted)
  const bytes = Buffer.from(JSON.stringify(body))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const attachments = body.attachments ?? []
  const { id } = await receiveInquiry(
    { store, now, newId: () => uuidv7(), enqueue, room: async () => undefined },
    {
      content: contentFrom(body),
      mark: { by: body.mark.by, reason: body.mark.reason },
      attachments,
      ...(body.caseNumber !== undefined && { caseNumber: saksnummer(body.caseNumber) }),
      ...(body.follows !== undefined && { follows: body.follows }),
      direction: body.direction ?? 'incoming',
      received: { bytes, mediaType: 'application/json', sha256, secretsBlanked: 0 },
      body,
      actor: 'prove'
    }
  )
  return id
}

/** Uploads a file as the API does; gives what an inquiry names it by. */
export async function attach(
  { blobs, store, now }: Workbench,
  bytes: Buffer,
  fileName: string
): Promise<{ readonly id: string }> {
  const attachment = { id: uuidv7(), fileName, ...(await blobs.put(Readable.from([bytes]), { maxBytes: 10_000_000 })) }
  await store.attachments.add(attachment, now(), 'prove')
  return { id: attachment.id }
}
