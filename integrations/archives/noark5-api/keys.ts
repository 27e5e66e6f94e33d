import type { ArchivePlan } from '../../../src/domain/archive-plan.ts'

/** Our keys as they stand in the archive: letters, digits and hyphens only, so that every search engine takes them. */
export interface Keys {
  readonly saksmappe: string
  readonly journalpost: string
  /** Begins the key of each dokumentbeskrivelse. */
  readonly dokumenter: string
}

export function keysOf({ externalKey: { fagsystem, caseKey, recordKey } }: Pick<ArchivePlan, 'externalKey'>): Keys {
  const key = (own: string) => `${fagsystem}-${own}`.replaceAll(/[^A-Za-z0-9]+/g, '-')
  return { saksmappe: key(caseKey), journalpost: key(recordKey), dokumenter: `${key(recordKey)}-dokument-` }
}

export const documentKey = ({ dokumenter }: Keys, dokumentnummer: number): string => `${dokumenter}${dokumentnummer}`

/** The beskrivelse (M021) with a key that both a search and a person find. */
export const described = (key: string, beskrivelse?: string): string =>
  [beskrivelse, `Nøkkel: ${key}`].filter((part) => part !== undefined && part !== '').join(' ')

/** Whether a beskrivelse carries exactly this key, and not one that only begins or ends so. */
export const carries = (beskrivelse: string | undefined, key: string): boolean =>
  (beskrivelse ?? '').split(/[^A-Za-z0-9-]+/).includes(key)

/** A literal of OData: quotes are doubled (OData 4.01 URL conventions, §5.1.1.6.1). */
export const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`
