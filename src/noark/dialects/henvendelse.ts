import type { Schema } from './dialect.ts'

/** Namespace of schemas/noark5/henvendelse-v1.xsd. */
export const HENVENDELSE_NAMESPACE = 'https://arkivbro.no/noark5/henvendelse/v1'

/** Our own metadata on a journalpost (Noark 5 v5.5, krav 6.4.31–6.4.35). New elements come in a new namespace. */
export const henvendelseSchema = {
  file: 'henvendelse-v1.xsd',
  namespace: HENVENDELSE_NAMESPACE,
  prefix: '',
  title:
    'Virksomhetsspesifikke metadata (Noark 5, M711) for en journalpost som er opprettet av en henvendelse i sosiale medier. Ingen elementer har samme navn som et element i Noark 5. Nye elementer kommer i et nytt navnerom.',
  objects: {
    virksomhetsspesifikkeMetadata: { henvendelse: '1' },
    henvendelse: {
      henvendelseId: '1',
      kanal: '1',
      eksternId: '1',
      hendelse: '1',
      nettadresse: '0-1',
      brukernavn: '0-1',
      publisert: '0-1',
      endret: '0-1',
      mottatt: '1',
      merketAv: '1',
      merketTidspunkt: '1',
      merketGrunn: '1',
      merketKategori: '0-1',
      mottattSha256: '1'
    }
  }
} as const satisfies Schema
