import {
  type ArchivePlan,
  type DokumentPlan,
  filesOf,
  type KorrespondansepartPlan,
  type RecordPlan,
  type SaksmappePlan
} from '../domain/archive-plan.ts'
import { dokumentbeskrivelseOf } from './arkivmelding-documents.ts'
import type { CodeBook } from './codes/code-book.ts'
import { fiksArkiv } from './dialects/fiks-arkiv/fiks-arkiv.ts'
import type { Tree } from './dialects/tree.ts'
import { henvendelseOf, isGiven } from './henvendelse.ts'
import { isFromOutside } from './parties.ts'
import { remarkScreening, sentSkjerming } from './skjerming.ts'
import { writeTree } from './xml/write-tree.ts'

type Arkivmelding = Tree<typeof fiksArkiv, 'arkivmelding'>
type Saksmappe = Tree<typeof fiksArkiv, 'saksmappe'>
type Journalpost = Tree<typeof fiksArkiv, 'journalpost'>
type EksternNoekkel = Tree<typeof fiksArkiv, 'eksternNoekkel'>

/**
 * The arkivmelding.xml (Fiks Arkiv V1, arkivmelding.opprett) of a plan: the same plan gives the same text. Valid when
 * `planFaults` finds nothing.
 */
export const toArkivmelding = (plan: ArchivePlan, codes?: CodeBook): string =>
  writeTree(fiksArkiv, arkivmeldingOf(plan), codes)

/** What the arkivmelding of a plan says. */
export function arkivmeldingOf(plan: ArchivePlan): Arkivmelding {
  const { casePolicy, externalKey } = plan
  return {
    system: 'Arkivbro',
    antallFiler: filesOf(plan).length,
    ...(casePolicy.mode === 'new' && { mappe: saksmappeOf(casePolicy.saksmappe, caseKeyOf(externalKey)) }),
    registrering: journalpostOf(plan)
  }
}

const caseKeyOf = ({ fagsystem, caseKey }: ArchivePlan['externalKey']): EksternNoekkel => ({
  fagsystem,
  noekkel: caseKey
})

const saksmappeOf = (
  { administrativEnhet, saksansvarlig, klassifikasjon, skjerming, ...saksmappe }: SaksmappePlan,
  referanseEksternNoekkel: EksternNoekkel
): Saksmappe => ({
  type: 'saksmappe',
  ...saksmappe,
  dokumentmedium: 'E',
  ...(skjerming && { skjerming: sentSkjerming(skjerming) }),
  ...(klassifikasjon && {
    klassifikasjon: [
      { klassifikasjonssystemID: klassifikasjon.klassifikasjonssystem, klasseID: klassifikasjon.klasseID }
    ]
  }),
  referanseEksternNoekkel,
  administrativEnhet: { navn: administrativEnhet },
  saksansvarlig: { navn: saksansvarlig }
})

function journalpostOf(plan: ArchivePlan): Journalpost {
  const { record, externalKey } = plan
  const { systemID, opprettetDato, opprettetAv, tittel, offentligTittel, journalposttype, journaldato } = record
  const { dokumentetsDato, mottattDato, sendtDato, merknad, kryssreferanser, skjerming } = record
  return {
    type: 'journalpost',
    ...{ systemID, opprettetDato, opprettetAv, tittel, offentligTittel, journalposttype, journaldato },
    referanseForelderMappe: parentOf(plan),
    ...(skjerming && { skjerming: sentSkjerming(skjerming) }),
    dokumentbeskrivelse: record.dokumenter.map((dokument) => dokumentbeskrivelseOf(dokument, record)),
    dokumentmedium: 'E',
    virksomhetsspesifikkeMetadata: { henvendelse: henvendelseOf(record) },
    ...(isGiven(merknad) && {
      merknad: [
        {
          ...{ merknadstekst: merknad, merknadsdato: opprettetDato, merknadRegistrertAv: opprettetAv },
          ...remarkScreening(skjerming)
        }
      ]
    }),
    ...(kryssreferanser && {
      kryssreferanse: kryssreferanser.map((other) => ({ referanseTilRegistrering: { systemID: other } }))
    }),
    korrespondansepart: record.korrespondanseparter.map((part) => korrespondansepartOf(part, record)),
    referanseEksternNoekkel: { fagsystem: externalKey.fagsystem, noekkel: externalKey.recordKey },
    // Marked by a person, its files complete and finished, and a journalpost under M may get no journalpostnummer, which
    // our receipt needs.
    journalstatus: 'J',
    ...(dokumentetsDato !== undefined && { dokumentetsDato }),
    ...(mottattDato && { mottattDato }),
    ...(sendtDato && { sendtDato }),
    antallVedlegg: record.dokumenter.filter(isVedlegg).length
  }
}

const isVedlegg = ({ tilknyttetRegistreringSom }: DokumentPlan): boolean => tilknyttetRegistreringSom === 'V'

function parentOf({ casePolicy, externalKey }: ArchivePlan): Tree<typeof fiksArkiv, 'referanseTilMappe'> {
  if (casePolicy.mode === 'existing') return { saksnummer: casePolicy.saksnummer }
  return { systemID: casePolicy.saksmappe.systemID, referanseEksternNoekkel: caseKeyOf(externalKey) }
}

const korrespondansepartOf = (
  part: KorrespondansepartPlan,
  record: RecordPlan
): Tree<typeof fiksArkiv, 'korrespondansepart'> => ({
  korrespondanseparttype: part.korrespondanseparttype,
  korrespondansepartNavn: part.navn,
  ...(part.administrativEnhet !== undefined && { administrativEnhet: { navn: part.administrativEnhet } }),
  ...(part.erSkjermet && { erSkjermet: true }),
  ...(isFromOutside(part, record) && { erPersonnavn: true, ...avskrivningOf(record) })
})

/** With the answer the incoming one is done. Of the ways that the standard has, a written answer is the nearest. */
const avskrivningOf = ({ avskriver, journaldato, opprettetAv }: RecordPlan) =>
  avskriver && {
    avskrivning: avskriver.map((systemID) => ({
      avskrivningsdato: journaldato,
      avskrevetAv: { navn: opprettetAv },
      avskrivningsmaate: 'BU' as const,
      referanseAvskriverJournalpost: { systemID }
    }))
  }
