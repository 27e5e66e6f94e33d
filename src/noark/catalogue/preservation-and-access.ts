import type { ElementRows } from './rows.ts'

/** M450–M579: how long it is kept, and who may see it. */
export const preservationAndAccess = {
  kassasjonsvedtak: ['M450', 'code', 'Om dokumentene skal bevares eller kasseres.'],
  bevaringstid: ['M451', 'integer', 'Antall år dokumentene skal bevares.'],
  kassasjonsdato: ['M452', 'date', 'Dagen dokumentene kan kasseres eller skal vurderes.'],
  kassasjonshjemmel: ['M453', 'text', 'Hjemmelen for kassasjon.'],
  tilgangsrestriksjon: ['M500', 'code', 'At opplysninger er unntatt offentlighet.'],
  skjermingshjemmel: ['M501', 'text', 'Lovhjemmelen for å skjerme.'],
  skjermingMetadata: ['M502', 'code', 'Hvilke metadata som er skjermet.'],
  skjermingDokument: ['M503', 'code', 'Om hele eller deler av dokumentet er skjermet.'],
  skjermingsvarighet: ['M504', 'integer', 'Antall år skjermingen varer.'],
  skjermingOpphoererDato: ['M505', 'date', 'Dagen skjermingen opphører.'],
  grad: ['M506', 'code', 'Graden.'],
  elektroniskSignaturSikkerhetsnivaa: ['M507', 'code', 'Sikkerhetsnivået signaturen er gitt på.'],
  elektroniskSignaturVerifisert: ['M508', 'code', 'Om signaturen er verifisert.'],
  erSkjermet: ['M509', 'boolean', 'Om opplysningen er skjermet.']
} as const satisfies ElementRows
