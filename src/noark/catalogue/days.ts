import type { ElementRows } from './rows.ts'

/** M100–M199: days of the unit itself. */
export const days = {
  saksdato: ['M100', 'date', 'Dagen saken ble opprettet.'],
  journaldato: ['M101', 'date', 'Dagen journalposten ble journalført.'],
  dokumentetsDato: ['M103', 'date', 'Dagen dokumentet selv er datert.'],
  mottattDato: ['M104', 'dateTime', 'Når dokumentet ble mottatt.'],
  sendtDato: ['M105', 'dateTime', 'Når dokumentet ble sendt.'],
  utlaantDato: ['M106', 'date', 'Dagen det fysiske dokumentet ble lånt ut.', 'not-delivered'],
  arkivperiodeStartDato: ['M107', 'date', 'Første dag i arkivdelens periode.'],
  arkivperiodeSluttDato: ['M108', 'date', 'Siste dag i arkivdelens periode.'],
  forfallsdato: ['M109', 'date', 'Dagen svaret skal være gitt.', 'not-delivered'],
  offentlighetsvurdertDato: ['M110', 'date', 'Dagen innsyn ble vurdert.', 'not-delivered'],
  presedensDato: ['M111', 'date', 'Dagen presedensen ble skapt.']
} as const satisfies ElementRows
