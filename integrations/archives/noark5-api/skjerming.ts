import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import { type SkjermingPlan, skjermingerOf } from '../../../src/domain/archive-plan.ts'
import { follow } from './client.ts'
import { rels } from './rels.ts'
import { code, holds, isObject, type Resource } from './resource.ts'
import { metadataCodesOf, restrictionCode } from './skjerming-mapping.ts'
import { createUnder, listUnder, once, type Work } from './work.ts'

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
  what: string
): Promise<void> {
  if (!skjerming || work.dialect.screensMetadata === 'inside') return
  for (const kode of metadataCodesOf(skjerming)) {
    const step = `skjerming ${kode} av ${what}`
    await once(work, {
      ...{ step, under: unit },
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
  if (!skjerming) return
  const { client, call } = work.entry
  const shown = await client.get(follow(unit, 'self', what), { call, what })
  if (await isScreened(work, shown, skjerming, what)) return
  const words = `Arkivet viser ikke at ${what} er skjermet slik det skulle. Se i arkivet, og skjerm den der.`
  throw new ArchiveFailure('needs-human', words)
}

async function isScreened(work: Work, unit: Resource, skjerming: SkjermingPlan, what: string): Promise<boolean> {
  const { skjerming: fields } = unit.fields
  if (!isObject(fields)) return false
  const held: Resource = { fields, links: new Map() }
  const beside = work.dialect.screensMetadata === 'beside' ? await screenedBeside(work, unit, what) : []
  const inside = Array.isArray(fields.skjermingMetadata) ? fields.skjermingMetadata : []
  const screened = [
    ...inside.map((one) => code({ fields: { one }, links: held.links }, 'one')),
    ...beside.map((one) => code(one, 'kode'))
  ]
  const { tilgangsrestriksjon, skjermingshjemmel, skjermingDokument } = skjerming
  return (
    code(held, 'tilgangsrestriksjon') === restrictionCode(work.codes.tilgangsrestriksjoner, tilgangsrestriksjon) &&
    holds(held, 'skjermingshjemmel', skjermingshjemmel) &&
    (skjermingDokument === undefined || code(held, 'skjermingDokument') === skjermingDokument) &&
    metadataCodesOf(skjerming).every((one) => screened.includes(one))
  )
}
