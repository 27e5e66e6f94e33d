import type { ElementRows } from './rows.ts'

/** M700–M799: files, what they are and how they were made. */
export const files = {
  variantformat: ['M700', 'code', 'Hvilken variant av dokumentet filen er.'],
  format: ['M701', 'code', 'Filens format.'],
  formatDetaljer: ['M702', 'text', 'Formatet nærmere bestemt, for eksempel PDF/A-2a.'],
  sjekksum: ['M705', 'checksum', 'Sjekksum av filen, SHA-256 med små heksadesimale tegn.'],
  sjekksumAlgoritme: ['M706', 'text', 'Algoritmen sjekksummen er regnet med.'],
  filstoerrelse: ['M707', 'bytes', 'Filens størrelse i byte.'],
  konvertertFraFormat: ['M712', 'text', 'Formatet filen hadde.'],
  konvertertTilFormat: ['M713', 'text', 'Formatet filen fikk.'],
  konverteringsverktoey: ['M714', 'text', 'Programmet som konverterte.'],
  konverteringskommentar: ['M715', 'text', 'Hva konverteringen forandret.'],
  mimeType: ['–', 'string', 'Filens medietype.'],
  filnavn: ['–', 'string', 'Filens navn slik et menneske ser det.']
} as const satisfies ElementRows
