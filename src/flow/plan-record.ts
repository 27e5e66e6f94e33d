import type { ArchivePlan, CasePolicy, DokumentPlan, Journalposttype, RecordPlan } from '../domain/archive-plan.ts'
import type { Decisions } from '../domain/assess.ts'
import type { Corrections } from '../domain/corrections.ts'
import { type EarlierRecord, type Inquiry, isLetter, type Saksnummer } from '../domain/inquiry.ts'
import type { Municipality } from '../domain/municipality.ts'
import { norwegianDay } from '../domain/norwegian-time.ts'
import type { PreparedAttachment } from '../domain/prepared-attachment.ts'
import { forArchive } from '../domain/protected-person.ts'
import type { Restriction } from '../domain/restriction.ts'
import { withoutNationalIds } from '../domain/screening/national-ids.ts'
import { authorName, channelName, fullTitle, publicTitle } from '../domain/titles.ts'
import { TITLE_LENGTH_MAX, title } from '../noark/titles.ts'
import { objekt, vedlegg } from './plan-attachment.ts'
import { type PlannedSkjerming, planSkjerming } from './plan-skjerming.ts'
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
  /** What is kept from the public; nothing when it is left out. */
  readonly restriction?: Restriction
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
export function planRecord(given: PlanInput): ArchivePlan {
  const input = planned(given)
  const { inquiry, idFor } = input
  return {
    planId: idFor('plan'),
    inquiryId: inquiry.id,
    externalKey: externalKeyOf(inquiry.id),
    casePolicy: casePolicy(input),
    record: record(input)
  }
}

interface Planned extends PlanInput {
  readonly journalposttype: Journalposttype
  readonly skjerming: PlannedSkjerming
  readonly blank: (text: string) => string
}

function planned(input: PlanInput): Planned {
  const { restriction } = input
  const { inquiry, earlier, blank } = forArchive(input, restriction)
  const journalposttype = inquiry.direction === 'outgoing' ? 'U' : 'I'
  const skjerming = planSkjerming(restriction, { journalposttype, journaldato: norwegianDay(inquiry.receivedAt) })
  return { ...input, inquiry, ...(earlier && { earlier }), journalposttype, skjerming, blank }
}

/** The keys by which an archive can find what is ours. */
export const externalKeyOf = (inquiryId: string): ArchivePlan['externalKey'] => ({
  fagsystem: AGENT,
  caseKey: `${inquiryId}/sak`,
  recordKey: `${inquiryId}/journalpost`
})

function casePolicy(input: Planned): CasePolicy {
  const { inquiry, municipality, decisions, saksnummer, skjerming, idFor } = input
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
      ...(klassifikasjon && { klassifikasjon }),
      ...(skjerming.saksmappe && { skjerming: skjerming.saksmappe })
    }
  }
}

/** As a person has put it, else the guideline, else the settings. */
const unitOf = ({ corrections, decisions, municipality }: PlanInput): string =>
  corrections?.administrativEnhet ?? decisions?.administrativEnhet?.value ?? municipality.administrativEnhet

function record(input: Planned): RecordPlan {
  const { inquiry, earlier, journalposttype, skjerming, idFor } = input
  return {
    systemID: idFor('journalpost'),
    opprettetDato: inquiry.receivedAt,
    opprettetAv: AGENT,
    ...titlesOf(input),
    journalposttype,
    journaldato: norwegianDay(inquiry.receivedAt),
    ...datesOf(inquiry),
    korrespondanseparter: korrespondanseparter(input),
    merknad: merknad(input),
    ...(earlier?.receipt && { kryssreferanser: [earlier.receipt.journalpostSystemID] }),
    ...(journalposttype === 'U' &&
      !inquiry.isProvisional &&
      earlier?.receipt &&
      earlier.inquiry.direction === 'incoming' && { avskriver: [earlier.receipt.journalpostSystemID] }),
    ...(skjerming.journalpost && { skjerming: skjerming.journalpost }),
    facts: factsOf(inquiry),
    dokumenter: dokumenter(input)
  }
}

/** Of a letter we know when it came, which may be long before it came to us. */
function datesOf({ source, direction, publishedAt, receivedAt }: Inquiry) {
  if (direction === 'incoming' && isLetter(source)) return { mottattDato: publishedAt ?? receivedAt }
  return {
    ...(publishedAt && { dokumentetsDato: norwegianDay(publishedAt) }),
    ...(direction === 'outgoing' ? { sendtDato: publishedAt ?? receivedAt } : { mottattDato: receivedAt })
  }
}

function merknad({ inquiry: { mark }, corrections = {} }: Planned): string {
  const marked = `Merket for saksbehandling av ${mark.by}: ${mark.reason}`
  const missing = corrections.withoutAttachments?.length ?? 0
  return missing === 0 ? marked : `${marked} Antall vedlegg som en saksbehandler har utelatt: ${missing}.`
}

/** The one who wrote, and the municipality: sender and receiver, or the other way round when it answers. */
function korrespondanseparter(input: Planned): RecordPlan['korrespondanseparter'] {
  const { inquiry, earlier, municipality, skjerming } = input
  const isAnswer = inquiry.direction === 'outgoing'
  const outside = isAnswer && earlier ? earlier.inquiry.author : inquiry.author
  const parts: RecordPlan['korrespondanseparter'] = [
    {
      korrespondanseparttype: isAnswer ? 'EM' : 'EA',
      navn: bounded(authorName(outside), 'Ukjent avsender'),
      ...(skjerming.names && { erSkjermet: true })
    },
    {
      korrespondanseparttype: isAnswer ? 'EA' : 'EM',
      navn: bounded(municipality.name, 'Kommunen'),
      administrativEnhet: unitOf(input)
    }
  ]
  return isAnswer ? parts.toReversed() : parts
}

function titlesOf(input: Planned) {
  const { inquiry, earlier, municipality, titleLengthMax, corrections = {}, blank } = input
  const { language } = municipality
  const open = blank(corrections.offentligTittel ?? publicTitle(inquiry, language))
  return {
    tittel: bounded(blank(corrections.tittel ?? fullTitle(inquiry, earlier, language)), open, titleLengthMax),
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

function dokumenter(input: Planned): readonly DokumentPlan[] {
  const { inquiry, thread, original, prepared, restriction, idFor, titleLengthMax = TITLE_LENGTH_MAX } = input
  const { dokument: skjerming, neutralTitles } = input.skjerming
  const { tittel, offentligTittel } = titlesOf(input)
  const hoveddokument: DokumentPlan = {
    systemID: idFor('dokument-1'),
    dokumentnummer: 1,
    tittel: neutralTitles ? offentligTittel : tittel,
    dokumenttype: 'KORR',
    tilknyttetRegistreringSom: 'H',
    ...(skjerming && { skjerming }),
    objekter: [
      {
        ...objekt(idFor('objekt-1-A'), 'A', 'PDF/A', thread, 'henvendelse.pdf', 'hoveddokument.pdf'),
        formatDetaljer: thread.formatDetaljer
      },
      // What the platform sent names the profile of whoever wrote; of a protected person it stays with us.
      ...(restriction?.protectedPerson
        ? []
        : [objekt(idFor('objekt-1-P'), 'P', 'JSON', original, 'mottatt.json', 'mottatt.json')])
    ]
  }
  const { receivedAt, attachments } = inquiry
  const common = { receivedAt, idFor, titleLengthMax, neutralTitles, ...(skjerming && { skjerming }) }
  const attached = prepared.flatMap((one, index) => {
    const attachment = attachments[index]
    if (!attachment) return []
    const named = { ...attachment, fileName: withoutNationalIds(attachment.fileName) }
    return [vedlegg({ attachment: named, prepared: one, number: index + 1, ...common })]
  })
  return [hoveddokument, ...attached]
}

/** No national id stands in a title or a name, whoever wrote it there. */
const bounded = (text: string, fallback: string, lengthMax = TITLE_LENGTH_MAX): string =>
  title(withoutNationalIds(text), lengthMax, fallback)
