import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import { type Call, type Client, follow } from './client.ts'
import type { Codes } from './mapping.ts'
import { ownMetadataNames } from './own-metadata.ts'
import { type Entry, enter, findArkivdel, findKlasse, type WantedKlasse } from './places.ts'
import { codeListRel, ownMetadataRels, rels } from './rels.ts'
import { code, type Resource, text } from './resource.ts'
import { allMetadataCodes } from './skjerming-mapping.ts'

export interface Expectations {
  readonly arkivdel: string
  readonly klasse?: WantedKlasse
  readonly codes: Codes
}

/** What deliveries would stumble over, one sentence each: places, rights and codes. Only reads. */
export async function lackingIn(client: Client, call: Call, wanted: Expectations): Promise<readonly string[]> {
  const found: string[] = []
  const look = async (examine: () => Promise<readonly string[]>) => {
    found.push(...(await examine().catch(inWords)))
  }
  const entering = await enter(client, call).catch(inWords)
  if (!('root' in entering)) return entering
  await look(() => searchesLacking(entering))
  await look(() => placeLacking(entering, wanted))
  await look(() => codesLacking(entering, wanted.codes))
  await look(() => ownMetadataLacking(entering, wanted.codes))
  await look(async () => skjermingLacking(wanted.codes))
  return found
}

function inWords(error: unknown): readonly string[] {
  if (error instanceof ArchiveFailure) return [error.error.message]
  throw error
}

const searched = { saksmappe: 'saksmapper', journalpost: 'journalposter' } as const

/** Without these no delivery can be found again, so none may be sent. */
const searchesLacking = async ({ sakarkiv }: Entry) =>
  (Object.keys(searched) as (keyof typeof searched)[])
    .filter((name) => !sakarkiv.links.has(rels[name]))
    .map((name) => `Brukeren til Arkivbro får ikke søke etter ${searched[name]}. Gi den leserett i arkivet.`)

/** Arkivdeler that are closed take no new cases. */
const closed = ['P', 'U']

async function placeLacking(entry: Entry, { arkivdel, klasse }: Expectations): Promise<readonly string[]> {
  const part = await findArkivdel(entry, arkivdel)
  const lacking: string[] = []
  if (closed.includes(code(part, 'arkivdelstatus') ?? '')) {
    lacking.push(`Arkivdelen «${arkivdel}» er avsluttet. Sett N5TG_ARKIVDEL til en som er i bruk.`)
  }
  const parent = klasse ? await findKlasse(entry, klasse) : part
  if (!parent.links.has(rels.nySaksmappe)) {
    const place = klasse ? `klassen «${klasse.klasseID}»` : `arkivdelen «${arkivdel}»`
    lacking.push(
      `Brukeren til Arkivbro får ikke opprette saksmapper i ${place}. Gi den rettigheten, eller sett N5TG_KLASSE.`
    )
  }
  return lacking
}

/** What the mapping sends, by code list. */
const neededCodes = ({
  dokumenttyper,
  formater,
  merknadstype,
  tilgangsrestriksjoner
}: Codes): Readonly<Record<string, readonly string[]>> => ({
  journalposttype: ['I', 'U'],
  journalstatus: ['M', 'J'],
  saksstatus: ['B'],
  dokumenttype: [...new Set(dokumenttyper.values())],
  dokumentstatus: ['F'],
  dokumentmedium: ['E'],
  tilknyttetregistreringsom: ['H', 'V'],
  variantformat: ['A', 'P'],
  korrespondanseparttype: ['EA', 'EM'],
  merknadstype: [merknadstype],
  ...(tilgangsrestriksjoner.size > 0 && {
    tilgangsrestriksjon: [...new Set(tilgangsrestriksjoner.values())],
    skjermingmetadata: allMetadataCodes,
    skjermingdokument: ['H']
  }),
  ...(formater.size > 0 && { format: [...new Set(formater.values())] })
})

const skjermingLacking = ({ tilgangsrestriksjoner }: Codes) =>
  tilgangsrestriksjoner.size > 0
    ? []
    : [
        'Arkivbro vet ikke hvordan arkivet skjermer, så det som skal skjermes, blir liggende. Sett N5TG_TILGANGSRESTRIKSJONER.'
      ]

async function codesLacking(entry: Entry, codes: Codes): Promise<readonly string[]> {
  const { client, call, root } = entry
  const metadata = await client.get(follow(root, rels.metadata, 'kodelistene'), { call, what: 'kodelistene' })
  const lacking: string[] = []
  for (const [list, needed] of Object.entries(neededCodes(codes))) {
    const known = await codesOf(entry, metadata, list)
    const missing = known ? needed.filter((one) => !known.includes(one)) : needed
    if (missing.length > 0) {
      lacking.push(`Kodelisten ${list} i arkivet mangler ${missing.join(', ')}. Legg dem til, eller rett N5TG_-kodene.`)
    }
  }
  return lacking
}

/** A field that is not registered is refused, and the journalpost with it. */
async function ownMetadataLacking(entry: Entry, { ownMetadata: prefix }: Codes): Promise<readonly string[]> {
  const { client, call, root } = entry
  if (prefix === undefined || !client.dialect.takesOwnMetadata) return []
  const metadata = await client.get(follow(root, rels.metadata, 'kodelistene'), { call, what: 'kodelistene' })
  const href = ownMetadataRels.flatMap((rel) => metadata.links.get(rel) ?? [])[0]
  const registered = href === undefined ? [] : await client.list(href, { call, what: 'feltene (M711)' })
  const known = registered.map((one) => text(one, 'navn'))
  const missing = ownMetadataNames(prefix).filter((name) => !known.includes(name))
  if (missing.length === 0) return []
  return [`Arkivet har ikke registrert feltene ${missing.join(', ')}. Registrer dem, eller fjern N5TG_METADATA.`]
}

async function codesOf({ client, call }: Entry, metadata: Resource, list: string) {
  const href = metadata.links.get(codeListRel(list))
  if (href === undefined) return undefined
  const entries = await client.list(href, { call, what: `kodelisten ${list}` })
  return entries.map((one) => text(one, 'kode') ?? '')
}
