import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ArchivePlan, type SkjermingPlan, skjermingerOf } from '../../src/domain/archive-plan.ts'
import { arkivmeldingOf, toArkivmelding } from '../../src/noark/arkivmelding.ts'
import { arkivOf, depositFaults, toArkivstruktur } from '../../src/noark/arkivstruktur.ts'
import { codeBook } from '../../src/noark/codes/code-book.ts'
import { arkivstruktur } from '../../src/noark/dialects/arkivstruktur/arkivstruktur.ts'
import { fiksArkiv } from '../../src/noark/dialects/fiks-arkiv/fiks-arkiv.ts'
import { readArkivmelding } from '../../src/noark/read-arkivmelding.ts'
import { planFaults } from '../../src/noark/rules.ts'
import { schemaFaults } from '../../src/noark/schema-faults.ts'
import { readTree } from '../../src/noark/xml/read-tree.ts'
import { hasMaterial, standards } from '../support/material.ts'
import { openSchema } from '../support/xsd.ts'
import { depositCase, depositFrame } from './deposits.ts'
import { archivePlan, hoveddokument, restrictedPlans, skjerming, withRecord, withSaksmappe, writer } from './plans.ts'

/** Every file in archive format, as it is once attachments are converted. */
const deposited = ({ record, ...plan }: ArchivePlan): ArchivePlan => ({
  ...plan,
  record: {
    ...record,
    dokumenter: record.dokumenter.map(({ objekter, ...dokument }) => ({
      ...dokument,
      objekter: objekter.map((objekt) => ({ ...objekt, variantformat: 'A' }))
    }))
  }
})

test('any restricted plan gives a message that reads back as it was written, and that the schema takes', async () => {
  await fc.assert(
    fc.asyncProperty(restrictedPlans, async (plan) => {
      const xml = toArkivmelding(plan)
      expect(planFaults(plan)).toEqual([])
      expect(schemaFaults(fiksArkiv, xml)).toEqual([])
      expect(await readTree(fiksArkiv, xml)).toEqual(arkivmeldingOf(plan))
    }),
    { numRuns: 100 }
  )
})

test('any restricted case gives a deposit that reads back as it was written, and that the schema takes', async () => {
  await fc.assert(
    fc.asyncProperty(restrictedPlans, async (plan) => {
      const cases = [depositCase(deposited(plan))]
      const xml = toArkivstruktur(depositFrame, cases)
      expect(depositFaults(depositFrame, cases)).toEqual([])
      expect(schemaFaults(arkivstruktur, xml)).toEqual([])
      expect(await readTree(arkivstruktur, xml)).toEqual(arkivOf(depositFrame, cases))
    }),
    { numRuns: 60 }
  )
})

test.skipIf(!hasMaterial)('the official schemas take restricted plans too [needs the official schemas]', () => {
  const fiks = openSchema(standards('fiks-arkiv/Schema/V1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd'))
  const noark = openSchema(standards('noark5/v5.5/arkivstruktur.xsd'))
  for (const plan of fc.sample(restrictedPlans, { numRuns: 100, seed: 20_261_126 })) {
    expect(fiks.validate(toArkivmelding(plan))).toEqual([])
    expect(noark.validate(toArkivstruktur(depositFrame, [depositCase(deposited(plan))]))).toEqual([])
  }
})

const screened = { ...archivePlan.record, skjerming, korrespondanseparter: [{ ...writer, erSkjermet: true as const }] }
const onAll: ArchivePlan = {
  ...archivePlan,
  casePolicy: { mode: 'new', saksmappe: { ...saksmappeOf(), skjerming } },
  record: {
    ...screened,
    dokumenter: archivePlan.record.dokumenter.map((one) => ({ ...one, merknad: 'Se originalen.', skjerming }))
  }
}

function saksmappeOf() {
  const { casePolicy } = archivePlan
  if (casePolicy.mode !== 'new') throw new Error('The plan has no saksmappe of its own.')
  return casePolicy.saksmappe
}

test('a deposit says all of it, in words', () => {
  const [first, ...others] =
    toArkivstruktur(depositFrame, [depositCase(deposited(onAll))]).match(/<skjerming>[\s\S]*?<\/skjerming>/g) ?? []

  expect(first?.replace(/\s*\n\s*/g, '')).toBe(
    '<skjerming><tilgangsrestriksjon>Unntatt offentlighet</tilgangsrestriksjon>' +
      '<skjermingshjemmel>Offl. § 13 jf. fvl. § 13 første ledd nr. 1</skjermingshjemmel>' +
      '<skjermingMetadata>Skjerming tittel registrering - utvalgte ord</skjermingMetadata>' +
      '<skjermingMetadata>Skjerming merknadstekst</skjermingMetadata>' +
      '<skjermingDokument>Skjerming av hele dokumentet</skjermingDokument>' +
      '<skjermingsvarighet>60</skjermingsvarighet><skjermingOpphoererDato>2086-11-04</skjermingOpphoererDato></skjerming>'
  )
  // The case, its journalpost and two documents.
  expect(others).toHaveLength(3)
})

test('a message says it on every unit, and marks the name and the remarks', async () => {
  const xml = toArkivmelding(onAll)
  const read = await readArkivmelding(xml)
  const said = {
    tilgangsrestriksjon: 'Unntatt offentlighet',
    skjermingshjemmel: skjerming.skjermingshjemmel,
    skjermingOpphoererDato: '2086-11-04'
  }

  expect(read).toMatchObject({ skjerming: said, saksmappe: { skjerming: said }, screenedNames: ['Kari Eksempel'] })
  expect(read.files.map(({ skjerming }) => skjerming)).toEqual([said, said, said])
  expect(xml.match(/<merknadstekst>/g)).toHaveLength(3)
  expect(xml.match(/<erSkjermet>true<\/erSkjermet>/g)).toHaveLength(4)
})

test('an own code of the municipality is known and told with its text', () => {
  const codes = codeBook({ tilgangsrestriksjon: { UO13: 'Unntatt etter offl. § 13' } })
  const plan = withRecord({ skjerming: { ...skjerming, tilgangsrestriksjon: 'UO13' } })

  expect(planFaults(plan)).toEqual([
    { element: 'tilgangsrestriksjon (M500)', message: 'Koden for tilgangsrestriksjon er ukjent.' }
  ])
  expect(planFaults(plan, { codes })).toEqual([])
  expect(toArkivmelding(plan, codes)).toContain('<m:beskrivelse>Unntatt etter offl. § 13</m:beskrivelse>')
  expect(depositFaults(depositFrame, [depositCase(deposited(plan))], codes)).toEqual([])
})

const withSkjerming = (changed: Partial<SkjermingPlan>) => withRecord({ skjerming: { ...skjerming, ...changed } })
const { skjermingOpphoererDato: _, ...withoutEnd } = skjerming

test.each<[string, ArchivePlan, string, RegExp]>([
  ['nothing screened', withSkjerming({ skjermingMetadata: [] }), 'skjermingMetadata (M502)', /ikke hva/],
  [
    'an unknown thing screened',
    withSkjerming({ skjermingMetadata: ['Alt' as never] }),
    'skjermingMetadata (M502)',
    /ukjent/
  ],
  ['no law', withSkjerming({ skjermingshjemmel: ' ' }), 'skjermingshjemmel (M501)', /tom/],
  ['half a year', withSkjerming({ skjermingsvarighet: 0.5 }), 'skjermingsvarighet (M504)', /helt antall år/],
  ['years without an end', withRecord({ skjerming: withoutEnd }), 'skjermingOpphoererDato (M505)', /mangler/],
  [
    'an end that never was',
    withSkjerming({ skjermingOpphoererDato: '2086-02-30' }),
    'skjermingOpphoererDato (M505)',
    /Ugyldig/
  ],
  [
    'a saksmappe by an unknown code',
    withSaksmappe({ skjerming: { ...skjerming, tilgangsrestriksjon: '13' } }),
    'tilgangsrestriksjon (M500)',
    /ukjent/
  ],
  ['a screened name in open documents', withRecord(screened), 'skjerming', /ikke alt som nevner/],
  [
    'a screened name in an open saksmappe',
    withRecord({ ...screened, dokumenter: [{ ...hoveddokument, skjerming }] }),
    'skjerming',
    /ikke alt som nevner/
  ]
])('%s is a fault', (_, plan, element, message) => {
  expect(planFaults(plan)).toEqual([{ element, message: expect.stringMatching(message) }])
})

test('all that a plan screens is found', () => {
  expect(skjermingerOf(onAll)).toHaveLength(4)
  expect(skjermingerOf(archivePlan)).toEqual([])
})
