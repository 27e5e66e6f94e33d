import { openStates, type Task } from '../../../src/domain/inquiry.ts'
import type { Lease, QueuedWork, WorkStore } from '../../../src/flow/store-port.ts'
import { jobIdOf } from '../../../src/store/work-store.ts'
import { append } from './audit.ts'
import { wakeForNews } from './messages.ts'
import { restoreWork } from './restore-work.ts'
import { copyOf, type Model, ms, type Tables, type WorkRow } from './tables.ts'

const SAKSMAPPE_BUSY_MS = 1_000
const HURRIED_MS = 15_000

export const queued = ({ id, task, generation, enqueued }: WorkRow): QueuedWork => ({
  inquiryId: id,
  task,
  jobId: jobIdOf(id, generation, enqueued)
})

const isFree = ({ lease, leasedUntil }: WorkRow, at: Date): boolean =>
  lease === undefined || (leasedUntil !== undefined && leasedUntil < ms(at))

export const workModel = (model: Model): WorkStore => ({
  claim: async (id, task, at, leaseMs) =>
    model.transaction((tables): Lease | undefined => {
      const row = tables.work.get(id)
      if (!row || row.task !== task || row.dueAt > ms(at) || !isFree(row, at)) return undefined
      if (isSaksmappeTaken(tables, row)) {
        const dueAt = ms(at) + SAKSMAPPE_BUSY_MS
        if (row.lease === undefined) tables.work.set(id, { ...row, dueAt, enqueuedUntil: undefined })
        return undefined
      }
      const token = model.nextToken()
      tables.work.set(id, { ...row, lease: token, leasedUntil: ms(at) + leaseMs, enqueuedUntil: undefined })
      return {
        token,
        tries: row.tries,
        isTakenOver: row.lease !== undefined,
        ...(row.firstFailedAt !== undefined && { firstFailedAt: new Date(row.firstFailedAt) })
      }
    }),

  renew: async (id, token, until) => changeHeld(model, id, token, () => ({ leasedUntil: ms(until) })),

  async handBack(id, token, dueAt) {
    const free = { lease: undefined, leasedUntil: undefined, enqueuedUntil: undefined }
    changeHeld(model, id, token, () => ({ ...free, dueAt: ms(dueAt) }))
    model.transaction((tables) => wakeForNews(tables, id))
  },

  takeDue: async (at, until, limit, tasks) =>
    model.transaction(({ work }) => {
      const due = [...work.values()]
        .filter((row) => row.dueAt <= ms(at) && tasks.includes(row.task) && isFree(row, at))
        .filter(({ enqueuedUntil }) => enqueuedUntil === undefined || enqueuedUntil < ms(at))
        .sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map((row): WorkRow => ({ ...row, enqueuedUntil: ms(until), enqueued: row.enqueued + 1 }))
      for (const row of due) work.set(row.id, row)
      return due.map(queued)
    }),

  backlog: async (at) => {
    const { work, inquiries } = model.tables()
    const due = [...work.values()].filter((row) => row.dueAt <= ms(at) && isFree(row, at))
    const open = [...inquiries.values()].filter(({ status }) => openStates.includes(status.state))
    const count = (task: Task) => due.filter((row) => row.task === task).length
    return {
      dueByTask: {
        compose: count('compose'),
        deliver: count('deliver'),
        settle: count('settle'),
        amend: count('amend')
      },
      ...(due.length > 0 && { dueSince: new Date(Math.min(...due.map(({ dueAt }) => dueAt))) }),
      ...(open.length > 0 && { openSince: new Date(Math.min(...open.map(({ receivedAt }) => receivedAt))) })
    }
  },

  restore: async (at, limit, actor) => model.transaction((tables) => restoreWork(tables, at, limit, actor)),

  attempts: async (id) =>
    model
      .tables()
      .attempts.filter((row) => row.id === id)
      .slice(0, 500)
      .map(({ attempt }) => copyOf(attempt)),

  hurry: async (id, event) =>
    model.transaction((tables) => {
      const { at } = event
      append(tables, { ...event, subject: id })
      const row = tables.work.get(id)
      if (!row || !isFree(row, at)) return undefined
      const hurried = { ...row, dueAt: ms(at), enqueued: row.enqueued + 4, enqueuedUntil: ms(at) + HURRIED_MS }
      tables.work.set(id, hurried)
      return queued(hurried)
    })
})

/** What the unique index work_item_one_delivery_per_saksmappe says. */
const isSaksmappeTaken = ({ work }: Tables, { id, task, saksmappe }: WorkRow): boolean =>
  task === 'deliver' &&
  saksmappe !== undefined &&
  [...work.values()].some(
    (other) => other.id !== id && other.task === 'deliver' && other.lease !== undefined && other.saksmappe === saksmappe
  )

const changeHeld = (model: Model, id: string, token: string, change: () => Partial<WorkRow>): boolean =>
  model.transaction(({ work }) => {
    const row = work.get(id)
    if (row?.lease !== token) return false
    work.set(id, { ...row, ...change() })
    return true
  })
