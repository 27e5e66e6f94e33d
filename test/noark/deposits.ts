import type { ArchivePlan } from '../../src/domain/archive-plan.ts'
import type { Receipt } from '../../src/domain/receipt.ts'
import type { DepositCase, DepositFrame } from '../../src/noark/deposit.ts'
import { saksmappe, uuid } from './plans.ts'

/** The arkiv and its part that cases of these tests are deposited in. */
export const depositFrame: DepositFrame = {
  arkiv: {
    systemID: uuid(800),
    tittel: 'Sakarkiv for Eksempel kommune',
    opprettetDato: new Date('2024-01-01T08:00:00Z'),
    opprettetAv: 'Arkivansvarlig'
  },
  arkivskaper: { arkivskaperID: '999888777', arkivskaperNavn: 'Eksempel kommune' },
  arkivdel: {
    systemID: uuid(801),
    tittel: 'Henvendelser i sosiale medier',
    opprettetDato: new Date('2024-01-01T08:00:00Z'),
    opprettetAv: 'Arkivansvarlig',
    arkivperiodeStartDato: '2024-01-01',
    arkivperiodeSluttDato: '2027-12-31'
  },
  klassifikasjonssystem: {
    systemID: uuid(802),
    klassifikasjonstype: 'KK',
    tittel: 'K-koder',
    opprettetDato: new Date('2024-01-01T08:00:00Z'),
    opprettetAv: 'Arkivansvarlig',
    klasse: [
      {
        systemID: uuid(803),
        klasseID: 'Q',
        tittel: 'Samferdsel',
        opprettetDato: new Date('2024-01-01T08:00:00Z'),
        opprettetAv: 'Arkivansvarlig',
        klasse: [
          {
            systemID: uuid(804),
            klasseID: 'Q23',
            tittel: 'Vintervedlikehold',
            opprettetDato: new Date('2024-01-01T08:00:00Z'),
            opprettetAv: 'Arkivansvarlig'
          }
        ]
      }
    ]
  },
  avsluttetDato: new Date('2028-01-10T09:00:00Z'),
  avsluttetAv: 'Arkivansvarlig'
}

/** The case of a plan as it is once closed, with the numbers that the archive gave. */
export function depositCase(plan: ArchivePlan): DepositCase {
  const receipt: Receipt = {
    archive: 'folder',
    saksaar: 2026,
    sakssekvensnummer: 412,
    journalpostnummer: 1,
    saksmappeSystemID: uuid(1),
    journalpostSystemID: plan.record.systemID,
    arkivertDato: new Date('2026-11-04T07:20:00Z'),
    files: []
  }
  return {
    saksmappe: plan.casePolicy.mode === 'new' ? plan.casePolicy.saksmappe : saksmappe,
    records: [{ plan, receipt, journalaar: 2026, journalsekvensnummer: 1034 }]
  }
}
