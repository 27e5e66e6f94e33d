import {
  type AdministratorRight,
  type AdministratorsByName,
  standingOf,
  type Unappointed
} from '../domain/administrator.ts'
import { Refused } from '../domain/errors.ts'
import type { Mark } from '../domain/inquiry.ts'
import { norwegianTime } from '../domain/norwegian-time.ts'
import type { LatelyRead } from './lately-read.ts'

export interface AppointedMarkDeps {
  readonly administrators: Pick<LatelyRead<AdministratorsByName>, 'get'>
}

/** A mark as it is handed in; without `at` it is made when it is received. */
export type GivenMark = Omit<Mark, 'at' | 'administrator'> & { readonly at?: Date }

/** What must be given to somebody; to answer by e-mail or on the telephone is everyday work, and for nobody in particular. */
export type RightNeeded = AdministratorRight | 'answer-elsewhere'

/** How far clocks may differ before a mark counts as made in the future. */
const CLOCK_SKEW_MS_MAX = 5 * 60_000

/** What somebody did, as the refusal calls it, and where in the body it stands who and when. */
interface Act {
  readonly verb: string
  readonly done: string
  readonly who: string
  readonly within: string
}

const reply = { verb: 'svare', done: 'Svaret er gitt', who: 'Den som svarte', within: '' }

const acts: Record<RightNeeded, Act> = {
  mark: { verb: 'merke', done: 'Innlegget er merket', who: 'Den som merket', within: '/mark' },
  reply,
  'answer-elsewhere': reply,
  delete: { verb: 'slette', done: 'Innlegget er slettet', who: 'Den som slettet', within: '' }
}

/**
 * The mark, with the administrator who made it, or answered, or deleted. Throws Refused: `marker-not-appointed` when
 * nobody of that name had the right then, `mark-in-future`.
 */
export async function appointedMark(
  { administrators }: AppointedMarkDeps,
  mark: GivenMark,
  receivedAt: Date,
  right: RightNeeded = 'mark'
): Promise<Mark> {
  const at = mark.at ?? receivedAt
  const act = acts[right]
  if (at.getTime() > receivedAt.getTime() + CLOCK_SKEW_MS_MAX) throw inFuture(act)
  if (right === 'answer-elsewhere') return { ...mark, at }
  const standing = standingOf(await administrators.get(), mark.by, right, at)
  if (standing.kind !== 'appointed') throw notAppointed(standing, at, act)
  return { ...mark, at, administrator: standing.administrator.id }
}

const inFuture = ({ done, within }: Act) =>
  new Refused(
    'mark-in-future',
    `${done} fram i tid, og det kan ikke ha skjedd. Ingenting er lagret. Rett tidspunktet, eller se etter om klokken der det kommer fra, går riktig.`,
    [{ pointer: `${within}/at`, detail: 'er fram i tid' }]
  )

/** Who is meant stands in the request; an error names nobody. */
function notAppointed(standing: Unappointed, at: Date, act: Act): Refused {
  const { happened, toDo, detail } = told(standing, at, act)
  return new Refused(
    'marker-not-appointed',
    `${happened} Bare den som var utnevnt til å ${act.verb} da det ble gjort, kan handle på vegne av kommunen. Ingenting er lagret. ${toDo}`,
    [{ pointer: `${act.within}/by`, detail }]
  )
}

const APPOINT = 'be den som styrer Arkivbro, om å utnevne med POST /v1/administrators'

function told(standing: Unappointed, at: Date, { verb, done, who }: Act) {
  const doneAt = `${done} ${norwegianTime(at)}.`
  switch (standing.kind) {
    case 'nobody':
      return {
        happened: 'Ingen er utnevnt til å handle på vegne av kommunen i Arkivbro ennå.',
        toDo: 'Den som har administratornøkkelen, må utnevne noen med POST /v1/administrators (navn, enhet og «may»). Send så på nytt.',
        detail: 'ingen er utnevnt'
      }
    case 'unknown':
      return {
        happened: `Navnet til den som skulle ${verb}, står ikke på listen over kommunens administratorer.`,
        toDo: `Se etter skrivefeil mot GET /v1/administrators, eller ${APPOINT}. Send så på nytt.`,
        detail: 'er ikke utnevnt'
      }
    case 'later':
      return {
        happened: `${doneAt} ${who}, er utnevnt først fra ${norwegianTime(standing.from)}.`,
        toDo: `La en som var utnevnt, gjøre det, eller ${APPOINT} fra et tidligere tidspunkt hvis datoen er feil.`,
        detail: 'var ikke utnevnt ennå'
      }
    case 'ended':
      return {
        happened: `${doneAt} Utnevningen til den som gjorde det, sluttet ${norwegianTime(standing.to)}.`,
        toDo: `La en som er utnevnt, gjøre det, eller ${APPOINT} på nytt.`,
        detail: 'var ikke lenger utnevnt'
      }
    case 'may-not':
      return {
        happened: `${who}, er utnevnt, men ikke til å ${verb}.`,
        toDo: `La en som kan ${verb}, gjøre det, eller be den som styrer Arkivbro, om å føye det til utnevningen.`,
        detail: `er ikke utnevnt til å ${verb}`
      }
  }
}
