import type { CorrectInput } from '../../schemas/actions.ts'
import type { Corrections } from '../domain/corrections.ts'
import { saksnummerFrom } from '../domain/inquiry.ts'
import type { JournalpostNumbers } from '../domain/receipt.ts'
import type { Restriction } from '../domain/restriction.ts'

/** The fields that somebody has corrected, and no others. */
export function correctionsFrom(input: Omit<CorrectInput, 'reason'>): Corrections {
  const { caseNumber, title, publicTitle, administrativEnhet, saksansvarlig, withoutAttachments, restriction } = input
  return {
    ...(caseNumber !== undefined && { filing: caseNumber === 'new' ? caseNumber : saksnummerFrom(caseNumber) }),
    ...(title !== undefined && { tittel: title }),
    ...(publicTitle !== undefined && { offentligTittel: publicTitle }),
    ...(administrativEnhet !== undefined && { administrativEnhet }),
    ...(saksansvarlig !== undefined && { saksansvarlig }),
    ...(restriction !== undefined && { restriction: restrictionFrom(restriction) }),
    ...(withoutAttachments !== undefined && { withoutAttachments })
  }
}

/** `2026/412-3` in its numbers. */
export function journalpostFrom(label: string): JournalpostNumbers {
  const [sak = '', journalpostnummer] = label.split('-')
  return { ...saksnummerFrom(sak), journalpostnummer: Number(journalpostnummer) }
}

function restrictionFrom(chosen: NonNullable<CorrectInput['restriction']>): Restriction | 'open' {
  if (chosen === 'open') return chosen
  const [first = 'documents', ...others] = chosen.screens
  return { ...chosen, screens: [first, ...others] }
}
