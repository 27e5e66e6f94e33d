import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { ArchivePlan } from '../../../src/domain/archive-plan.ts'
import type { Entry } from './entry.ts'

/** The register in memory, with what is asked of it at hand. */
export interface Ledger {
  readonly entries: readonly Entry[]
  readonly byRecord: ReadonlyMap<string, Entry>
  /** Takes the next entry; one that it has already is passed over. */
  add(entry: Entry): void
  /** The saksmappe where a key was first filed. */
  caseOf(caseKey: string): Case | undefined
  caseAt(saksaar: number, sakssekvensnummer: number): Case | undefined
  /** How many saksmapper a year has. */
  casesIn(saksaar: number): number
}

interface Case {
  readonly saksaar: number // M011
  readonly sakssekvensnummer: number // M012
  readonly saksmappeSystemID: string // M001
  readonly journalposts: number
}

export function newLedger(): Ledger {
  const entries: Entry[] = []
  const byRecord = new Map<string, Entry>()
  const labelOfKey = new Map<string, string>()
  const cases = new Map<string, Case>()
  const years = new Map<number, number>()
  return {
    entries,
    byRecord,
    add(entry) {
      if (entry.seq !== entries.length + 1) return
      const { recordKey, caseKey, saksaar, sakssekvensnummer, saksmappeSystemID, journalpostnummer } = entry
      const label = labelOf(saksaar, sakssekvensnummer)
      entries.push(entry)
      byRecord.set(recordKey, entry)
      if (!labelOfKey.has(caseKey)) labelOfKey.set(caseKey, label)
      cases.set(label, { saksaar, sakssekvensnummer, saksmappeSystemID, journalposts: journalpostnummer })
      years.set(saksaar, Math.max(sakssekvensnummer, years.get(saksaar) ?? 0))
    },
    caseOf: (caseKey) => cases.get(labelOfKey.get(caseKey) ?? ''),
    caseAt: (saksaar, sakssekvensnummer) => cases.get(labelOf(saksaar, sakssekvensnummer)),
    casesIn: (saksaar) => years.get(saksaar) ?? 0
  }
}

/**
 * The entry of a plan: the one it has, or the one that must stand next. Throws ArchiveFailure when the plan names a
 * saksmappe that is not in the register.
 */
export function next(ledger: Ledger, plan: ArchivePlan, now: Date): Entry {
  const known = ledger.byRecord.get(plan.externalKey.recordKey)
  if (known) return known
  const { journalposts, ...saksmappe } = caseFor(ledger, plan)
  return {
    seq: ledger.entries.length + 1,
    recordKey: plan.externalKey.recordKey,
    caseKey: plan.externalKey.caseKey,
    planId: plan.planId,
    ...saksmappe,
    journalpostnummer: journalposts + 1,
    journalpostSystemID: plan.record.systemID,
    at: now.toISOString()
  }
}

function caseFor(ledger: Ledger, { casePolicy, externalKey }: ArchivePlan): Case {
  if (casePolicy.mode === 'existing') {
    const { saksaar, sakssekvensnummer } = casePolicy.saksnummer
    const named = ledger.caseAt(saksaar, sakssekvensnummer)
    if (named) return named
    const message = `Arkivmappen har ingen sak ${saksaar}/${sakssekvensnummer}. Rett saksnummeret, eller opprett en ny sak.`
    throw new ArchiveFailure('not-found', message)
  }
  const { saksdato, systemID } = casePolicy.saksmappe
  const saksaar = Number.parseInt(saksdato.slice(0, 4), 10)
  return (
    ledger.caseOf(externalKey.caseKey) ?? {
      saksaar,
      sakssekvensnummer: ledger.casesIn(saksaar) + 1,
      saksmappeSystemID: systemID,
      journalposts: 0
    }
  )
}

const labelOf = (saksaar: number, sakssekvensnummer: number) => `${saksaar}/${sakssekvensnummer}`
