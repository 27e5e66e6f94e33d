import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { ArchivePlan } from '../../src/domain/archive-plan.ts'
import { arkivmeldingOf, toArkivmelding } from '../../src/noark/arkivmelding.ts'
import { checkedArkivmelding } from '../../src/noark/checked-arkivmelding.ts'
import { codeBook } from '../../src/noark/codes/code-book.ts'
import { HENVENDELSE_NAMESPACE } from '../../src/noark/dialects/henvendelse.ts'
import { type ReadArkivmelding, readArkivmelding } from '../../src/noark/read-arkivmelding.ts'
import { planFaults } from '../../src/noark/rules.ts'
import { TITLE_LENGTH_MAX, title } from '../../src/noark/titles.ts'
import { isBlank, xmlText } from '../../src/noark/xml-text.ts'
import { corpusStrings, nastyStrings } from '../support/hard-text.ts'
import { hasMaterial, standards } from '../support/material.ts'
import { openSchema } from '../support/xsd.ts'
import { archivePlan, hoveddokument, inExistingCase, saksmappe, vedlegg, withDocuments, withRecord } from './plans.ts'

const ownSchema = openSchema(fileURLToPath(new URL('../../schemas/noark5/henvendelse-v1.xsd', import.meta.url)))
const henvendelse = { xpath: '//h:henvendelse', namespaces: { h: HENVENDELSE_NAMESPACE } }
const ownFaults = (xml: string) => ownSchema.validate(xml, henvendelse)

test('the message reads as the one kept for comparison', async () => {
  await expect(toArkivmelding(archivePlan)).toMatchFileSnapshot('fixtures/arkivmelding.xml')
})

test('the same plan gives the same text', () => {
  expect(toArkivmelding(structuredClone(archivePlan))).toBe(toArkivmelding(archivePlan))
})

test('a new saksmappe is sent, and named as the parent by its id and our key', () => {
  const xml = toArkivmelding(archivePlan)

  expect(xml).toContain('<mappe xsi:type="saksmappe">')
  expect(parentOf(xml)).toBe(
    '<m:systemID>00000000-0000-4000-8000-000000000001</m:systemID>' +
      '<m:referanseEksternNoekkel><m:fagsystem>Arkivbro</m:fagsystem>' +
      '<m:noekkel>018f2b6c-7a11-7c3e-9d0a-3f6f2a51c001/sak</m:noekkel></m:referanseEksternNoekkel>'
  )
})

test('a saksmappe that the archive has is named by its number and not sent again', () => {
  const xml = toArkivmelding(inExistingCase())

  expect(xml).not.toContain('<mappe')
  expect(parentOf(xml)).toBe(
    '<m:saksnummer><m:saksaar>2026</m:saksaar><m:sakssekvensnummer>412</m:sakssekvensnummer></m:saksnummer>'
  )
})

test('only the one who wrote is marked as a person', () => {
  const sent = toArkivmelding(
    withRecord({
      journalposttype: 'U',
      korrespondanseparter: [
        { korrespondanseparttype: 'EA', navn: 'Eksempel kommune' },
        { korrespondanseparttype: 'EM', navn: 'Kari Eksempel' }
      ]
    })
  )

  expect(personsIn(toArkivmelding(archivePlan))).toEqual(['Kari Eksempel'])
  expect(personsIn(sent)).toEqual(['Kari Eksempel'])
})

test('an answer writes off what it answers, on its receiver, and nothing else does', () => {
  const answered = '00000000-0000-4000-8000-000000000077'
  const plan = withRecord({
    journalposttype: 'U',
    sendtDato: new Date('2026-11-05T12:00:00Z'),
    avskriver: [answered],
    korrespondanseparter: [
      { korrespondanseparttype: 'EA', navn: 'Eksempel kommune' },
      { korrespondanseparttype: 'EM', navn: 'Kari Eksempel' }
    ]
  })
  const avskrivning = {
    avskrivningsdato: '2026-11-04',
    avskrevetAv: { navn: 'Arkivbro' },
    avskrivningsmaate: 'BU',
    referanseAvskriverJournalpost: { systemID: answered }
  }

  expect(checkedArkivmelding(plan).faults).toEqual([])
  const { registrering } = arkivmeldingOf(plan)
  expect(registrering).toMatchObject({
    korrespondansepart: [
      expect.not.objectContaining({ avskrivning: expect.anything() }),
      { avskrivning: [avskrivning] }
    ]
  })
  expect(toArkivmelding(archivePlan)).not.toContain('avskrivning')
})

test('what Fiks Arkiv has no element for is told in a merknad, and the rest where it belongs', () => {
  const [objekt] = hoveddokument.objekter
  const konvertering = {
    konvertertDato: new Date('2026-11-04T07:16:00Z'),
    konvertertAv: 'Arkivbro',
    konvertertFraFormat: 'WebP',
    konvertertTilFormat: 'PNG',
    konverteringsverktoey: 'sharp 0.35.5',
    konverteringskommentar: 'Animasjonen er borte.'
  }
  const plan = withRecord({
    journalposttype: 'U',
    sendtDato: new Date('2026-11-05T12:00:00Z'),
    kryssreferanser: ['00000000-0000-4000-8000-000000000077'],
    dokumenter: [
      {
        ...hoveddokument,
        merknad: 'Ett bilde mangler.',
        objekter: objekt ? [{ ...objekt, formatDetaljer: 'PDF/A-2a', konvertering }] : []
      }
    ]
  })
  const { registrering } = arkivmeldingOf(plan)

  expect(checkedArkivmelding(plan).faults).toEqual([])
  expect(registrering).toMatchObject({
    sendtDato: new Date('2026-11-05T12:00:00Z'),
    kryssreferanse: [{ referanseTilRegistrering: { systemID: '00000000-0000-4000-8000-000000000077' } }],
    dokumentbeskrivelse: [
      {
        merknad: [
          { merknadstekst: 'Ett bilde mangler.' },
          {
            merknadstekst: 'hoveddokument.pdf er konvertert fra WebP til PNG med sharp 0.35.5. Animasjonen er borte.',
            merknadsdato: konvertering.konvertertDato
          }
        ],
        dokumentobjekt: [{ formatDetaljer: 'PDF/A-2a' }]
      }
    ]
  })
})

test('codes that a municipality has added are known and told with their text', () => {
  const codes = codeBook({ dokumenttype: { SOME: 'Henvendelse i sosialt medium' } })
  const plan = withRecord({ dokumenter: [{ ...hoveddokument, dokumenttype: 'SOME' }] })

  expect(checkedArkivmelding(plan).faults).toEqual([
    { element: 'dokumenttype (M083)', message: 'Koden for dokumenttype er ukjent.' }
  ])
  expect(checkedArkivmelding(plan, { codes })).toMatchObject({
    faults: [],
    xml: expect.stringContaining('<m:beskrivelse>Henvendelse i sosialt medium</m:beskrivelse>')
  })
})

test('a size that xs:int has no room for is left out', async () => {
  const [big, small] = [2 ** 31, 2 ** 31 - 1].map((filstoerrelse) => {
    const [objekt] = hoveddokument.objekter
    return withRecord({ dokumenter: [{ ...hoveddokument, objekter: objekt ? [{ ...objekt, filstoerrelse }] : [] }] })
  })

  expect((await readArkivmelding(toArkivmelding(big ?? archivePlan))).files[0]).not.toHaveProperty('filstoerrelse')
  expect((await readArkivmelding(toArkivmelding(small ?? archivePlan))).files[0]?.filstoerrelse).toBe(2_147_483_647)
})

test('nothing is sent empty', () => {
  const { facts } = archivePlan.record
  const xml = toArkivmelding(withRecord({ merknad: ' \n', facts: { ...facts, brukernavn: '', merketKategori: ' ' } }))

  expect(xml).not.toMatch(/<([\w:]+)[^>]*>\s*<\/\1>|\/>/)
  expect(xml).not.toMatch(/merknad|brukernavn|merketKategori/)
})

describe.skipIf(!hasMaterial)('against the official schema of Fiks Arkiv V1 (needs the shared standards)', () => {
  const official = hasMaterial
    ? openSchema(standards('fiks-arkiv/Schema/V1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd'))
    : ownSchema
  const schemaFaults = (xml: string) => [...official.validate(xml), ...ownFaults(xml)]

  test('a message of 1 to 20 documents is valid, in a new case and in an old one', async () => {
    for (let count = 1; count <= 20; count++)
      for (const plan of [withDocuments(count), inExistingCase(withDocuments(count))]) {
        const xml = toArkivmelding(plan)
        expect(schemaFaults(xml)).toEqual([])
        expect(planFaults(plan)).toEqual([])
        expect(await readArkivmelding(xml)).toEqual(expectedOf(plan))
        expect(xml).toContain(`<antallFiler>${count + 1}</antallFiler>`)
        expect(xml).toContain(`<antallVedlegg>${count - 1}</antallVedlegg>`)
      }
  })

  test('a message with only what a plan must have is valid', () => {
    const { arkivdel: _, klassifikasjon: __, ...bare } = saksmappe
    const { merknad: ___, dokumentetsDato: ____, ...record } = archivePlan.record
    const { adresse, brukernavn, publisert, merketKategori, ...facts } = record.facts
    const plan: ArchivePlan = {
      ...archivePlan,
      casePolicy: { mode: 'new', saksmappe: bare },
      record: { ...record, facts }
    }

    expect([adresse, brukernavn, publisert, merketKategori]).not.toContain(undefined)
    expect(planFaults(plan)).toEqual([])
    expect(schemaFaults(toArkivmelding(plan))).toEqual([])
  })

  test('any text in any place comes out as it went in, and what the rules let through is valid', async () => {
    const strings = [...nastyStrings, ...corpusStrings()]
    const counts = { strings: strings.length, valid: 0, invalid: 0, refusedByRules: 0 }
    for (const [index, text] of strings.entries()) {
      const plan = index % 2 === 0 ? filledWith(text) : inExistingCase(filledWith(text))
      const xml = toArkivmelding(plan)
      const invalid = schemaFaults(xml)
      const refused = planFaults(plan).length > 0
      const shown = JSON.stringify(text.slice(0, 80))
      if (refused && isBlank(text)) {
        expect(invalid, shown).not.toEqual([])
        await expect(readArkivmelding(xml), shown).rejects.toThrow(/mangler/)
      } else {
        expect(invalid, shown).toEqual([])
        expect(await readArkivmelding(xml), shown).toEqual(expectedOf(plan))
      }
      counts[invalid.length === 0 ? 'valid' : 'invalid']++
      if (refused) counts.refusedByRules++
    }

    process.stdout.write(`arkivmelding, text as it is: ${JSON.stringify(counts)}\n`)
    expect(counts.valid).toBeGreaterThan(2000)
  }, 120_000)

  test('titles, names and files made from any text pass every rule and are valid', () => {
    const strings = [...nastyStrings, ...corpusStrings()]
    const chunks = Array.from({ length: Math.ceil(strings.length / 20) }, (_, at) =>
      strings.slice(at * 20, at * 20 + 20)
    )
    for (const texts of chunks) {
      const plan = composedFrom(texts)
      expect(planFaults(plan)).toEqual([])
      expect(schemaFaults(toArkivmelding(plan))).toEqual([])
    }

    process.stdout.write(`arkivmelding, text through the title rules: ${strings.length} in ${chunks.length} messages\n`)
  })
})

/** Every place for free text filled with it, as it is. */
function filledWith(text: string): ArchivePlan {
  const { facts } = archivePlan.record
  const plan = withRecord({
    tittel: text,
    merknad: text,
    korrespondanseparter: [{ korrespondanseparttype: 'EA', navn: text }],
    facts: { ...facts, eksternId: text, adresse: text, brukernavn: text, merketGrunn: text },
    dokumenter: [hoveddokument, { ...vedlegg(1, text), tittel: text }]
  })
  return { ...plan, casePolicy: { mode: 'new', saksmappe: { ...saksmappe, tittel: text } } }
}

/** As the service composes: titles and names through the title rules, one attachment and one sender for each text. */
function composedFrom(texts: readonly string[]): ArchivePlan {
  const tittel = title(`Kommentar på Facebook fra ${texts[0]}`, TITLE_LENGTH_MAX)
  const names = texts.map((text) => title(text, TITLE_LENGTH_MAX, 'Ukjent avsender'))
  const attachments = texts.map((text, index) => ({
    ...vedlegg(index + 1, names[index]),
    tittel: title(`Vedlegg ${index + 1}: ${text}`, TITLE_LENGTH_MAX)
  }))
  const plan = withRecord({
    tittel,
    offentligTittel: 'Henvendelse',
    korrespondanseparter: names.map((navn) => ({ korrespondanseparttype: 'EA', navn })),
    dokumenter: [{ ...hoveddokument, tittel }, ...attachments]
  })
  return { ...plan, casePolicy: { mode: 'new', saksmappe: { ...saksmappe, tittel, offentligTittel: 'Henvendelse' } } }
}

/** What a reader of the plan's message shall find. */
function expectedOf({ casePolicy, record }: ArchivePlan): ReadArkivmelding {
  const kept = (text: string | undefined) => (text === undefined || isBlank(text) ? '' : xmlText(text))
  const titlesOf = ({ tittel, offentligTittel }: { tittel: string; offentligTittel: string }) => ({
    tittel: kept(tittel),
    offentligTittel: kept(offentligTittel)
  })
  const { eksternId, adresse, brukernavn, merketGrunn } = record.facts
  const texts = Object.entries({ eksternId, nettadresse: adresse, brukernavn, merketGrunn })
  return {
    ...titlesOf(record),
    journalposttype: 'I',
    avsendere: record.korrespondanseparter.slice(0, 1).map(({ navn }) => kept(navn)),
    screenedNames: [],
    ...(kept(record.merknad) !== '' && { merknad: kept(record.merknad) }),
    ...(casePolicy.mode === 'new' && { saksmappe: titlesOf(casePolicy.saksmappe) }),
    henvendelse: {
      henvendelseId: '018f2b6c-7a11-7c3e-9d0a-3f6f2a51c001',
      kanal: 'facebook',
      hendelse: 'created',
      publisert: new Date('2026-11-03T17:42:10Z'),
      mottatt: new Date('2026-11-04T07:15:30Z'),
      merketAv: 'Ola Saksbehandler',
      merketTidspunkt: new Date('2026-11-04T07:14:02Z'),
      merketKategori: 'vei',
      mottattSha256: 'b'.repeat(64),
      ...Object.fromEntries(texts.map(([name, text]) => [name, kept(text)]).filter(([, text]) => text !== ''))
    } as ReadArkivmelding['henvendelse'] & object,
    files: record.dokumenter.flatMap(({ dokumentnummer, tittel, objekter }) =>
      objekter.map(({ filnavn, referanseDokumentfil, sha256, filstoerrelse }) => ({
        dokumentnummer,
        tittel: kept(tittel),
        filnavn: kept(filnavn),
        referanseDokumentfil,
        sjekksum: sha256,
        filstoerrelse
      }))
    )
  }
}

const parentOf = (xml: string): string | undefined =>
  /<referanseForelderMappe>([\s\S]*)<\/referanseForelderMappe>/.exec(xml)?.[1]?.replace(/\n\s*/g, '')

const personsIn = (xml: string): readonly string[] =>
  [...xml.matchAll(/<korrespondansepart>[\s\S]*?<\/korrespondansepart>/g)]
    .map(([part]) => part)
    .filter((part) => part.includes('<erPersonnavn>true</erPersonnavn>'))
    .map((part) => /<korrespondansepartNavn>(.*)<\/korrespondansepartNavn>/.exec(part)?.[1] ?? '')
