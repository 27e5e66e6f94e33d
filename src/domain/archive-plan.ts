import type { Saksnummer } from './inquiry.ts'
import type { AttachmentFinding } from './prepared-attachment.ts'
import type { Receipt } from './receipt.ts'

/**
 * Everything an archive needs to journal one inquiry: neutral between archives, frozen when composed, with ids that
 * follow from the inquiry's id, so a repeated attempt names the same things.
 */
export interface ArchivePlan {
  readonly planId: string // UUIDv5 of the inquiry's id
  readonly inquiryId: string
  /** Our keys in the archive (referanseEksternNoekkel). `fagsystem` is our own name. */
  readonly externalKey: { readonly fagsystem: string; readonly caseKey: string; readonly recordKey: string }
  readonly casePolicy: CasePolicy
  readonly record: RecordPlan
}

/** A new saksmappe, one that a person named, or the one where the post's first inquiry was filed. */
export type CasePolicy =
  | { readonly mode: 'new'; readonly saksmappe: SaksmappePlan }
  | { readonly mode: 'existing'; readonly saksnummer: Saksnummer }

export interface SaksmappePlan {
  readonly systemID: string // M001
  readonly tittel: string // M020
  readonly offentligTittel: string // M025
  readonly beskrivelse: string // M021
  readonly opprettetDato: Date // M600
  readonly opprettetAv: string // M601
  readonly saksdato: string // M100, YYYY-MM-DD in Norwegian time
  readonly administrativEnhet: string // M305
  readonly saksansvarlig: string // M306
  readonly saksstatus: 'B' // M052: under behandling
  readonly arkivdel?: string // M208
  readonly klassifikasjon?: { readonly klassifikasjonssystem: string; readonly klasseID: string } // M002
  readonly skjerming?: SkjermingPlan
}

/** What of a unit is kept from the public, and by which law. */
export interface SkjermingPlan {
  readonly tilgangsrestriksjon: string // M500
  readonly skjermingshjemmel: string // M501
  readonly skjermingMetadata: readonly SkjermingMetadata[] // M502, at least one
  /** All of it. Parts of it (D) would need a redacted variant, and nothing makes one. */
  readonly skjermingDokument?: 'H' // M503
  readonly skjermingsvarighet?: number // M504, years
  readonly skjermingOpphoererDato?: string // M505, YYYY-MM-DD
}

/** Those codes of the standard that our records have anything to screen for. */
export type SkjermingMetadata =
  | 'Skjerming tittel mappe - utvalgte ord'
  | 'Skjerming tittel registrering - utvalgte ord'
  | 'Skjerming navn avsender'
  | 'Skjerming navn mottaker'
  | 'Skjerming tittel dokumentbeskrivelse'
  | 'Skjerming merknadstekst'

/** I: inngående, U: utgående, N: internt som skal følges opp, X: internt ellers, S: saksframlegg. */
export type Journalposttype = 'I' | 'U' | 'N' | 'X' | 'S'

export interface RecordPlan {
  readonly systemID: string // M001
  readonly opprettetDato: Date // M600
  readonly opprettetAv: string // M601
  readonly tittel: string // M020
  readonly offentligTittel: string // M025
  readonly journalposttype: Journalposttype // M082
  readonly journaldato: string // M101, YYYY-MM-DD
  readonly dokumentetsDato?: string // M103, YYYY-MM-DD
  readonly mottattDato?: Date // M104, of what came in
  readonly sendtDato?: Date // M105, of what went out
  readonly korrespondanseparter: readonly KorrespondansepartPlan[]
  readonly merknad?: string // M310
  /** systemID of journalposter that this one follows (M212). */
  readonly kryssreferanser?: readonly string[]
  /** systemID of incoming journalposter that this one answers, and so writes off. */
  readonly avskriver?: readonly string[]
  readonly skjerming?: SkjermingPlan
  readonly facts: PlatformFacts
  readonly dokumenter: readonly DokumentPlan[] // the first is the hoveddokument
}

export interface KorrespondansepartPlan {
  readonly korrespondanseparttype: 'EA' | 'EM' // M087: avsender, mottaker
  readonly navn: string // M400
  readonly administrativEnhet?: string // M305
  /** The name is not for the public. */
  readonly erSkjermet?: true // M509
}

/** What the platform and the marking said, for virksomhetsspesifikkeMetadata (M711). */
export interface PlatformFacts {
  readonly henvendelseId: string
  readonly kanal: string
  readonly eksternId: string
  readonly hendelse: string
  readonly adresse?: string
  readonly brukernavn?: string
  readonly publisert?: Date
  readonly endret?: Date
  readonly mottatt: Date
  readonly merketAv: string
  readonly merketTidspunkt: Date
  readonly merketGrunn: string
  readonly merketKategori?: string
  readonly mottattSha256: string
}

export interface DokumentPlan {
  readonly systemID: string // M001
  readonly dokumentnummer: number // M007, from 1
  readonly tittel: string // M020
  readonly dokumenttype: string // M083
  readonly tilknyttetRegistreringSom: 'H' | 'V' // M217: hoveddokument, vedlegg
  /** What a reader must know of its files, such as why one could not be converted. */
  readonly merknad?: string // M310
  readonly skjerming?: SkjermingPlan
  /** What was found in an attachment, for screening. No archive gets it. */
  readonly findings?: readonly AttachmentFinding[]
  readonly objekter: readonly DokumentobjektPlan[]
}

/** One file. `A` is the archive format, `P` the production format: as it came. */
export interface DokumentobjektPlan {
  readonly systemID: string // M001
  readonly versjonsnummer: number // M005
  readonly variantformat: 'A' | 'P' // M700
  readonly format: string // M701
  readonly formatDetaljer?: string // M702
  readonly mimeType: string
  /** The name a person sees. */
  readonly filnavn: string
  /** The name in the package: unique, ASCII, no comma (Fiks Arkiv V1, annotation on the element). */
  readonly referanseDokumentfil: string // M218
  readonly sha256: string // M705, lower-case hex; also the key in the blob store
  readonly filstoerrelse: number // M707, bytes
  readonly konvertering?: KonverteringPlan
}

/** How a file was made from another of the same document (Noark 5 v5.5, krav 6.4.42). */
export interface KonverteringPlan {
  readonly konvertertDato: Date // M615
  readonly konvertertAv: string // M616
  readonly konvertertFraFormat: string // M712
  readonly konvertertTilFormat: string // M713
  readonly konverteringsverktoey?: string // M714
  readonly konverteringskommentar?: string // M715
}

/** Every skjerming of a plan: of its new saksmappe, its journalpost and its documents. */
export const skjermingerOf = ({ casePolicy, record }: ArchivePlan): readonly SkjermingPlan[] =>
  [...(casePolicy.mode === 'new' ? [casePolicy.saksmappe] : []), record, ...record.dokumenter].flatMap(
    ({ skjerming }) => skjerming ?? []
  )

/** Every file of a plan, in the order of the record. */
export const filesOf = (plan: ArchivePlan): readonly DokumentobjektPlan[] =>
  plan.record.dokumenter.flatMap((dokument) => dokument.objekter)

/** What a receipt lacks or contradicts, in words for a person; empty when the archive holds exactly what was sent. */
export const receiptMismatches = (plan: ArchivePlan, receipt: Receipt): readonly string[] => [
  ...contentMismatches(plan, receipt),
  ...(hasNumbers(receipt) ? [] : ['kvitteringen mangler saksnummer eller journalpostnummer'])
]

/**
 * The same without the numbers, which some archives give only when the record is journaled. Files are compared by name,
 * size and SHA-256.
 */
export function contentMismatches(plan: ArchivePlan, receipt: Receipt): readonly string[] {
  const sent = filesOf(plan)
  const kept = new Map(receipt.files.map((file) => [file.referanseDokumentfil, file]))
  const mismatches = sent.flatMap(({ referanseDokumentfil, sha256, filstoerrelse }) => {
    const file = kept.get(referanseDokumentfil)
    if (!file) return [`${referanseDokumentfil} mangler i kvitteringen`]
    return file.sha256 === sha256 && file.size === filstoerrelse ? [] : [`${referanseDokumentfil} har annet innhold`]
  })
  if (kept.size !== sent.length) mismatches.push(`${sent.length} filer sendt, ${kept.size} kvittert`)
  if (!isOfThis(plan, receipt)) mismatches.push('kvitteringen gjelder en annen journalpost')
  if (isInOtherCase(plan.casePolicy, receipt)) mismatches.push('journalposten ligger i en annen sak')
  return mismatches
}

/**
 * Whether a receipt is about this plan's journalpost: by our key where the archive gives its own systemID (M001), else
 * by the systemID that the plan proposes.
 */
export const isOfThis = ({ externalKey, record }: ArchivePlan, { recordKey, journalpostSystemID }: Receipt): boolean =>
  recordKey === undefined ? journalpostSystemID === record.systemID : recordKey === externalKey.recordKey

const hasNumbers = ({ saksaar, sakssekvensnummer, journalpostnummer }: Receipt): boolean =>
  [saksaar, sakssekvensnummer, journalpostnummer].every((number) => Number.isSafeInteger(number) && number >= 1)

const isInOtherCase = (policy: CasePolicy, { saksaar, sakssekvensnummer }: Receipt): boolean =>
  policy.mode === 'existing' &&
  (policy.saksnummer.saksaar !== saksaar || policy.saksnummer.sakssekvensnummer !== sakssekvensnummer)
