import { sql } from 'kysely'
import type { Database } from '../../src/store/database.ts'
import type { Held } from './n5tg/objects.ts'
import type { StandIn } from './n5tg/serve.ts'

/** An inquiry as the service tells of it. */
export interface ToldOf {
  readonly id: string
  readonly state: string
  /** Of the journalpost, once it has one. */
  readonly label?: string
}

/** A journalpost or a saksmappe in the archive that carries an inquiry's key. */
export interface HeldRecord {
  readonly id: string
  readonly kind: 'saksmappe' | 'journalpost'
  /** Of a journalpost that is journaled; absent while it is being made. */
  readonly label?: string
}

/** Ids that are not as they should be, by what is wrong. All empty: nothing is lost, double or invented. */
export interface Reconciliation {
  /** Was promised, and is neither journaled in the archive nor somebody's turn. */
  readonly lost: readonly string[]
  /** The archive holds more than one saksmappe or journalpost for it. */
  readonly double: readonly string[]
  /** The archive holds something, and nobody was promised it. */
  readonly unpromised: readonly string[]
  /** The service says something else of it than the archive. */
  readonly contradicted: readonly string[]
}

export const nothingWrong: Reconciliation = { lost: [], double: [], unpromised: [], contradicted: [] }

/** Compares what was promised with what the archive holds, and with what the service says. The archive is right. */
export function reconcile(
  promised: Iterable<string>,
  told: readonly ToldOf[],
  held: readonly HeldRecord[]
): Reconciliation {
  const ids = new Set(promised)
  const known = new Map(told.map((inquiry) => [inquiry.id, inquiry]))
  const journaled = new Map(held.flatMap(({ id, label }) => (label === undefined ? [] : [[id, label] as const])))
  const places = held.map(({ id, kind }) => `${kind} ${id}`)
  return {
    lost: [...ids].filter((id) => !journaled.has(id) && known.get(id)?.state !== 'needs-action'),
    double: places.filter((place, at) => places.indexOf(place) !== at),
    unpromised: [...new Set(held.map(({ id }) => id))].filter((id) => !ids.has(id)),
    contradicted: told.filter((inquiry) => !agrees(inquiry, journaled.get(inquiry.id))).map(({ id }) => id)
  }
}

/** Somebody's turn may be what is journaled; anything else is journaled in both or in neither. */
const agrees = ({ state, label }: ToldOf, journaledAs: string | undefined): boolean =>
  state === 'journaled' ? label === journaledAs && label !== undefined : state === 'needs-action' || !journaledAs

/** Every inquiry in the service's database. */
export async function toldIn(db: Database): Promise<readonly ToldOf[]> {
  const { rows } = await sql<{ id: string; state: string; label: string | null }>`
    select id, state, saksaar || '/' || sakssekvensnummer || '-' || journalpostnummer as label
    from inquiry order by id`.execute(db)
  return rows.map(({ id, state, label }) => ({ id, state, ...(label !== null && { label }) }))
}

/** Everything with a key of ours in a stand-in archive. */
export const heldIn = ({ held }: Pick<StandIn, 'held'>): readonly HeldRecord[] =>
  (['saksmappe', 'journalpost'] as const).flatMap((kind) =>
    held(kind).map((one) => ({ id: inquiryIn(one), kind, ...labelOf(one) }))
  )

const inquiryIn = ({ id, fields }: Held): string =>
  /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(String(fields.beskrivelse))?.[0] ?? `no key in ${id}`

function labelOf({ kind, fields }: Held): { label?: string } {
  const isJournaled = (fields.journalstatus as { kode?: string } | undefined)?.kode === 'J'
  return kind === 'journalpost' && isJournaled ? { label: String(fields.registreringsID) } : {}
}
