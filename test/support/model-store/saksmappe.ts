import type { ArchivePlan } from '../../../src/domain/archive-plan.ts'

/** What deliveries share that must not go at once. */
export const saksmappeOf = ({ casePolicy }: ArchivePlan): string | undefined =>
  casePolicy.mode === 'existing'
    ? `${casePolicy.saksnummer.saksaar}/${casePolicy.saksnummer.sakssekvensnummer}`
    : undefined
