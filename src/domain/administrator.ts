/** What an administrator may do in the municipality's name: mark posts as inquiries, answer them, have them deleted. */
export const administratorRights = ['mark', 'reply', 'delete'] as const
export type AdministratorRight = (typeof administratorRights)[number]

/** An appointment: who may act in the municipality's name, under which names, from when until when. */
export interface Administrator {
  readonly id: string // UUIDv7
  /** 1 as appointed; each change is one more, and the earlier ones stand. */
  readonly version: number
  readonly name: string
  /** Other names they act under: e-mail, user id in the moderation tool. */
  readonly actsAs: readonly string[]
  readonly unit: string
  readonly from: Date // inclusive
  readonly to?: Date // exclusive
  readonly may: readonly AdministratorRight[]
  readonly changedAt: Date
  readonly changedBy: string
}

/** Appointments by each name that somebody acts under. */
export type AdministratorsByName = ReadonlyMap<string, readonly Administrator[]>

/** How a name stood at a moment. */
export type Standing = { readonly kind: 'appointed'; readonly administrator: Administrator } | Unappointed

/** `nobody`: no one has ever been appointed. */
export type Unappointed =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'later'; readonly from: Date }
  | { readonly kind: 'ended'; readonly to: Date }
  | { readonly kind: 'may-not' }

/** The form in which names are compared: neither case, blanks around it nor the way of writing accents tell them apart. */
export const comparableName = (name: string): string => name.trim().normalize('NFC').toLowerCase().normalize('NFC')

const namesOf = ({ name, actsAs }: Pick<Administrator, 'name' | 'actsAs'>): ReadonlySet<string> =>
  new Set([name, ...actsAs].map(comparableName))

export function byName(administrators: readonly Administrator[]): AdministratorsByName {
  const found = new Map<string, Administrator[]>()
  for (const administrator of administrators) {
    for (const name of namesOf(administrator)) found.set(name, [...(found.get(name) ?? []), administrator])
  }
  return found
}

export const isAppointedAt = ({ from, to }: Pick<Administrator, 'from' | 'to'>, at: Date): boolean =>
  from <= at && (to === undefined || at < to)

/** Whether whoever acts under the name had the right at that moment, and if not, why. */
export function standingOf(known: AdministratorsByName, name: string, right: AdministratorRight, at: Date): Standing {
  if (known.size === 0) return { kind: 'nobody' }
  const appointments = known.get(comparableName(name)) ?? []
  const current = appointments.filter((one) => isAppointedAt(one, at))
  const administrator = current.find(({ may }) => may.includes(right))
  if (administrator) return { kind: 'appointed', administrator }
  if (current.length > 0) return { kind: 'may-not' }
  const ends = appointments.flatMap(({ to }) => (to && to <= at ? [to.getTime()] : []))
  if (ends.length > 0) return { kind: 'ended', to: new Date(Math.max(...ends)) }
  const begins = appointments.map(({ from }) => from.getTime())
  return begins.length > 0 ? { kind: 'later', from: new Date(Math.min(...begins)) } : { kind: 'unknown' }
}

/** The other administrator, if any, who acts under one of its names in part of the same time: nobody could tell them apart. */
export function namesakeOf(wanted: Administrator, others: readonly Administrator[]): Administrator | undefined {
  const names = namesOf(wanted)
  return others.find(
    (other) => other.id !== wanted.id && overlap(wanted, other) && [...namesOf(other)].some((name) => names.has(name))
  )
}

type Period = Pick<Administrator, 'from' | 'to'>

const overlap = (a: Period, b: Period): boolean =>
  isBefore(a.from, b.to) && isBefore(b.from, a.to) && lasts(a) && lasts(b)
const isBefore = (moment: Date, end: Date | undefined): boolean => end === undefined || moment < end
const lasts = ({ from, to }: Period): boolean => isBefore(from, to)
