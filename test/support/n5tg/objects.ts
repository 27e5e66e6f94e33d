import { randomUUID } from 'node:crypto'
import type { DialectName } from '../../../integrations/archives/noark5-api/dialects.ts'
import { codeLists, extraFields, type Kind, kinds, ownFields } from './model.ts'
import { isSkjerming } from './skjerming.ts'

/** One object in the archive. */
export interface Held {
  readonly id: string // systemID, M001
  readonly kind: Kind
  readonly parent?: Held
  fields: Record<string, unknown>
  version: number
  /** Size and SHA-256 of what was uploaded, and the bytes when they are few. */
  file?: { readonly size: number; readonly sha256: string; readonly bytes?: Buffer }
}

/** What the archive says no with: a status, and words that echo what it was sent, as real ones do. */
export class No extends Error {
  readonly status: number
  readonly exception: string
  constructor(status: number, message: string, exception = 'NikitaMalformedInputDataException') {
    super(message)
    this.status = status
    this.exception = exception
  }
}

export interface Rules {
  readonly dialect: DialectName
  readonly numbersAtJournaling: boolean
}

/** The archive itself, in memory: numbers, rules, versions. Written from N5TG 1.1, chapters 6 and 7. */
export function openObjects({ dialect, numbersAtJournaling }: Rules) {
  const all = new Map<string, Held>()
  const byKind = new Map<Kind, Held[]>()
  const byParent = new Map<Held | undefined, Held[]>()
  const byUuid = new Map<string, Held[]>()
  const of = (kind: Kind): readonly Held[] => byKind.get(kind) ?? []

  function add(kind: Kind, fields: Record<string, unknown>, parent?: Held): Held {
    const { systemID, ...given } = fields
    const id = typeof systemID === 'string' ? systemID : randomUUID()
    if (all.has(id)) throw new No(400, `The systemID ${id} is taken`)
    const made: Held = { id, kind, ...(parent && { parent }), fields: {}, version: 0 }
    made.fields = { systemID: id, opprettetDato: new Date().toISOString(), ...given, ...numbers(made, given) }
    all.set(id, made)
    listIn(byKind, kind).push(made)
    listIn(byParent, parent).push(made)
    index(made)
    if (parent && dialect !== 'standard-1.1') parent.version += 1
    return made
  }

  function numbers({ kind, parent }: Held, given: Record<string, unknown>): Record<string, unknown> {
    if (kind === 'saksmappe') {
      const saksaar = Number(String(given.saksdato ?? new Date().toISOString()).slice(0, 4))
      const sakssekvensnummer = 1 + of('saksmappe').filter((one) => one.fields.saksaar === saksaar).length
      return { saksaar, sakssekvensnummer, mappeID: `${saksaar}/${sakssekvensnummer}` }
    }
    if (kind === 'journalpost' && parent && !numbersAtJournaling) return recordNumbers(parent)
    if (kind === 'dokumentobjekt') return { versjonsnummer: dialect === 'nikita-2021' ? 1 : 0 }
    return {}
  }

  function recordNumbers(saksmappe: Held): Record<string, unknown> {
    const given = under(saksmappe, 'journalpost').filter((one) => one.fields.journalpostnummer)
    const journalpostnummer = given.length + 1
    return { journalpostnummer, registreringsID: `${String(saksmappe.fields.mappeID)}-${journalpostnummer}` }
  }

  function refuseBadSkjerming(kind: Kind, { skjerming, kode }: Record<string, unknown>): void {
    const isBad = skjerming !== undefined && !isSkjerming(dialect, skjerming)
    const isUnknown = kind === 'skjermingMetadata' && !codeLists.skjermingMetadata?.includes(String(kode))
    if (isBad || isUnknown) throw new No(400, `skjerming malformed: ${JSON.stringify(skjerming ?? kode)}`)
  }

  /** By the UUIDs that its beskrivelse tells of. */
  function index(object: Held): void {
    for (const uuid of new Set(String(object.fields.beskrivelse ?? '').match(uuids))) {
      const list = listIn(byUuid, `${object.kind} ${uuid}`)
      if (!list.includes(object)) list.push(object)
    }
  }

  const under = (parent: Held, kind: Kind): readonly Held[] =>
    (byParent.get(parent) ?? []).filter((one) => one.kind === kind)

  return {
    ...{ add, of, under },
    /** At least those whose beskrivelse tells of this UUID. */
    tellingOf: (kind: Kind, uuid: string): readonly Held[] => byUuid.get(`${kind} ${uuid}`) ?? [],
    get: (id: string) => all.get(id),
    create(kind: Kind, fields: Record<string, unknown>, parent: Held): Held {
      if (parent.kind === 'saksmappe' && isClosed(parent)) throw new No(403, 'The case is closed')
      refuseBad(kind, fields, [...kinds[kind].must, ...kinds[kind].takes, ...extraFields(dialect, kind)])
      refuseBadSkjerming(kind, fields)
      refuseUnregistered(fields.virksomhetsspesifikkeMetadata)
      for (const name of kinds[kind].must) if (!(name in fields)) throw new No(400, `${name} is missing.`)
      return add(kind, fields, parent)
    },
    change(object: Held, fields: Record<string, unknown>): void {
      const { must, takes, isScreened } = kinds[object.kind]
      if (isClosed(object)) throw new No(403, 'The case is closed')
      refuseBad(object.kind, fields, [...must, ...takes, ...(isScreened ? ['skjerming'] : [])])
      const { skjerming: _, ...others } = object.fields
      // What is put is the whole object.
      const changed = dialect === 'nikita-2021' ? { ...others, ...fields } : merged(object.fields, fields)
      refuseBadSkjerming(object.kind, changed)
      object.fields = changed
      index(object)
      object.version += 1
      if (object.kind !== 'journalpost' || codeOf(fields.journalstatus) !== 'J') return
      if (!object.fields.journalpostnummer && object.parent) Object.assign(object.fields, recordNumbers(object.parent))
      object.fields.arkivertDato ??= new Date().toISOString()
    },
    remove(object: Held): void {
      const record = object.parent?.parent
      if (object.kind !== 'dokumentobjekt' || codeOf(record?.fields.journalstatus) !== 'M')
        throw new No(403, 'It stays')
      all.delete(object.id)
      for (const list of [listIn(byKind, object.kind), listIn(byParent, object.parent)]) {
        list.splice(list.indexOf(object), 1)
      }
    }
  }
}

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

const isClosed = ({ kind, fields, parent }: Held): boolean =>
  kind === 'saksmappe' ? codeOf(fields.saksstatus) === 'A' : parent !== undefined && isClosed(parent)

/** RFC 7396, §2: objects into each other, anything else in the place of what was there, and null takes it away. */
function merged(target: Fields, patch: Fields): Record<string, unknown> {
  const changed: Record<string, unknown> = { ...target }
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete changed[name]
    else changed[name] = isFields(value) ? merged(isFields(changed[name]) ? changed[name] : {}, value) : value
  }
  return changed
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function listIn<Key>(lists: Map<Key, Held[]>, key: Key): Held[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

export const codeOf = (value: unknown): unknown => (value as { kode?: unknown } | undefined)?.kode

const isOfType: Readonly<Record<(typeof ownFields)[string], (value: string) => boolean>> = {
  string: () => true,
  uri: URL.canParse,
  datetime: (value) => /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value)
}

/** Fields of the archive's owner are registered by name and type before they are used (N5TG 1.1, chapter 6). */
function refuseUnregistered(given: unknown): void {
  for (const [name, value] of Object.entries(given ?? {})) {
    const type = ownFields[name]
    if (!type || typeof value !== 'string' || !isOfType[type](value)) throw new No(400, `${name} malformed: ${value}`)
  }
}

/** Unknown fields, nulls and unknown codes are refused, the last with what was sent. */
function refuseBad(kind: Kind, fields: Record<string, unknown>, known: readonly string[]): void {
  for (const [name, value] of Object.entries(fields)) {
    if (!known.includes(name) || value === null)
      throw new No(400, `${kind}.${name} malformed: ${JSON.stringify(fields)}`)
    const list = codeLists[name.startsWith('konvertert') && name.endsWith('Format') ? 'format' : name]
    if (list && !list.includes(String(codeOf(value)))) throw new No(400, `No such ${name}: ${JSON.stringify(fields)}`)
  }
}
