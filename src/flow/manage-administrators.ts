import type { Administrator } from '../domain/administrator.ts'
import type { Decision } from '../domain/decision.ts'
import { Conflict, Refused } from '../domain/errors.ts'
import type { LatelyRead } from './lately-read.ts'
import type { Clock } from './ports.ts'
import type { AdministratorStore } from './store-port.ts'

export interface AdministratorDeps {
  readonly appointments: AdministratorStore
  /** What intake knows of them, told of each change. */
  readonly administrators: Pick<LatelyRead<unknown>, 'forget'>
  readonly now: Clock
  readonly newId: () => string
}

export type Appointment = Pick<Administrator, 'name' | 'actsAs' | 'unit' | 'may' | 'to'> & { readonly from?: Date }

/** What can be changed of an appointment; `to: null` has it last until further notice. */
export type AppointmentChanges = Partial<Omit<Appointment, 'from' | 'to'>> & { readonly to?: Date | null }

/** From now on, or from the moment given. Throws Conflict('name-in-use'), Refused('period-not-valid'). */
export async function appoint(
  deps: AdministratorDeps,
  wanted: Appointment,
  decision: Decision
): Promise<Administrator> {
  const at = deps.now()
  const first = { ...wanted, id: deps.newId(), version: 1, from: wanted.from ?? at }
  const { from, to, may } = first
  const facts = { may: may.join(' '), from: from.toISOString(), to: to?.toISOString() }
  return keep(deps, { ...first, changedAt: at, changedBy: decision.actor }, 'appointed', facts, decision)
}

/**
 * Corrects an appointment as it was in `version`, for the whole of its time; what has been marked under it stands.
 * Throws NotFound, Conflict (`administrator-changed`, `name-in-use`), Refused('period-not-valid').
 */
export async function changeAppointment(
  deps: AdministratorDeps,
  id: string,
  { version, changes, ...decision }: Decision & { readonly version: number; readonly changes: AppointmentChanges }
): Promise<Administrator> {
  const [{ to: before, ...stood }] = await deps.appointments.versions(id)
  const { to = before, ...others } = changes
  const next = { ...stood, ...others, ...(to && { to }), version: version + 1 }
  const facts = { version: version + 1, fields: Object.keys(changes).join(' ') }
  return keep(deps, { ...next, changedAt: deps.now(), changedBy: decision.actor }, 'changed', facts, decision)
}

/**
 * It lasts no longer than until `end`, or until now; one that has not begun never will. Throws NotFound, Conflict
 * (`appointment-ended`, `administrator-changed`), Refused('period-not-valid').
 */
export async function endAppointment(
  deps: AdministratorDeps,
  id: string,
  { end, ...decision }: Decision & { readonly end?: Date }
): Promise<Administrator> {
  const at = deps.now()
  const [stood] = await deps.appointments.versions(id)
  const to = end ?? (at > stood.from ? at : stood.from)
  if (stood.to && stood.to <= to) throw endedBefore(id)
  const next = { ...stood, to, version: stood.version + 1, changedAt: at, changedBy: decision.actor }
  return keep(deps, next, 'ended', { version: next.version, to: to.toISOString() }, decision)
}

async function keep(
  { appointments, administrators }: AdministratorDeps,
  administrator: Administrator,
  what: 'appointed' | 'changed' | 'ended',
  facts: Readonly<Record<string, string | number | undefined>>,
  { reason }: Decision
): Promise<Administrator> {
  if (administrator.to && administrator.to < administrator.from) throw endsBeforeItBegins()
  // Also when nobody knows how it ended: it may have been kept.
  await appointments
    .keep(administrator, { action: `administrator.${what}`, facts, reason })
    .finally(administrators.forget)
  return administrator
}

const endedBefore = (id: string) =>
  new Conflict('appointment-ended', `Utnevningen ${id} er avsluttet fra før. Det er ingenting å avslutte.`)

const endsBeforeItBegins = () =>
  new Refused(
    'period-not-valid',
    'Utnevningen ville sluttet før den begynte. Ingenting er lagret. Rett «to» og send på nytt.',
    [{ pointer: '/to', detail: 'er før «from»' }]
  )
