import { caseDetails } from '../case-details.ts'
import type { Dialect } from '../dialect.ts'
import { henvendelseSchema } from '../henvendelse.ts'
import { details } from './details.ts'
import { documents } from './documents.ts'
import { message } from './message.ts'
import { sharedTypes } from './shared-types.ts'

const standard = 'https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv'

/** The message that creates a record in an archive: Fiks Arkiv V1, arkivering.arkivmelding.opprett. */
export const fiksArkiv = {
  name: 'Fiks Arkiv V1 arkivmelding',
  root: 'arkivmelding',
  schemas: [
    {
      file: 'fiks-arkiv-opprett-v1.xsd',
      namespace: `${standard}/arkivmelding/opprett/v1`,
      prefix: '',
      title: 'Arkivmeldingen som oppretter en sak og en journalpost i arkivet, slik Arkivbro skriver og leser den.',
      objects: { ...message, ...documents, ...details, ...caseDetails }
    },
    {
      file: 'fiks-arkiv-metadatakatalog-v1.xsd',
      namespace: `${standard}/metadatakatalog/v1`,
      prefix: 'm',
      title: 'Koder, nøkler og referanser i arkivmeldingen.',
      objects: sharedTypes
    }
  ],
  extensions: [henvendelseSchema],
  holds: {
    administrativEnhet: 'identifikatorer',
    saksansvarlig: 'identifikatorer',
    saksbehandler: 'identifikatorer',
    avskrevetAv: 'identifikatorer',
    referanseTilMappe: 'referanseTilMappe',
    referanseTilRegistrering: 'referanseTilRegistrering',
    referanseAvskrivesAvJournalpost: 'referanseTilJournalpost',
    arkivdel: 'code',
    'kode.beskrivelse': 'string'
  },
  extended: ['kode', 'identifikatorer'],
  codes: 'object',
  moments: 'with-offset',
  integers: 'xs:int',
  isDeposit: false
} as const satisfies Dialect
