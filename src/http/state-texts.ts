import type { Standstill } from '../domain/archive-gate.ts'
import type { InquiryState, Trouble } from '../domain/inquiry.ts'
import type { Obstacle } from '../flow/needs-person.ts'

interface StateText {
  readonly label: string
  readonly meaning: string
  readonly whatToDo: string
}

const nothing = 'Du trenger ikke gjøre noe.'

/** What each state is called, what it means, and what the reader does about it. */
export const stateTexts: Record<InquiryState, StateText> = {
  received: {
    label: 'Mottatt',
    meaning: 'Henvendelsen er trygt lagret. Arkivbro lager dokumentet og arkivposten.',
    whatToDo: nothing
  },
  'in-review': {
    label: 'Til kontroll',
    meaning: 'Et menneske må se på henvendelsen før den går videre.',
    whatToDo: 'Les hva som må avgjøres, og velg «godkjenn», «rett og send», «slipp» eller «avvis».'
  },
  ready: { label: 'Klar for sending', meaning: 'Arkivposten er laget og venter på å bli sendt.', whatToDo: nothing },
  sending: { label: 'Sendes', meaning: 'Arkivposten er på vei til arkivet.', whatToDo: nothing },
  'awaiting-receipt': {
    label: 'Sendt – venter på kvittering',
    meaning: 'Arkivet har tatt imot sendingen, men ikke bekreftet at den er journalført.',
    whatToDo: nothing
  },
  'unknown-outcome': {
    label: 'Ukjent utfall',
    meaning: 'Arkivbro vet ikke om arkivet har journalført. Arkivet blir spurt før noe sendes på nytt.',
    whatToDo: nothing
  },
  'needs-action': {
    label: 'Trenger handling',
    meaning: 'Arkivbro kommer ikke videre alene.',
    whatToDo:
      'Les feilen, rett årsaken og velg «prøv igjen», eller «rett og send». Gjelder den ikke arkivet, velg «avvis» med begrunnelse.'
  },
  journaled: {
    label: 'Journalført',
    meaning: 'Arkivet har bekreftet journalposten og hver fil i den.',
    whatToDo: nothing
  },
  amending: {
    label: 'Skjermes i arkivet',
    meaning: 'Henvendelsen er journalført, og Arkivbro skjermer nå journalposten i arkivet.',
    whatToDo: nothing
  },
  'amend-stopped': {
    label: 'Ikke skjermet i arkivet',
    meaning: 'Henvendelsen er journalført, men arkivet viser ikke at den er skjermet slik den skal.',
    whatToDo:
      'Les feilen, rett årsaken og velg «prøv igjen». Eller skjerm journalposten i arkivet, og velg «skjermet for hånd».'
  },
  dismissed: {
    label: 'Avvist',
    meaning: 'Et menneske har bestemt at henvendelsen ikke skal arkiveres.',
    whatToDo: nothing
  },
  'handled-manually': {
    label: 'Manuelt håndtert',
    meaning: 'Et menneske har journalført henvendelsen i arkivet.',
    whatToDo: nothing
  }
}

interface ObstacleText extends Omit<StateText, 'label'> {
  readonly trouble: Trouble
}

const standstills: Record<Standstill, ObstacleText> = {
  pause: {
    trouble: { code: 'deliveries-paused', message: 'Leveringene til arkivet er satt på pause.' },
    meaning: 'Henvendelsen blir ikke journalført før noen starter leveringene igjen.',
    whatToDo:
      'Se hvem som stanset dem og hvorfor, på «GET /v1/archive». Start dem med «POST /v1/archive/resume» når arkivet er klart; da går henvendelsen videre av seg selv.'
  },
  outage: {
    trouble: { code: 'archive-out', message: 'Arkivet har ikke tatt imot noe på et døgn eller mer.' },
    meaning: 'Henvendelsen blir ikke journalført før arkivet svarer igjen. Arkivbro prøver hvert tiende minutt.',
    whatToDo:
      'Se hva arkivet svarer, på «GET /v1/archive», og be den som drifter det, om å rette det. Når arkivet svarer, går henvendelsen videre av seg selv.'
  }
}

/** Of one that stands on the list «Trenger handling» for the sake of something else: what that is, and what to do. */
export function obstacleText(obstacle: Obstacle): ObstacleText {
  if (obstacle.kind !== 'inquiry') return standstills[obstacle.kind]
  const { id, state } = obstacle
  return {
    trouble: {
      code: 'waits-for-asking',
      message: `Henvendelsen ${id}, som denne skal i samme sak som, står som «${stateTexts[state].label}».`
    },
    meaning: 'Denne blir ikke journalført før noen har behandlet den andre.',
    whatToDo: `Behandle henvendelsen ${id}; da går denne videre av seg selv. Skal den ikke vente, velg «velg sak», eller «avvis» hvis den ikke gjelder arkivet.`
  }
}
