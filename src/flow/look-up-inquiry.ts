import type { Readable } from 'node:stream'
import { type DokumentobjektPlan, filesOf } from '../domain/archive-plan.ts'
import type { AuditEvent } from '../domain/audit-event.ts'
import { NotFound } from '../domain/errors.ts'
import { type NeedsPersonDeps, type Obstacle, standstill, statesThatAsk, withObstacles } from './needs-person.ts'
import type { BlobStore, Clock } from './ports.ts'
import type { Attempt, FollowUpStore, InquiryQuery, LinkedJournalpost, Store, StoredInquiry } from './store-port.ts'

export interface LookupDeps extends Pick<NeedsPersonDeps, 'archive'> {
  readonly store: Store
  readonly blobs: Pick<BlobStore, 'open'>
  readonly followUps: Pick<FollowUpStore, 'of'>
  readonly now: Clock
}

export interface FoundInquiry extends StoredInquiry {
  /** Why it stands on the list «Trenger handling», when it is for something else than itself. */
  readonly obstacle?: Obstacle
}

export interface LookupQuery extends Omit<InquiryQuery, 'asking'> {
  /** Only the list «Trenger handling». */
  readonly needsAction?: true
}

/** Every look at a person's words is written down: who, when, at what. */
export async function findInquiries(
  deps: LookupDeps,
  actor: string,
  { needsAction, ...query }: LookupQuery
): Promise<readonly FoundInquiry[]> {
  const { store, now } = deps
  const still = await standstill(deps)
  const found = await store.inquiries.find({ ...query, ...(needsAction && { asking: statesThatAsk(still) }) })
  const facts = {
    count: found.length,
    states: query.states?.join(' '),
    needsAction,
    source: query.source,
    byWords: 'words' in query
  }
  await store.audit.append({ at: now(), actor, action: 'inquiry.listed', subject: 'inquiries', facts })
  return withObstacles(deps, still, found)
}

export interface InquiryParts {
  readonly stored: FoundInquiry
  readonly related: readonly StoredInquiry[]
  readonly linked: readonly LinkedJournalpost[]
  readonly attempts: readonly Attempt[]
  readonly documents: number
}

/** Throws NotFound. */
export async function readInquiry(deps: LookupDeps, id: string, actor: string): Promise<InquiryParts> {
  const { store, followUps, now } = deps
  const stored = await store.inquiries.get(id)
  const [[found = stored], related, linked, attempts, plan] = await Promise.all([
    standstill(deps).then((still) => withObstacles(deps, still, [stored])),
    store.inquiries.related(stored.inquiry),
    followUps.of(id),
    store.work.attempts(id),
    store.plans.get(id),
    store.audit.append({ at: now(), actor, action: 'inquiry.read', subject: id })
  ])
  return { stored: found, related, linked, attempts, documents: plan ? filesOf(plan).length : 0 }
}

/** Throws NotFound. */
export async function readTimeline(
  { store, now }: LookupDeps,
  id: string,
  actor: string
): Promise<readonly AuditEvent[]> {
  await store.inquiries.get(id)
  const events = await store.audit.about(id)
  await store.audit.append({ at: now(), actor, action: 'timeline.read', subject: id })
  return events
}

/** The arkivmelding. Throws NotFound, also when it is not made yet. */
export async function readRecord({ store, now }: LookupDeps, id: string, actor: string): Promise<string> {
  const recordXml = await composed(store, id, store.plans.recordXml)
  await store.audit.append({ at: now(), actor, action: 'record.read', subject: id })
  return recordXml
}

/** File `n`, from 1, of the record. Throws NotFound. */
export async function openDocument(
  { store, blobs, now }: LookupDeps,
  id: string,
  n: number,
  actor: string
): Promise<{ readonly file: DokumentobjektPlan; readonly bytes: Readable }> {
  const plan = await composed(store, id, store.plans.get)
  const file = filesOf(plan)[n - 1]
  if (!file) throw new NotFound('document-not-found', `Henvendelsen ${id} har ikke noe dokument nummer ${n}.`)
  const bytes = await blobs.open(file.sha256)
  await store.audit.append({
    at: now(),
    actor,
    action: 'document.read',
    subject: id,
    facts: { n, sha256: file.sha256 }
  })
  return { file, bytes }
}

async function composed<Kept>(store: Store, id: string, get: (id: string) => Promise<Kept | undefined>): Promise<Kept> {
  const kept = await get(id)
  if (kept !== undefined) return kept
  await store.inquiries.get(id)
  throw new NotFound('record-not-ready', `Arkivposten for ${id} er ikke laget ennå. Prøv igjen om noen sekunder.`)
}
