import { type ArchiveGate, type GatePhase, gatePhase } from '../domain/archive-gate.ts'
import type { ArchiveConnector, ArchiveHealth, Clock } from './ports.ts'
import type { Store } from './store-port.ts'

/** How long a part that we lean on may take to say how it is. */
export const ANSWER_MS_MAX = 3_000

export const ARCHIVE_SILENT = 'Arkivet svarer ikke. Henvendelser tas imot og sendes når det er oppe.'

export interface ArchiveStatusDeps {
  readonly store: Pick<Store, 'gate' | 'messages'>
  readonly archive: ArchiveConnector
  readonly now: Clock
}

export interface ArchiveStatus extends ArchiveHealth {
  readonly name: string
  readonly gate: ArchiveGate
  readonly phase: GatePhase
  /** Messages from it that answer nothing we know of. */
  readonly unmatchedMessages: number
}

/** How the archive is, and whether deliveries go on. */
export async function archiveStatus({ store, archive, now }: ArchiveStatusDeps): Promise<ArchiveStatus> {
  const { name } = archive
  const [health, gate, unmatchedMessages] = await Promise.all([
    archiveHealth(archive),
    store.gate.look(name),
    store.messages.unmatched(name)
  ])
  return { name, ...health, gate, phase: gatePhase(gate, now()), unmatchedMessages }
}

export function archiveHealth(archive: ArchiveConnector): Promise<ArchiveHealth> {
  return archive
    .health(AbortSignal.timeout(ANSWER_MS_MAX))
    .catch(() => ({ state: 'down', message: ARCHIVE_SILENT }) as const)
}
