import type { Journalposttype } from '../domain/archive-plan.ts'

/**
 * The closed code lists that an arkivmelding needs: code of Fiks Arkiv V1, and the text that Noark 5 v5.5 gives it.
 * Codes that Noark has no text for carry the text of Fiks Arkiv; they may not stand in a deposit.
 */
export const codeLists = {
  // M052
  saksstatus: {
    B: 'Under behandling',
    A: 'Avsluttet',
    U: 'Utgår',
    R: 'Opprettet av saksbehandler', // Fiks Arkiv only
    S: 'Avsluttet av saksbehandler', // Fiks Arkiv only
    P: 'Unntatt prosesstyring', // Fiks Arkiv only
    F: 'Ferdig fra saksbehandler' // Fiks Arkiv only
  },
  // M053
  journalstatus: {
    J: 'Journalført',
    E: 'Ekspedert',
    A: 'Arkivert',
    U: 'Utgår',
    M: 'Midlertidig registrering av innkommende dokument', // Fiks Arkiv only
    S: 'Saksbehandler har registrert innkommende dokument', // Fiks Arkiv only
    R: 'Reservert dokument', // Fiks Arkiv only
    F: 'Ferdigstilt av saksbehandler', // Fiks Arkiv only
    G: 'Godkjent av leder' // Fiks Arkiv only
  },
  // M054
  dokumentstatus: { B: 'Dokumentet er under redigering', F: 'Dokumentet er ferdigstilt' },
  // M082
  journalposttype: {
    I: 'Inngående dokument',
    U: 'Utgående dokument',
    N: 'Organinternt dokument for oppfølging',
    X: 'Organinternt dokument uten oppfølging',
    S: 'Saksframlegg'
  } satisfies Record<Journalposttype, string>,
  // M083: the standard leaves this list to the archive; these are the codes that Fiks Arkiv lists
  dokumenttype: {
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
  // M087
  korrespondanseparttype: {
    EA: 'Avsender',
    EM: 'Mottaker',
    EK: 'Kopimottaker',
    GM: 'Gruppemottaker',
    IA: 'Intern avsender',
    IM: 'Intern mottaker',
    IK: 'Intern kopimottaker' // Fiks Arkiv only
  },
  // M217
  tilknyttetRegistreringSom: { H: 'Hoveddokument', V: 'Vedlegg' },
  // M300
  dokumentmedium: {
    F: 'Fysisk arkiv',
    E: 'Elektronisk arkiv',
    B: 'Blandet fysisk og elektronisk arkiv'
  },
  // M700
  variantformat: {
    P: 'Produksjonsformat',
    A: 'Arkivformat',
    O: 'Dokument hvor deler av innholdet er skjermet',
    S: 'Digitalt signert dokument' // Fiks Arkiv only
  }
} as const

export type CodeList = keyof typeof codeLists

/** A code of the list, such as `J` of journalstatus. */
export type Code<List extends CodeList> = keyof (typeof codeLists)[List] & string

/** Whether the list has the code. */
export const isCode = <List extends CodeList>(list: List, code: string): code is Code<List> =>
  Object.hasOwn(codeLists[list], code)

/** The text of a code; none when the element has no list (format, arkivdel) or its list lacks the code. */
export function codeText(list: string, code: string): string | undefined {
  if (!Object.hasOwn(codeLists, list)) return undefined
  const texts: Readonly<Record<string, string>> = codeLists[list as CodeList]
  return Object.hasOwn(texts, code) ? texts[code] : undefined
}
