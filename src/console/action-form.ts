import { type InquiryStatus, needsReview } from '../domain/inquiry.ts'
import {
  approveInquiry,
  askArchive,
  confirmAmended,
  dismissInquiry,
  holdInquiry,
  isOnHold,
  type PersonAction,
  releaseInquiry,
  retryInquiry
} from '../flow/person-actions.ts'
import type { Posted } from './read-posted.ts'

/** What somebody wants done with an inquiry, as the page has it. */
export interface ActionForm {
  readonly action: string
  readonly reason: string
}

export const actionFormFrom = ({ value }: Posted): ActionForm => ({ action: value('action'), reason: value('reason') })

interface Offered {
  readonly text: string
  readonly hint: string
  /** Told once it is done. */
  readonly done: string
  readonly act: PersonAction
}

const offers = {
  approve: {
    text: 'Godkjenn',
    hint: 'Det retningslinjen har avgjort, er riktig. Henvendelsen går videre til arkivet.',
    done: 'Henvendelsen er godkjent.',
    act: approveInquiry
  },
  retry: {
    text: 'Prøv igjen',
    hint: 'Det som kan ligge i arkivet fra før, blir slått opp der først.',
    done: 'Det prøves igjen nå.',
    act: retryInquiry
  },
  ask: {
    text: 'Spør arkivet',
    hint: 'Arkivet blir spurt om det har journalposten. Ingenting sendes.',
    done: 'Arkivet blir spurt nå.',
    act: askArchive
  },
  release: {
    text: 'Slipp',
    hint: 'Henvendelsen går videre derfra den stod.',
    done: 'Henvendelsen er sluppet.',
    act: releaseInquiry
  },
  hold: {
    text: 'Sett på vent',
    hint: 'Henvendelsen blir ikke sendt før noen slipper den.',
    done: 'Henvendelsen er satt på vent.',
    act: holdInquiry
  },
  'restricted-by-hand': {
    text: 'Skjermet for hånd',
    hint: 'Du har skjermet journalposten, dokumentene og sakstittelen i arkivet. Arkivbro kan ikke se det, og tar deg på ordet.',
    done: 'Det er skrevet ned at den er skjermet.',
    act: confirmAmended
  },
  dismiss: {
    text: 'Avvis',
    hint: 'Den skal ikke arkiveres. Kan ikke gjøres om.',
    done: 'Henvendelsen er avvist.',
    act: dismissInquiry
  }
} satisfies Record<string, Offered>

export type ActionName = keyof typeof offers

export const offered = (name: string): Offered | undefined =>
  Object.hasOwn(offers, name) ? offers[name as ActionName] : undefined

/** What can be done with an inquiry as it stands; `hasBegun` when something of it may be in the archive. */
export function actionsFor(status: InquiryStatus, hasBegun: boolean): readonly ActionName[] {
  const unlessBegun = hasBegun ? [] : (['dismiss'] as const)
  switch (status.state) {
    case 'needs-action':
      return ['retry', ...(hasBegun ? (['ask'] as const) : []), ...unlessBegun]
    case 'in-review':
      if (needsReview(status)) return ['approve', ...unlessBegun]
      return [isOnHold(status) ? 'release' : 'retry', ...unlessBegun]
    case 'received':
    case 'ready':
      return ['hold', 'retry', ...unlessBegun]
    case 'unknown-outcome':
    case 'awaiting-receipt':
      return ['ask']
    case 'amending':
      return ['retry']
    case 'amend-stopped':
      return ['retry', 'restricted-by-hand']
    default:
      return []
  }
}

/** The actions as fields to choose among. */
export const actionChoices = (names: readonly ActionName[], chosen: string) =>
  names.map((name) => ({ value: name, ...offers[name], isChosen: name === chosen }))
