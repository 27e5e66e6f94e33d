import { caseDetails } from '../case-details.ts'
import type { Dialect } from '../dialect.ts'
import { henvendelseSchema } from '../henvendelse.ts'
import { archiveUnits } from './archive-units.ts'
import { details } from './details.ts'
import { documents } from './documents.ts'
import { records } from './records.ts'

/** The deposit's arkivstruktur.xml: Noark 5 v5.5, whose schemas are still called 5.0. */
export const arkivstruktur = {
  name: 'Noark 5 arkivstruktur (v5.0/5.5)',
  root: 'arkiv',
  schemas: [
    {
      file: 'arkivstruktur-v5.xsd',
      namespace: 'http://www.arkivverket.no/standarder/noark5/arkivstruktur',
      prefix: '',
      title: 'Arkivstrukturen i et Noark 5-arkivuttrekk, slik Arkivbro skriver og leser den.',
      objects: { ...archiveUnits, ...records, ...documents, ...details, ...caseDetails }
    }
  ],
  extensions: [henvendelseSchema],
  holds: {},
  extended: [],
  codes: 'text',
  moments: 'local',
  integers: 'xs:integer',
  isDeposit: true
} as const satisfies Dialect
