import type { DokumentobjektPlan, DokumentPlan, KonverteringPlan, SkjermingPlan } from '../domain/archive-plan.ts'
import { attachmentRemark } from '../domain/attachment-remarks.ts'
import { fileFormat } from '../domain/file-formats.ts'
import type { Attachment } from '../domain/inquiry.ts'
import type { ConvertedFile, PreparedAttachment } from '../domain/prepared-attachment.ts'
import { title } from '../noark/titles.ts'
import type { StoredBlob } from './ports.ts'

interface VedleggInput {
  readonly attachment: Attachment
  readonly prepared: PreparedAttachment
  readonly number: number // among the attachments, from 1
  readonly receivedAt: Date
  readonly titleLengthMax: number
  readonly skjerming?: SkjermingPlan
  /** Neither the title nor a file says what the sender called it. */
  readonly neutralTitles: boolean
  readonly idFor: (name: string) => string
}

/**
 * The dokumentbeskrivelse of an attachment. One that is in an archive format as it came is its own variant A, and
 * nothing else; else the original is variant P, beside variant A when something could be made of it (Noark 5 v5.5,
 * krav 6.4.10 and 6.4.42).
 */
export function vedlegg(given: VedleggInput): DokumentPlan {
  const input = given.neutralTitles ? { ...given, attachment: unnamed(given) } : given
  const { attachment, prepared, number, titleLengthMax, skjerming, idFor } = input
  const merknad = attachmentRemark(prepared)
  return {
    systemID: idFor(`dokument-${number + 1}`),
    dokumentnummer: number + 1,
    // The number keeps titles unique when two files have the same name.
    tittel: given.neutralTitles
      ? neutralTitle(number)
      : title(`Vedlegg ${number}: ${attachment.fileName}`, titleLengthMax, neutralTitle(number)),
    dokumenttype: documentType(attachment.mediaType),
    tilknyttetRegistreringSom: 'V',
    ...(skjerming && { skjerming }),
    ...(merknad !== undefined && { merknad }),
    ...(prepared.findings.length > 0 && { findings: prepared.findings }),
    objekter: objekter(input)
  }
}

/** Title of an attachment that says nothing of it. */
export const neutralTitle = (number: number): string => `Vedlegg ${number}`

const documentTypes: Readonly<Record<string, string>> = { image: 'FOTO', video: 'VIDEO', audio: 'LYD' } // M083

const documentType = (mediaType: string): string => documentTypes[mediaType.split('/')[0] ?? ''] ?? 'KORR'

const packedName = (number: number): string => `vedlegg-${String(number).padStart(2, '0')}`

/** The attachment under the name that it has in the package. */
const unnamed = ({ attachment, number }: VedleggInput): Attachment => ({
  ...attachment,
  fileName: `${packedName(number)}.${fileFormat(attachment.mediaType).extensions[0]}`
})

function objekter({ attachment, prepared, number, receivedAt, idFor }: VedleggInput): readonly DokumentobjektPlan[] {
  const { outcome, formatDetaljer } = prepared
  const { extensions, format: named } = fileFormat(attachment.mediaType)
  const kept = outcome.kind === 'kept'
  const variant = kept ? 'A' : 'P'
  const format = kept && formatDetaljer?.startsWith('PDF/A') ? 'PDF/A' : named
  const name = packedName(number)
  const file = `${name}.${extensions[0]}`
  const original: DokumentobjektPlan = {
    ...objekt(idFor(`objekt-${number + 1}-${variant}`), variant, format, attachment, attachment.fileName, file),
    ...(formatDetaljer !== undefined && { formatDetaljer })
  }
  if (outcome.kind !== 'converted' && outcome.kind !== 'still') return [original]
  const { made } = outcome
  const to = fileFormat(made.mediaType)
  const [shown, stored] = [`${withoutExtension(attachment.fileName)}-arkiv`, `${name}-arkiv`]
  const id = idFor(`objekt-${number + 1}-A`)
  const converted: DokumentobjektPlan = {
    ...objekt(id, 'A', to.format, made, `${shown}.${to.extensions[0]}`, `${stored}.${to.extensions[0]}`),
    konvertering: konvertering(format, to.format, made, receivedAt)
  }
  return [converted, original]
}

const withoutExtension = (fileName: string): string => fileName.replace(/\.[^.]{1,5}$/, '') || fileName

/** Dated when the inquiry came, as all else in the plan, so that composing it again gives the same plan. */
function konvertering(from: string, to: string, made: ConvertedFile, receivedAt: Date): KonverteringPlan {
  return {
    konvertertDato: receivedAt,
    konvertertAv: 'Arkivbro',
    konvertertFraFormat: from,
    konvertertTilFormat: to,
    konverteringsverktoey: made.tool,
    ...(made.comments.length > 0 && { konverteringskommentar: made.comments.join('; ') })
  }
}

/** A file of the first version of a document. */
export function objekt(
  systemID: string,
  variantformat: 'A' | 'P',
  format: string,
  blob: StoredBlob,
  filnavn: string,
  referanseDokumentfil: string
): DokumentobjektPlan {
  return {
    systemID,
    versjonsnummer: 1,
    variantformat,
    format,
    mimeType: blob.mediaType,
    filnavn,
    referanseDokumentfil,
    sha256: blob.sha256,
    filstoerrelse: blob.size
  }
}
