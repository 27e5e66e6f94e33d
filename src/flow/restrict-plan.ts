import { isDeepStrictEqual } from 'node:util'
import type { ArchivePlan, DokumentPlan, SkjermingPlan } from '../domain/archive-plan.ts'
import type { Restriction } from '../domain/restriction.ts'
import { neutralTitle } from './plan-attachment.ts'
import { type PlannedSkjerming, planSkjerming } from './plan-skjerming.ts'

/**
 * The plan of a record that is journaled, as restricted as this: by its law, and what was screened before stays screened.
 * Files, keys and numbers stay, and so do the words of the record, which offentligTittel (M025) already stands beside.
 */
export function restrictedPlan(plan: ArchivePlan, restriction: Restriction): ArchivePlan {
  const { casePolicy, record } = plan
  const planned = planSkjerming(restriction, record)
  return {
    ...plan,
    casePolicy:
      casePolicy.mode === 'new'
        ? { mode: 'new', saksmappe: screened(casePolicy.saksmappe, planned.saksmappe) }
        : casePolicy,
    record: {
      ...screened(record, planned.journalpost),
      korrespondanseparter: record.korrespondanseparter.map((part) =>
        planned.names && part.administrativEnhet === undefined ? { ...part, erSkjermet: true } : part
      ),
      dokumenter: record.dokumenter.map((dokument) =>
        screened(unnamed(dokument, planned, record.offentligTittel), planned.dokument)
      )
    }
  }
}

/** Whether a plan already keeps from the public, by the same law and for as long, all that a restriction says. */
export function restricts({ record }: ArchivePlan, restriction: Restriction): boolean {
  const { journalpost, dokument } = planSkjerming(restriction, record)
  return covers(record.skjerming, journalpost) && covers(record.dokumenter[0]?.skjerming, dokument)
}

function covers(held: SkjermingPlan | undefined, wanted: SkjermingPlan | undefined): boolean {
  return wanted === undefined || (held !== undefined && isDeepStrictEqual(together(held, wanted), held))
}

const screened = <Unit extends { readonly skjerming?: SkjermingPlan }>(
  unit: Unit,
  wanted: SkjermingPlan | undefined
): Unit => (wanted ? { ...unit, skjerming: together(unit.skjerming, wanted) } : unit)

/** By the law of the second, and no less than the first. */
function together(before: SkjermingPlan | undefined, wanted: SkjermingPlan): SkjermingPlan {
  const { skjermingMetadata, skjermingDokument = wanted.skjermingDokument } = before ?? wanted
  return {
    ...wanted,
    skjermingMetadata: [...new Set([...skjermingMetadata, ...wanted.skjermingMetadata])],
    ...(skjermingDokument !== undefined && { skjermingDokument })
  }
}

/** Neither the title of a document nor a name of its files says more than everybody may know. */
function unnamed(dokument: DokumentPlan, { neutralTitles }: PlannedSkjerming, offentligTittel: string): DokumentPlan {
  if (!neutralTitles) return dokument
  const { tilknyttetRegistreringSom, dokumentnummer, objekter } = dokument
  if (tilknyttetRegistreringSom === 'H') return { ...dokument, tittel: offentligTittel }
  return {
    ...dokument,
    tittel: neutralTitle(dokumentnummer - 1),
    objekter: objekter.map((objekt) => ({ ...objekt, filnavn: objekt.referanseDokumentfil }))
  }
}
