import type { CodeList } from './code-list.ts'

/** Lists that the standard leaves to the municipality, with the codes that everyone has from the start. */
export const openLists = {
  // The codes that Fiks Arkiv V1 lists for all kinds of case.
  dokumenttype: {
    m: 'M083',
    noark: {
      SØKNAD: 'Søknad',
      MELDING: 'Melding',
      KORR: 'Korrespondanse',
      KART: 'Kart',
      FOTO: 'Foto',
      TEGNING: 'Tegning',
      ANSVKONTO: 'Ansvar og kontroll',
      TILSYN: 'Tilsyn',
      AVTALE: 'Avtale',
      VEDTAK: 'Vedtak',
      SAKSFRAMLEGG: 'Saksframlegg',
      UTTALELSE: 'Uttalelse',
      INNSIGELSE: 'Innsigelse',
      KLAGE: 'Klage',
      KUNNGJ: 'Kunngjøring',
      RAPPORT: 'Rapport',
      ILLUST: 'Illustrasjon',
      DOKUMENT: 'Dokument',
      NOTAT: 'Notat',
      FAKTURA: 'Faktura',
      LYD: 'Lydfil',
      VIDEO: 'Videofil',
      PROTOKOLL: 'Protokoll',
      VEDLEGG: 'Vedlegg'
    },
    may: 'be-extended'
  },
  merknadstype: {
    m: 'M084',
    noark: { MS: 'Merknad fra saksbehandler', ML: 'Merknad fra leder', MA: 'Merknad fra arkivansvarlig' },
    may: 'be-extended'
  },
  klassifikasjonstype: {
    m: 'M086',
    noark: {
      FH: 'Funksjonsbasert, hierarkisk',
      EH: 'Emnebasert, hierarkisk arkivnøkkel',
      E1: 'Emnebasert, ett nivå',
      KK: 'K-koder',
      MF: 'Mangefasettert, ikke hierarki',
      UO: 'Objektbasert',
      PNR: 'Fødselsnummer',
      GBN: 'Gårds- og bruksnummer'
    },
    may: 'be-extended'
  },
  partRolle: {
    m: 'M303',
    noark: { K: 'Klient', P: 'Pårørende', F: 'Formynder', A: 'Advokat' },
    may: 'be-extended'
  },
  // Fiks Arkiv has no codes for it, so each archive has its own.
  tilgangsrestriksjon: {
    m: 'M500',
    noark: {
      'Unntatt offentlighet': 'Unntatt offentlighet',
      Personalsaker: 'Personalsaker',
      Klientsaker: 'Klientsaker'
    },
    may: 'be-extended'
  },
  flytStatus: {
    m: 'M663',
    noark: { G: 'Godkjent', I: 'Ikke godkjent', S: 'Sendt tilbake til saksbehandler med kommentarer' },
    may: 'be-extended'
  },
  // Whatever a file may be; a text says how the archive or the deposit wants it named, such as a PRONOM PUID.
  format: { m: 'M701', noark: {}, may: 'be-any' }
} as const satisfies Record<string, CodeList>
