import type { ElementRows } from './rows.ts'

/** M050–M099: how far a unit has come, and what sort it is. Each has a code list of the same name. */
export const statusesAndTypes = {
  arkivstatus: ['M050', 'code', 'Om arkivet er i bruk.'],
  arkivdelstatus: ['M051', 'code', 'Hvor arkivdelen er i sin periode.'],
  saksstatus: ['M052', 'code', 'Hvor langt saken har kommet.'],
  journalstatus: ['M053', 'code', 'Hvor langt journalposten har kommet.'],
  dokumentstatus: ['M054', 'code', 'Om dokumentet er ferdig.'],
  presedensStatus: ['M056', 'code', 'Om presedensen fortsatt gjelder.'],
  journalposttype: ['M082', 'code', 'Om dokumentet kom inn, gikk ut eller er internt.'],
  dokumenttype: ['M083', 'code', 'Hva slags dokument det er.'],
  merknadstype: ['M084', 'code', 'Hva slags merknad det er.'],
  klassifikasjonstype: ['M086', 'code', 'Hva slags klassifikasjonssystem det er.'],
  korrespondanseparttype: ['M087', 'code', 'Om parten har sendt eller mottatt.'],
  slettingstype: ['M089', 'code', 'Hva som er slettet.'],
  skjermingOpphoererAksjon: ['M090', 'code', 'Hva som skjer når skjermingen opphører.'],
  mappetype: ['–', 'code', 'Hva slags mappe det er.']
} as const satisfies ElementRows
