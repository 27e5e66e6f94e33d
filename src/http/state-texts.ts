import type { InquiryState } from '../domain/inquiry.ts'

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
