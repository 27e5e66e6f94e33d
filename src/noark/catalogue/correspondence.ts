import type { ElementRows } from './rows.ts'

/** M400–M449: who wrote, and how they are reached. */
export const correspondence = {
  korrespondansepartNavn: ['M400', 'text', 'Navnet til den som sendte eller mottok.'],
  postadresse: ['M406', 'text', 'Gate- eller postboksadresse.'],
  postnummer: ['M407', 'text', 'Postnummer.'],
  poststed: ['M408', 'text', 'Poststed.'],
  land: ['M409', 'text', 'Land.'],
  epostadresse: ['M410', 'text', 'E-postadresse.'],
  telefonnummer: ['M411', 'text', 'Telefonnummer.'],
  kontaktperson: ['M412', 'text', 'Kontaktperson i en virksomhet.'],
  landkode: ['M322', 'code', 'Land, som kode.'],
  forsendelsesmaate: ['M413', 'code', 'Hvordan dokumentet ble sendt.'],
  personid: ['M414', 'text', 'Personens id.'],
  organisasjonid: ['M415', 'text', 'Organisasjonens id.'],
  erPersonnavn: ['M586', 'boolean', 'Om navnet er en privatpersons.'],
  erBehandlingsansvarlig: ['–', 'boolean', 'Om parten er den i kommunen som skal behandle dokumentet.'],
  deresReferanse: ['–', 'string', 'Partens egen referanse.']
} as const satisfies ElementRows
