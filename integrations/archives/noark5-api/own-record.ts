import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import { code, type Resource } from './resource.ts'

/** What people are told that it is about. */
export const RECORD = 'journalposten'
export const CASE = 'saksmappen'

/** Statuses in which a journalpost is still being registered: those that come before J. */
const unfinished = ['M', 'S', 'R']

/** Throws ArchiveFailure for one that a person has set to utgår. */
export function isJournaled(journalpost: Resource): boolean {
  const status = code(journalpost, 'journalstatus')
  if (status === 'U') {
    const words =
      'Journalposten finnes i arkivet, men noen har satt den til «Utgår». Avgjør i arkivet hva som skal skje.'
    throw new ArchiveFailure('needs-human', words)
  }
  return status !== undefined && !unfinished.includes(status)
}

export const several = (count: number) =>
  new ArchiveFailure(
    'needs-human',
    `Arkivet har ${count} journalposter med nøkkelen vår. Sett de overflødige til utgår.`
  )
