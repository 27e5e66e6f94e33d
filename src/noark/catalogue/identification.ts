import type { ElementRows } from './rows.ts'

/** M001–M049: what names a unit, and what it is about. */
export const identification = {
  systemID: ['M001', 'systemID', 'Enhetens faste og entydige id.'],
  klasseID: ['M002', 'text', 'Klassens kode i klassifikasjonssystemet.'],
  mappeID: ['M003', 'text', 'Mappens id for mennesker; for en sak saksår og løpenummer.'],
  registreringsID: ['M004', 'text', 'Registreringens id for mennesker.'],
  versjonsnummer: ['M005', 'ordinal', 'Versjonen av dokumentet; den eldste har lavest nummer.'],
  arkivskaperID: ['M006', 'text', 'Arkivskaperens organisasjonsnummer.'],
  dokumentnummer: ['M007', 'ordinal', 'Dokumentets nummer i registreringen, fra 1.'],
  partID: ['M010', 'text', 'Partens id.'],
  saksaar: ['M011', 'ordinal', 'Året saken ble opprettet.'],
  sakssekvensnummer: ['M012', 'ordinal', 'Sakens løpenummer i året.'],
  journalaar: ['M013', 'ordinal', 'Året journalposten ble journalført.'],
  journalsekvensnummer: ['M014', 'ordinal', 'Journalpostens løpenummer i året.'],
  journalpostnummer: ['M015', 'ordinal', 'Journalpostens nummer i saken.'],
  fagsystem: ['M016', 'text', 'Fagsystemet som eier nøkkelen.'],
  noekkel: ['M017', 'text', 'Nøkkelen i fagsystemet.'],
  tittel: ['M020', 'text', 'Enhetens tittel.'],
  beskrivelse: ['M021', 'text', 'Enheten med flere ord enn tittelen.'],
  noekkelord: ['M022', 'text', 'Et ord å finne enheten igjen med.'],
  arkivskaperNavn: ['M023', 'text', 'Arkivskaperens navn.'],
  forfatter: ['M024', 'text', 'Den som har skrevet innholdet.'],
  offentligTittel: ['M025', 'text', 'Tittelen slik den står i offentlig journal.'],
  klassifikasjonssystemID: ['M806', 'text', 'Klassifikasjonssystemets kode.'],
  korrespondansepartID: ['M807', 'text', 'Korrespondansepartens id.'],
  merknadID: ['M808', 'text', 'Merknadens id.'],
  kryssreferanseID: ['M811', 'text', 'Kryssreferansens id.']
} as const satisfies ElementRows
