import type { Policy } from '../domain/policy.ts'
import type { ArchiveLacks } from './archive-lacks.ts'
import { ANSWER_MS_MAX, ARCHIVE_SILENT, type ArchiveStatus, archiveHealth, archiveStatus } from './archive-status.ts'
import { type NeedsPersonDeps, standstill, statesThatAsk } from './needs-person.ts'
import type { ArchiveConnector, BlobStore, Clock } from './ports.ts'
import type { InquiryCounts, Store } from './store-port.ts'

export interface HealthDeps {
  readonly store: Pick<Store, 'inquiries' | 'gate' | 'messages'>
  readonly blobs: Pick<BlobStore, 'check'>
  readonly archive: ArchiveConnector
  readonly lacks: ArchiveLacks
  readonly checkDatabase: () => Promise<void>
  readonly checkQueue: () => Promise<void>
  readonly room: () => Promise<void>
  readonly now: Clock
  readonly policy: () => Promise<Policy>
}

export interface PartHealth {
  readonly part: 'database' | 'queue' | 'files' | 'archive'
  readonly ok: boolean
  readonly message: string
}

/**
 * Each part the service leans on. Intake needs the database and the files; a silent queue or archive only makes things
 * late, and the answer says so.
 */
export async function checkHealth(deps: HealthDeps): Promise<{ ready: boolean; parts: readonly PartHealth[] }> {
  const archive = asPart('archive', async () => {
    const { state, message } = await archiveHealth(deps.archive)
    if (state === 'down') throw new Error(message)
    return message
  })
  const parts = await Promise.all([
    asPart('database', deps.checkDatabase),
    asPart('queue', deps.checkQueue),
    asPart('files', () => Promise.all([deps.blobs.check(), deps.room()])),
    archive
  ])
  return { ready: parts.every(({ part, ok }) => ok || part === 'archive' || part === 'queue'), parts }
}

async function asPart(part: PartHealth['part'], check: () => Promise<unknown>): Promise<PartHealth> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), ANSWER_MS_MAX)
  })
  try {
    const said = await Promise.race([check(), late])
    return { part, ok: true, message: typeof said === 'string' ? said : 'Svarer.' }
  } catch {
    return { part, ok: false, message: troubles[part] }
  } finally {
    clearTimeout(timer)
  }
}

const troubles: Record<PartHealth['part'], string> = {
  database: 'Databasen svarer ikke. Nye henvendelser kan ikke tas imot før den er oppe.',
  queue: 'Køen svarer ikke. Henvendelser tas imot, men behandles først når den er oppe.',
  files: 'Fillageret svarer ikke, eller disken er nesten full. Nye vedlegg kan ikke tas imot før det er rettet.',
  archive: ARCHIVE_SILENT
}

export interface OverviewParts {
  readonly counts: InquiryCounts
  readonly archive: ArchiveStatus
  readonly isCrisis: boolean
}

/** How many inquiries stand where, and on the list «Trenger handling». */
export const countInquiries = async (deps: NeedsPersonDeps): Promise<InquiryCounts> =>
  deps.store.inquiries.counts(statesThatAsk(await standstill(deps)))

/** What an archivist wants to know first. */
export async function overview(deps: HealthDeps): Promise<OverviewParts> {
  const [counts, archive, policy] = await Promise.all([countInquiries(deps), archiveStatus(deps), deps.policy()])
  return { counts, archive, isCrisis: policy.crisis !== undefined }
}
