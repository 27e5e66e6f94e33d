import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type { Saksnummer } from '../../../src/domain/inquiry.ts'
import { type Call, type Client, follow } from './client.ts'
import { carries, type Keys, literal } from './keys.ts'
import { rels } from './rels.ts'
import { type Resource, text, whole } from './resource.ts'

/** The two packages of the interface that deliveries need, found from the root. */
export interface Entry {
  readonly client: Client
  readonly call: Call
  readonly arkivstruktur: Resource
  readonly sakarkiv: Resource
  readonly root: Resource
  /** Where new cases go, as it was found. */
  readonly places: Map<string, Resource>
}

export async function enter(client: Client, call: Call): Promise<Entry> {
  const root = await client.root(call)
  const open = (rel: string, what: string) => client.get(follow(root, rel, what), { call, what })
  const arkivstruktur = await open(rels.arkivstruktur, 'pakken arkivstruktur')
  const sakarkiv = await open(rels.sakarkiv, 'pakken sakarkiv')
  return { client, call, root, arkivstruktur, sakarkiv, places: new Map() }
}

const search = ({ client, call }: Entry, within: Resource, rel: string, what: string, filter: string) =>
  client.list(follow(within, rel, `søk etter ${what}`), { call, what, filter })

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The arkivdel of the settings, by systemID (M001) or tittel (M020). Throws ArchiveFailure unless there is one. */
export async function findArkivdel(entry: Entry, wanted: string): Promise<Resource> {
  const field = UUID.test(wanted) ? 'systemID' : 'tittel'
  const found = await search(entry, entry.arkivstruktur, rels.arkivdel, 'arkivdelen', `${field} eq ${literal(wanted)}`)
  return theOne(
    found.filter((one) => text(one, field)?.toLowerCase() === wanted.toLowerCase()),
    `Arkivdelen «${wanted}»`,
    'Kontroller N5TG_ARKIVDEL.'
  )
}

export interface WantedPlace {
  readonly arkivdel: string
  readonly klasse?: WantedKlasse
}

export interface WantedKlasse {
  readonly klasseID: string
  readonly klassifikasjonssystem?: string
}

/** The klasse for new cases. Its klassifikasjonssystem need only be named when several have the klasseID (M002). */
export async function findKlasse(entry: Entry, { klasseID, klassifikasjonssystem }: WantedKlasse): Promise<Resource> {
  const within =
    klassifikasjonssystem === undefined
      ? entry.arkivstruktur
      : theOne(
          await search(
            entry,
            entry.arkivstruktur,
            rels.klassifikasjonssystem,
            'klassifikasjonssystemet',
            `tittel eq ${literal(klassifikasjonssystem)}`
          ),
          `Klassifikasjonssystemet «${klassifikasjonssystem}»`,
          'Kontroller N5TG_KLASSIFIKASJONSSYSTEM.'
        )
  const found = await search(entry, within, rels.klasse, 'klassen', `klasseID eq ${literal(klasseID)}`)
  return theOne(
    found.filter((one) => text(one, 'klasseID') === klasseID),
    `Klassen «${klasseID}»`,
    'Kontroller N5TG_KLASSE og N5TG_KLASSIFIKASJONSSYSTEM.'
  )
}

/** The klasse or the arkivdel that new cases go to. Throws ArchiveFailure unless there is one. */
export async function findPlace(entry: Entry, { arkivdel, klasse }: WantedPlace): Promise<Resource> {
  const name = JSON.stringify(klasse ?? arkivdel)
  const place =
    entry.places.get(name) ?? (klasse ? await findKlasse(entry, klasse) : await findArkivdel(entry, arkivdel))
  entry.places.set(name, place)
  return place
}

function theOne(found: readonly Resource[], name: string, remedy: string): Resource {
  const [one, ...others] = found
  if (one && others.length === 0) return one
  const what = one
    ? `finnes ${found.length} ganger i arkivet`
    : 'finnes ikke i arkivet, eller vi har ikke lov til å se den'
  throw new ArchiveFailure('config', `${name} ${what}. ${remedy}`)
}

/** The saksmappe that carries our key; several mean that a create went through twice. */
export async function findOwnCase(entry: Entry, { saksmappe: key }: Keys): Promise<Resource | undefined> {
  const filter = `contains(beskrivelse,${literal(key)})`
  const found = await search(entry, entry.sakarkiv, rels.saksmappe, 'saksmappen', filter)
  const [one, ...others] = found.filter((each) => carries(text(each, 'beskrivelse'), key))
  if (others.length === 0) return one
  throw new ArchiveFailure(
    'needs-human',
    `Arkivet har ${others.length + 1} saksmapper med nøkkelen vår. Sett de tomme til utgår og fjern nøkkelen i dem.`
  )
}

/** The saksmappe that a person or an earlier inquiry named. Throws ArchiveFailure when it is not there. */
export async function findNamedCase(entry: Entry, { saksaar, sakssekvensnummer }: Saksnummer): Promise<Resource> {
  const filter = `saksaar eq ${saksaar} and sakssekvensnummer eq ${sakssekvensnummer}`
  const found = (await search(entry, entry.sakarkiv, rels.saksmappe, 'saksmappen', filter)).filter(
    (one) => whole(one, 'saksaar') === saksaar && whole(one, 'sakssekvensnummer') === sakssekvensnummer
  )
  const [one, ...others] = found
  if (one && others.length === 0) return one
  const label = `Sak ${saksaar}/${sakssekvensnummer}`
  if (one)
    throw new ArchiveFailure('needs-human', `${label} finnes ${found.length} ganger i arkivet. Velg sak for hånd.`)
  throw new ArchiveFailure(
    'not-found',
    `${label} finnes ikke i arkivet, eller vi har ikke lov til å se den. Kontroller saksnummeret.`
  )
}

/** Every journalpost that carries our key, whatever its status. */
export async function findOwnRecords(entry: Entry, { journalpost: key }: Keys): Promise<readonly Resource[]> {
  const filter = `contains(beskrivelse,${literal(key)})`
  const found = await search(entry, entry.sakarkiv, rels.journalpost, 'journalposten', filter)
  return found.filter((one) => carries(text(one, 'beskrivelse'), key))
}

/** A journalpost by systemID (M001). */
export async function findRecord(entry: Entry, systemID: string): Promise<Resource | undefined> {
  const filter = `systemID eq ${literal(systemID)}`
  const [found] = await search(entry, entry.sakarkiv, rels.journalpost, 'den tidligere journalposten', filter)
  return found && text(found, 'systemID') === systemID ? found : undefined
}

/** The saksmappe a journalpost lies in, as the archive says. */
export async function caseOf(entry: Entry, journalpost: Resource): Promise<Resource> {
  const { client, call } = entry
  const what = 'saksmappen'
  const [mappe] = await client.list(follow(journalpost, rels.mappe, 'saksmappen til journalposten'), { call, what })
  if (mappe && whole(mappe, 'sakssekvensnummer') !== undefined) return mappe
  const systemID = mappe && text(mappe, 'systemID')
  const [found] =
    systemID === undefined
      ? []
      : await search(entry, entry.sakarkiv, rels.saksmappe, what, `systemID eq ${literal(systemID)}`)
  if (found) return found
  throw new ArchiveFailure('needs-human', 'Arkivet viser ikke hvilken sak journalposten ligger i. Se i arkivet.')
}
