import type { ApiKey } from '../../../src/domain/access.ts'
import type { ArchiveGate } from '../../../src/domain/archive-gate.ts'
import type { ArchivePlan } from '../../../src/domain/archive-plan.ts'
import type { Assessment } from '../../../src/domain/assess.ts'
import type { AuditEvent } from '../../../src/domain/audit-event.ts'
import type { Corrections } from '../../../src/domain/corrections.ts'
import type { Attachment, Inquiry, InquiryStatus, Task } from '../../../src/domain/inquiry.ts'
import type { ArchiveMessage, Json } from '../../../src/flow/ports.ts'
import type { Attempt } from '../../../src/flow/store-port.ts'
import { storable } from '../../../src/store/stored-json.ts'

/** The rows as the database holds them: moments as milliseconds, values as copies, so that nothing is shared with anybody. */
export interface Tables {
  readonly inquiries: Map<string, InquiryRow>
  readonly work: Map<string, WorkRow>
  readonly attempts: AttemptRow[]
  readonly plans: Map<string, { readonly plan: ArchivePlan; readonly recordXml: string }>
  /** By inquiry and name. */
  readonly steps: Map<string, StepRow>
  /** Id of the inquiry, by the key of the saksmappe that it founds. */
  readonly founders: Map<string, string>
  readonly attachments: Map<string, Attachment>
  /** Id of the inquiry, by actor and key. */
  readonly idempotencyKeys: Map<string, string>
  readonly apiKeys: Map<string, ApiKey & { readonly secretSha256: string }>
  readonly gates: Map<string, ArchiveGate>
  readonly messages: MessageRow[]
  readonly events: AuditEvent[]
}

export interface InquiryRow {
  readonly id: string
  readonly source: string
  readonly externalId: string
  readonly eventKey: string
  readonly status: InquiryStatus
  readonly content: Inquiry
  readonly corrections: Corrections | undefined
  readonly bytes: Uint8Array
  readonly receivedAt: number
  readonly changedAt: number
  readonly follows: string | undefined
  readonly assessment: Assessment
  readonly caseKey: string | undefined
  readonly answeredAt: number | undefined
}

export interface WorkRow {
  readonly id: string
  readonly task: Task
  readonly dueAt: number
  readonly tries: number
  readonly firstFailedAt: number | undefined
  readonly generation: number
  readonly enqueued: number
  readonly enqueuedUntil: number | undefined
  readonly lease: string | undefined
  readonly leasedUntil: number | undefined
  readonly saksmappe: string | undefined
}

export interface MessageRow {
  readonly id: number
  readonly archive: string
  readonly message: ArchiveMessage
  readonly keptAt: number
  /** Whose plan it answers, if we know of one. */
  readonly inquiryId: string | undefined
  readonly standing: 'new' | 'heard' | 'past'
}

export interface AttemptRow {
  readonly id: string
  readonly attempt: Attempt
}

export interface StepRow {
  readonly id: string
  /** Absent until the step has ended. */
  readonly result?: { readonly value: Json }
}

/** The tables, and the way to change them: what throws half-way has changed nothing. */
export interface Model {
  /** Sees what is committed. A row is replaced, never changed. */
  readonly tables: () => Tables
  transaction<Result>(run: (tables: Tables) => Result): Result
  nextToken(): string
}

export function emptyModel(): Model {
  let committed: Tables = {
    inquiries: new Map(),
    work: new Map(),
    attempts: [],
    plans: new Map(),
    steps: new Map(),
    founders: new Map(),
    attachments: new Map(),
    idempotencyKeys: new Map(),
    apiKeys: new Map(),
    gates: new Map(),
    messages: [],
    events: []
  }
  let tokens = 0
  return {
    tables: () => committed,
    transaction(run) {
      const draft = draftOf(committed)
      const result = run(draft)
      committed = draft
      return result
    },
    nextToken() {
      tokens += 1
      return `00000000-0000-4000-9000-${String(tokens).padStart(12, '0')}`
    }
  }
}

const draftOf = (tables: Tables): Tables => ({
  inquiries: new Map(tables.inquiries),
  work: new Map(tables.work),
  attempts: [...tables.attempts],
  plans: new Map(tables.plans),
  steps: new Map(tables.steps),
  founders: new Map(tables.founders),
  attachments: new Map(tables.attachments),
  idempotencyKeys: new Map(tables.idempotencyKeys),
  apiKeys: new Map(tables.apiKeys),
  gates: new Map(tables.gates),
  messages: [...tables.messages],
  events: [...tables.events]
})

/** Who founds the saksmappe of a key: until it is dismissed, or has got another key with another category. */
export function founderIn({ founders, inquiries }: Tables, key: string): InquiryRow | undefined {
  const row = inquiries.get(founders.get(key) ?? '')
  const stands = row && row.status.state !== 'dismissed' && (row.caseKey === key || key.startsWith('post '))
  return stands ? row : undefined
}

/** A value as a jsonb column keeps it: without what JSON does not hold. Throws for what JSON cannot hold at all. */
export const kept = <T>(value: T): T => stored(value) as T

function stored(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (typeof value === 'bigint') throw new TypeError('JSON holds no bigint.')
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return new Date(ms(value))
  if (Array.isArray(value)) return value.map(stored)
  const parts = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(parts.sort(inColumn).map(([key, part]) => [key, stored(part)]))
}

/** The order of names in a jsonb column: short ones first. */
const inColumn = ([a]: [string, unknown], [b]: [string, unknown]) => a.length - b.length || (a < b ? -1 : 1)

/** What is kept, for somebody who may do with it as they like. */
export const copyOf = <T>(value: T): T => copied(value) as T

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return new Date(value)
  if (Array.isArray(value)) return value.map(copied)
  const copy: Record<string, unknown> = {}
  for (const key in value) copy[key] = copied(value[key as keyof typeof value])
  return copy
}

/** A moment as a row holds it. Throws RangeError for one that is none, as the database does. */
export function ms(at: Date): number {
  const time = at.getTime()
  if (Number.isNaN(time)) throw new RangeError('No moment.')
  return time
}
