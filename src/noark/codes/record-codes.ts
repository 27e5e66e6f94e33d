import type { CodeList } from './code-list.ts'

/** Lists that the standard closes, of units and documents (Noark 5 v5.5, vedlegg 1; Fiks Arkiv V1, kodelister). */
export const recordCodes = {
  arkivstatus: {
    m: 'M050',
    noark: { Opprettet: 'Opprettet', Avsluttet: 'Avsluttet' },
    delivered: ['Avsluttet'],
    may: 'be-closed'
  },
  arkivdelstatus: {
    m: 'M051',
    noark: { A: 'Aktiv periode', O: 'Overlappingsperiode', P: 'Avsluttet periode', U: 'Uaktuelle mapper' },
    delivered: ['P'],
    may: 'be-closed'
  },
  saksstatus: {
    m: 'M052',
    noark: { B: 'Under behandling', A: 'Avsluttet', U: 'Utgår' },
    fiksOnly: {
      R: 'Opprettet av saksbehandler',
      S: 'Avsluttet av saksbehandler',
      P: 'Unntatt prosesstyring',
      F: 'Ferdig fra saksbehandler'
    },
    delivered: ['A', 'U'],
    may: 'be-closed'
  },
  journalstatus: {
    m: 'M053',
    noark: { J: 'Journalført', E: 'Ekspedert', A: 'Arkivert', U: 'Utgår' },
    fiksOnly: {
      M: 'Midlertidig registrering av innkommende dokument',
      S: 'Saksbehandler har registrert innkommende dokument',
      R: 'Reservert dokument',
      F: 'Ferdigstilt av saksbehandler',
      G: 'Godkjent av leder'
    },
    delivered: ['A', 'U'],
    may: 'be-closed'
  },
  dokumentstatus: {
    m: 'M054',
    noark: { B: 'Dokumentet er under redigering', F: 'Dokumentet er ferdigstilt' },
    delivered: ['F'],
    may: 'be-closed'
  },
  presedensStatus: { m: 'M056', noark: { G: 'Gjeldende', F: 'Foreldet' }, may: 'be-closed' },
  journalposttype: {
    m: 'M082',
    noark: {
      I: 'Inngående dokument',
      U: 'Utgående dokument',
      N: 'Organinternt dokument for oppfølging',
      X: 'Organinternt dokument uten oppfølging',
      S: 'Saksframlegg'
    },
    may: 'be-closed'
  },
  korrespondanseparttype: {
    m: 'M087',
    noark: {
      EA: 'Avsender',
      EM: 'Mottaker',
      EK: 'Kopimottaker',
      GM: 'Gruppemottaker',
      IA: 'Intern avsender',
      IM: 'Intern mottaker'
    },
    fiksOnly: { IK: 'Intern kopimottaker' },
    may: 'be-closed'
  },
  slettingstype: {
    m: 'M089',
    noark: {
      SP: 'Sletting av produksjonsformat',
      SV: 'Sletting av tidligere versjon',
      SS: 'Sletting av variant med sladdet informasjon'
    },
    fiksOnly: { SA: 'Sletting av hele innholdet i arkivdelen' },
    may: 'be-closed'
  },
  tilknyttetRegistreringSom: { m: 'M217', noark: { H: 'Hoveddokument', V: 'Vedlegg' }, may: 'be-closed' },
  dokumentmedium: {
    m: 'M300',
    noark: { F: 'Fysisk arkiv', E: 'Elektronisk arkiv', B: 'Blandet fysisk og elektronisk arkiv' },
    may: 'be-closed'
  },
  kassasjonsvedtak: {
    m: 'M450',
    noark: { B: 'Bevares', K: 'Kasseres', G: 'Vurderes senere' },
    fiksOnly: { U: 'Utført' },
    may: 'be-closed'
  },
  avskrivningsmaate: {
    m: 'M619',
    noark: {
      BU: 'Besvart med brev',
      BE: 'Besvart med e-post',
      TLF: 'Besvart på telefon',
      TE: 'Tatt til etterretning',
      TO: 'Tatt til orientering'
    },
    may: 'be-closed'
  },
  variantformat: {
    m: 'M700',
    noark: { P: 'Produksjonsformat', A: 'Arkivformat', O: 'Dokument hvor deler av innholdet er skjermet' },
    fiksOnly: { S: 'Digitalt signert dokument' },
    delivered: ['A', 'O'],
    may: 'be-closed'
  }
} as const satisfies Record<string, CodeList>
