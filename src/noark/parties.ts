import type { KorrespondansepartPlan, RecordPlan } from '../domain/archive-plan.ts'

/**
 * Whether the party is the member of the public: the sender of what comes in, the receiver of what goes out. A profile
 * may be that of a company, but it is taken for a person, which shows the least.
 */
export const isFromOutside = (part: KorrespondansepartPlan, { journalposttype }: RecordPlan): boolean =>
  (journalposttype === 'I' && part.korrespondanseparttype === 'EA') ||
  (journalposttype === 'U' && part.korrespondanseparttype === 'EM')
