import { createHash, randomUUID } from 'node:crypto'
import { v5 as uuidv5 } from 'uuid'
import type {
  ArchivePlan,
  CasePolicy,
  DokumentobjektPlan,
  DokumentPlan,
  SkjermingMetadata,
  SkjermingPlan
} from '../../src/domain/archive-plan.ts'
import type { Saksnummer } from '../../src/domain/inquiry.ts'

/** What a test wants to be special about a plan. */
export interface PlanChanges {
  /** Everything in the plan follows from it; random when it is left out. */
  readonly inquiryId?: string
  readonly caseKey?: string
  /** The existing saksmappe to file in; otherwise a new one. */
  readonly saksnummer?: Saksnummer
  readonly saksdato?: string
  /** Contents of the archive document, the received bytes and the attachments, in that order. */
  readonly contents?: readonly Buffer[]
  /** Titles, name and documents are kept from the public. */
  readonly isRestricted?: boolean
}

export const HJEMMEL = 'Offl. § 13 jf. fvl. § 13 første ledd nr. 1' // M501

export interface MadePlan {
  readonly plan: ArchivePlan
  /** The files' bytes by SHA-256. */
  readonly files: ReadonlyMap<string, Buffer>
}

/** What no error, log or register may ever hold: it stands in every plan made here. */
export const personalData = ['Kari Nordmann', 'kari.nordmann', 'naboens hund', 'hund.jpg'] as const

const at = new Date('2026-03-02T08:15:30Z')

/** The same plan when titles, name and documents are to be kept from the public for thirty years: same ids and files. */
export function restricted({ casePolicy, record, ...plan }: ArchivePlan, hjemmel = HJEMMEL): ArchivePlan {
  const by = (...skjermingMetadata: SkjermingMetadata[]): { readonly skjerming: SkjermingPlan } => ({
    skjerming: {
      tilgangsrestriksjon: 'Unntatt offentlighet',
      skjermingshjemmel: hjemmel,
      skjermingMetadata,
      skjermingDokument: 'H',
      skjermingsvarighet: 30,
      skjermingOpphoererDato: '2056-03-02'
    }
  })
  const { korrespondanseparter, dokumenter, offentligTittel } = record
  return {
    ...plan,
    casePolicy:
      casePolicy.mode === 'existing'
        ? casePolicy
        : {
            ...casePolicy,
            saksmappe: { ...casePolicy.saksmappe, ...by('Skjerming tittel mappe - utvalgte ord') }
          },
    record: {
      ...record,
      ...by('Skjerming tittel registrering - utvalgte ord', 'Skjerming navn avsender'),
      korrespondanseparter: korrespondanseparter.map((part) =>
        part.administrativEnhet === undefined ? { ...part, erSkjermet: true } : part
      ),
      dokumenter: dokumenter.map((dokument) => ({
        ...dokument,
        ...(dokument.tilknyttetRegistreringSom === 'H' && { tittel: offentligTittel }),
        ...by('Skjerming tittel dokumentbeskrivelse')
      }))
    }
  }
}

/** A plan with an archive document, the received bytes and an attachment; the same changes give the same plan. */
export function planMaker(changes: PlanChanges = {}): MadePlan {
  const inquiryId = changes.inquiryId ?? randomUUID()
  const id = (name: string) => uuidv5(name, inquiryId)
  const contents = changes.contents ?? [
    Buffer.from(`%PDF-1.7\n% henvendelse ${inquiryId} fra Kari Nordmann om naboens hund\n`),
    Buffer.from(JSON.stringify({ id: inquiryId, message: 'Naboens hund bjeffer hele natten', from: 'kari.nordmann' })),
    Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(150_000, inquiryId)])
  ]
  const dokumenter = contents.map((bytes, index) => dokument(id, bytes, index))
  const plan: ArchivePlan = {
    planId: id('plan'),
    inquiryId,
    externalKey: { fagsystem: 'Arkivbro', caseKey: changes.caseKey ?? id('case'), recordKey: inquiryId },
    casePolicy: casePolicy(id, changes),
    record: {
      systemID: id('journalpost'),
      opprettetDato: at,
      opprettetAv: 'Arkivbro',
      tittel: 'Henvendelse på Facebook fra Kari Nordmann om naboens hund',
      offentligTittel: 'Henvendelse på Facebook',
      journalposttype: 'I',
      journaldato: '2026-03-02',
      dokumentetsDato: '2026-03-01',
      mottattDato: at,
      korrespondanseparter: [
        { korrespondanseparttype: 'EA', navn: 'Kari Nordmann' },
        { korrespondanseparttype: 'EM', navn: 'Servicetorget', administrativEnhet: 'Servicetorget' }
      ],
      facts: {
        henvendelseId: inquiryId,
        kanal: 'facebook',
        eksternId: `1234_${inquiryId}`,
        hendelse: 'created',
        brukernavn: 'kari.nordmann',
        mottatt: at,
        merketAv: 'Servicetorget',
        merketTidspunkt: at,
        merketGrunn: 'Krever saksbehandling',
        mottattSha256: sha256(contents[1] ?? Buffer.alloc(0))
      },
      dokumenter
    }
  }
  const files = new Map(contents.map((bytes) => [sha256(bytes), bytes]))
  return { plan: changes.isRestricted ? restricted(plan) : plan, files }
}

function casePolicy(id: (name: string) => string, { saksnummer, saksdato = '2026-03-02' }: PlanChanges): CasePolicy {
  if (saksnummer) return { mode: 'existing', saksnummer }
  return {
    mode: 'new',
    saksmappe: {
      systemID: id('saksmappe'),
      tittel: 'Henvendelse fra Kari Nordmann',
      offentligTittel: 'Henvendelse på Facebook',
      beskrivelse: 'Henvendelse i sosiale medier',
      opprettetDato: at,
      opprettetAv: 'Arkivbro',
      saksdato,
      administrativEnhet: 'Servicetorget',
      saksansvarlig: 'Servicetorget',
      saksstatus: 'B'
    }
  }
}

const kinds = [
  {
    tittel: 'Henvendelse fra Kari Nordmann',
    mimeType: 'application/pdf',
    format: 'RA-PDF',
    end: 'pdf',
    filnavn: 'henvendelse.pdf'
  },
  { tittel: 'Mottatt', mimeType: 'application/json', format: 'JSON', end: 'json', filnavn: 'mottatt.json' },
  { tittel: 'Vedlegg', mimeType: 'image/jpeg', format: 'JPEG', end: 'jpg', filnavn: 'naboens hund.jpg' }
] as const

function dokument(id: (name: string) => string, bytes: Buffer, index: number): DokumentPlan {
  const { tittel, mimeType, format, end, filnavn } = kinds[index] ?? kinds[2]
  const objekt: DokumentobjektPlan = {
    systemID: id(`dokumentobjekt ${index}`),
    versjonsnummer: 1,
    variantformat: index === 0 ? 'A' : 'P',
    format,
    mimeType,
    filnavn,
    referanseDokumentfil: `${String(index + 1).padStart(3, '0')}.${end}`,
    sha256: sha256(bytes),
    filstoerrelse: bytes.length
  }
  return {
    systemID: id(`dokument ${index}`),
    dokumentnummer: index + 1,
    tittel,
    dokumenttype: 'KORR',
    tilknyttetRegistreringSom: index === 0 ? 'H' : 'V',
    objekter: [objekt]
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
