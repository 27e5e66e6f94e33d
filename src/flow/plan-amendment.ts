import { isOfThis } from '../domain/archive-plan.ts'
import { Conflict } from '../domain/errors.ts'
import type { InquiryStatus } from '../domain/inquiry.ts'
import { journalpostLabel, type Receipt } from '../domain/receipt.ts'
import type { Restriction } from '../domain/restriction.ts'
import { checkedArkivmelding } from '../noark/checked-arkivmelding.ts'
import type { RecordLimits } from '../noark/rules.ts'
import type { ArchiveConnector } from './ports.ts'
import { restrictedPlan } from './restrict-plan.ts'
import type { Move, Store } from './store-port.ts'
import type { Filed, OpenThere } from './too-open.ts'

export interface AmendDeps {
  readonly store: Pick<Store, 'plans'>
  readonly archive: Pick<ArchiveConnector, 'name' | 'capabilities'>
  readonly limits: RecordLimits
}

/** What becomes of a record that lies open in the archive and should not. */
export interface Amended {
  readonly stored: Filed
  readonly to: Extract<InquiryStatus, { state: 'amending' }>
  readonly plan: NonNullable<Move['plan']>
}

export interface Amendments {
  /** Those that we change there. */
  readonly ours: readonly Amended[]
  /** Those that a person must restrict there, since the archive lets us change nothing, or we do not know what it has. */
  readonly byHand: readonly Receipt[]
}

export async function planAmendments(deps: AmendDeps, filed: readonly OpenThere[]): Promise<Amendments> {
  const ours: Amended[] = []
  const byHand: Receipt[] = []
  for (const one of filed) {
    const { stored } = one
    const { receipt } = stored.status
    const plan = await amendedPlan(deps, one)
    if (plan) ours.push({ stored, plan, to: { state: 'amending', receipt } })
    else byHand.push(receipt)
  }
  return { ours, byHand }
}

async function amendedPlan(
  { store, archive: { name, capabilities }, limits }: AmendDeps,
  { stored: { inquiry, status }, restriction }: OpenThere
): Promise<Move['plan']> {
  if (status.state === 'handled-manually' || status.receipt.archive !== name) return undefined
  if (!capabilities.amends?.includes('skjerming')) return undefined
  const before = await store.plans.get(inquiry.id)
  if (!before || !isOfThis(before, status.receipt)) return undefined
  const plan = restrictedPlan(before, restriction)
  const { xml, faults } = checkedArkivmelding(plan, limits)
  return faults.length === 0 ? { plan, recordXml: xml } : undefined
}

export function mustBeRestricted(
  category: string,
  receipts: readonly Receipt[],
  { tilgangsrestriksjon, skjermingshjemmel }: Restriction
): Conflict {
  const is = receipts.length === 1 ? 'Journalposten' : 'Journalpostene'
  return new Conflict(
    'not-restricted-in-archive',
    `${is} ${labelsOf(receipts, ', ')} er i arkivet, og Arkivbro kan ikke endre noe der. Med kategorien «${category}» skal dette skjermes. Gjør det i arkivet først, på journalpost, dokumenter og sakstittel: tilgangskode «${tilgangsrestriksjon}», hjemmel «${skjermingshjemmel}». Send så det samme på nytt med "restrictedInArchive": true. Ingenting er endret.`
  )
}

export const labelsOf = (receipts: readonly Receipt[], between = ' '): string =>
  receipts.map(journalpostLabel).join(between)
