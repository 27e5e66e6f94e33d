import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { onTestFinished } from 'vitest'
import type { InquiryInput } from '../../schemas/inquiry.ts'
import { folderBlobStore } from '../../src/documents/blobs/folder-blob-store.ts'
import type { InquiryStatus } from '../../src/domain/inquiry.ts'
import type { Policy } from '../../src/domain/policy.ts'
import { keepMessage } from '../../src/flow/hear-archive.ts'
import type { ArchiveConnector, AttachmentPreparer, DocumentRenderer } from '../../src/flow/ports.ts'
import { runWork, type WorkDeps } from '../../src/flow/run-work.ts'
import type { QueuedWork } from '../../src/flow/store-port.ts'
import { sweepWork } from '../../src/flow/sweep-work.ts'
import type { Database } from '../../src/store/database.ts'
import { inquiryBody } from '../support/makers.ts'
import { freshFolder, freshStore } from '../support/setup.ts'
import { type Outside, plainPreparer, plainRenderer, receive, stepFor } from './installation.ts'

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
/** The steps on a real store and real files, with a clock that stands still and an archive of the test's choice. */
export async function workbench(
  archive: ArchiveConnector,
  changes: {
    readonly renderer?: DocumentRenderer
    readonly preparer?: AttachmentPreparer
    readonly settleDelayMs?: number
    readonly deliverDeadlineMs?: number
    readonly policy?: Policy
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
      const next = await nextDue(db, archive.name)
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
    receive: (wanted = {}) => {
      const { policy } = changes
      const receiving = { store, now, newId: () => uuidv7(), enqueue, ...(policy && { policy }) }
      return receive(receiving, inquiryBody(wanted))
    },
    status: async (id) => (await store.inquiries.get(id)).status,
    actions: async (id) => (await store.audit.about(id)).map(({ action }) => action)
  }
}

/** When some work can be taken next, as far as is known now. */
export async function nextDue(db: Database, archive: string): Promise<Date | undefined> {
  const { rows } = await sql<{ next: Date | null }>`
    select min(greatest(due_at, enqueued_until, leased_until, case when task <> 'compose' then closed_until end))
      as next from work_item left join archive_gate on archive = ${archive}
      where task = 'compose' or paused_at is null`.execute(db)
  return rows[0]?.next ?? undefined
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
