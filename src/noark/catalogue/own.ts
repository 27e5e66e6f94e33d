import type { ElementRows } from './rows.ts'

/** What the platform and the marking said (M711). No name is one of Noark's, so none is mistaken. */
export const own = {
  henvendelseId: ['–', 'uuid', 'Henvendelsens faste id i Arkivbro.'],
  kanal: ['–', 'text', 'Plattformen henvendelsen kom fra, for eksempel facebook.'],
  eksternId: ['–', 'text', 'Plattformens egen id på innlegget.'],
  hendelse: ['–', 'text', 'Hva som skjedde med innlegget: created, edited, deleted eller hidden.'],
  nettadresse: ['–', 'text', 'Adressen til innlegget slik plattformen oppga den.'],
  brukernavn: ['–', 'text', 'Brukernavnet til den som skrev. Det er ikke en bekreftet identitet.'],
  publisert: ['–', 'dateTime', 'Når innlegget ble lagt ut, ifølge plattformen.'],
  endret: ['–', 'dateTime', 'Når innlegget sist ble endret, ifølge plattformen.'],
  mottatt: ['–', 'dateTime', 'Når Arkivbro tok imot henvendelsen.'],
  merketAv: ['–', 'text', 'Den som merket innlegget for saksbehandling.'],
  merketTidspunkt: ['–', 'dateTime', 'Når innlegget ble merket.'],
  merketGrunn: ['–', 'text', 'Begrunnelsen for at innlegget skal saksbehandles.'],
  merketKategori: ['–', 'text', 'Kategorien som ble valgt da innlegget ble merket.'],
  mottattSha256: ['–', 'sha256', 'SHA-256 av det som ble mottatt, etter at tilgangsnøkler i adresser er fjernet.']
} as const satisfies ElementRows
