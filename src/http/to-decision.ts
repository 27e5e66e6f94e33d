import type { CorrectInput } from '../../schemas/actions.ts'
import type { Corrections } from '../domain/corrections.ts'
import { saksnummerFrom } from '../domain/inquiry.ts'
import type { JournalpostNumbers } from '../domain/receipt.ts'

/** The fields that somebody has corrected, and no others. */
export function correctionsFrom(input: Omit<CorrectInput, 'reason'>): Corrections {
  const { caseNumber, title, publicTitle, administrativEnhet, saksansvarlig, withoutAttachments } = input
  return {
    ...(caseNumber !== undefined && { filing: caseNumber === 'new' ? caseNumber : saksnummerFrom(caseNumber) }),
    ...(title !== undefined && { tittel: title }),
    ...(publicTitle !== undefined && { offentligTittel: publicTitle }),
    ...(administrativEnhet !== undefined && { administrativEnhet }),
    ...(saksansvarlig !== undefined && { saksansvarlig }),
    ...(withoutAttachments !== undefined && { withoutAttachments })
  }
}

/** `2026/412-3` in its numbers. */
export function journalpostFrom(label: string): JournalpostNumbers {
  const [sak = '', journalpostnummer] = label.split('-')
  return { ...saksnummerFrom(sak), journalpostnummer: Number(journalpostnummer) }
}
