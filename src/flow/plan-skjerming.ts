import type { Journalposttype, SkjermingMetadata, SkjermingPlan } from '../domain/archive-plan.ts'
import { type Restriction, screens } from '../domain/restriction.ts'

/** What of each part of a record is screened; nothing for a part that is open. */
export interface PlannedSkjerming {
  readonly saksmappe?: SkjermingPlan
  readonly journalpost?: SkjermingPlan
  readonly dokument?: SkjermingPlan
  /** Whether titles that everybody may see stand in place of the full ones on documents, and file names say nothing. */
  readonly neutralTitles: boolean
  /** Whether the name of whoever is from outside is screened. */
  readonly names: boolean
}

/**
 * A restriction as Noark 5 says it. The public reads offentligTittel (M025) where a title is screened, so some words of
 * it are; the standard asks for at least one code (M502) on every unit, so that of its title is there too.
 */
export function planSkjerming(
  restriction: Restriction | undefined,
  { journalposttype, journaldato }: { readonly journalposttype: Journalposttype; readonly journaldato: string }
): PlannedSkjerming {
  if (!restriction) return { neutralTitles: false, names: false }
  const [titles, names, documents] = (['titles', 'parties', 'documents'] as const).map((one) =>
    screens(restriction, one)
  )
  const by = (...skjermingMetadata: SkjermingMetadata[]): SkjermingPlan => ({
    tilgangsrestriksjon: restriction.tilgangsrestriksjon,
    skjermingshjemmel: restriction.skjermingshjemmel,
    skjermingMetadata,
    ...ending(restriction.skjermingsvarighet, journaldato)
  })
  const whole = documents ? ({ skjermingDokument: 'H' } as const) : {}
  const name = journalposttype === 'U' ? 'Skjerming navn mottaker' : 'Skjerming navn avsender'
  return {
    ...(titles && { saksmappe: by('Skjerming tittel mappe - utvalgte ord') }),
    journalpost: {
      ...by(
        ...(titles ? (['Skjerming tittel registrering - utvalgte ord'] as const) : []),
        ...(names ? ([name] as const) : []),
        'Skjerming merknadstekst'
      ),
      ...whole
    },
    dokument: { ...by('Skjerming tittel dokumentbeskrivelse', 'Skjerming merknadstekst'), ...whole },
    neutralTitles: titles === true,
    names: names === true
  }
}

const ending = (years: number | undefined, from: string) =>
  years === undefined ? {} : { skjermingsvarighet: years, skjermingOpphoererDato: dayAfterYears(from, years) }

/** The same day some years later; the first of March when that year has no 29 February. */
function dayAfterYears(day: string, years: number): string {
  const [year = '', month, date] = day.split('-')
  const moment = new Date(Date.UTC(Number(year) + years, Number(month) - 1, Number(date)))
  return moment.toISOString().slice(0, 10)
}
