import { type InquiryState, taskIn } from '../../../src/domain/inquiry.ts'
import type { ArchiveMessage } from '../../../src/flow/ports.ts'
import type { Heard, Keeping, MessageStore } from '../../../src/flow/store-port.ts'
import { append } from './audit.ts'
import { copyOf, kept, type MessageRow, type Model, ms, type Tables, type WorkRow } from './tables.ts'

export const messageModel = (model: Model): MessageStore => ({
  keep: async (archive, message, at) => model.transaction((tables) => keep(tables, archive, message, at)),
  hear: async (archive, inquiryId) => model.transaction((tables) => hear(tables, archive, inquiryId)),
  unmatched: async (archive) =>
    model.tables().messages.filter((row) => row.archive === archive && row.inquiryId === undefined).length
})

function keep(tables: Tables, archive: string, message: ArchiveMessage, at: Date): Keeping {
  const { messages, plans, inquiries } = tables
  const { remoteId, correlation, kind } = message
  if (messages.some((row) => row.archive === archive && row.message.remoteId === remoteId)) return { kind: 'known' }
  const id = messages.length + 1
  const [inquiryId] = [...plans].find(([, { plan }]) => plan.planId === correlation) ?? []
  messages.push({ id, archive, message: kept(message), keptAt: ms(at), inquiryId, standing: 'new' })
  const event = { at, actor: archive, facts: { message: String(id), kind } }
  const state = inquiries.get(inquiryId ?? '')?.status.state
  if (inquiryId === undefined || !state) {
    append(tables, { ...event, action: 'message.unmatched', subject: `archive:${archive}` })
    return { kind: 'unmatched', id: String(id) }
  }
  append(tables, { ...event, action: isOver(state) ? 'message.late' : 'message.kept', subject: inquiryId })
  wakeForNews(tables, inquiryId)
  return { kind: 'matched', id: String(id), inquiryId, state }
}

const isOver = (state: InquiryState): boolean => taskIn(state) === undefined && state !== 'in-review'

const waking: readonly InquiryState[] = ['ready', 'sending', 'awaiting-receipt', 'unknown-outcome', 'needs-action']

/** What is waited with becomes due when there is news about it, unless somebody holds it. */
export function wakeForNews({ inquiries, messages, work }: Tables, id: string): void {
  const state = inquiries.get(id)?.status.state
  const news = messages.filter((row) => row.inquiryId === id && row.standing === 'new')
  if (news.length === 0 || !state || !waking.includes(state)) return
  const dueAt = Math.min(...news.map(({ keptAt }) => keptAt))
  const row = work.get(id)
  if (!row) work.set(id, freshWork(id, 'settle', dueAt))
  else if (row.lease === undefined)
    work.set(id, { ...row, dueAt: Math.min(row.dueAt, dueAt), enqueuedUntil: undefined })
}

export const freshWork = (id: string, task: WorkRow['task'], dueAt: number): WorkRow => ({
  ...{ id, task, dueAt, tries: 0, firstFailedAt: undefined, generation: 1, enqueued: 0 },
  ...{ enqueuedUntil: undefined, lease: undefined, leasedUntil: undefined, saksmappe: undefined }
})

export const isTalkedOf = ({ messages }: Tables, id: string): boolean =>
  messages.some(({ inquiryId, standing }) => inquiryId === id && standing !== 'past')

export const putBehind = (tables: Tables, id: string): void =>
  stand(tables, ({ inquiryId, standing }) => inquiryId === id && standing === 'heard', 'past')

function hear(tables: Tables, archive: string, id: string): Heard {
  const heard = tables.messages.filter(({ inquiryId, standing }) => inquiryId === id && standing !== 'past')
  stand(tables, ({ inquiryId, standing }) => inquiryId === id && standing === 'new', 'heard')
  const rows = heard.filter((row) => row.archive === archive)
  return {
    messages: rows.map(({ message }) => copyOf(message)),
    hasNew: rows.some(({ standing }) => standing === 'new')
  }
}

function stand({ messages }: Tables, isMeant: (row: MessageRow) => boolean, standing: MessageRow['standing']): void {
  for (const [index, row] of messages.entries()) if (isMeant(row)) messages[index] = { ...row, standing }
}
