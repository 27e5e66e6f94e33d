import fc from 'fast-check'
import type {
  ArchivePlan,
  DokumentPlan,
  KorrespondansepartPlan,
  SaksmappePlan,
  SkjermingMetadata,
  SkjermingPlan
} from '../../src/domain/archive-plan.ts'

const at = new Date('2026-11-04T07:15:30Z')

/** A UUID that is the same for the same number. */
export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export const writer: KorrespondansepartPlan = { korrespondanseparttype: 'EA', navn: 'Kari Eksempel' }

export const saksmappe: SaksmappePlan = {
  systemID: uuid(1),
  tittel: 'Kommentar på Facebook fra Kari Eksempel',
  offentligTittel: 'Kommentar på Facebook',
  beskrivelse: 'Opprettet for en henvendelse fra Facebook som er merket for saksbehandling.',
  opprettetDato: at,
  opprettetAv: 'Arkivbro',
  saksdato: '2026-11-04',
  administrativEnhet: 'Vei og park',
  saksansvarlig: 'Ola Saksbehandler',
  saksstatus: 'B',
  arkivdel: 'SAKSARKIV',
  klassifikasjon: { klassifikasjonssystem: 'KK', klasseID: 'Q23' }
}

/** The thread and the received bytes; the first of every record. */
export const hoveddokument: DokumentPlan = {
  systemID: uuid(10),
  dokumentnummer: 1,
  tittel: 'Kommentar på Facebook fra Kari Eksempel',
  dokumenttype: 'KORR',
  tilknyttetRegistreringSom: 'H',
  objekter: [
    {
      systemID: uuid(11),
      versjonsnummer: 1,
      variantformat: 'A',
      format: 'PDF/A',
      mimeType: 'application/pdf',
      filnavn: 'henvendelse.pdf',
      referanseDokumentfil: 'hoveddokument.pdf',
      sha256: 'a'.repeat(64),
      filstoerrelse: 48_213
    },
    {
      systemID: uuid(12),
      versjonsnummer: 1,
      variantformat: 'P',
      format: 'JSON',
      mimeType: 'application/json',
      filnavn: 'mottatt.json',
      referanseDokumentfil: 'mottatt.json',
      sha256: 'b'.repeat(64),
      filstoerrelse: 912
    }
  ]
}

/** Attachment number `number`, from 1. */
export const vedlegg = (number: number, filnavn = `bilde ${number}, æøå.jpg`): DokumentPlan => ({
  systemID: uuid(100 + 2 * number),
  dokumentnummer: number + 1,
  tittel: `Vedlegg ${number}: bilde`,
  dokumenttype: 'FOTO',
  tilknyttetRegistreringSom: 'V',
  objekter: [
    {
      systemID: uuid(101 + 2 * number),
      versjonsnummer: 1,
      variantformat: 'P',
      format: 'JPG',
      mimeType: 'image/jpeg',
      filnavn,
      referanseDokumentfil: `vedlegg-${String(number).padStart(2, '0')}.jpg`,
      sha256: 'c'.repeat(64),
      filstoerrelse: 6541
    }
  ]
})

/** A faultless plan: a new saksmappe, one incoming journalpost with its hoveddokument and one attachment. */
export const archivePlan: ArchivePlan = {
  planId: uuid(900),
  inquiryId: '018f2b6c-7a11-7c3e-9d0a-3f6f2a51c001',
  externalKey: {
    fagsystem: 'Arkivbro',
    caseKey: '018f2b6c-7a11-7c3e-9d0a-3f6f2a51c001/sak',
    recordKey: '018f2b6c-7a11-7c3e-9d0a-3f6f2a51c001/journalpost'
  },
  casePolicy: { mode: 'new', saksmappe },
  record: {
    systemID: uuid(2),
    opprettetDato: at,
    opprettetAv: 'Arkivbro',
    tittel: 'Kommentar på Facebook fra Kari Eksempel',
    offentligTittel: 'Kommentar på Facebook',
    journalposttype: 'I',
    journaldato: '2026-11-04',
    dokumentetsDato: '2026-11-03',
    mottattDato: new Date('2026-11-04T07:15:30.250Z'),
    korrespondanseparter: [
      writer,
      { korrespondanseparttype: 'EM', navn: 'Eksempel kommune', administrativEnhet: 'Vei og park' }
    ],
    merknad: 'Merket for saksbehandling av Ola Saksbehandler: spør om brøyting',
    facts: {
      henvendelseId: '018f2b6c-7a11-7c3e-9d0a-3f6f2a51c001',
      kanal: 'facebook',
      eksternId: '1000_2000',
      hendelse: 'created',
      adresse: 'https://www.facebook.com/eksempelkommune/posts/1000?comment_id=2000&ref=notif',
      brukernavn: 'kari.eksempel',
      publisert: new Date('2026-11-03T17:42:10Z'),
      mottatt: at,
      merketAv: 'Ola Saksbehandler',
      merketTidspunkt: new Date('2026-11-04T07:14:02Z'),
      merketGrunn: 'spør om brøyting',
      merketKategori: 'vei',
      mottattSha256: 'b'.repeat(64)
    },
    dokumenter: [hoveddokument, vedlegg(1)]
  }
}

/** The plan with another record. */
export const withRecord = (record: Partial<ArchivePlan['record']>, plan = archivePlan): ArchivePlan => ({
  ...plan,
  record: { ...plan.record, ...record }
})

/** The plan with another new saksmappe. */
export const withSaksmappe = (changed: Partial<SaksmappePlan>): ArchivePlan => ({
  ...archivePlan,
  casePolicy: { mode: 'new', saksmappe: { ...saksmappe, ...changed } }
})

/** One that has everything a skjerming can have. */
export const skjerming: SkjermingPlan = {
  tilgangsrestriksjon: 'Unntatt offentlighet',
  skjermingshjemmel: 'Offl. § 13 jf. fvl. § 13 første ledd nr. 1',
  skjermingMetadata: ['Skjerming tittel registrering - utvalgte ord', 'Skjerming merknadstekst'],
  skjermingDokument: 'H',
  skjermingsvarighet: 60,
  skjermingOpphoererDato: '2086-11-04'
}

const metadata: readonly SkjermingMetadata[] = [
  'Skjerming tittel mappe - utvalgte ord',
  'Skjerming tittel registrering - utvalgte ord',
  'Skjerming navn avsender',
  'Skjerming navn mottaker',
  'Skjerming tittel dokumentbeskrivelse',
  'Skjerming merknadstekst'
]

const arbitrarySkjerming: fc.Arbitrary<SkjermingPlan> = fc
  .record({
    tilgangsrestriksjon: fc.constantFrom('Unntatt offentlighet', 'Personalsaker', 'Klientsaker'),
    skjermingshjemmel: fc.constantFrom('Offl. § 13', 'Offl. § 13 jf. fvl. § 13 første ledd nr. 1', 'Offl. § 26 <&> «'),
    skjermingMetadata: fc.shuffledSubarray([...metadata], { minLength: 1 }),
    isWhole: fc.boolean(),
    years: fc.option(fc.integer({ min: 1, max: 110 }), { nil: undefined })
  })
  .map(({ isWhole, years, ...always }) => ({
    ...always,
    ...(isWhole && { skjermingDokument: 'H' as const }),
    ...(years !== undefined && { skjermingsvarighet: years, skjermingOpphoererDato: `${2026 + years}-11-04` })
  }))

const perhaps = fc.option(
  arbitrarySkjerming.map((one) => ({ skjerming: one })),
  { nil: {} }
)

/** Plans that are faultless and restricted in any way there is: every unit by itself, or not at all. */
export const restrictedPlans: fc.Arbitrary<ArchivePlan> = fc
  .record({
    caseSkjerming: perhaps,
    recordSkjerming: perhaps,
    documents: fc.array(perhaps, { minLength: 1, maxLength: 4 })
  })
  .map(({ caseSkjerming, recordSkjerming, documents }) => {
    const plan = withRecord(recordSkjerming, withDocuments(documents.length))
    const dokumenter = plan.record.dokumenter.map((dokument, index) => ({
      ...dokument,
      merknad: 'Se originalen.',
      ...documents[index]
    }))
    return {
      ...withRecord({ dokumenter }, plan),
      casePolicy: { mode: 'new', saksmappe: { ...saksmappe, ...caseSkjerming } }
    }
  })

/** The plan for a saksmappe that the archive already has. */
export const inExistingCase = (plan = archivePlan): ArchivePlan => ({
  ...plan,
  casePolicy: { mode: 'existing', saksnummer: { saksaar: 2026, sakssekvensnummer: 412 } }
})

/** The plan with one hoveddokument and as many attachments as it takes. */
export const withDocuments = (count: number, plan = archivePlan): ArchivePlan =>
  withRecord(
    { dokumenter: [hoveddokument, ...Array.from({ length: count - 1 }, (_, index) => vedlegg(index + 1))] },
    plan
  )
