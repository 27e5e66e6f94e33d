import { ArchiveFailure } from '../../../src/domain/archive-failure.ts'
import type {
  ArchivePlan,
  DokumentobjektPlan,
  DokumentPlan,
  KonverteringPlan,
  KorrespondansepartPlan,
  RecordPlan,
  SaksmappePlan,
  SkjermingPlan
} from '../../../src/domain/archive-plan.ts'
import type { Receipt, ReceivedFile } from '../../../src/domain/receipt.ts'
import { norwegianDateTime } from '../../../src/noark/xml/moments.ts'
import type { Dialect } from './dialects.ts'
import { described, documentKey, type Keys } from './keys.ts'
import { toOwnMetadata } from './own-metadata.ts'
import { rels } from './rels.ts'
import { code, moment, type Resource, text, whole } from './resource.ts'
import { toSkjerming } from './skjerming-mapping.ts'

/** What the archive calls our own codes. */
export interface Codes {
  readonly dokumenttyper: ReadonlyMap<string, string>
  readonly formater: ReadonlyMap<string, string>
  readonly merknadstype: string
  /** What the names of our own fields (M711) begin with; absent when they are not sent. */
  readonly ownMetadata?: string
  /** M500, by ours; empty when the archive has nothing to screen with. */
  readonly tilgangsrestriksjoner: ReadonlyMap<string, string>
}

export interface Mapping {
  readonly dialect: Dialect
  readonly codes: Codes
  readonly keys: Keys
}

const kode = (value: string) => ({ kode: value })

const screened = (
  { dialect, codes: { tilgangsrestriksjoner } }: Mapping,
  { skjerming }: { readonly skjerming?: SkjermingPlan }
) => toSkjerming({ dialect, tilgangsrestriksjoner }, skjerming)

/** Codes only, no texts, and only what is needed: servers refuse what they do not know. N5TG 1.1, chapter 7. */
export const toSaksmappe = (mapping: Mapping, saksmappe: SaksmappePlan) => ({
  ...(mapping.dialect.takesOurSystemID && { systemID: saksmappe.systemID }), // M001
  tittel: saksmappe.tittel, // M020
  offentligTittel: saksmappe.offentligTittel, // M025
  beskrivelse: described(mapping.keys.saksmappe, saksmappe.beskrivelse), // M021
  saksdato: saksmappe.saksdato, // M100
  saksstatus: kode(saksmappe.saksstatus), // M052
  ...(mapping.dialect.takesAdministrativEnhet && { administrativEnhet: saksmappe.administrativEnhet }), // M305
  saksansvarlig: saksmappe.saksansvarlig, // M306
  dokumentmedium: kode('E'), // M300
  ...screened(mapping, saksmappe)
})

/** Temporarily registered (M): it is journaled when its files are there. */
export const toJournalpost = (mapping: Mapping, { record }: ArchivePlan) => ({
  ...(mapping.dialect.takesOurSystemID && { systemID: record.systemID }), // M001
  tittel: record.tittel, // M020
  offentligTittel: record.offentligTittel, // M025
  beskrivelse: described(mapping.keys.journalpost), // M021
  journalposttype: kode(record.journalposttype), // M082
  journalstatus: kode('M'), // M053
  journaldato: record.journaldato, // M101
  ...(record.dokumentetsDato !== undefined && { dokumentetsDato: record.dokumentetsDato }), // M103
  ...(record.mottattDato && { mottattDato: norwegianDateTime(record.mottattDato) }), // M104
  ...(record.sendtDato && { sendtDato: norwegianDateTime(record.sendtDato) }), // M105
  dokumentmedium: kode('E'), // M300
  ...(mapping.dialect.takesOwnMetadata && toOwnMetadata(mapping.codes.ownMetadata, record)), // M711
  ...screened(mapping, record)
})

/** What makes a journalpost journaled. Where the whole object is put, the rest is what the archive said it is. */
export function toJournaled(mapping: Mapping, journalpost: Resource, record: RecordPlan) {
  const journalstatus = kode('J') // M053
  if (mapping.dialect.changesBy === 'merge-patch') return { journalstatus }
  const beskrivelse = text(journalpost, 'beskrivelse')
  return {
    tittel: text(journalpost, 'tittel'),
    ...(beskrivelse !== undefined && { beskrivelse }),
    journalposttype: kode(code(journalpost, 'journalposttype') ?? 'I'),
    journalstatus,
    // Left out of the whole object, it would be gone.
    ...screened(mapping, record)
  }
}

/** Our own unit is an enhet; whoever wrote on a platform is a person as far as anybody knows. */
export const toKorrespondansepart = (part: KorrespondansepartPlan) => ({
  rel: part.administrativEnhet === undefined ? rels.nyKorrespondansepartperson : rels.nyKorrespondansepartenhet,
  body: { korrespondanseparttype: kode(part.korrespondanseparttype), navn: part.navn } // M087, M400
})

export const toDokumentbeskrivelse = (mapping: Mapping, dokument: DokumentPlan) => ({
  ...(mapping.dialect.takesOurSystemID && { systemID: dokument.systemID }), // M001
  tittel: dokument.tittel, // M020
  dokumenttype: kode(documentType(mapping.codes, dokument)), // M083
  dokumentstatus: kode('F'), // M054
  tilknyttetRegistreringSom: kode(dokument.tilknyttetRegistreringSom), // M217
  dokumentmedium: kode('E'), // M300
  [mapping.dialect.documentKey]: documentKey(mapping.keys, dokument.dokumentnummer),
  ...screened(mapping, dokument)
})

const documentType = ({ dokumenttyper }: Codes, { dokumenttype }: DokumentPlan): string =>
  dokumenttyper.get(dokumenttype) ?? dokumenttyper.get('*') ?? dokumenttype

/**
 * Neither sjekksum (M705) nor filstoerrelse (M707) goes along: what the archive says of them afterwards is then its own
 * word about the bytes it has got. The name is the package's, since it is unique and plain ASCII.
 */
export function toDokumentobjekt({ codes }: Mapping, objekt: DokumentobjektPlan) {
  const format = codes.formater.get(objekt.format)
  return {
    variantformat: kode(objekt.variantformat), // M700
    ...(format !== undefined && { format: kode(format) }), // M701
    ...(objekt.formatDetaljer !== undefined && { formatDetaljer: objekt.formatDetaljer }), // M702
    filnavn: objekt.referanseDokumentfil,
    mimeType: objekt.mimeType
  }
}

export const toMerknad = ({ codes }: Mapping, merknadstekst: string) => ({
  merknadstekst, // M310
  merknadstype: kode(codes.merknadstype) // M084
})

/** A format that the archive has no code for is told in words. */
export function toKonvertering({ codes: { formater } }: Mapping, plan: KonverteringPlan) {
  const from = formater.get(plan.konvertertFraFormat)
  const to = formater.get(plan.konvertertTilFormat)
  const inWords = from && to ? undefined : `Fra ${plan.konvertertFraFormat} til ${plan.konvertertTilFormat}.`
  const kommentar = [plan.konverteringskommentar, inWords].filter((words) => words !== undefined).join(' ')
  return {
    konvertertDato: norwegianDateTime(plan.konvertertDato), // M615
    konvertertAv: plan.konvertertAv, // M616
    ...(from !== undefined && { konvertertFraFormat: kode(from) }), // M712
    ...(to !== undefined && { konvertertTilFormat: kode(to) }), // M713
    ...(plan.konverteringsverktoey !== undefined && { konverteringsverktoey: plan.konverteringsverktoey }), // M714
    ...(kommentar !== '' && { konverteringskommentar: kommentar }) // M715
  }
}

/** What the archive answered, as a receipt. Throws ArchiveFailure when it left out a number that a receipt needs. */
export function toReceipt(
  archive: string,
  recordKey: string | undefined,
  { saksmappe, journalpost, files }: { saksmappe: Resource; journalpost: Resource; files: readonly ReceivedFile[] }
): Receipt {
  const location = text(journalpost, 'registreringsID') // M004
  return {
    archive,
    ...(recordKey !== undefined && { recordKey }),
    saksaar: needed(whole(saksmappe, 'saksaar'), 'saksaar'),
    sakssekvensnummer: needed(whole(saksmappe, 'sakssekvensnummer'), 'sakssekvensnummer'),
    journalpostnummer: needed(whole(journalpost, 'journalpostnummer'), 'journalpostnummer'),
    saksmappeSystemID: needed(text(saksmappe, 'systemID'), 'systemID'),
    journalpostSystemID: needed(text(journalpost, 'systemID'), 'systemID'),
    arkivertDato: needed(
      moment(journalpost, 'arkivertDato') ?? moment(journalpost, 'endretDato') ?? moment(journalpost, 'opprettetDato'),
      'arkivertDato'
    ),
    files,
    ...(location !== undefined && { location })
  }
}

function needed<T>(value: T | undefined, field: string): T {
  if (value !== undefined) return value
  throw new ArchiveFailure('needs-human', `Arkivet oppgir ikke ${field}, så Arkivbro kan ikke kvittere. Se i arkivet.`)
}
