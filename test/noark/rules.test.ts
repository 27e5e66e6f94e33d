import { describe, expect, test } from 'vitest'
import type { ArchivePlan, DokumentobjektPlan, DokumentPlan, PlatformFacts } from '../../src/domain/archive-plan.ts'
import { planFaults } from '../../src/noark/rules.ts'
import {
  archivePlan,
  hoveddokument,
  inExistingCase,
  uuid,
  vedlegg,
  withDocuments,
  withRecord,
  withSaksmappe,
  writer
} from './plans.ts'

const withSecond = (changed: Partial<DokumentPlan>) =>
  withRecord({ dokumenter: [hoveddokument, { ...vedlegg(1), ...changed }] })

const withFile = (changed: Partial<DokumentobjektPlan>) =>
  withSecond({ objekter: vedlegg(1).objekter.map((objekt) => ({ ...objekt, ...changed })) })

const withFacts = (changed: Partial<PlatformFacts>) =>
  withRecord({ facts: { ...archivePlan.record.facts, ...changed } })

const withPublicTitle = (offentligTittel: string, navn = 'Kari Eksempel', brukernavn = 'kari.eksempel') =>
  withRecord({ offentligTittel, korrespondanseparter: [{ ...writer, navn }] }, withFacts({ brukernavn }))

const withSaksnummer = (saksaar: number, sakssekvensnummer: number): ArchivePlan => ({
  ...archivePlan,
  casePolicy: { mode: 'existing', saksnummer: { saksaar, sakssekvensnummer } }
})

/** What no plan of the right type has, as a plan read back from the database might. */
const wrong = (value: string) => value as never

test('a plan as the service makes it has no faults, whichever case it goes to and however many files it has', () => {
  for (let count = 1; count <= 20; count++) {
    expect(planFaults(withDocuments(count))).toEqual([])
    expect(planFaults(inExistingCase(withDocuments(count)))).toEqual([])
  }
})

const H = 'tilknyttetRegistreringSom (M217)'
const fileName = 'referanseDokumentfil (M218)'
const party = 'korrespondanseparttype (M087)'
const publicTitle = 'offentligTittel (M025)'

/** One thing broken, the element it is told of, and words of the message. */
const broken: readonly (readonly [what: string, plan: ArchivePlan, element: string, message: RegExp])[] = [
  ['no documents', withRecord({ dokumenter: [] }), H, /ingen dokumenter/],
  ['two hoveddokumenter', withSecond({ tilknyttetRegistreringSom: 'H' }), H, /har 2 hoveddokumenter/],
  [
    'the hoveddokument second',
    withRecord({
      dokumenter: [
        { ...vedlegg(1), dokumentnummer: 1 },
        { ...hoveddokument, dokumentnummer: 2 }
      ]
    }),
    H,
    /første dokumentet/
  ],
  ['a number twice', withSecond({ dokumentnummer: 1 }), 'dokumentnummer (M007)', /nummerert/],
  ['a gap in the numbers', withSecond({ dokumentnummer: 3 }), 'dokumentnummer (M007)', /nummerert/],
  ['a document without a file', withSecond({ objekter: [] }), 'dokumentobjekt', /Dokument 2 har ingen fil/],
  [
    'two documents with one title',
    withSecond({ tittel: hoveddokument.tittel.toUpperCase() }),
    'tittel (M020)',
    /samme/
  ],
  ['a comma in a file name', withFile({ referanseDokumentfil: 'a,b.jpg' }), fileName, /andre tegn/],
  ['a path in a file name', withFile({ referanseDokumentfil: '../a.jpg' }), fileName, /andre tegn/],
  ['a path of the other kind', withFile({ referanseDokumentfil: 'a\\b.jpg' }), fileName, /andre tegn/],
  ['a letter beyond ASCII in a file name', withFile({ referanseDokumentfil: 'blåbær.jpg' }), fileName, /andre tegn/],
  ['a hidden file', withFile({ referanseDokumentfil: '.jpg' }), fileName, /andre tegn/],
  ['no file name', withFile({ referanseDokumentfil: '' }), fileName, /tom/],
  ['a file name twice', withFile({ referanseDokumentfil: 'MOTTATT.json' }), fileName, /samme navn/],
  ['the name of the message itself', withFile({ referanseDokumentfil: 'arkivmelding.xml' }), fileName, /selv bruker/],
  ['incoming without sender', withRecord({ korrespondanseparter: [] }), party, /avsender \(EA\)/],
  [
    'outgoing without receiver',
    withRecord({ journalposttype: 'U', korrespondanseparter: [writer] }),
    party,
    /mottaker \(EM\)/
  ],
  [
    'an unknown part type',
    withRecord({ korrespondanseparter: [writer, { ...writer, korrespondanseparttype: wrong('XX') }] }),
    party,
    /ukjent/
  ],
  ['an unknown journalposttype', withRecord({ journalposttype: wrong('Q') }), 'journalposttype (M082)', /ukjent/],
  ['an unknown saksstatus', withSaksmappe({ saksstatus: wrong('Under behandling') }), 'saksstatus (M052)', /ukjent/],
  ['an unknown dokumenttype', withSecond({ dokumenttype: 'constructor' }), 'dokumenttype (M083)', /ukjent/],
  ['an unknown connection', withSecond({ tilknyttetRegistreringSom: wrong('__proto__') }), H, /ukjent/],
  ['an unknown variantformat', withFile({ variantformat: wrong('X') }), 'variantformat (M700)', /ukjent/],
  ['a long title', withRecord({ tittel: 'x'.repeat(251) }), 'tittel (M020)', /251 tegn lang; den kan være 250/],
  ['a long case title', withSaksmappe({ tittel: 'x'.repeat(251) }), 'tittel (M020)', /251 tegn/],
  ['a long document title', withSecond({ tittel: 'x'.repeat(251) }), 'tittel (M020)', /251 tegn/],
  ['a long public title', withRecord({ offentligTittel: 'x'.repeat(251) }), publicTitle, /251 tegn/],
  ['a title of two lines', withRecord({ tittel: 'a\nb' }), 'tittel (M020)', /linjeskift/],
  ['a title that runs backwards', withSaksmappe({ tittel: 'a\u202Eb' }), 'tittel (M020)', /skjulte tegn/],
  ['half a surrogate pair in a title', withRecord({ tittel: 'a\uD83D' }), 'tittel (M020)', /skjulte tegn/],
  ['no title', withRecord({ tittel: '' }), 'tittel (M020)', /tom/],
  ['no public title', withSaksmappe({ offentligTittel: '' }), publicTitle, /tom/],
  ['the name in the public title', withPublicTitle('Kommentar fra Kari Eksempel'), publicTitle, /røper/],
  [
    'the name in the public title of the case',
    withSaksmappe({ offentligTittel: 'kari EKSEMPEL spør' }),
    publicTitle,
    /røper/
  ],
  ['the name with other signs', withPublicTitle('Kommentar fra Kari-Eksempel'), publicTitle, /røper/],
  [
    'the name with hidden signs',
    withPublicTitle('Fra Kari Eksempel', 'Ka\u200Bri Ek\u00ADsempel'),
    publicTitle,
    /røper/
  ],
  ['the name in fancy letters', withPublicTitle('Fra Kari', '𝓚𝓪𝓻𝓲'), publicTitle, /røper/],
  ['a name of emoji', withPublicTitle('Melding fra 🦊🔥', '🦊🔥'), publicTitle, /røper/],
  ['the handle in the public title', withPublicTitle('Fra kari_e', 'Kari', '@kari_e'), publicTitle, /røper/],
  ['a systemID that is no UUID', withRecord({ systemID: 'journalpost-1' }), 'systemID (M001)', /ikke en UUID/],
  ['a file that is no UUID', withFile({ systemID: '' }), 'systemID (M001)', /ikke en UUID/],
  ['a systemID twice', withRecord({ systemID: uuid(1) }), 'systemID (M001)', /samme systemID/],
  ['an inquiry that is no UUID', withFacts({ henvendelseId: '17' }), 'henvendelseId', /UUID/],
  ['a checksum in capitals', withFile({ sha256: 'A'.repeat(64) }), 'sjekksum (M705)', /SHA-256/],
  ['a short checksum', withFile({ sha256: 'a'.repeat(40) }), 'sjekksum (M705)', /SHA-256/],
  ['a bad checksum of what was received', withFacts({ mottattSha256: '' }), 'mottattSha256', /SHA-256/],
  ['case number 0', withSaksnummer(2026, 0), 'sakssekvensnummer (M012)', /fra 1/],
  ['half a case number', withSaksnummer(2026, 1.5), 'sakssekvensnummer (M012)', /helt tall/],
  ['version 0', withFile({ versjonsnummer: 0 }), 'versjonsnummer (M005)', /helt tall/],
  ['a negative size', withFile({ filstoerrelse: -1 }), 'filstoerrelse (M707)', /byte/],
  ['a day that never was', withRecord({ journaldato: '2026-02-30' }), 'journaldato (M101)', /Ugyldig dato/],
  ['a moment for a day', withSaksmappe({ saksdato: '2026-02-03T00:00:00Z' }), 'saksdato (M100)', /Ugyldig dato/],
  ['an invalid document date', withRecord({ dokumentetsDato: '' }), 'dokumentetsDato (M103)', /Ugyldig dato/],
  ['an invalid moment', withRecord({ mottattDato: new Date(Number.NaN) }), 'mottattDato (M104)', /Ugyldig dato/],
  ['a moment beyond year 9999', withFacts({ publisert: new Date(8e15) }), 'publisert', /Ugyldig dato/],
  [
    'a moment as text',
    withSaksmappe({ opprettetDato: wrong('2026-11-04T07:15:30Z') }),
    'opprettetDato (M600)',
    /Ugyldig dato/
  ],
  [
    'a nameless sender',
    withRecord({ korrespondanseparter: [{ ...writer, navn: ' ' }] }),
    'korrespondansepartNavn (M400)',
    /tom/
  ],
  [
    'no key',
    { ...archivePlan, externalKey: { fagsystem: 'Arkivbro', caseKey: ' ', recordKey: 'x' } },
    'noekkel (M017)',
    /tom/
  ],
  [
    'no class',
    withSaksmappe({ klassifikasjon: { klassifikasjonssystem: 'KK', klasseID: '' } }),
    'klasseID (M002)',
    /tom/
  ],
  ['no name for the file', withFile({ filnavn: '\t' }), 'filnavn', /tom/],
  ['no reason', withFacts({ merketGrunn: '' }), 'merketGrunn', /tom/]
]

describe('one thing broken is one fault', () => {
  test.each(broken)('%s', (_, plan, element, message) => {
    const faults = planFaults(plan)

    expect(faults.map((fault) => fault.element)).toEqual([element])
    expect(faults[0]?.message).toMatch(message)
  })
})

describe('a public title may say', () => {
  test.each([
    ['a word that the name begins', 'Henvendelse om personvern', 'Per', 'per'],
    ['the channel', 'Kommentar på Facebook', 'Face', 'book'],
    ['anything, when the name has no letters', 'Kommentar – vei', '-', '...'],
    ['anything, when there is no handle', 'Kommentar på Facebook', 'Kari', ' ']
  ])('%s', (_, offentligTittel, navn, brukernavn) => {
    expect(planFaults(withPublicTitle(offentligTittel, navn, brukernavn))).toEqual([])
  })

  test('the name of the municipality', () => {
    expect(planFaults(withRecord({ offentligTittel: 'Kommentar til Eksempel kommune' }))).toEqual([])
  })
})

test('no message repeats what the inquiry says', () => {
  const secret = 'Hemmelig\u202E'.repeat(40)
  const faults = planFaults(
    withRecord({ tittel: secret, offentligTittel: secret, dokumenter: [{ ...hoveddokument, tittel: secret }] })
  )

  expect(faults.length).toBeGreaterThan(2)
  expect(JSON.stringify(faults)).not.toContain('Hemmelig')
})
