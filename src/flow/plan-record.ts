import type { ArchivePlan, CasePolicy, DokumentPlan, RecordPlan } from '../domain/archive-plan.ts'
import type { Decisions } from '../domain/assess.ts'
import type { Corrections } from '../domain/corrections.ts'
import type { EarlierRecord, Inquiry, Saksnummer } from '../domain/inquiry.ts'
import type { Municipality } from '../domain/municipality.ts'
import { norwegianDay } from '../domain/norwegian-time.ts'
import type { PreparedAttachment } from '../domain/prepared-attachment.ts'
import { authorName, channelName, fullTitle, publicTitle } from '../domain/titles.ts'
import { TITLE_LENGTH_MAX, title } from '../noark/titles.ts'
import { objekt, vedlegg } from './plan-attachment.ts'
import type { StoredBlob } from './ports.ts'

const AGENT = 'Arkivbro'

export interface PlanInput {
  readonly inquiry: Inquiry
  readonly municipality: Municipality
  /** The rendered thread and the received bytes, both already in the blob store. */
  readonly thread: StoredBlob & { readonly formatDetaljer: string }
  readonly original: StoredBlob
  /** What became of each attachment, in the inquiry's order. */
  readonly prepared: readonly PreparedAttachment[]
  /** The saksmappe it must be filed in, when there is one. */
  readonly saksnummer?: Saksnummer
  readonly earlier?: EarlierRecord
  readonly corrections?: Corrections
  /** What the guideline has decided. */
  readonly decisions?: Decisions
  /** Longest tittel that the archive takes, in UTF-16 code units. */
  readonly titleLengthMax?: number
  /** A UUID that is always the same for the same name. */
  readonly idFor: (name: string) => string
}

/**
 * The record of an inquiry: saksmappe, journalpost, korrespondanseparter, thread as PDF/A, payload and attachments as they
 * came. Incoming (I) unless it is the municipality's own answer (U).
 */
export function planRecord(input: PlanInput): ArchivePlan {
  const { inquiry, idFor } = input
  return {
    planId: idFor('plan'),
    inquiryId: inquiry.id,
    externalKey: externalKeyOf(inquiry.id),
    casePolicy: casePolicy(input),
    record: record(input)
  }
}

/** The keys by which an archive can find what is ours. */
export const externalKeyOf = (inquiryId: string): ArchivePlan['externalKey'] => ({
  fagsystem: AGENT,
  caseKey: `${inquiryId}/sak`,
  recordKey: `${inquiryId}/journalpost`
})

function casePolicy(input: PlanInput): CasePolicy {
  const { inquiry, municipality, decisions, saksnummer, idFor } = input
  const klassifikasjon = decisions?.klassifikasjon?.value ?? municipality.klassifikasjon
  if (saksnummer) return { mode: 'existing', saksnummer }
  return {
    mode: 'new',
    saksmappe: {
      systemID: idFor('saksmappe'),
      ...titlesOf(input),
      beskrivelse: `Opprettet av ${AGENT} for en henvendelse fra ${channelName(inquiry.source)} som er merket for saksbehandling.`,
      opprettetDato: inquiry.receivedAt,
      opprettetAv: AGENT,
      saksdato: norwegianDay(inquiry.receivedAt),
      administrativEnhet: unitOf(input),
      saksansvarlig:
        input.corrections?.saksansvarlig ?? input.decisions?.saksansvarlig?.value ?? municipality.saksansvarlig,
      saksstatus: 'B',
      ...(municipality.arkivdel !== undefined && { arkivdel: municipality.arkivdel }),
      ...(klassifikasjon && { klassifikasjon })
    }
  }
}

/** As a person has put it, else the guideline, else the settings. */
const unitOf = ({ corrections, decisions, municipality }: PlanInput): string =>
  corrections?.administrativEnhet ?? decisions?.administrativEnhet?.value ?? municipality.administrativEnhet

function record(input: PlanInput): RecordPlan {
  const { inquiry, earlier, idFor } = input
  const { publishedAt, direction } = inquiry
  return {
    systemID: idFor('journalpost'),
    opprettetDato: inquiry.receivedAt,
    opprettetAv: AGENT,
    ...titlesOf(input),
    journalposttype: direction === 'outgoing' ? 'U' : 'I',
    journaldato: norwegianDay(inquiry.receivedAt),
    ...(publishedAt && { dokumentetsDato: norwegianDay(publishedAt) }),
    ...(direction === 'outgoing'
      ? { sendtDato: publishedAt ?? inquiry.receivedAt }
      : { mottattDato: inquiry.receivedAt }),
    korrespondanseparter: korrespondanseparter(input),
    merknad: merknad(input),
    ...(earlier?.receipt && { kryssreferanser: [earlier.receipt.journalpostSystemID] }),
    facts: factsOf(inquiry),
    dokumenter: dokumenter(input)
  }
}

function merknad({ inquiry: { mark }, corrections = {} }: PlanInput): string {
  const marked = `Merket for saksbehandling av ${mark.by}: ${mark.reason}`
  const missing = corrections.withoutAttachments?.length ?? 0
  return missing === 0 ? marked : `${marked} Antall vedlegg som en saksbehandler har utelatt: ${missing}.`
}

/** The one who wrote, and the municipality: sender and receiver, or the other way round when it answers. */
function korrespondanseparter(input: PlanInput): RecordPlan['korrespondanseparter'] {
  const { inquiry, earlier, municipality } = input
  const isAnswer = inquiry.direction === 'outgoing'
  const outside = isAnswer && earlier ? earlier.inquiry.author : inquiry.author
  const parts: RecordPlan['korrespondanseparter'] = [
    { korrespondanseparttype: isAnswer ? 'EM' : 'EA', navn: bounded(authorName(outside), 'Ukjent avsender') },
    {
      korrespondanseparttype: isAnswer ? 'EA' : 'EM',
      navn: bounded(municipality.name, 'Kommunen'),
      administrativEnhet: unitOf(input)
    }
  ]
  return isAnswer ? parts.toReversed() : parts
}

function titlesOf({ inquiry, earlier, municipality: { language }, titleLengthMax, corrections = {} }: PlanInput) {
  const open = corrections.offentligTittel ?? publicTitle(inquiry, language)
  return {
    tittel: bounded(corrections.tittel ?? fullTitle(inquiry, earlier, language), open, titleLengthMax),
    offentligTittel: bounded(open, 'Henvendelse', titleLengthMax)
  }
}

function factsOf(inquiry: Inquiry): RecordPlan['facts'] {
  const { author, mark, event, permalink, publishedAt } = inquiry
  const endret = inquiry.editedAt ?? (event.type === 'edited' ? event.at : undefined)
  return {
    henvendelseId: inquiry.id,
    kanal: inquiry.source,
    eksternId: inquiry.externalId,
    hendelse: event.type,
    ...(permalink !== undefined && { adresse: permalink }),
    ...(author.handle !== undefined && { brukernavn: author.handle }),
    ...(publishedAt && { publisert: publishedAt }),
    ...(endret && { endret }),
    mottatt: inquiry.receivedAt,
    merketAv: mark.by,
    merketTidspunkt: mark.at,
    merketGrunn: mark.reason,
    ...(mark.category !== undefined && { merketKategori: mark.category }),
    mottattSha256: inquiry.received.sha256
  }
}

function dokumenter(input: PlanInput): readonly DokumentPlan[] {
  const { inquiry, thread, original, prepared, idFor, titleLengthMax = TITLE_LENGTH_MAX } = input
  const hoveddokument: DokumentPlan = {
    systemID: idFor('dokument-1'),
    dokumentnummer: 1,
    tittel: titlesOf(input).tittel,
    dokumenttype: 'KORR',
    tilknyttetRegistreringSom: 'H',
    objekter: [
      {
        ...objekt(idFor('objekt-1-A'), 'A', 'PDF/A', thread, 'henvendelse.pdf', 'hoveddokument.pdf'),
        formatDetaljer: thread.formatDetaljer
      },
      objekt(idFor('objekt-1-P'), 'P', 'JSON', original, 'mottatt.json', 'mottatt.json')
    ]
  }
  const { receivedAt, attachments } = inquiry
  const common = { receivedAt, idFor, titleLengthMax }
  const attached = prepared.flatMap((one, index) => {
    const attachment = attachments[index]
    return attachment ? [vedlegg({ attachment, prepared: one, number: index + 1, ...common })] : []
  })
  return [hoveddokument, ...attached]
}

const bounded = (text: string, fallback: string, lengthMax = TITLE_LENGTH_MAX): string =>
  title(text, lengthMax, fallback)
