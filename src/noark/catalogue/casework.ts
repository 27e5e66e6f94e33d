import type { ElementRows } from './rows.ts'

/** M300–M399: who handles a case, and what is said of it. */
export const casework = {
  dokumentmedium: ['M300', 'code', 'Om dokumentene er elektroniske eller på papir.'],
  oppbevaringssted: ['M301', 'text', 'Hvor det fysiske dokumentet står.', 'not-delivered'],
  partNavn: ['M302', 'text', 'Partens navn.'],
  partRolle: ['M303', 'code', 'Partens rolle i saken.'],
  antallVedlegg: ['M304', 'integer', 'Antall vedlegg.'],
  administrativEnhet: ['M305', 'text', 'Enheten i kommunen som har ansvaret.'],
  saksansvarlig: ['M306', 'text', 'Den som er ansvarlig for saken.'],
  saksbehandler: ['M307', 'text', 'Den som behandler dokumentet.'],
  journalenhet: ['M308', 'text', 'Enheten som fører journalen.'],
  utlaantTil: ['M309', 'text', 'Den som har lånt det fysiske dokumentet.', 'not-delivered'],
  merknadstekst: ['M310', 'text', 'Merknaden.'],
  presedensHjemmel: ['M311', 'text', 'Lovhjemmelen presedensen gjelder.'],
  rettskildefaktor: ['M312', 'text', 'Argumentet presedensen bygger på.'],
  navn: ['–', 'string', 'Navnet på enheten eller personen.'],
  identifikator: ['–', 'string', 'Id-en til enheten eller personen.'],
  initialer: ['–', 'string', 'Initialene til personen.']
} as const satisfies ElementRows
