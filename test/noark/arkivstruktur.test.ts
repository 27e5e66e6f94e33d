import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { ArchivePlan } from '../../src/domain/archive-plan.ts'
import { depositFaults, toArkivstruktur } from '../../src/noark/arkivstruktur.ts'
import { arkivstruktur } from '../../src/noark/dialects/arkivstruktur/arkivstruktur.ts'
import { readTree } from '../../src/noark/xml/read-tree.ts'
import { corpusStrings, nastyStrings } from '../support/hard-text.ts'
import { hasMaterial, standards } from '../support/material.ts'
import { openSchema } from '../support/xsd.ts'
import { depositCase, depositFrame } from './deposits.ts'
import * as plans from './plans.ts'
import { hoveddokument, inExistingCase, saksmappe, uuid, vedlegg } from './plans.ts'

const ownSchema = openSchema(fileURLToPath(new URL('../../schemas/noark5/arkivstruktur-v5.xsd', import.meta.url)))
const { klassifikasjonssystem: _, ...unclassified } = depositFrame

/** The plan with every file in archive format, as it is once attachments are converted. */
const converted = (plan: ArchivePlan): ArchivePlan =>
  plans.withRecord(
    {
      dokumenter: plan.record.dokumenter.map((dokument, index) => ({
        ...dokument,
        objekter: dokument.objekter.map((objekt) => ({
          ...objekt,
          variantformat: index === 0 ? objekt.variantformat : 'A'
        }))
      }))
    },
    plan
  )
const archivePlan = converted(plans.archivePlan)
const withRecord = (record: Partial<ArchivePlan['record']>) => plans.withRecord(record, archivePlan)
const withDocuments = (count: number) => converted(plans.withDocuments(count))

test('the deposit reads as the one kept for comparison', async () => {
  await expect(toArkivstruktur(depositFrame, [depositCase(archivePlan)])).toMatchFileSnapshot(
    'fixtures/arkivstruktur.xml'
  )
})

test('a closed case has no faults', () => {
  expect(depositFaults(depositFrame, [depositCase(archivePlan)])).toEqual([])
})

test('moments stand in Norwegian time without offset, and codes as the words of the standard', () => {
  const xml = toArkivstruktur(depositFrame, [depositCase(archivePlan)])

  expect(xml).toContain('<arkivertDato>2026-11-04T08:20:00</arkivertDato>')
  expect(xml).toContain('<journalstatus>Arkivert</journalstatus>')
  expect(xml).toContain('<registrering xsi:type="journalpost">')
  expect(xml).not.toMatch(/<[^?][^>]*>[^<]*(?:Z|[+-]\d\d:\d\d)<\/\w+Dato>/)
})

test('only the archive format goes along, under the path of the deposit', () => {
  const xml = toArkivstruktur(depositFrame, [depositCase(archivePlan)])

  expect([...xml.matchAll(/<referanseDokumentfil>(.*)<\/referanseDokumentfil>/g)].map(([, path]) => path)).toEqual([
    `DOKUMENT/2026/${uuid(11)}.pdf`,
    `DOKUMENT/2026/${uuid(103)}.jpg`
  ])
})

test('a conversion, a remark on a document, an earlier record and what went out are told', async () => {
  const [objekt] = hoveddokument.objekter
  const konvertering = {
    konvertertDato: new Date('2026-11-04T07:16:00Z'),
    konvertertAv: 'Arkivbro',
    konvertertFraFormat: 'WebP',
    konvertertTilFormat: 'PNG',
    konverteringsverktoey: 'sharp 0.35.5'
  }
  const plan = withRecord({
    journalposttype: 'U',
    sendtDato: new Date('2026-11-05T12:00:00Z'),
    kryssreferanser: [uuid(77)],
    dokumenter: [
      { ...hoveddokument, merknad: 'Ett bilde mangler.', objekter: objekt ? [{ ...objekt, konvertering }] : [] }
    ]
  })
  const xml = toArkivstruktur(depositFrame, [depositCase(plan)])
  const read = await readTree(arkivstruktur, xml)
  const journalpost =
    read.arkivdel?.[0]?.klassifikasjonssystem?.[0]?.klasse[0]?.klasse?.[0]?.mappe?.[0]?.registrering?.[0]

  expect(depositFaults(depositFrame, [depositCase(plan)])).toEqual([])
  expect(journalpost).toMatchObject({
    type: 'journalpost',
    journalposttype: 'U',
    sendtDato: new Date('2026-11-05T12:00:00Z'),
    kryssreferanse: [{ referanseTilRegistrering: uuid(77) }],
    dokumentbeskrivelse: [
      { merknad: [{ merknadstekst: 'Ett bilde mangler.' }], dokumentobjekt: [{ konvertering: [konvertering] }] }
    ]
  })
})

test('a case without a class is refused where others have one, and a class that is not there too', () => {
  const { klassifikasjon: __, ...bare } = saksmappe
  const lost = { ...saksmappe, klassifikasjon: { klassifikasjonssystem: 'KK', klasseID: 'X99' } }
  const cases = depositCase(archivePlan)

  expect(() => toArkivstruktur(depositFrame, [{ ...cases, saksmappe: bare }])).toThrow(/mangler klasse/)
  expect(() => toArkivstruktur(depositFrame, [{ ...cases, saksmappe: lost }])).toThrow(
    /klassifikasjonssystemet mangler/
  )
  expect(ownSchema.validate(toArkivstruktur(unclassified, [{ ...cases, saksmappe: bare }]))).toEqual([])
})

test('a document that has only the file as it came may not be deposited', () => {
  const plan = withRecord({ dokumenter: [hoveddokument, vedlegg(1)] })

  expect(depositFaults(depositFrame, [depositCase(plan)])).toEqual([
    { element: 'dokumentobjekt', message: 'Et dokument har ingen fil i arkivformat.' }
  ])
})

test.each([
  [
    'a code of Fiks Arkiv alone',
    { korrespondanseparttype: 'IK' as never },
    'korrespondanseparttype (M087)',
    /avlevering/
  ],
  ['a nameless sender', { navn: ' ' }, 'korrespondansepartNavn (M400)', /tom/]
])('%s may not be deposited', (_what, changed, element, message) => {
  const [first] = archivePlan.record.korrespondanseparter
  const plan = withRecord({ korrespondanseparter: first ? [{ ...first, ...changed }] : [] })
  const [fault, ...others] = depositFaults(depositFrame, [depositCase(plan)])

  expect(others).toEqual([])
  expect(fault?.element).toBe(element)
  expect(fault?.message).toMatch(message)
})

describe.skipIf(!hasMaterial)('against arkivstruktur.xsd of Noark 5 v5.5 [needs the official schemas]', () => {
  const official = hasMaterial ? openSchema(standards('noark5/v5.5/arkivstruktur.xsd')) : ownSchema
  const faultsOf = (plan: ArchivePlan) => {
    const xml = toArkivstruktur(depositFrame, [depositCase(plan)])
    return [...official.validate(xml), ...ownSchema.validate(xml)]
  }

  test('a record of 1 to 20 documents is valid', () => {
    for (let count = 1; count <= 20; count++) {
      expect(faultsOf(withDocuments(count))).toEqual([])
      expect(faultsOf(inExistingCase(withDocuments(count)))).toEqual([])
    }
  })

  test('any text in any place is valid when the table has no fault to tell', () => {
    const counts = { valid: 0, refused: 0 }
    for (const text of [...nastyStrings, ...corpusStrings()]) {
      const { facts } = archivePlan.record
      const plan = withRecord({
        tittel: text,
        merknad: text,
        korrespondanseparter: [{ korrespondanseparttype: 'EA', navn: text }],
        facts: { ...facts, eksternId: text, adresse: text, brukernavn: text, merketGrunn: text },
        dokumenter: [{ ...hoveddokument, tittel: text }]
      })
      const isRefused = depositFaults(depositFrame, [depositCase(plan)]).length > 0
      expect(faultsOf(plan).length > 0, JSON.stringify(text.slice(0, 80))).toBe(isRefused)
      counts[isRefused ? 'refused' : 'valid']++
    }

    process.stdout.write(`arkivstruktur, text as it is: ${JSON.stringify(counts)}\n`)
    expect(counts.valid).toBeGreaterThan(2000)
  }, 120_000)
})
