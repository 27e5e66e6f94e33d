import type { Schema } from './dialect.ts'

/** Objects that are the same in Noark 5 v5.5 and Fiks Arkiv V1. */
export const caseDetails = {
  gradering: {
    grad: '1',
    graderingsdato: '1',
    gradertAv: '1',
    nedgraderingsdato: '0-1',
    nedgradertAv: '0-1'
  },
  dokumentflyt: {
    flytTil: '1',
    flytFra: '1',
    flytMottattDato: '1',
    flytSendtDato: '1',
    flytStatus: '1',
    flytMerknad: '0-1'
  },
  presedens: {
    presedensDato: '1',
    opprettetDato: '1',
    opprettetAv: '1',
    tittel: '1',
    beskrivelse: '0-1',
    presedensHjemmel: '0-1',
    rettskildefaktor: '1',
    presedensGodkjentDato: '0-1',
    presedensGodkjentAv: '0-1',
    avsluttetDato: '0-1',
    avsluttetAv: '0-1',
    presedensStatus: '0-1'
  }
} as const satisfies Schema['objects']
