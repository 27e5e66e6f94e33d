import { expect, test } from 'vitest'
import { filesOf, receiptMismatches } from '../../src/domain/archive-plan.ts'
import type { Receipt } from '../../src/domain/receipt.ts'
import { planMaker } from '../support/plan-maker.ts'

const { plan } = planMaker()

const receipt: Receipt = {
  archive: 'folder',
  saksaar: 2026,
  sakssekvensnummer: 1,
  journalpostnummer: 1,
  saksmappeSystemID: '00000000-0000-4000-8000-000000000001',
  journalpostSystemID: plan.record.systemID,
  arkivertDato: new Date('2026-03-02T08:20:00Z'),
  files: filesOf(plan).map(({ referanseDokumentfil, sha256, filstoerrelse }) => ({
    referanseDokumentfil,
    sha256,
    size: filstoerrelse
  }))
}

test('a receipt that names every file and gives the numbers has nothing against it', () => {
  expect(receiptMismatches(plan, receipt)).toEqual([])
})

test.each([
  ['no case number', { sakssekvensnummer: 0 }],
  ['no year', { saksaar: Number.NaN }],
  ['half a number', { journalpostnummer: 1.5 }],
  ['no number of the journalpost', { journalpostnummer: undefined as never }]
])('a receipt with %s is none', (_, changed) => {
  expect(receiptMismatches(plan, { ...receipt, ...changed })).toEqual([
    'kvitteringen mangler saksnummer eller journalpostnummer'
  ])
})
