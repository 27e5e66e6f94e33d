import { Conflict, Refused, Unavailable } from '../domain/errors.ts'
import { type JournalpostNumbers, journalpostLabel, type Receipt } from '../domain/receipt.ts'
import { externalKeyOf } from './plan-record.ts'
import type { ArchiveConnector, Clock } from './ports.ts'

export interface FindDeps {
  readonly archive: Pick<ArchiveConnector, 'find'>
  readonly now: Clock
}

/** How long the archive may take to answer a person who waits. */
const ANSWER_MS_MAX = 20_000

/**
 * A journalpost that a person has named, as the archive shows it now. Throws Refused('journalpost-not-found'),
 * Unavailable('archive-unavailable'), Conflict('archive-cannot-be-asked').
 */
export async function findJournalpost(
  { archive, now }: FindDeps,
  inquiryId: string,
  journalpost: JournalpostNumbers
): Promise<Receipt> {
  const found = await archive.find(
    { ...journalpost, externalKey: externalKeyOf(inquiryId) },
    { now, deadline: new Date(now().getTime() + ANSWER_MS_MAX), signal: AbortSignal.timeout(ANSWER_MS_MAX) }
  )
  if (found.state === 'failed') throw new Unavailable('archive-unavailable', found.error.message)
  if (found.state === 'unsupported') throw notAskable()
  const [receipt, ...others] = found.hits
  if (!receipt || others.length > 0) throw noJournalpost(journalpost)
  return receipt
}

export const noJournalpost = (journalpost: JournalpostNumbers) =>
  new Refused(
    'journalpost-not-found',
    `Arkivet har ingen journalført post ${journalpostLabel(journalpost)} som vi får se. Kontroller nummeret.`,
    [{ pointer: '/journalpost', detail: 'finnes ikke i arkivet' }]
  )

const notAskable = () =>
  new Conflict(
    'archive-cannot-be-asked',
    'Arkivet kan ikke søkes i, så journalposten kan ikke bekreftes. Ingenting er gjort. Gjør det som gjenstår, i arkivsystemet.'
  )
