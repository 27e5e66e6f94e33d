import { Conflict } from '../../../src/domain/errors.ts'
import { canMove, type Task, taskIn } from '../../../src/domain/inquiry.ts'
import type { Move, QueuedWork } from '../../../src/flow/store-port.ts'
import { append } from './audit.ts'
import { isTalkedOf, putBehind, wakeForNews } from './messages.ts'
import { saksmappeOf } from './saksmappe.ts'
import { founderIn, kept, type Model, ms, type Tables, type WorkRow } from './tables.ts'
import { queued } from './work.ts'

const LEFT_TO_QUEUE_MS = 15_000

/** A key that nobody has is claimed also by a move that is then refused, as the database does it. */
export function move(model: Model, wanted: Move): QueuedWork | undefined {
  refuseUnknown(wanted)
  model.transaction((tables) => claimKeys(tables, wanted))
  return model.transaction((tables) => moveIn(tables, wanted))
}

export const moveAll = (model: Model, moves: readonly Move[]): readonly QueuedWork[] =>
  model.transaction((tables) => moves.flatMap((wanted) => moveIn(tables, wanted) ?? []))

function moveIn(tables: Tables, wanted: Move): QueuedWork | undefined {
  const { id, from, to, at, actor, action, facts, reason, lease } = wanted
  refuseUnknown(wanted)
  if (lease !== undefined && tables.work.get(id)?.lease !== lease) {
    throw new Conflict('lease-lost', 'En annen arbeider har overtatt henvendelsen.')
  }
  if (wanted.unlessBegun && (stepsOf(tables, id).length > 0 || isTalkedOf(tables, id))) {
    throw new Conflict('may-be-in-archive', `Henvendelsen ${id} kan allerede ligge i arkivet.`)
  }
  found(tables, wanted)
  changeState(tables, wanted)
  if (wanted.plan) tables.plans.set(id, kept(wanted.plan))
  if (wanted.forgetSteps) forgetSteps(tables, id, wanted.forgetSteps)
  keepAttempt(tables, wanted)
  append(tables, { at, actor, action, subject: id, ...(facts && { facts }), ...(reason !== undefined && { reason }) })
  const due = setWork(tables, wanted)
  if ((taskIn(from) === 'settle' || from === 'sending') && taskIn(to.state)) wakeForNews(tables, id)
  return due
}

function refuseUnknown(wanted: Move): void {
  if (!canMove(wanted.from, wanted.to.state) && wanted.from !== wanted.to.state) throw wrongState(wanted)
}

function claimKeys(tables: Tables, { founders = {} }: Move): void {
  for (const [key, founder] of Object.entries(founders)) {
    if (!founderIn(tables, key)) tables.founders.set(key, founder)
  }
}

function found(tables: Tables, wanted: Move): void {
  claimKeys(tables, wanted)
  for (const [key, founder] of Object.entries(wanted.founders ?? {})) {
    if (tables.founders.get(key) === founder) continue
    throw new Conflict('case-founded', `En annen har opprettet saken til ${wanted.id}.`)
  }
}

const stepsOf = ({ steps }: Tables, id: string) => [...steps].filter(([, step]) => step.id === id)

function changeState(tables: Tables, wanted: Move): void {
  const { id, from, to, at, asOf, corrections, judgement } = wanted
  const row = tables.inquiries.get(id)
  if (row?.status.state !== from || (asOf && row.changedAt !== ms(asOf))) throw wrongState(wanted)
  tables.inquiries.set(id, {
    ...row,
    status: kept(to),
    changedAt: ms(at),
    ...(corrections && { corrections: kept(corrections) }),
    ...(judgement && { assessment: kept(judgement.assessment), caseKey: judgement.assessment.caseKey })
  })
  if ('receipt' in to || to.state === 'dismissed') wakeLaterInquiries(tables, id, at)
}

function wakeLaterInquiries({ inquiries, work }: Tables, id: string, at: Date): void {
  const first = inquiries.get(id)
  for (const later of inquiries.values()) {
    const isOfPost = later.source === first?.source && later.externalId === first.externalId && later.id !== id
    const row = work.get(later.id)
    const sharesCase = later.id !== id && later.caseKey !== undefined && later.caseKey === first?.caseKey
    const isWaiting = isOfPost || later.follows === id || sharesCase
    if (later.status.state !== 'received' || !isWaiting || !row || row.lease !== undefined) continue
    work.set(later.id, { ...row, dueAt: ms(at), enqueuedUntil: undefined })
  }
}

function forgetSteps(tables: Tables, id: string, which: NonNullable<Move['forgetSteps']>): void {
  const steps = stepsOf(tables, id)
  const unfinished = steps.filter(([, { result }]) => result === undefined)
  const forgotten = which === 'lost' && unfinished.length === 0 ? steps : unfinished
  for (const [key] of forgotten) tables.steps.delete(key)
  if (which === 'lost') putBehind(tables, id)
}

function keepAttempt({ attempts }: Tables, { id, from, at, attempt }: Move): void {
  if (!attempt) return
  const { startedAt, outcome, trouble } = attempt
  const task = taskIn(from) ?? ('none' as Task)
  attempts.push({ id, attempt: kept({ task, startedAt, endedAt: at, outcome, ...(trouble && { trouble }) }) })
}

function setWork({ work }: Tables, { id, to, at, plan, next }: Move): QueuedWork | undefined {
  if (next.kind === 'go-on') return undefined
  const task = taskIn(to.state)
  if (next.kind === 'nothing' || !task) {
    work.delete(id)
    return undefined
  }
  const before = work.get(id)
  const isDue = ms(next.dueAt) <= ms(at)
  const row: WorkRow = {
    id,
    task,
    dueAt: ms(next.dueAt),
    tries: next.failed ? (before?.tries ?? 0) + 1 : 0,
    firstFailedAt: next.failed ? (before?.firstFailedAt ?? ms(at)) : undefined,
    generation: (before?.generation ?? 0) + 1,
    enqueued: 1,
    enqueuedUntil: isDue ? ms(at) + LEFT_TO_QUEUE_MS : undefined,
    lease: undefined,
    leasedUntil: undefined,
    saksmappe: (plan && saksmappeOf(plan.plan)) ?? before?.saksmappe
  }
  work.set(id, row)
  return isDue ? queued(row) : undefined
}

const wrongState = ({ id, from, to }: Move) =>
  new Conflict('inquiry-in-wrong-state', `Henvendelsen ${id} kan ikke gå fra «${from}» til «${to.state}» nå.`)
