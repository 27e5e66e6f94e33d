import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import { type SkjermingPlan, skjermingerOf } from '../../../src/domain/archive-plan.ts'
import { rels } from './rels.ts'
import { code, holds, type Resource } from './resource.ts'
import {
  endsNoSooner,
  heldSkjerming,
  metadataCodesOf,
  restrictionCode,
  screenedInside,
  toReplaced,
  toSkjerming
} from './skjerming-mapping.ts'
import { createUnder, listUnder, once, readAgain, type Work } from './work.ts'

/** Refuses a plan with a tilgangsrestriksjon (M500) that the archive has no code for. */
export function refuseUnknownRestriction({ plan, codes }: Work): void {
  const isKnown = (one: SkjermingPlan) => restrictionCode(codes.tilgangsrestriksjoner, one.tilgangsrestriksjon)
  if (skjermingerOf(plan).every(isKnown)) return
  const words =
    'Posten skal skjermes, og Arkivbro vet ikke hvilken tilgangsrestriksjon arkivet har for det. Ingenting er sendt. ' +
    'Legg koden til i N5TG_TILGANGSRESTRIKSJONER.'
  throw new ArchiveFailure('unsupported', words)
}

/** What is screened (M502), for archives that take it beside the skjerming and not in it. */
export async function keepScreenedMetadata(
  work: Work,
  unit: Resource,
  skjerming: SkjermingPlan | undefined,
  what: string,
  { safeToRepeat = false } = {}
): Promise<void> {
  if (!skjerming || work.dialect.screensMetadata === 'inside') return
  for (const kode of metadataCodesOf(skjerming)) {
    const step = `skjerming ${kode} av ${what}`
    await once(work, {
      ...{ step, under: unit, safeToRepeat },
      look: async () => (await screenedBeside(work, unit, step)).find((one) => code(one, 'kode') === kode),
      create: () => createUnder(work, unit, { rel: offered(unit), body: { kode }, what: step })
    })
  }
}

/** nikita has had it under the national names, and under its own. */
const offered = ({ links }: Resource): string =>
  links.has(rels.nyEgenSkjermingMetadata) ? rels.nyEgenSkjermingMetadata : rels.nySkjermingMetadata

const screenedBeside = (work: Work, unit: Resource, what: string): Promise<readonly Resource[]> =>
  listUnder(
    work,
    unit,
    unit.links.has(rels.egenSkjermingMetadata) ? rels.egenSkjermingMetadata : rels.skjermingMetadata,
    what
  )

/**
 * Throws ArchiveFailure unless the archive itself shows the unit as screened: by whom, by which law, what of it. Read
 * again, since what was answered to a create is not what others get to see.
 */
export async function refuseUnlessScreened(
  work: Work,
  unit: Resource,
  skjerming: SkjermingPlan | undefined,
  what: string
): Promise<void> {
  if (skjerming && !(await isScreened(work, await readAgain(work, unit, what), skjerming, what))) throw notShown(what)
}

export const notShown = (what: string) =>
  new ArchiveFailure(
    'needs-human',
    `Arkivet viser ikke at ${what} er skjermet slik det skulle. Se i arkivet, og skjerm den der.`
  )

async function isScreened(work: Work, unit: Resource, skjerming: SkjermingPlan, what: string): Promise<boolean> {
  const held = heldSkjerming(unit)
  if (!held || !isBy(work, held, skjerming)) return false
  const beside = work.dialect.screensMetadata === 'beside' ? await screenedBeside(work, unit, what) : []
  const screened = [...screenedInside(held), ...beside.map((one) => code(one, 'kode'))]
  return metadataCodesOf(skjerming).every((one) => screened.includes(one))
}

/** The code (M500), the law (M501) and how much of the document (M503). */
const isBy = (
  { codes }: Work,
  held: Resource,
  { tilgangsrestriksjon, skjermingshjemmel, skjermingDokument }: SkjermingPlan
): boolean =>
  code(held, 'tilgangsrestriksjon') === restrictionCode(codes.tilgangsrestriksjoner, tilgangsrestriksjon) &&
  holds(held, 'skjermingshjemmel', skjermingshjemmel) &&
  (skjermingDokument === undefined || code(held, 'skjermingDokument') === skjermingDokument)

/**
 * What makes the skjerming of a unit as the plan has it, as a merge patch (RFC 7396); undefined when it is so already, but
 * for what is told beside.
 */
export function toRestricted(work: Work, unit: Resource, skjerming: SkjermingPlan) {
  const held = heldSkjerming(unit)
  const mapping = { dialect: work.dialect, tilgangsrestriksjoner: work.codes.tilgangsrestriksjoner }
  if (!held) return toSkjerming(mapping, skjerming)
  const screened = screenedInside(held)
  const isInside =
    work.dialect.screensMetadata === 'beside' || metadataCodesOf(skjerming).every((one) => screened.includes(one))
  if (isBy(work, held, skjerming) && isInside && endsNoSooner(held, skjerming)) return undefined
  return { skjerming: toReplaced(mapping, skjerming, held) }
}
