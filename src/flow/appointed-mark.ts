import { type AdministratorsByName, standingOf, type Unappointed } from '../domain/administrator.ts'
import { Refused } from '../domain/errors.ts'
import type { Mark } from '../domain/inquiry.ts'
import { norwegianTime } from '../domain/norwegian-time.ts'
import type { LatelyRead } from './lately-read.ts'

export interface AppointedMarkDeps {
  readonly administrators: Pick<LatelyRead<AdministratorsByName>, 'get'>
}

/** A mark as it is handed in; without `at` it is made when it is received. */
export type GivenMark = Omit<Mark, 'at' | 'administrator'> & { readonly at?: Date }

/** How far clocks may differ before a mark counts as made in the future. */
const CLOCK_SKEW_MS_MAX = 5 * 60_000

/**
 * The mark, with the administrator who made it. Throws Refused: `marker-not-appointed` when nobody of that name might
 * mark then, `mark-in-future`.
 */
export async function appointedMark(
  { administrators }: AppointedMarkDeps,
  mark: GivenMark,
  receivedAt: Date
): Promise<Mark> {
  const at = mark.at ?? receivedAt
  if (at.getTime() > receivedAt.getTime() + CLOCK_SKEW_MS_MAX) throw inFuture()
  const standing = standingOf(await administrators.get(), mark.by, 'mark', at)
  if (standing.kind !== 'appointed') throw notAppointed(standing, at)
  return { ...mark, at, administrator: standing.administrator.id }
}

const inFuture = () =>
  new Refused(
    'mark-in-future',
    'Merkingen er datert fram i tid, og kan ikke ha skjedd. Ingenting er lagret. Rett «mark.at», eller se etter om klokken der henvendelsen kommer fra, går riktig.',
    [{ pointer: '/mark/at', detail: 'er fram i tid' }]
  )

/** Who is meant stands in the request; an error names nobody. */
function notAppointed(standing: Unappointed, at: Date): Refused {
  const { happened, toDo, detail } = told(standing, at)
  return new Refused(
    'marker-not-appointed',
    `${happened} Bare den som var utnevnt til å merke da innlegget ble merket, kan gjøre det til en henvendelse. Ingenting er lagret. ${toDo}`,
    [{ pointer: '/mark/by', detail }]
  )
}

const APPOINT = 'be den som styrer Arkivbro, om å utnevne med POST /v1/administrators'

function told(standing: Unappointed, at: Date) {
  const markedAt = `Innlegget er merket ${norwegianTime(at)}.`
  switch (standing.kind) {
    case 'nobody':
      return {
        happened: 'Ingen er utnevnt til å merke henvendelser i Arkivbro ennå.',
        toDo: 'Den som har administratornøkkelen, må utnevne noen med POST /v1/administrators (navn, enhet og «may»: «mark»). Send så på nytt.',
        detail: 'ingen er utnevnt'
      }
    case 'unknown':
      return {
        happened: 'Navnet i «mark.by» står ikke på listen over kommunens administratorer.',
        toDo: `Se etter skrivefeil mot GET /v1/administrators, eller ${APPOINT}. Send så på nytt.`,
        detail: 'er ikke utnevnt'
      }
    case 'later':
      return {
        happened: `${markedAt} Den som merket, er utnevnt først fra ${norwegianTime(standing.from)}.`,
        toDo: `La en som var utnevnt, merke innlegget, eller ${APPOINT} fra et tidligere tidspunkt hvis datoen er feil.`,
        detail: 'var ikke utnevnt ennå'
      }
    case 'ended':
      return {
        happened: `${markedAt} Utnevningen til den som merket, sluttet ${norwegianTime(standing.to)}.`,
        toDo: `La en som er utnevnt, merke innlegget, eller ${APPOINT} på nytt.`,
        detail: 'var ikke lenger utnevnt'
      }
    case 'may-not':
      return {
        happened: 'Den som merket, er utnevnt, men ikke til å merke.',
        toDo: 'La en som kan merke, gjøre det, eller be den som styrer Arkivbro, om å føye «mark» til utnevningen.',
        detail: 'er ikke utnevnt til å merke'
      }
  }
}
