import type { Schema } from '../dialect.ts'

/** Arkiv, arkivdel and classification in a deposit (arkivstruktur.xsd; Noark 5 v5.5 kap. 120). */
export const archiveUnits = {
  arkiv: {
    systemID: '1',
    tittel: '1',
    beskrivelse: '0-1',
    arkivstatus: '0-1',
    dokumentmedium: '0-1',
    oppbevaringssted: '0-M',
    opprettetDato: '1',
    opprettetAv: '1',
    avsluttetDato: '1',
    avsluttetAv: '1',
    arkivskaper: '1-M',
    arkiv: 'either 1-M',
    arkivdel: 'or 1-M'
  },
  arkivskaper: {
    arkivskaperID: '1',
    arkivskaperNavn: '1',
    beskrivelse: '0-1'
  },
  arkivdel: {
    systemID: '1',
    tittel: '1',
    beskrivelse: '0-1',
    arkivdelstatus: '1',
    dokumentmedium: '0-1',
    oppbevaringssted: '0-M',
    opprettetDato: '1',
    opprettetAv: '1',
    avsluttetDato: '1',
    avsluttetAv: '1',
    arkivperiodeStartDato: '0-1',
    arkivperiodeSluttDato: '0-1',
    referanseForloeper: '0-1',
    referanseArvtaker: '0-1',
    kassasjon: '0-1',
    utfoertKassasjon: '0-1',
    sletting: '0-1',
    skjerming: '0-1',
    gradering: '0-1',
    klassifikasjonssystem: 'either 0-M',
    mappe: 'or 0-M',
    registrering: 'or 0-M'
  },
  klassifikasjonssystem: {
    systemID: '1',
    klassifikasjonstype: '0-1',
    tittel: '1',
    beskrivelse: '0-1',
    opprettetDato: '1',
    opprettetAv: '1',
    avsluttetDato: '0-1',
    avsluttetAv: '0-1',
    klasse: '1-M'
  },
  klasse: {
    systemID: '1',
    klasseID: '1',
    tittel: '1',
    beskrivelse: '0-1',
    noekkelord: '0-M',
    opprettetDato: '1',
    opprettetAv: '1',
    avsluttetDato: '0-1',
    avsluttetAv: '0-1',
    kryssreferanse: '0-M',
    kassasjon: '0-1',
    skjerming: '0-1',
    gradering: '0-1',
    klasse: 'either 0-M',
    mappe: 'or 0-M',
    registrering: 'or 0-M'
  }
} as const satisfies Schema['objects']
